//! What a person's word does to the answers.

use super::{By, ItemId, PlannedItem, Scope, Sight};
use crate::model::{
    Confirmation, Confirmations, Confirmed, ConnectorWish, OrgState, StatedConfirmation, Target,
    Way,
};

/// What people have confirmed: what this machine remembers, and what the configuration states.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordsOfPeople<'a> {
    pub(super) recorded: &'a Confirmations,
    pub(super) stated: &'a [StatedConfirmation],
}

/// What a person can say of an item that is set up, or taken out: whom it belongs to, and what is wanted.
pub fn confirmable(item: ItemId, desired: &ConnectorWish, way: Way) -> Option<(Scope, String)> {
    let item = item.item()?;
    match way {
        Way::Build => item.confirmable(desired),
        Way::Remove => item.confirmable_removal(desired),
    }
}

/// Takes a person's word for what only a person can do. It is never more than a word: it counts only
/// where nothing can be seen. What a configuration states is about what is set up.
pub(super) fn take_word(
    planned: &mut PlannedItem,
    desired: &ConnectorWish,
    state: &OrgState,
    words: WordsOfPeople<'_>,
    way: Way,
) {
    let wanted = confirmable(planned.item, desired, way).map(|(_, wanted)| wanted);
    let title = planned.item.title();
    let verdict = &mut planned.verdict;
    let Some(human) = &mut verdict.human else { return };
    let is_stated =
        |it: &&StatedConfirmation| way == Way::Build && it.said.item == planned.item.as_str();
    let (here, elsewhere): (Vec<_>, Vec<_>) = words
        .stated
        .iter()
        .filter(is_stated)
        .partition(|it| it.counts_for(&state.organization.id, desired.webex_org.as_deref()));
    let recorded = words.recorded.entries.iter().filter(|it| it.item == planned.item.as_str());
    let said = recorded.chain(here.into_iter().map(|it| &it.said));
    let Some(said) = best(said, wanted.as_deref()) else {
        for stated in elsewhere {
            verdict.warn(for_another(title, stated, desired));
        }
        return;
    };
    if wanted.as_ref() != Some(&said.wanted) {
        verdict.warn(format!(
            "{title}: what {} confirmed on {} is no longer what is configured.",
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
    if human.sight == Sight::Undone {
        verdict.warn(format!(
            "{title}: {} confirmed it on {}, but the org shows something else: {}.",
            said.by,
            said.day(),
            fields.join(", ")
        ));
        return;
    }
    human.confirmed = Some(said.clone());
    let fields = fields.join(", ");
    if !human.is_settled() {
        // The steps stay: the word is written down, and what is seen decides.
        verdict.warn(format!(
            "{title}: {} confirmed it on {}, but the calling user's own differs in {fields}. If \
            your agents have a different one, add one of their logins to \
            `softphone_layout.check_users`: what they get then counts.",
            said.by,
            said.day(),
        ));
        return;
    }
    human.steps.clear();
    verdict.changes.retain(|change| change.by != By::Person);
    if way == Way::Build && !fields.is_empty() {
        verdict.note(format!(
            "{title}: the calling user's own differs in {fields}. No API shows what others have."
        ));
    }
}

/// The confirmation that counts: one of what is wanted now, or else the latest.
fn best<'a>(
    said: impl Iterator<Item = &'a Confirmation>,
    wanted: Option<&str>,
) -> Option<&'a Confirmation> {
    said.max_by_key(|said| (Some(said.wanted.as_str()) == wanted, said.at))
}

/// The configuration states it for somebody else.
fn for_another(title: &str, stated: &StatedConfirmation, desired: &ConnectorWish) -> String {
    let place = &stated.place;
    match (&stated.of, &desired.webex_org) {
        (Confirmed::Org(id), _) => format!(
            "{title}: `{place}` of the configuration is for the org {id}, so it does not count here."
        ),
        (Confirmed::Tenant(id), Some(other)) => format!(
            "{title}: `{place}` of the configuration is for the Webex organization {id}, so it does not \
             count for {other}."
        ),
        (Confirmed::Tenant(_), None) => format!(
            "{title}: `{place}` of the configuration does not count, because `webex.org_id` does not say \
             which Webex organization this org works with."
        ),
    }
}
