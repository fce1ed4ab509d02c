//! Single values back to what was recorded.

use crate::checklist::names::listed;
use crate::checklist::restore::{Restore, restore};
use crate::checklist::{Aside, Case, Change, ItemId, Now, Unseen, Verdict};
use crate::model::{BaselineEntry, CallCenterPart, Target, Value};

/// Every recorded value of an item goes back to what was there, where it is still as it was left.
pub(in crate::checklist) fn put_back(
    case: Case<'_>,
    item: ItemId,
    now: &dyn Fn(&Target) -> Now,
    recorded: &dyn Fn(&Value) -> Option<Value>,
) -> Verdict {
    let mut verdict = Verdict::default();
    let (mut theirs, mut gone, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for entry in case.baseline.of_item(item.as_str()) {
        let name = || named(case, entry);
        let now = match now(&entry.target) {
            Now::Held(now) => now,
            Now::Gone => {
                gone.push(name());
                continue;
            }
            Now::Unseen => {
                verdict.unseen.push(Unseen {
                    text: format!("Not seen: what {} holds now.", name()),
                    forbidden: false,
                });
                continue;
            }
        };
        match restore(entry, now.as_ref()) {
            Restore::Back(before) => match before.map(recorded) {
                Some(None) => lost.push(name()),
                before => {
                    let change = Change::new(item, entry.target.clone(), now, before.flatten());
                    let aside = Aside { key: key(case, &entry.target), ..Aside::default() };
                    verdict.changes.push(change.aside(aside));
                }
            },
            Restore::Theirs => theirs.push(name()),
            Restore::Unknown | Restore::Nothing => {}
        }
    }
    if !theirs.is_empty() {
        verdict
            .note(format!("Somebody has changed these since; they are kept: {}.", listed(&theirs)));
    }
    if !gone.is_empty() {
        verdict.note(format!("These no longer exist: {}.", listed(&gone)));
    }
    if !lost.is_empty() {
        verdict.warn(format!(
            "Their earlier values are no longer in this org, so these are not changed: {}.",
            listed(&lost)
        ));
    }
    if !verdict.unseen.is_empty() {
        verdict.changes.clear();
    }
    verdict
}

/// The key of the configuration that is about a value, where there is one.
fn key(case: Case<'_>, target: &Target) -> Option<String> {
    match target {
        Target::CallCenterField(_, CallCenterPart::Item(item)) => {
            case.desired.call_center.key_of(item)
        }
        _ => None,
    }
}

/// `ada@example.com` or `WebexCCAgentDesktop: call_center.softphone.height`
pub(in crate::checklist) fn named(case: Case<'_>, entry: &BaselineEntry) -> String {
    let (subject, field) = entry.target.place();
    let record_type = subject.record_type.map(|name| format!(" [{name}]")).unwrap_or_default();
    match &entry.target {
        Target::UserCallCenter(_) | Target::TaskLayout { .. } => {
            format!("{}{record_type}", subject.name)
        }
        target => format!("{}: {}", subject.name, key(case, target).unwrap_or(field)),
    }
}
