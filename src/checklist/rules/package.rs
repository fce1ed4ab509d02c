//! CC070: the namespace of the package that the org has.

use crate::model::{Diagnostic, OrgState, Severity};

use super::subject::{Subject, finding, quoted};

const NAMESPACE: &str = "activity.namespace";
const PACKAGE: &str = "Webex Contact Center";

pub(super) fn check(subject: &Subject<'_>, org: &OrgState, findings: &mut Vec<Diagnostic>) {
    let Some(setting) = subject.setting(NAMESPACE) else {
        return;
    };
    let wanted = subject.value(&setting.item);
    let has = |namespace: &Option<String>| {
        namespace.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(wanted))
    };
    if org.packages.iter().any(|package| has(&package.namespace)) {
        return;
    }
    // Not installed yet is the package item's business; under another namespace is ours.
    let other = org
        .packages
        .iter()
        .find(|package| package.name.starts_with(PACKAGE) && package.namespace.is_some());
    if let Some(package) = other {
        findings.push(
            finding(
                "CC070",
                Severity::Warning,
                Some(&setting.item),
                format!(
                    "The call center expects the package with the namespace {}, but the org has \
                     {} with the namespace {}.",
                    quoted(wanted),
                    quoted(&package.name),
                    quoted(package.namespace.as_deref().unwrap_or_default())
                ),
            )
            .hint("It may be the other generation of the connector; the two do not mix."),
        );
    }
}
