//! The rules between settings that need no org: broken ones end a run before anything is sent.

use super::configuration::style;
use crate::checklist::rules;
use crate::config::{Loaded, Place};
use crate::failure::Failure;
use crate::model::{Finding, Severity};
use crate::view::{Settings, Trouble};

/// Checks them; what is odd but may be meant so is said, one sentence each.
pub(super) fn check(loaded: &Loaded, settings: &Settings) -> Result<Vec<String>, Trouble> {
    let desired = &loaded.desired;
    let findings = rules::offline(&desired.call_center, &desired.region, &desired.recipe);
    let (wrong, odd): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| finding.severity == Severity::Error);
    if wrong.is_empty() {
        let warnings = odd.iter().filter(|finding| finding.severity == Severity::Warning);
        return Ok(warnings.map(|finding| sentence(loaded, finding)).collect());
    }
    let sentences: Vec<String> = wrong.iter().map(|finding| sentence(loaded, finding)).collect();
    let pictures: Vec<String> =
        wrong.iter().map(|finding| loaded.render_finding(finding, style(settings))).collect();
    let mut failure = Failure::usage(sentences.join("\n"));
    failure.hints.extend(wrong.into_iter().filter_map(|finding| finding.help));
    Err(Trouble { failure, picture: Some(pictures.join("\n\n")) })
}

/// The finding with its place.
fn sentence(loaded: &Loaded, finding: &Finding) -> String {
    let Finding { rule, message, .. } = finding;
    match loaded.place_of(finding) {
        Some((name, Place { line, column })) => {
            format!("{name}:{line}:{column}: {rule}: {message}")
        }
        None => format!("{}: {rule}: {message}", loaded.source.name),
    }
}
