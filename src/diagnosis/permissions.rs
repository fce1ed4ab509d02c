//! Permissions of the calling user, each by its name.

use crate::checklist::{Check, Checkup, Group, Topic, how_to_give_permission, omni_sync};
use crate::model::{ConnectorWish, Observed, OmniAccess, Permission, Refused};

pub(super) fn checks(checkup: &Checkup<'_>) -> Vec<Check> {
    let mut checks: Vec<Check> =
        Permission::CHECKLIST.into_iter().map(|permission| check(checkup, permission)).collect();
    // They are all given in the same place, which is said once.
    let missing = checks.iter_mut().filter(|check| !check.fix().is_empty());
    for check in missing.skip(1) {
        check.diagnostic.hints =
            vec![format!("Tick \"{}\" in the same place.", check.title).into()];
    }
    checks
}

fn check(checkup: &Checkup<'_>, permission: Permission) -> Check {
    let field = permission.field();
    let id = format!("permission-{}", field.strip_prefix("Permissions").unwrap_or(field));
    let topic = Topic::new(Group::Login, 20, &id, permission.label());
    let permissions = match &checkup.state.permissions {
        Observed::Seen(permissions) => permissions,
        Observed::Unasked => return Check::unknown(topic, "Not checked."),
        Observed::Refused(Refused { words, .. }) => return Check::hidden(topic, words),
    };
    let purpose = permission.purpose();
    match permissions.has(permission) {
        Some(true) => Check::ok(topic, format!("Given, for {purpose}.")),
        None => Check::hidden(topic, "its row of permissions has no such field"),
        Some(false) => match checkup.desired.map(|desired| is_needed(desired, permission)) {
            Some(false) => Check::ok(
                topic,
                format!("Missing, but only needed for {purpose}, which this configuration does not include."),
            ),
            None if is_for_some_only(permission) => Check::warning(
                topic,
                format!("Missing, but only needed for {purpose}, which not every configuration includes."),
            )
            .step(how_to_give_permission(permission)),
            Some(true) | None => {
                let text = format!("Missing. It is needed for {purpose}.");
                let check = Check::problem(topic, text).step(how_to_give_permission(permission));
                // Where nothing of the sort is to be changed, `apply` does without.
                let pending = checkup.permissions_needed();
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
fn is_needed(desired: &ConnectorWish, permission: Permission) -> bool {
    let omni = omni_sync::is_asked_for(desired);
    match permission {
        Permission::AuthorApex => omni && desired.recipe.omni_sync.code.is_some(),
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
