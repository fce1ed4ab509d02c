//! The rules between settings that need no org: broken ones end a run before anything is sent.

use super::configuration::style;
use crate::checklist::rules;
use crate::config::{Loaded, Picture};
use crate::failure::Failure;
use crate::model::{Finding, Place, Position, Severity};
use crate::view::{Settings, Trouble};

/// Something odd that may be meant so.
pub(super) struct Odd {
    /// With its place, for a list of events.
    pub(super) sentence: String,
    /// With its lines, for people.
    pub(super) picture: String,
}

/// Checks them; what the configuration says that is odd but may be meant so comes back.
pub(super) fn check(loaded: &Loaded, settings: &Settings) -> Result<Vec<Odd>, Trouble> {
    let findings = rules::of_configuration(&loaded.desired);
    let (wrong, odd): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| finding.severity == Severity::Error);
    if wrong.is_empty() {
        let draw = |picture: Picture| picture.draw(&loaded.source, style(settings)) + "\n\n";
        let warnings = loaded.warnings.iter().map(|mistake| Odd {
            sentence: loaded.sentence(mistake),
            picture: draw(Picture::from(mistake)),
        });
        let findings = odd.iter().filter(|finding| finding.severity == Severity::Warning);
        let findings = findings.map(|finding| Odd {
            sentence: sentence(loaded, finding),
            picture: draw(loaded.picture(finding)),
        });
        return Ok(warnings.chain(findings).collect());
    }
    let sentences: Vec<String> = wrong.iter().map(|finding| sentence(loaded, finding)).collect();
    let pictures: Vec<String> = wrong
        .iter()
        .map(|finding| loaded.picture(finding).draw(&loaded.source, style(settings)))
        .collect();
    let hints = wrong.into_iter().filter_map(|finding| finding.help);
    let failure = Failure::usage(sentences.join("\n")).hints(hints);
    Err(Trouble { failure, picture: Some(pictures.join("\n\n")) })
}

/// What only the org could tell, drawn at the lines of the configuration that it is about; the
/// failure gets the lines too.
pub(super) fn pictured(
    failure: &mut Failure,
    loaded: &Loaded,
    settings: &Settings,
) -> Option<String> {
    let mut pictures = Vec::new();
    for found in failure.diagnostics_mut() {
        if let Some(Place::Key(path)) = &found.place
            && let Some(excerpt) = loaded.excerpt(path)
        {
            let help = found.hints.first().map(ToString::to_string);
            let picture = loaded.picture_at(&excerpt, &found.text(), help.as_deref());
            pictures.push(picture.draw(&loaded.source, style(settings)));
            found.place = Some(Place::File(excerpt));
        }
    }
    // A picture stands for the whole message, so it must show all of it.
    (pictures.len() == failure.diagnostics().len()).then(|| pictures.join("\n\n"))
}

/// The finding with its place.
fn sentence(loaded: &Loaded, finding: &Finding) -> String {
    let Finding { rule, message, .. } = finding;
    match loaded.place_of(finding) {
        Some((name, Position { line, column })) => {
            format!("{name}:{line}:{column}: {rule}: {message}")
        }
        None => format!("{}: {rule}: {message}", loaded.source.name),
    }
}
