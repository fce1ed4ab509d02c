//! Permissions that planned changes need.

use std::collections::BTreeSet;

use crate::checklist::Plan;
use crate::model::{Observed, OrgState, Permission};

/// The permissions that a plan needs to be carried out; none where there is nothing to do.
pub fn needed(plan: &Plan) -> BTreeSet<Permission> {
    let mut needed: BTreeSet<Permission> =
        plan.changes().flat_map(|change| change.operation.permissions()).copied().collect();
    if !needed.is_empty() {
        needed.extend([Permission::ApiEnabled, Permission::ViewSetup]);
    }
    needed
}

/// Those of them that the caller lacks, as the org tells. What it does not tell is not missing.
pub fn missing(plan: &Plan, state: &OrgState) -> Vec<Permission> {
    let Observed::Seen(permissions) = &state.permissions else { return Vec::new() };
    let lacks = |permission: &Permission| permissions.has(*permission) == Some(false);
    needed(plan).into_iter().filter(lacks).collect()
}

/// Where somebody gives a permission to a user.
pub fn how_to_give(permission: Permission) -> String {
    format!(
        "Tick \"{}\" in a permission set that the user has (Setup > Permission Sets > System \
         Permissions), or in the user's profile (Setup > Profiles).",
        permission.label()
    )
}
