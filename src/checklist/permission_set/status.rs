//! What `status` says of permission sets that have to do with the connector.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Holder, OrgState, PermissionSet, Recipe};

/// A permission set that has to do with the connector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PermissionSetInUse {
    /// Its API name, with the namespace of the package that brought it.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Users of the connector's call centers who have it.
    pub call_center_users: usize,
    /// Others who have it, as far as that was looked at.
    pub other_users: usize,
}

/// Permission sets of the package, the one of state sync, and those that give access to the same.
/// `members` are the user names of those in the connector's call centers.
pub(in crate::checklist) fn list_permission_sets(
    state: &OrgState,
    recipe: &Recipe,
    members: &BTreeSet<&str>,
) -> Vec<PermissionSetInUse> {
    let mut found: Vec<PermissionSetInUse> = state
        .permission_sets
        .iter()
        .filter(|set| is_connectors(set, state, recipe))
        .map(|set| {
            let assigned = state.permission_set_assignments.iter();
            let users: BTreeSet<&str> = assigned
                .filter(|given| given.permission_set == set.id)
                .map(|given| given.username.as_str())
                .collect();
            let inside = users.iter().filter(|name| members.contains(*name)).count();
            PermissionSetInUse {
                name: set.qualified(),
                label: set.label.clone(),
                call_center_users: inside,
                other_users: users.len() - inside,
            }
        })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

fn is_connectors(set: &PermissionSet, state: &OrgState, recipe: &Recipe) -> bool {
    let holder = Holder::PermissionSet(set.qualified());
    let gives_access = state
        .omni
        .seen()
        .into_iter()
        .any(|omni| omni.access.iter().any(|access| access.holder == holder));
    set.namespace.as_deref() == Some(recipe.namespace.as_str())
        || set.qualified() == recipe.omni_sync.permission_set
        || set.qualified() == recipe.agent_access.permission_set
        || gives_access
}
