//! The definition of which an org's call center is.

use std::collections::BTreeSet;

use crate::checklist::Adoptee;
use crate::definitions::{SetupFile, recipe_of_call_center, templates, write_setup_file};
use crate::model::{CallCenter, Definition, Draft, DraftFile, ItemKey};

/// The definition that an org's call center is adopted by.
pub(in crate::checklist) struct Adopted {
    /// The definition.
    pub(in crate::checklist) definition: Definition,
    /// The file that holds it, where it is not built in.
    file: Option<DraftFile>,
}

/// What the item would have a configuration say.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    draft.table("call_center");
    let found = match (adoptee.call_center, adoptee.values()) {
        (Some(_), Some(found)) => found,
        (None, _) => {
            draft.left_out("The org has no call center for the connector: one will be created.");
            return draft;
        }
        (Some(name), None) => {
            draft.left_out(format!(
                "The org does not show the values of the call center {name}: reading them needs the \
                 permission \"Modify Metadata Through Metadata API Functions\"."
            ));
            return draft;
        }
    };
    match define(found) {
        Ok(Adopted { definition, file }) => {
            if let Some(file) = &file {
                draft.comment(format!(
                    "No built-in definition matches the fields of {}: {} contains them as they are in the org.",
                    found.internal_name, file.name
                ));
            }
            if definition.name != adoptee.connector().definition {
                draft.text("definition", &definition.name);
            }
            if definition.call_center.internal_name != found.internal_name {
                draft.text("internal_name", &found.internal_name);
            }
            draft.definition = file;
        }
        Err(reasons) => draft.left_out(format!(
            "The call center {} cannot be written as a definition file: {reasons}",
            found.internal_name
        )),
    }
    draft
}

/// The built-in definition with just the fields of a call center, else a file of its own, whose
/// defaults are the org's values; or why there can be no such file.
pub(in crate::checklist) fn define(found: &CallCenter) -> Result<Adopted, String> {
    if let Some(definition) = built_in(found) {
        return Ok(Adopted { definition, file: None });
    }
    let text = write_setup_file(found);
    let name = format!("{}.xml", found.internal_name);
    match SetupFile::read(text.as_bytes()) {
        Ok(read) => {
            let definition = read.define(&format!("./{name}"));
            Ok(Adopted { definition, file: Some(DraftFile { name, text }) })
        }
        Err(mistakes) => {
            let reasons: Vec<String> = mistakes.into_iter().map(|it| it.message).collect();
            Err(reasons.join(" "))
        }
    }
}

/// The built-in definition of that internal name, or of the same generation, where it has just these
/// fields.
fn built_in(found: &CallCenter) -> Option<Definition> {
    let keys = |call_center: &CallCenter| -> BTreeSet<ItemKey> {
        call_center.items().map(|(key, _)| key).collect()
    };
    let alike = || templates().iter().filter(|it| keys(&it.call_center) == keys(found));
    let same_name = alike().find(|it| it.call_center.internal_name == found.internal_name);
    let of_generation = || {
        let recipe = recipe_of_call_center(found)?;
        alike().find(|template| template.recipe == recipe.recipe.name)
    };
    Some(same_name.or_else(of_generation)?.definition())
}
