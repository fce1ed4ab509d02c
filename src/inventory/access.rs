//! State sync with Omni-Channel and the permission sets of the connector.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{CallCenterInUse, Role, profile_label};
use crate::model::{Access, Granted, Holder, OrgState, PermissionSet, Recipe};

/// What of state sync with Omni-Channel is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OmniSync {
    /// Whether Omni-Channel is on.
    pub omni_channel: bool,
    /// Labels of the presence statuses.
    pub presence_statuses: Vec<String>,
    /// The classes that the connector calls, and their tests.
    pub classes: Vec<StateSyncClass>,
    /// Who may use the class and take presence statuses.
    pub access: Vec<Given>,
}

/// A class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateSyncClass {
    /// Its name.
    pub name: String,
    /// `Active`, or what else it is.
    pub status: String,
}

/// Who has what access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// `Profile` or `PermissionSet`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The profile's label, or the permission set's API name.
    pub name: String,
    /// Apex classes that it may use.
    pub classes: Vec<String>,
    /// Labels of presence statuses that it may take.
    pub presence_statuses: Vec<String>,
}

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

pub(super) fn omni_sync(state: &OrgState) -> OmniSync {
    let omni = state.omni.seen().cloned().unwrap_or_default();
    let holders: BTreeSet<&Holder> = omni.access.iter().map(|access| &access.holder).collect();
    let statuses = state.presence_statuses.iter();
    OmniSync {
        omni_channel: state.presence_statuses.is_seen(),
        presence_statuses: statuses.map(|status| status.label.clone()).collect(),
        classes: omni
            .classes
            .iter()
            .map(|class| StateSyncClass { name: class.name.clone(), status: class.status.clone() })
            .collect(),
        access: holders.into_iter().map(|holder| given(state, holder, &omni.access)).collect(),
    }
}

fn given(state: &OrgState, holder: &Holder, access: &[Access]) -> Given {
    let (kind, name) = match holder {
        Holder::Profile(id) => ("Profile", profile_label(state, id)),
        Holder::PermissionSet(name) => ("PermissionSet", name.clone()),
    };
    let mut given = Given { kind, name, classes: Vec::new(), presence_statuses: Vec::new() };
    for access in access.iter().filter(|access| &access.holder == holder) {
        match &access.to {
            Granted::ApexClass(name) => given.classes.push(name.clone()),
            Granted::PresenceStatus(label) => given.presence_statuses.push(label.clone()),
        }
    }
    given
}

/// Permission sets of the package, the one of state sync, and those that give access to the same.
pub(super) fn permission_sets(
    state: &OrgState,
    recipe: &Recipe,
    call_centers: &[CallCenterInUse],
) -> Vec<PermissionSetInUse> {
    let members = members(state, call_centers);
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
    let own = recipe.omni_sync.as_ref().map(|omni| omni.permission_set.as_str());
    let holder = Holder::PermissionSet(set.qualified());
    let gives_access = state
        .omni
        .seen()
        .into_iter()
        .any(|omni| omni.access.iter().any(|access| access.holder == holder));
    set.namespace.as_deref() == Some(recipe.namespace.as_str())
        || own == Some(set.qualified().as_str())
        || gives_access
}

/// User names of those in the connector's call centers.
fn members<'a>(state: &'a OrgState, call_centers: &[CallCenterInUse]) -> BTreeSet<&'a str> {
    let is_connectors = |name: &str| {
        call_centers.iter().any(|found| found.internal_name == name && found.role != Role::Other)
    };
    let ours: Vec<_> =
        state.call_centers.iter().filter(|row| is_connectors(&row.internal_name)).collect();
    let users = state.users.iter();
    users
        .filter(|user| ours.iter().any(|row| user.call_center.as_ref() == Some(&row.id)))
        .map(|user| user.username.as_str())
        .collect()
}
