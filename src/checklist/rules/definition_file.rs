//! CC081 and CC090: what a definition file has that nobody expects.

use crate::model::{Diagnostic, GENERAL_SECTION, ItemKey, Severity};

use super::subject::{Subject, finding};

/// Longest name of an item by Salesforce's documentation.
const MAX_NAME: usize = 40;
const RESERVED_PREFIX: &str = "req";
/// Names that no item may have, by Salesforce's documentation.
const RESERVED: [&str; 2] = ["label", "sortOrder"];
/// Longest label by Salesforce's documentation.
const MAX_LABEL: usize = 1000;
/// Items that every definition may have.
const COMMON: [&str; 3] = ["reqDescription", "reqStandbyUrl", "reqTimeout"];

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for (key, _) in subject.wish.definition.call_center.items() {
        let is_known = subject.wish.definition.setting_of(&key).is_some();
        if !is_known && !COMMON.contains(&key.item.as_str()) {
            findings.push(
                finding(
                    "CC081",
                    Severity::Info,
                    Some(&key),
                    format!("The item {key} is not known to this version; it is kept as it is."),
                )
                .hint("It can be set by its names, below `[call_center.values]`."),
            );
        }
    }
    check_names(subject, findings);
}

/// Names that break what Salesforce documents.
pub(super) fn check_names(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let call_center = &subject.wish.definition.call_center;
    for section in &call_center.sections {
        let length = section.label.chars().count();
        if length > MAX_LABEL {
            findings.push(long_label(None, &format!("section {}", section.name), length));
        }
    }
    for (key, item) in call_center.items() {
        if RESERVED.contains(&key.item.as_str()) {
            findings.push(finding(
                "CC090",
                Severity::Error,
                Some(&key),
                format!("No item may have the name of {key}: Salesforce reserves it."),
            ));
        }
        let length = item.label.chars().count();
        if length > MAX_LABEL {
            findings.push(long_label(Some(&key), &format!("item {key}"), length));
        }
        let length = key.item.chars().count();
        if length > MAX_NAME {
            findings.push(finding(
                "CC090",
                Severity::Info,
                Some(&key),
                format!(
                    "The name of {key} has {length} characters; Salesforce documents {MAX_NAME} at \
                     most, and takes Cisco's longer ones."
                ),
            ));
        }
        if !key.item.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            findings.push(unusual(&key));
        }
    }
    let reserved: Vec<_> = call_center
        .sections
        .iter()
        .map(|section| section.name.as_str())
        .filter(|name| name.starts_with(RESERVED_PREFIX) && *name != GENERAL_SECTION)
        .collect();
    if !reserved.is_empty() {
        findings.push(finding(
            "CC090",
            Severity::Info,
            None,
            format!(
                "Names of sections begin with `{RESERVED_PREFIX}`, which Salesforce reserves, and \
                 takes from Cisco: {}.",
                reserved.join(", ")
            ),
        ));
    }
}

fn long_label(key: Option<&ItemKey>, what: &str, length: usize) -> Diagnostic {
    finding(
        "CC090",
        Severity::Warning,
        key,
        format!(
            "The label of the {what} has {length} characters; Salesforce documents {MAX_LABEL} at \
             most."
        ),
    )
}

fn unusual(key: &ItemKey) -> Diagnostic {
    finding(
        "CC090",
        Severity::Warning,
        Some(key),
        format!("The name of {key} has other characters than letters and digits."),
    )
}
