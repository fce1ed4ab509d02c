//! A call center definition by itself.

use crate::checklist::rules;
use crate::definitions::{SetupFile, SetupMistake, default_recipe, recipe_of_call_center};
use crate::model::{Diagnostic, Excerpt, Place, Source};

use super::at;

pub(super) fn judge(bytes: &[u8], source: &Source) -> Vec<Diagnostic> {
    let file = match SetupFile::read(bytes) {
        Ok(file) => file,
        Err(mistakes) => {
            return mistakes.into_iter().map(|mistake| unreadable(mistake, source)).collect();
        }
    };
    let notes = file.notes.iter().map(|note| {
        let said = Diagnostic::warning(&note.message).code("CC083");
        at(said, source, Some(note.span.clone()), "")
    });
    let mut found: Vec<Diagnostic> = notes.collect();
    let definition = file.define(&source.name);
    // The rules of a generation hold for its earlier versions too.
    let data = recipe_of_call_center(&definition.call_center).unwrap_or_else(default_recipe);
    let findings = rules::of_definition(&definition, &data.recipe);
    found.extend(findings.iter().map(|finding| locate(finding, &file, source)));
    found
}

fn unreadable(mistake: SetupMistake, source: &Source) -> Diagnostic {
    let said = Diagnostic::error(mistake.message).code(mistake.rule).hints(mistake.help);
    at(said, source, mistake.span, "")
}

fn locate(finding: &Diagnostic, file: &SetupFile, source: &Source) -> Diagnostic {
    let span = |place: &Place| match place {
        Place::Item(item) => file.spans.get(item).cloned(),
        Place::Key(_) | Place::File(_) => None,
    };
    let here = finding.place.as_ref().and_then(span);
    let also = finding.related.iter().filter_map(span);
    let also = also.filter(|also| here.is_some() && Some(also) != here.as_ref());
    let related = also.map(|span| Place::File(Excerpt::new(source, Some(span), "")));
    let mut said = finding.clone();
    said.related = related.collect();
    let path = finding.item().map(ToString::to_string).unwrap_or_default();
    at(said, source, here, path)
}
