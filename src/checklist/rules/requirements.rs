//! CC010, CC020, CC030 to CC033, CC040 and CC060: what one setting requires of another.
//!
//! Which requires what is data of the definition; this is how it is judged.

use std::collections::BTreeSet;

use crate::model::{Diagnostic, ItemKey, Place, Requirement, Setting, SettingKind, Severity};

use super::known_id;
use super::subject::{Subject, finding};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let mut exclusive = BTreeSet::new();
    for setting in subject.settings() {
        let is_on = subject.value(&setting.item) == "true";
        for requirement in &setting.requires {
            let other = item_of(requirement);
            if is_on {
                // Two settings that exclude each other are one mistake.
                let mut pair = [setting.item.clone(), other.clone()];
                pair.sort();
                let is_new = !matches!(requirement, Requirement::Off(_)) || exclusive.insert(pair);
                if is_new {
                    findings.extend(broken(subject, setting, requirement));
                }
            } else {
                findings.extend(useless(subject, setting, requirement));
            }
        }
    }
}

fn item_of(requirement: &Requirement) -> &ItemKey {
    match requirement {
        Requirement::On(key) | Requirement::Off(key) | Requirement::Filled(key) => key,
    }
}

fn broken(
    subject: &Subject<'_>,
    setting: &Setting,
    requirement: &Requirement,
) -> Option<Diagnostic> {
    let other = item_of(requirement);
    let value = subject.value(other);
    let is_kept = match requirement {
        Requirement::On(_) => value == "true",
        Requirement::Off(_) => value != "true",
        Requirement::Filled(_) => is_filled(subject, other),
    };
    if is_kept {
        return None;
    }
    // Values that the configuration has no part in are not its business.
    let at = [&setting.item, other].into_iter().find(|key| subject.configured(key).is_some())?;
    let name = subject.name(&setting.item);
    let other_name = subject.name(other);
    let (message, help) = match requirement {
        Requirement::On(_) => (
            format!("`{name}` is on, but needs `{other_name}`, which is off."),
            format!("Set `{other_name}` to true, or `{name}` to false."),
        ),
        Requirement::Off(_) => (
            format!("`{name}` and `{other_name}` exclude each other, but both are on."),
            "Set one of the two to false.".to_owned(),
        ),
        Requirement::Filled(_) if value.is_empty() || value == "[]" => (
            format!("`{name}` is on, but `{other_name}` is empty."),
            format!("Fill in `{other_name}`, or set `{name}` to false."),
        ),
        Requirement::Filled(_) => (
            format!("`{name}` is on, but `{other_name}` still has its placeholder `{value}`."),
            format!("Set `{other_name}` to the name of a variable of your flow."),
        ),
    };
    let rule = known_id(setting.rule.as_deref());
    let also = if at == other { &setting.item } else { other };
    let finding = finding(rule, Severity::Error, Some(at), message).hint(help);
    Some(finding.beside(Place::Item(also.clone())))
}

/// A value that somebody configured for a setting which is off.
fn useless(
    subject: &Subject<'_>,
    setting: &Setting,
    requirement: &Requirement,
) -> Option<Diagnostic> {
    let Requirement::Filled(other) = requirement else {
        return None;
    };
    subject.configured(other)?;
    let default = subject.wish.definition.call_center.item(other)?;
    if !is_filled(subject, other) || subject.value(other) == default.value.trim() {
        return None;
    }
    let (name, other_name) = (subject.name(&setting.item), subject.name(other));
    let severity = match setting.rule.as_deref() {
        Some("CC032") => Severity::Warning,
        _ => Severity::Info,
    };
    Some(
        finding(
            known_id(setting.rule.as_deref()),
            severity,
            Some(other),
            format!("`{other_name}` has no effect while `{name}` is off."),
        )
        .beside(Place::Item(setting.item.clone()))
        .hint(format!("Set `{name}` to true if it should have one.")),
    )
}

/// Whether a value is there that somebody means.
pub(super) fn is_filled(subject: &Subject<'_>, key: &ItemKey) -> bool {
    let value = subject.value(key);
    let placeholder = match subject.wish.definition.setting_of(key).map(|setting| &setting.kind) {
        Some(SettingKind::CadVariable { placeholder }) => placeholder.as_deref(),
        _ => None,
    };
    !value.is_empty() && value != "[]" && placeholder != Some(value)
}
