//! A configuration by itself, for every org that it has a table for.

use crate::checklist::rules;
use crate::config::{ConfigErrors, Configuration, Loaded, MistakeKind, org_aliases};
use crate::model::{Diagnostic, Severity, Source};

use super::{Subject, at};

/// Rules that are about the names and items of a definition, whatever is configured.
const OF_DEFINITIONS: [&str; 2] = ["CC081", "CC090"];

pub(super) fn judge(subject: &Subject<'_>, source: &Source) -> Vec<Diagnostic> {
    if let Err(error) = std::str::from_utf8(subject.bytes) {
        return vec![not_text(subject.bytes, error.valid_up_to(), source)];
    }
    let mut configuration = match Configuration::parse(&source.text, &source.name) {
        Ok(configuration) => configuration,
        Err(ConfigErrors { diagnostics }) => return diagnostics,
    };
    let aliases = org_aliases(&source.text);
    let mut found: Vec<Diagnostic> = Vec::new();
    let orgs = match subject.org {
        Some(org) => vec![Some(org)],
        None => std::iter::once(None).chain(aliases.iter().map(|it| Some(it.as_str()))).collect(),
    };
    for org in orgs {
        // What each org says for itself is not missing where none is chosen.
        let is_partial = org.is_none() && !aliases.is_empty();
        for mut one in judge_for(org, subject, &mut configuration) {
            let is_missing = one.code == Some(MistakeKind::Missing.rule());
            if let (true, Some(org)) = (is_missing, org) {
                let message = format!("For the org `{org}`: {}", one.message());
                one = one.saying(message);
            }
            let is_told = found.contains(&one) || (is_partial && is_missing);
            if !is_told {
                found.push(one);
            }
        }
    }
    found
}

fn judge_for(
    org: Option<&str>,
    subject: &Subject<'_>,
    configuration: &mut Configuration,
) -> Vec<Diagnostic> {
    match configuration.load(org, subject.read) {
        Err(ConfigErrors { diagnostics }) => diagnostics,
        Ok(loaded) => {
            let mut findings = rules::of_configuration(&loaded.desired);
            findings.retain(|finding| is_ours(finding, &loaded));
            // A run tells of these itself, where it meets them.
            findings.extend(rules::of_confirmations(&loaded.desired, subject.now));
            let findings = findings.iter().map(|finding| loaded.locate(finding.clone()));
            loaded.warnings.iter().cloned().chain(findings).collect()
        }
    }
}

/// What is only good to know of the definition, and not of this configuration, is told of its file.
fn is_ours(finding: &Diagnostic, loaded: &Loaded) -> bool {
    if finding.severity == Severity::Info
        && finding.code.is_some_and(|code| OF_DEFINITIONS.contains(&code))
    {
        return false;
    }
    let is_configured = finding.item().is_some_and(|item| loaded.origins.contains_key(item));
    is_configured || finding.severity != Severity::Info
}

fn not_text(bytes: &[u8], offset: usize, source: &Source) -> Diagnostic {
    let message = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "The file is in UTF-16, but must be in UTF-8.",
        _ => "The file is not text in UTF-8.",
    };
    let said = Diagnostic::error(message)
        .code(MistakeKind::Syntax.rule())
        .hint("Save it again with the encoding UTF-8.");
    at(said, source, Some(offset..offset), "")
}
