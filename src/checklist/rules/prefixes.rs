//! CC011: lists of dialling prefixes.

use crate::model::{Diagnostic, SettingKind, Severity};

use super::subject::{Subject, finding, quoted};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for setting in subject.settings() {
        let Some(value) = subject.configured(&setting.item) else {
            continue;
        };
        if setting.kind != SettingKind::Prefixes || value.is_empty() {
            continue;
        }
        let Some(wrong) = value.split(',').find(|prefix| !is_prefix(prefix)) else {
            continue;
        };
        let name = subject.name(&setting.item);
        let message = if wrong.trim().is_empty() {
            format!("`{name}` has a comma without a prefix: {}.", quoted(value))
        } else {
            format!("`{name}` has {}, which is not a dialling prefix.", quoted(wrong))
        };
        findings.push(
            finding("CC011", Severity::Error, Some(&setting.item), message).hint(
                "Prefixes are digits, with a + before them or not: `+1,+91`, without blanks.",
            ),
        );
    }
}

/// Whether a text is a dialling prefix.
pub(crate) fn is_prefix(text: &str) -> bool {
    // Cisco's first version shipped a lone `+`.
    let digits = text.strip_prefix('+').unwrap_or(text);
    text == "+" || (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
