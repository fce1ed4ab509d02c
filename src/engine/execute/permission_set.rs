//! A permission set of ours in the one deploy.

use salesforce_client::metadata::{AccessChange, PermissionSetRecord};

use super::profiles::is_status;
use crate::model::{Granted, Operation, OrgState, Target, Value};

/// The whole permission set, for a deploy replaces it: everything that is to be in it, and what is
/// taken said as taken.
pub(super) fn record(state: &OrgState, operation: &Operation) -> Option<PermissionSetRecord> {
    let (Target::PermissionSet(set), Some(Value::PermissionSet(wanted))) =
        (&operation.target, &operation.to)
    else {
        return None;
    };
    let mut record = PermissionSetRecord {
        full_name: set.name.clone(),
        label: wanted.label.clone(),
        description: wanted.description.clone(),
        ..PermissionSetRecord::default()
    };
    for grant in &wanted.grants {
        add(&mut record, state, grant, true);
    }
    if let Some(Value::PermissionSet(there)) = &operation.from {
        for grant in there.grants.iter().filter(|grant| !wanted.grants.contains(grant)) {
            add(&mut record, state, grant, false);
        }
    }
    Some(record)
}

/// Says in the record whether it gives an access.
fn add(record: &mut PermissionSetRecord, state: &OrgState, grant: &Granted, enabled: bool) {
    let (list, component) = match grant {
        Granted::ApexClass(name) => (&mut record.classes, Some(name)),
        Granted::PresenceStatus(name) => {
            (&mut record.presence_statuses, is_status(state, name).then_some(name))
        }
        Granted::Object(name) => (&mut record.objects, Some(name)),
        Granted::Field(name) => (&mut record.fields, Some(name)),
        Granted::User(name) => (&mut record.user_permissions, Some(name)),
        Granted::App(name) => (&mut record.applications, Some(name)),
    };
    list.extend(component.map(|name| AccessChange { component: name.clone(), enabled }));
}
