//! A call center definition by itself.

use std::ops::Range;

use crate::checklist::rules;
use crate::config::Picture;
use crate::definitions::{SetupFile, SetupMistake, recipe, recipe_names};
use crate::model::{Also, Finding, Severity, Source};

use super::Found;

pub(super) fn judge(bytes: &[u8], source: &Source) -> Vec<Found> {
    let file = match SetupFile::read(bytes) {
        Ok(file) => file,
        Err(mistakes) => {
            return mistakes.into_iter().map(|mistake| unusable(mistake, source)).collect();
        }
    };
    let notes = file.notes.iter().map(|note| {
        let picture = at(Picture::new(Severity::Warning, &note.message), Some(&note.span));
        Found::new("CC083", "", picture, source)
    });
    let mut found: Vec<Found> = notes.collect();
    let definition = file.define(&source.name);
    // The newest recipe, whose rules hold for earlier versions of the same generation too.
    if let Some(data) = recipe_names().next().and_then(recipe) {
        let findings = rules::of_definition(&definition, &data.recipe);
        found.extend(findings.iter().map(|finding| about(finding, &file, source)));
    }
    found
}

fn unusable(mistake: SetupMistake, source: &Source) -> Found {
    let mut picture = at(Picture::new(Severity::Error, mistake.message), mistake.span.as_ref());
    picture.helps.extend(mistake.help);
    Found::new(mistake.rule, "", picture, source)
}

fn about(finding: &Finding, file: &SetupFile, source: &Source) -> Found {
    let span = finding.at.as_ref().and_then(|item| file.spans.get(item));
    let mut picture = at(Picture::new(finding.severity, &finding.message), span);
    if let (Some(Also::Item(other)), Some(_)) = (&finding.also, span) {
        let other = file.spans.get(other).filter(|other| Some(*other) != span);
        picture.related = other.map(|span| (span.clone(), String::new()));
    }
    picture.helps.extend(finding.help.clone());
    let path = finding.at.as_ref().map(ToString::to_string).unwrap_or_default();
    Found::new(finding.rule, path, picture, source)
}

fn at(mut picture: Picture, span: Option<&Range<usize>>) -> Picture {
    picture.span = span.cloned();
    picture
}
