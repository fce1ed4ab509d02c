//! A permission set of ours in the one deploy.

use salesforce_client::metadata::{PermissionSetRecord, ProfileSettings};

use super::profiles::set_access;
use crate::model::{Operation, OrgState, Target, Value};

/// The whole permission set, for a deploy replaces it: everything that is to be in it, and what is
/// taken said as taken.
pub(super) fn record(state: &OrgState, operation: &Operation) -> Option<PermissionSetRecord> {
    let (Target::PermissionSet(set), Some(Value::PermissionSet(wanted))) =
        (&operation.target, &operation.to)
    else {
        return None;
    };
    let mut settings = ProfileSettings::default();
    for grant in &wanted.grants {
        set_access(&mut settings, state, grant, true);
    }
    if let Some(Value::PermissionSet(there)) = &operation.from {
        for grant in there.grants.iter().filter(|grant| !wanted.grants.contains(grant)) {
            set_access(&mut settings, state, grant, false);
        }
    }
    Some(PermissionSetRecord {
        full_name: set.name.clone(),
        label: wanted.label.clone(),
        description: wanted.description.clone(),
        classes: settings.classes,
        presence_statuses: settings.presence_statuses,
    })
}
