//! The call center's values: whether what they name exists, and whether they go together.

use crate::checklist::{Check, Checkup, Group, Topic, rules, settings};
use std::collections::BTreeMap;

use crate::model::{CallCenter, CallCenterWish, Diagnostic, Look, Severity, UnnamedValues, Wanted};

const TOPIC: Topic<'static> = Topic::new(Group::Connector, 40, "settings", "Call center settings");

pub(super) fn check(checkup: &Checkup<'_>) -> Check {
    if let Some(words) = checkup.refused(&[Look::CallCenters, Look::CallCenter]) {
        return Check::hidden(TOPIC, words);
    }
    let existing = checkup.state.call_center.found();
    let findings = match (checkup.desired, existing) {
        (Some(desired), _) => {
            let wish = &desired.call_center;
            judged(wish, &wish.effective(existing), checkup)
        }
        (None, Some(existing)) => {
            let Some(wish) = as_it_is(existing) else {
                return Check::unknown(
                    TOPIC,
                    format!(
                        "provision does not know the definition of {}.",
                        existing.internal_name
                    ),
                );
            };
            let mut found = rules::with_org(&wish, existing, checkup.state);
            // Nobody has configured any of it.
            let unsaid = CallCenterWish { values: BTreeMap::new(), ..wish };
            found.extend(rules::webrtc_missing(&unsaid, existing));
            found
        }
        (None, None) => return Check::ok(TOPIC, "None yet: there is no call center."),
    };
    let findings: Vec<Diagnostic> =
        findings.into_iter().filter(|found| !is_told_elsewhere(found)).collect();
    judge(checkup, &findings)
}

fn judged(wish: &CallCenterWish, effective: &CallCenter, checkup: &Checkup<'_>) -> Vec<Diagnostic> {
    let mut found = rules::with_org(wish, effective, checkup.state);
    found.extend(rules::webrtc_missing(wish, effective));
    found
}

/// Whether another check tells it: two pages for unknown callers, presence statuses.
fn is_told_elsewhere(found: &Diagnostic) -> bool {
    match found.code {
        Some("CC020") => found.severity == Severity::Warning,
        Some("CC060") => true,
        _ => false,
    }
}

fn judge(checkup: &Checkup<'_>, findings: &[Diagnostic]) -> Check {
    let of = |severity: Severity| findings.iter().filter(move |found| found.severity == severity);
    let (errors, warnings): (Vec<_>, Vec<_>) =
        (of(Severity::Error).collect(), of(Severity::Warning).collect());
    let all: Vec<&Diagnostic> = errors.iter().chain(&warnings).copied().collect();
    if all.is_empty() {
        return Check::ok(TOPIC, "They are consistent, and everything they refer to exists.");
    }
    let messages: Vec<String> = all.iter().map(|found| found.coded()).collect();
    let fixes = all.iter().flat_map(|found| found.hints.iter().cloned());
    if errors.is_empty() {
        return Check::warning(TOPIC, messages.join(" ")).steps(fixes);
    }
    let check = Check::problem(TOPIC, messages.join(" ")).steps(fixes);
    // `apply` holds every configured value to the same rules.
    if checkup.desired.is_some() { check.blocking() } else { check }
}

/// What the org has, as if somebody had configured it.
fn as_it_is(existing: &CallCenter) -> Option<CallCenterWish> {
    let definition = settings::definition_of(existing)?;
    let values: BTreeMap<_, _> = existing
        .items()
        .map(|(key, item)| {
            let asked_by = key.to_string();
            (key, Wanted { value: item.value.clone(), asked_by })
        })
        .collect();
    Some(CallCenterWish {
        definition,
        display_name: None,
        values,
        unnamed: UnnamedValues::GoBack,
        delete_old: false,
    })
}
