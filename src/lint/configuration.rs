//! A configuration by itself, for every org that it has a table for.

use crate::checklist::rules;
use crate::config::{ConfigErrors, Loaded, Mistake, MistakeKind, Picture, load, org_aliases};
use crate::model::{Finding, Severity, Source};

use super::{Found, Subject};

/// Rules that are about the names and items of a definition, whatever is configured.
const OF_DEFINITIONS: [&str; 2] = ["CC081", "CC090"];

pub(super) fn judge(subject: &Subject<'_>, source: &Source) -> Vec<Found> {
    if let Err(error) = std::str::from_utf8(subject.bytes) {
        return vec![not_text(subject.bytes, error.valid_up_to(), source)];
    }
    let aliases = org_aliases(&source.text);
    let mut found: Vec<Found> = Vec::new();
    let orgs = match subject.org {
        Some(org) => vec![Some(org)],
        None => std::iter::once(None).chain(aliases.iter().map(|it| Some(it.as_str()))).collect(),
    };
    for org in orgs {
        // What each org says for itself is not missing where none is chosen.
        let is_partial = org.is_none() && !aliases.is_empty();
        for mut one in judge_for(org, subject, source) {
            let is_missing = one.rule == MistakeKind::Missing.rule();
            if let (true, Some(org)) = (is_missing, org) {
                one.picture.message.extend([" This is so for the org `", org, "`."]);
            }
            let is_told = found.contains(&one) || (is_partial && is_missing);
            if !is_told {
                found.push(one);
            }
        }
    }
    found
}

fn judge_for(org: Option<&str>, subject: &Subject<'_>, source: &Source) -> Vec<Found> {
    match load(&source.text, &source.name, org, subject.read) {
        Err(ConfigErrors { mistakes, .. }) => {
            mistakes.iter().map(|mistake| mistaken(mistake, source)).collect()
        }
        Ok(loaded) => {
            let warnings = loaded.warnings.iter().map(|mistake| mistaken(mistake, source));
            let findings = rules::of_configuration(&loaded.desired);
            let findings = findings
                .iter()
                .filter(|finding| is_ours(finding, &loaded))
                .map(|finding| about(finding, &loaded, source));
            warnings.chain(findings).collect()
        }
    }
}

/// What is only good to know of the definition, and not of this configuration, is told of its file.
fn is_ours(finding: &Finding, loaded: &Loaded) -> bool {
    if finding.severity == Severity::Info && OF_DEFINITIONS.contains(&finding.rule) {
        return false;
    }
    let is_configured = finding.at.as_ref().is_some_and(|item| loaded.origins.contains_key(item));
    is_configured || finding.severity != Severity::Info
}

fn about(finding: &Finding, loaded: &Loaded, source: &Source) -> Found {
    Found::new(finding.rule, loaded.path_of(finding), loaded.picture(finding), source)
}

fn mistaken(mistake: &Mistake, source: &Source) -> Found {
    Found::new(mistake.kind.rule(), &mistake.path, Picture::from(mistake), source)
}

fn not_text(bytes: &[u8], offset: usize, source: &Source) -> Found {
    let message = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "The file is in UTF-16, but must be in UTF-8.",
        _ => "The file is not text in UTF-8.",
    };
    let mut picture = Picture::new(Severity::Error, message);
    picture.span = Some(offset..offset);
    picture.helps.push("Save it again with the encoding UTF-8.".to_owned());
    Found::new(MistakeKind::Syntax.rule(), "", picture, source)
}
