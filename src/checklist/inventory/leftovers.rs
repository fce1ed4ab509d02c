//! What looks like the remains of an earlier installation.

use serde::Serialize;

use super::{Inventory, Part};
use crate::checklist::call_center::Role;
use crate::checklist::names::counted;
use crate::model::{OrgState, Recipe, User};

/// Something that is there and that nothing uses any more, or that should have moved on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leftover {
    /// What sort of remains it is.
    pub kind: Remains,
    /// The component, by its API name.
    pub name: String,
    /// What was found and what becomes of it, in a sentence or two.
    pub message: String,
    /// User names that it is about.
    pub users: Vec<String>,
}

/// Sorts of remains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remains {
    /// A call center of the connector in an org without its package.
    CallCenterWithoutPackage,
    /// Active users in a call center of an older definition.
    UsersOfPredecessor,
    /// A call center of an older definition that nobody active is in.
    Predecessor,
    /// Inactive users in a call center of the connector.
    InactiveUsers,
    /// A class of state sync in an org without the package.
    ClassWithoutPackage,
    /// The permission set of state sync in an org without the package.
    PermissionSetWithoutPackage,
    /// People who have a permission set of the connector and are in none of its call centers.
    PermissionSetOutside,
    /// Assignments of a Task page layout that is outdated.
    OutdatedLayout,
}

/// Everything that looks like it.
pub(super) fn find(inventory: &Inventory, state: &OrgState, recipe: &Recipe) -> Vec<Leftover> {
    let shown = |part: Part| inventory.unseen(part).is_none();
    // Of a package that nobody has seen it is not said that it is gone.
    let installed = !inventory.packages.is_empty() || !shown(Part::Packages);
    let mut found = Vec::new();
    if shown(Part::CallCenters) {
        call_centers(inventory, state, installed, &mut found);
    }
    if !installed {
        for class in &inventory.omni_sync.classes {
            found.push(leftover(
                Remains::ClassWithoutPackage,
                &class.name,
                format!(
                    "The Apex class {} is for the connector to call, and its package is not \
                     installed.",
                    class.name
                ),
            ));
        }
    }
    if shown(Part::PermissionSets) {
        permission_sets(inventory, recipe, installed, &mut found);
    }
    for layout in inventory.task_layouts.iter().filter(|layout| layout.outdated) {
        if layout.profiles.is_empty() {
            continue;
        }
        let profiles: Vec<&str> =
            layout.profiles.iter().map(|found| found.profile.as_str()).collect();
        found.push(leftover(
            Remains::OutdatedLayout,
            &layout.layout,
            format!(
                "The outdated page layout {} is still used by {}. The package has a newer one.",
                layout.layout,
                profiles.join(", ")
            ),
        ));
    }
    found
}

fn call_centers(
    inventory: &Inventory,
    state: &OrgState,
    installed: bool,
    found: &mut Vec<Leftover>,
) {
    for center in &inventory.call_centers {
        let name = &center.internal_name;
        let users = |active: bool| users(state, name, active);
        if center.role == Role::Other {
            continue;
        }
        if !installed {
            let message = format!("The call center {name} is there, but the package is not.");
            let mut left = leftover(Remains::CallCenterWithoutPackage, name, message);
            left.users = users(true);
            found.push(left);
        } else if center.role == Role::Predecessor && center.active_users > 0 {
            let message = format!(
                "{} in {name}, which was made from an older definition. Users chosen by the \
                configuration are moved to the new one.",
                counted(center.active_users, "active user is", "active users are"),
            );
            let mut left = leftover(Remains::UsersOfPredecessor, name, message);
            left.users = users(true);
            found.push(left);
        } else if center.role == Role::Predecessor {
            let message = format!(
                "The call center {name} was made by an older definition, and no active user is in \
                 it: Setup > Call Centers lets you delete it."
            );
            found.push(leftover(Remains::Predecessor, name, message));
        }
        if center.inactive_users > 0 {
            let message = format!(
                "{} still in the call center {name}, so it cannot be deleted.",
                counted(center.inactive_users, "inactive user is", "inactive users are"),
            );
            let mut left = leftover(Remains::InactiveUsers, name, message);
            left.users = users(false);
            found.push(left);
        }
    }
}

fn permission_sets(
    inventory: &Inventory,
    recipe: &Recipe,
    installed: bool,
    found: &mut Vec<Leftover>,
) {
    let own = &recipe.omni_sync.permission_set;
    for set in &inventory.permission_sets {
        let is_own = *own == set.name;
        if is_own && !installed {
            let message = format!(
                "The permission set \"{}\" is for state sync with the connector, whose package is \
                 not installed.",
                set.label
            );
            found.push(leftover(Remains::PermissionSetWithoutPackage, &set.name, message));
        } else if is_own && set.other_users > 0 {
            let message = format!(
                "{} the permission set \"{}\" without being in a call center of the connector.",
                counted(set.other_users, "user has", "users have"),
                set.label
            );
            found.push(leftover(Remains::PermissionSetOutside, &set.name, message));
        }
    }
}

fn leftover(kind: Remains, name: &str, message: String) -> Leftover {
    Leftover { kind, name: name.to_owned(), message, users: Vec::new() }
}

/// User names of a call center, sorted.
fn users(state: &OrgState, internal_name: &str, active: bool) -> Vec<String> {
    let id = state.call_centers.iter().find(|row| row.internal_name == internal_name);
    let id = id.map(|row| &row.id);
    let inside =
        |user: &&User| user.call_center.as_ref() == id && user.active == active && id.is_some();
    let mut users: Vec<String> =
        state.users.iter().filter(inside).map(|user| user.username.clone()).collect();
    users.sort();
    users
}
