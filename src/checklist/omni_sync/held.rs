//! What a class, a permission set of ours and an access hold now.

use super::{access, class};
use crate::checklist::Now;
use crate::model::{OrgState, PermissionSet, StatusValue, Target, Value};

/// What a target of this item holds.
pub(super) fn now(state: &OrgState, target: &Target) -> Now {
    let (Some(omni), Some(sets)) = (state.omni.seen(), state.permission_sets.seen()) else {
        return Now::Unseen;
    };
    match target {
        Target::ApexClass(name) => Now::Held(class::find(omni, name).map(class::held)),
        Target::ApexStatus(name) => class::find(omni, name).map_or(Now::Gone, |found| {
            let status = found.status.clone();
            Now::Held(Some(Value::Status(StatusValue { status, tested_by: None })))
        }),
        Target::PermissionSet(set) => Now::Held(
            PermissionSet::recorded(sets, set).map(|found| Value::Text(found.label.clone())),
        ),
        access => match access::held(state, access) {
            Some((holder, target)) => {
                let granted = access::granted(&target);
                let is_given = granted.is_some_and(|granted| omni.has(&holder, &granted));
                Now::Held(is_given.then_some(Value::Given))
            }
            None => Now::Gone,
        },
    }
}
