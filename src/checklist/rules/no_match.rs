//! CC020: callers whom no record matches.

use crate::model::{ConnectorWish, Diagnostic, OrgState, ScreenPop, Severity};

use super::fields::{Use, no_object};
use super::subject::{Subject, finding, quoted};

const ENABLED: &str = "no_match.enabled";
const MAPPINGS: &str = "no_match.mappings";
const OBJECT: &str = "no_match.object";

/// What the configuration alone says of both places.
pub(super) fn check_offline(connector: &ConnectorWish) -> Option<Diagnostic> {
    let effective = connector.call_center.effective(None);
    let subject = Subject::new(&connector.call_center, &effective);
    if subject.setting(ENABLED).is_none() {
        return check_mappings(connector, &subject);
    }
    let at = subject.place(&[ENABLED])?;
    let pops = connector.softphone_layout.as_ref()?.inbound_no_match()?;
    subject.is_on(ENABLED).then(|| {
        finding(
            "CC020",
            Severity::Warning,
            Some(&at),
            format!(
                "Unknown callers would be handled twice: by the call center, and by \
                 `softphone_layout.inbound.no_match` with {}.",
                quoted(&pops.to_string())
            ),
        )
        .hint("Set one of them to none.")
    })
}

/// Version 2 leaves it to the softphone layout which record opens, and fills its fields.
fn check_mappings(connector: &ConnectorWish, subject: &Subject<'_>) -> Option<Diagnostic> {
    let at = subject.place(&[MAPPINGS]).filter(|at| !subject.value(at).is_empty())?;
    let pops = connector.softphone_layout.as_ref()?.configured_no_match()?;
    (!matches!(pops, ScreenPop::New(_))).then(|| {
        finding(
            "CC020",
            Severity::Warning,
            Some(&at),
            format!(
                "`{}` fills the record that opens for unknown callers, but \
                 `softphone_layout.inbound.no_match` opens none: it is {}.",
                subject.name(&at),
                quoted(&pops.to_string())
            ),
        )
        .hint("For example: no_match = \"new:Contact\"")
    })
}

pub(super) fn check(subject: &Subject<'_>, org: &OrgState, findings: &mut Vec<Diagnostic>) {
    let Some(at) = subject.place(&[OBJECT, ENABLED]) else {
        return;
    };
    if !subject.is_on(ENABLED) {
        return;
    }
    let object = subject.value_of(OBJECT).unwrap_or_default();
    let written = Use { rule: "CC020", at: &at, name: &subject.name(&at), object, creating: true };
    match org.object(object) {
        None if org.lacks_object(object) => findings.push(no_object(&written)),
        Some(described) if !described.createable => findings.push(
            finding(
                "CC020",
                Severity::Error,
                Some(&at),
                format!("Records of `{object}` cannot be created, which unknown callers need."),
            )
            .hint("Choose another object, or give the agents the permission to create it."),
        ),
        _ => {}
    }
    let Some(softphone) = org.softphone.found() else {
        return;
    };
    if let Some(action) = softphone.inbound_no_match() {
        findings.push(
            finding(
                "CC020",
                Severity::Warning,
                subject.place(&[ENABLED, OBJECT]).as_ref(),
                format!(
                    "Unknown callers are handled twice: by the call center, and by the softphone \
                     layout {} with {}.",
                    quoted(&softphone.name),
                    quoted(&action.to_string())
                ),
            )
            .hint(
                "Set the layout's inbound \"No matching records\" to \"Don't pop any screen\". \
                 Only your own layout was seen: other profiles may have others.",
            ),
        );
    }
}
