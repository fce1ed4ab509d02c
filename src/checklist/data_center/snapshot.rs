//! The region in the package's custom metadata, in a snapshot.

use super::find;
use crate::checklist::{Holdings, SnapshotCase, Unseen, package};
use crate::model::{Look, Refused, Target, Value};

/// The three values, where their places are beyond doubt.
pub(super) fn holds(case: &SnapshotCase<'_>, into: &mut Holdings) {
    let (state, recipe) = (case.state, case.recipe);
    if let Some(words) = package::contradiction(recipe, state) {
        into.hide(None, Unseen::in_org(Look::Packages, &Refused::new(words)).text);
        return;
    }
    if recipe.custom_metadata_types == 0 || !package::is_there(recipe, state) {
        return;
    }
    let known = &state.custom_metadata;
    if into.part(&known.seen, Look::CustomMetadata).is_none() {
        return;
    }
    let found = find(recipe, known);
    if !found.look_alikes.is_empty() {
        into.hide(
            None,
            "Not included: the data centre in the package's custom metadata, because several values \
             could be it."
                .to_owned(),
        );
    }
    for (place, text) in found.values.into_values() {
        into.add(Some(recipe), &Target::CustomMetadata(place), &Value::Text(text));
    }
}
