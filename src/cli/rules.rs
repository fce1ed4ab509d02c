//! The rules that need no org, told with the line of the configuration that breaks them.

use super::configuration::style;
use crate::checklist::rules;
use crate::config::Loaded;
use crate::failure::Failure;
use crate::model::{Finding, Severity};
use crate::view::{Settings, Trouble};

/// Judges a configuration before anything is sent; what is only odd comes back as sentences.
pub(super) fn judge(loaded: &Loaded, settings: &Settings) -> Result<Vec<String>, Trouble> {
    let wanted = &loaded.desired;
    let findings = rules::offline(&wanted.call_center, &wanted.region, &wanted.recipe);
    let of = |severity| findings.iter().filter(move |finding| finding.severity == severity);
    let broken: Vec<&Finding> = of(Severity::Error).collect();
    if broken.is_empty() {
        return Ok(of(Severity::Warning).map(|finding| told(loaded, finding)).collect());
    }
    let drawn: Vec<String> =
        broken.iter().map(|finding| loaded.render_finding(finding, style(settings))).collect();
    let messages: Vec<String> = broken.iter().map(|finding| told(loaded, finding)).collect();
    let mut failure = Failure::usage(messages.join("\n"));
    failure.hints.extend(broken.iter().filter_map(|finding| finding.help.clone()));
    Err(Trouble { picture: Some(drawn.join("\n\n")), failure })
}

/// A finding in one line: `provision.toml:12:16: CC010: …`
fn told(loaded: &Loaded, finding: &Finding) -> String {
    let place = loaded
        .place_of(finding)
        .map(|(file, place)| format!("{file}:{}:{}: ", place.line, place.column))
        .unwrap_or_default();
    format!("{place}{}: {}", finding.rule, finding.message)
}
