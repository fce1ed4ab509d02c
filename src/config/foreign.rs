//! Tables that are about what another generation of the connector brings.

use super::mistake::{Mistake, MistakeKind};
use super::scope::Scope;
use crate::model::Recipe;

/// Refuses what is wanted of things that the chosen generation does not have: nothing would come of it.
pub(super) fn refuse(root: &Scope<'_>, recipe: &Recipe) {
    let lacks: [(&str, bool, &str); 2] = [
        ("task_layout", recipe.task_layout.is_none(), "brings no Task page layout"),
        (
            "custom_metadata",
            recipe.custom_metadata_types == 0,
            "keeps the data centre in the call center, not in custom metadata",
        ),
    ];
    for (key, is_missing, why) in lacks {
        let Some(entry) = root.entry(key).filter(|_| is_missing) else { continue };
        root.mistakes.push(
            Mistake::new(
                MistakeKind::NotAllowed,
                &entry.path,
                format!("`{}` has no effect: {} of the connector {why}.", entry.path, recipe.title),
            )
            .at(&entry.key_span, "")
            .help("Remove it, or choose the generation that has it with `recipe`."),
        );
    }
}
