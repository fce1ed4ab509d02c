//! Permissions of the calling user, each by its name.

use super::{Case, Check, Group};
use crate::checklist::{how_to_give_permission, omni_sync};
use crate::model::{Desired, OmniAccess, Permission, Told};

pub(super) fn checks(case: &Case<'_>) -> Vec<Check> {
    let mut checks: Vec<Check> =
        Permission::CHECKLIST.into_iter().map(|permission| check(case, permission)).collect();
    // They are all given in the same place, which is said once.
    let missing = checks.iter_mut().filter(|check| !check.fix.is_empty());
    for check in missing.skip(1) {
        check.fix = vec![format!("Tick \"{}\" in the same place.", check.title)];
    }
    checks
}

fn check(case: &Case<'_>, permission: Permission) -> Check {
    let field = permission.field();
    let id = format!("permission-{}", field.strip_prefix("Permissions").unwrap_or(field));
    let about = (Group::Login, id.as_str(), permission.label());
    let permissions = match &case.state.permissions {
        Told::This(permissions) => permissions,
        Told::Unasked => return Check::untold(about, "Nobody has asked the org."),
        Told::Refused(words) => return Check::unknown(about, words),
    };
    let purpose = permission.purpose();
    match permissions.has(permission) {
        Some(true) => Check::ok(about, format!("Given, for {purpose}.")),
        None => Check::unknown(about, "its row of permissions has no such field"),
        Some(false) => match case.desired.map(|desired| is_needed(desired, permission)) {
            Some(false) => Check::ok(
                about,
                format!("Not given. It is for {purpose}, which this configuration leaves out."),
            ),
            None if is_for_some_only(permission) => Check::warning(
                about,
                format!("Not given. It is for {purpose}, which not every configuration has."),
            )
            .fix(how_to_give_permission(permission)),
            Some(true) | None => {
                let text = format!("The calling user lacks it. It is for {purpose}.");
                let check = Check::problem(about, text).fix(how_to_give_permission(permission));
                // Where nothing of the sort is to be changed, `apply` does without.
                let pending = case.permissions_needed();
                let blocks = pending.is_none_or(|needed| needed.contains(&permission));
                if blocks { check.blocking() } else { check }
            }
        },
    }
}

/// What not every configuration asks for.
fn is_for_some_only(permission: Permission) -> bool {
    matches!(permission, Permission::AuthorApex | Permission::AssignPermissionSets)
}

/// Whether what a configuration says may ever need it.
fn is_needed(desired: &Desired, permission: Permission) -> bool {
    let omni = omni_sync::is_asked_for(desired);
    match permission {
        Permission::AuthorApex => omni,
        Permission::AssignPermissionSets => {
            let own_set = omni && desired.omni_sync.access == OmniAccess::PermissionSet;
            own_set
                || !desired.permission_sets.is_empty()
                || !desired.recipe.permission_sets.is_empty()
        }
        Permission::ManageProfiles => omni || !desired.task_layout.profiles.is_empty(),
        Permission::ManageUsers => {
            let users = &desired.users;
            !users.profiles.is_empty()
                || !users.usernames.is_empty()
                || !users.permission_sets.is_empty()
                || users.condition.is_some()
        }
        _ => true,
    }
}
