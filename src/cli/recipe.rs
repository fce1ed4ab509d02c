//! The generation of the connector that a command line names.

use crate::definitions::{RecipeData, recipe, recipe_names};
use crate::failure::Failure;
use crate::model::nearest;

/// The recipe of that name.
pub(super) fn named(name: &str) -> Result<&'static RecipeData, Failure> {
    recipe(name).ok_or_else(|| {
        let known: Vec<&str> = recipe_names().collect();
        let failure = Failure::usage(format!("There is no recipe `{name}`."));
        let failure = match nearest(name, known.iter().copied()) {
            Some(near) => failure.hint(format!("Did you mean `{near}`?")),
            None => failure,
        };
        // Names that differ in a digit are equally near.
        failure.hint(format!("There are {}.", known.join(" and ")))
    })
}
