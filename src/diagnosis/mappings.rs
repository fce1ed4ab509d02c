//! The call center's values: whether what they name exists, and whether they go together.

use std::collections::BTreeMap;

use super::{Case, Check, Group};
use crate::checklist::rules;
use crate::definitions::templates;
use crate::model::{CallCenter, CallCenterWish, Definition, Finding, Look, Severity, Wanted};

const ABOUT: (Group, &str, &str) = (Group::Connector, "settings", "Call center settings");

pub(super) fn check(case: &Case<'_>) -> Check {
    if let Some(words) = case.refused(&[Look::CallCenters, Look::CallCenter]) {
        return Check::unknown(ABOUT, words);
    }
    let existing = case.state.call_center.found();
    let findings = match (case.desired, existing) {
        (Some(desired), _) => {
            let wish = &desired.call_center;
            rules::with_org(wish, &wish.effective(existing), case.state)
        }
        (None, Some(existing)) => {
            let Some(wish) = as_it_is(existing) else {
                return Check::untold(
                    ABOUT,
                    format!(
                        "provision does not know the definition of {}.",
                        existing.internal_name
                    ),
                );
            };
            rules::with_org(&wish, existing, case.state)
        }
        (None, None) => return Check::ok(ABOUT, "There are none before there is a call center."),
    };
    let findings: Vec<Finding> =
        findings.into_iter().filter(|found| !is_anothers(case, found)).collect();
    judge(case, &findings)
}

/// Whether another check says it: two pages for unknown callers, presence statuses.
fn is_anothers(case: &Case<'_>, found: &Finding) -> bool {
    match found.rule {
        "CC020" => found.severity == Severity::Warning,
        "CC060" => case.recipe().omni_sync.is_some(),
        _ => false,
    }
}

fn judge(case: &Case<'_>, findings: &[Finding]) -> Check {
    let of = |severity: Severity| findings.iter().filter(move |found| found.severity == severity);
    let (errors, warnings): (Vec<_>, Vec<_>) =
        (of(Severity::Error).collect(), of(Severity::Warning).collect());
    let all: Vec<&Finding> = errors.iter().chain(&warnings).copied().collect();
    if all.is_empty() {
        return Check::ok(ABOUT, "What they name is there, and they go together.");
    }
    let said: Vec<String> =
        all.iter().map(|found| format!("{}: {}", found.rule, found.message)).collect();
    let fixes = all.iter().filter_map(|found| found.help.clone());
    if errors.is_empty() {
        return Check::warning(ABOUT, said.join(" ")).fixes(fixes);
    }
    let check = Check::problem(ABOUT, said.join(" ")).fixes(fixes);
    // `apply` holds every configured value to the same rules.
    if case.desired.is_some() { check.blocking() } else { check }
}

/// What the org has, as if somebody had configured it.
fn as_it_is(existing: &CallCenter) -> Option<CallCenterWish> {
    let definition = definition_of(existing)?;
    let values: BTreeMap<_, _> = existing
        .items()
        .map(|(key, item)| {
            let asked_by = key.to_string();
            (key, Wanted { value: item.value.clone(), asked_by })
        })
        .collect();
    Some(CallCenterWish { definition, display_name: None, values })
}

fn definition_of(existing: &CallCenter) -> Option<Definition> {
    let known = templates()
        .iter()
        .find(|template| template.call_center.internal_name == existing.internal_name)?;
    crate::definitions::built_in(&known.name)
}

/// Settings of the call center by their keys, as the org has them.
pub(super) fn value(case: &Case<'_>, key: &str) -> Option<String> {
    let existing = case.state.call_center.found();
    let (definition, values) = match (case.desired, existing) {
        (Some(desired), _) => {
            let wish = &desired.call_center;
            (wish.definition.clone(), wish.effective(existing))
        }
        (None, Some(existing)) => (definition_of(existing)?, existing.clone()),
        (None, None) => return None,
    };
    let item = &definition.setting(key)?.item;
    Some(values.item(item)?.value.trim().to_owned())
}
