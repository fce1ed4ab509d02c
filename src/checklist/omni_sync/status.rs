//! What `status` says of state sync with Omni-Channel.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::checklist::names::profile_label;
use crate::model::{Access, Granted, Holder, OrgState};

/// What of state sync with Omni-Channel is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateSync {
    /// Whether Omni-Channel is on.
    pub omni_channel: bool,
    /// Labels of the presence statuses.
    pub presence_statuses: Vec<String>,
    /// The classes that the connector calls, and their tests.
    pub classes: Vec<StateSyncClass>,
    /// Who may use the class and take presence statuses.
    pub access: Vec<AccessHolder>,
}

/// A class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateSyncClass {
    /// Its name.
    pub name: String,
    /// `Active`, or what else it is.
    pub status: String,
}

/// Who has access, and to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccessHolder {
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

/// What of it is there, as far as the org shows it.
pub(in crate::checklist) fn describe_state_sync(state: &OrgState) -> StateSync {
    let omni = state.omni.seen().cloned().unwrap_or_default();
    let holders: BTreeSet<&Holder> = omni.access.iter().map(|access| &access.holder).collect();
    let statuses = state.presence_statuses.iter();
    StateSync {
        omni_channel: state.presence_statuses.is_seen(),
        presence_statuses: statuses.map(|status| status.label.clone()).collect(),
        classes: omni
            .classes
            .iter()
            .map(|class| StateSyncClass { name: class.name.clone(), status: class.status.clone() })
            .collect(),
        access: holders
            .into_iter()
            .map(|holder| describe_holder(state, holder, &omni.access))
            .collect(),
    }
}

fn describe_holder(state: &OrgState, holder: &Holder, access: &[Access]) -> AccessHolder {
    let (kind, name) = match holder {
        Holder::Profile(id) => ("Profile", profile_label(state, id)),
        Holder::PermissionSet(name) => ("PermissionSet", name.clone()),
    };
    let mut found = AccessHolder { kind, name, classes: Vec::new(), presence_statuses: Vec::new() };
    for access in access.iter().filter(|access| &access.holder == holder) {
        match &access.to {
            Granted::ApexClass(name) => found.classes.push(name.clone()),
            Granted::PresenceStatus(name) => {
                found.presence_statuses.push(state.status_label(name));
            }
            Granted::Object(_) | Granted::Field(_) | Granted::User(_) | Granted::App(_) => {}
        }
    }
    found
}
