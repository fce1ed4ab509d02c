//! The values of the connector's call centers in a snapshot.

use crate::checklist::call_center::is_in_snapshot;
use crate::checklist::{Holdings, SnapshotCase, Unseen};
use crate::model::{
    CallCenter, CallCenterId, CallCenterPart, ItemKey, Look, Observed, Ref, Target, Value,
};

/// Every value, section by section. Labels are the definition's, and are not told.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let Some(rows) = into.part(&case.state.call_centers, Look::CallCenters) else { return };
    for row in rows.iter().filter(|row| is_in_snapshot(case, row)) {
        let name = &row.internal_name;
        match case.call_centers.get(name) {
            Some(Observed::Seen(Some(found))) => {
                add(case, into, &Ref::seen(name, &row.id), found);
            }
            Some(Observed::Refused(refused)) => {
                into.hide(Some(name), Unseen::in_org(Look::CallCenter, refused).text);
            }
            Some(Observed::Seen(None) | Observed::Unasked) | None => {
                into.hide(Some(name), format!("Not seen: the values of the call center {name}."));
            }
        }
    }
}

fn add(
    case: &SnapshotCase<'_>,
    into: &mut Holdings,
    call_center: &Ref<CallCenterId>,
    found: &CallCenter,
) {
    let mut value = |part: CallCenterPart, text: &str| {
        let target = Target::CallCenterField(call_center.clone(), part);
        into.add(Some(case.recipe), &target, &Value::Text(text.to_owned()));
    };
    value(CallCenterPart::DisplayName, &found.display_name);
    for section in &found.sections {
        for item in &section.items {
            let key = ItemKey::new(&section.name, &item.name);
            value(CallCenterPart::Item(key), &item.value);
        }
    }
}
