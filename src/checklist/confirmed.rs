//! What a person's word does to the answers.

use super::{By, PlannedItem};
use crate::model::{Confirmations, ConnectorWish, Target};

/// Takes a person's word for what only a person can do. It is never more than a word: it counts only
/// where nothing can be seen.
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
    let fields: Vec<String> = verdict
        .changes
        .iter()
        .filter(|change| {
            change.by == By::Person
                && !matches!(change.target(), Target::SoftphoneAssignment { .. })
        })
        .map(|change| change.target().place().1)
        .collect();
    if human.seen {
        verdict.warn(format!(
            "{title}: {} confirmed it on {}, but the org shows something else: {}.",
            said.by,
            said.day(),
            fields.join(", ")
        ));
        return;
    }
    human.confirmed = Some(said.clone());
    human.steps.clear();
    verdict.changes.retain(|change| change.by != By::Person);
    if !fields.is_empty() {
        verdict.note(format!(
            "{title}: what the calling user has differs in {}. That says nothing of what others \
             have, which no API tells.",
            fields.join(", ")
        ));
    }
}
