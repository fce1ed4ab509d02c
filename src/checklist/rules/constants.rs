//! CC003, CC004 and CC070: what the connector needs as it is.

use crate::model::{Diagnostic, Recipe, SettingKind, Severity};

use super::known_id;
use super::subject::{Subject, finding, quoted};

pub(super) fn check(subject: &Subject<'_>, recipe: &Recipe, findings: &mut Vec<Diagnostic>) {
    for setting in subject.settings() {
        if setting.kind != SettingKind::Constant {
            continue;
        }
        let rule = known_id(setting.rule.as_deref());
        let expected = match rule {
            "CC003" => "true",
            "CC004" => "Lightning",
            "CC070" => recipe.namespace.as_str(),
            _ => continue,
        };
        let value = subject.value(&setting.item);
        if value == expected {
            continue;
        }
        // This one works in Lightning Experience, too.
        let severity =
            if value == "Classic_and_Lightning" { Severity::Warning } else { Severity::Error };
        findings.push(
            finding(
                rule,
                severity,
                Some(&setting.item),
                format!(
                    "`{}` is {}, but the connector works with `{expected}` only.",
                    subject.name(&setting.item),
                    quoted(value)
                ),
            )
            .hint("Leave it as the definition has it."),
        );
    }
}
