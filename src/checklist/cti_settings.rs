//! `cti-settings`: the call center's values are the configured ones.
//!
//! Values that the configuration does not name keep what the org has; the definition's defaults
//! apply when the call center is created.

use super::{Action, After, Change, Item, Stop, Verdict, rules};
use crate::model::{CallCenter, Desired, OrgState, Severity, Subject, SubjectKind, normalised};

/// The field that people see as the call center's name.
const DISPLAY_NAME: &str = "displayName";

/// What the settings item wants.
pub(super) fn plan(desired: &Desired, state: &OrgState) -> Verdict {
    let mut verdict = Verdict::default();
    let wanted = desired.call_center.effective(state.call_center.found());
    judge(&mut verdict, desired, state, &wanted);
    match state.call_center.found() {
        Some(found) => compare(&mut verdict, found, &wanted, true),
        // What differs from the definition's own values is worth showing before it is created.
        None => compare(&mut verdict, &desired.call_center.definition.call_center, &wanted, false),
    }
    verdict
}

/// Rules that only the org can answer are answered before anything is written.
fn judge(verdict: &mut Verdict, desired: &Desired, state: &OrgState, wanted: &CallCenter) {
    for finding in rules::with_org(&desired.call_center, wanted, state) {
        // Presence statuses are the business of the item that needs access to them.
        if finding.rule == "CC060" && desired.recipe.omni_sync.is_some() {
            continue;
        }
        let configured = finding.at.as_ref().and_then(|key| desired.call_center.values.get(key));
        let message = format!("{}: {}", finding.rule, finding.message);
        match finding.severity {
            Severity::Error => {
                let mut stop = Stop::configuration(message);
                stop.place = configured.map(|wanted| wanted.asked_by.clone());
                stop.hints.extend(finding.help);
                verdict.stops.push(stop);
            }
            Severity::Warning => verdict.warn(message),
            // What is worth knowing of a value that nobody configured only makes plans longer.
            Severity::Info if configured.is_some() => verdict.note(message),
            Severity::Info | Severity::NotChecked => {}
        }
    }
}

fn compare(verdict: &mut Verdict, found: &CallCenter, wanted: &CallCenter, exists: bool) {
    let mut differs = |field: String, before: &str, after: &str| {
        if normalised(before) != normalised(after) {
            verdict.changes.push(Change {
                item: Item::CtiSettings,
                subject: Subject::new(SubjectKind::CallCenter, &wanted.internal_name),
                field,
                before: exists.then(|| before.to_owned()),
                after: After::value(after),
                action: if exists { Action::Update } else { Action::Create },
            });
        }
    };
    differs(DISPLAY_NAME.to_owned(), &found.display_name, &wanted.display_name);
    for (key, item) in wanted.items() {
        if let Some(there) = found.item(&key) {
            differs(key.to_string(), &there.value, &item.value);
        }
    }
}
