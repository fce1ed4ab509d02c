//! What the item wants.

use crate::checklist::call_center::reference;
use crate::checklist::settings::existing_or_carried;
use crate::checklist::{Aside, Change, ItemId, Stop, Verdict, rules};
use crate::model::{
    CallCenter, CallCenterPart, ConnectorWish, OrgState, Place, Severity, Target, Value, normalised,
};

/// What the settings item wants.
pub(super) fn plan(desired: &ConnectorWish, state: &OrgState) -> Verdict {
    let mut verdict = Verdict::default();
    let wanted = desired.call_center.effective(existing_or_carried(desired, state).as_ref());
    judge(&mut verdict, desired, state, &wanted);
    if let Some(found) = state.call_center.found() {
        compare(&mut verdict, (desired, state), found, &wanted, true);
    } else {
        // What differs from the definition's own values is worth showing before it is created.
        let definition = &desired.call_center.definition.call_center;
        compare(&mut verdict, (desired, state), definition, &wanted, false);
        verdict.at_rest = Some("nothing to set: the new call center comes with these values");
    }
    verdict
}

/// Rules that only the org can answer are answered before anything is written.
fn judge(verdict: &mut Verdict, desired: &ConnectorWish, state: &OrgState, wanted: &CallCenter) {
    for finding in rules::with_org(&desired.call_center, wanted, state) {
        // Presence statuses are the business of the item that needs access to them.
        if finding.code == Some("CC060") {
            continue;
        }
        let configured = finding.item().and_then(|key| desired.call_center.values.get(key));
        let message = finding.coded();
        match finding.severity {
            Severity::Error => {
                let place = configured.map(|wanted| Place::Key(wanted.asked_by.clone()));
                let mut found = finding;
                (found.place, found.related) = (place, Vec::new());
                verdict.stops.push(Stop::of_finding(found));
            }
            Severity::Warning => verdict.warn(message),
            // What is worth knowing of a value that nobody configured only makes plans longer.
            Severity::Info if configured.is_some() => verdict.note(message),
            Severity::Info | Severity::NotChecked => {}
        }
    }
}

fn compare(
    verdict: &mut Verdict,
    (desired, state): (&ConnectorWish, &OrgState),
    found: &CallCenter,
    wanted: &CallCenter,
    exists: bool,
) {
    let which = reference(state, &wanted.internal_name);
    let mut differs = |part: CallCenterPart, before: &str, after: &str| {
        if normalised(before) != normalised(after) {
            let asked_by = match &part {
                CallCenterPart::Item(key) => desired.call_center.key_of(key),
                _ => None,
            };
            let aside =
                Aside { key: asked_by, default: (!exists).then(|| before.to_owned()), group: None };
            let target = Target::CallCenterField(which.clone(), part);
            let before = exists.then(|| Value::Text(before.to_owned()));
            let after = Some(Value::Text(after.to_owned()));
            let change = Change::new(ItemId::CTI_SETTINGS, target, before, after);
            verdict.changes.push(change.aside(aside));
        }
    };
    differs(CallCenterPart::DisplayName, &found.display_name, &wanted.display_name);
    for (key, item) in wanted.items() {
        // An org may leave out what is empty.
        let there = found.item(&key).map_or("", |there| there.value.as_str());
        differs(CallCenterPart::Item(key), there, &item.value);
    }
}
