//! What a person's word does to the answers.

use super::{By, PlannedItem};
use crate::model::{Confirmations, ConnectorWish};

/// Takes a person's word for what only a person can do. It is never more than a word: what can be
/// seen and contradicts it is said.
pub(super) fn take_word(
    planned: &mut PlannedItem,
    desired: &ConnectorWish,
    confirmations: &Confirmations,
) {
    let item = planned.item.item();
    let wanted = item.and_then(|item| item.confirmable(desired)).map(|(_, wanted)| wanted);
    let verdict = &mut planned.verdict;
    let Some(human) = &mut verdict.human else { return };
    let Some(said) = confirmations.of(planned.item.as_str()) else { return };
    let title = planned.item.title();
    if wanted.as_ref() != Some(&said.wanted) {
        verdict.warn(format!(
            "{title}: what {} confirmed on {} is no longer what the configuration wants.",
            said.by,
            said.day()
        ));
        return;
    }
    human.confirmed = Some(said.clone());
    human.steps.clear();
    let (seen, changes): (Vec<_>, Vec<_>) =
        verdict.changes.drain(..).partition(|change| change.by == By::Person);
    verdict.changes = changes;
    if !seen.is_empty() {
        let fields: Vec<String> = seen.iter().map(|change| change.target().place().1).collect();
        verdict.note(format!(
            "{title}: confirmed by a person, not verified; as far as provision can see, this \
             differs: {}.",
            fields.join(", ")
        ));
    }
}
