//! CC041: cases that the call center creates.

use std::collections::BTreeSet;

use crate::model::{Diagnostic, OrgState, Severity};

use super::fields::{Use, no_object, object_of};
use super::subject::{Subject, finding};

pub(super) const SWITCHES: [&str; 2] = ["case.create_inbound", "case.create_outbound"];
const SETTINGS: [&str; 4] =
    ["case.create_inbound", "case.create_outbound", "case.mappings", "case.link_mappings"];
pub(super) const CASE: &str = "Case";

pub(super) fn check(subject: &Subject<'_>, org: &OrgState, findings: &mut Vec<Diagnostic>) {
    let Some(at) = subject.place(&SETTINGS) else {
        return;
    };
    if !SWITCHES.iter().any(|switch| subject.is_on(switch)) {
        return;
    }
    let written =
        Use { rule: "CC041", at: &at, name: &subject.name(&at), object: CASE, creating: true };
    if org.lacks_object(CASE) {
        findings.push(no_object(&written));
        return;
    }
    let Some(described) = org.object(CASE) else { return };
    if !described.createable {
        findings.push(
            finding(
                "CC041",
                Severity::Error,
                Some(&at),
                "Cases cannot be created here, but the call center is to create one for each call.",
            )
            .hint("Switch it off, or give the agents the permission to create cases."),
        );
        return;
    }
    let covered: BTreeSet<String> = subject
        .mappings()
        .filter(|(_, mapping)| object_of(subject, mapping).as_deref() == Some(CASE))
        .flat_map(|(setting, mapping)| subject.rows(setting, mapping))
        .map(|row| row.field.to_lowercase())
        .collect();
    let uncovered: Vec<_> = described
        .fields
        .iter()
        .filter(|(name, field)| field.required && !covered.contains(&name.to_lowercase()))
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    if !uncovered.is_empty() {
        findings.push(
            finding(
                "CC041",
                Severity::Warning,
                Some(&at),
                format!("A new case needs {}, which no mapping fills.", uncovered.join(", ")),
            )
            .hint(
                "Add rows to `call_center.case.mappings`, unless automation in the org fills them.",
            ),
        );
    }
}
