//! Items that stand still while the others go on: what they need was not seen, or they wait for an
//! item that stands still.
//!
//! Blindness is not absence. An item is not asked what it wants before everything that it needs was
//! seen, so that no answer of an item rests on something that was not shown. What an item only
//! glances at is a note where it was not seen. Items of the Webex organization stand still in the
//! same way ([`super::tenant_plan`]); they also know single records that were not seen.

use std::collections::BTreeSet;

use super::{Intent, Item, ItemId, Plan, PlannedItem, Verdict};
use crate::model::{Look, OrgState, Refused, Way};

/// Why an item stands still that is not blind itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hold {
    /// An item that it needs stands still.
    Waiting(ItemId),
    /// A person left it out.
    LeftOut {
        /// How many changes are left undone by that; `None` where that could not be told.
        changes: Option<usize>,
    },
}

/// Something that was not shown to whoever needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// What it is, and what was said instead: a sentence or two.
    pub text: String,
    /// Whether the calling user may not see it, as far as that can be told.
    pub forbidden: bool,
}

impl Unseen {
    /// What a Salesforce org said instead of showing what a look asks for.
    pub fn in_org(look: Look, refused: &Refused) -> Self {
        let words = refused.words.trim_end_matches('.');
        Self {
            text: format!("Not seen: {}. The org says: {words}.", look.subject()),
            forbidden: refused.forbidden || refused.missing,
        }
    }

    /// What a Webex organization did not show: `the teams: HTTP 403`.
    pub(super) fn in_tenant(what: &str) -> Self {
        Self { text: format!("Not seen: {what}."), forbidden: false }
    }
}

impl Verdict {
    /// An item that could not see what it needs.
    pub(super) fn blind(unseen: Vec<Unseen>) -> Self {
        Self { unseen, ..Self::default() }
    }

    /// An item that was shown two things which cannot both be true.
    pub(super) fn contradicted(look: Look, what: String) -> Self {
        Self::blind(vec![Unseen::in_org(look, &Refused::new(what))])
    }

    /// Whether nothing is done of it now, for whatever reason.
    pub fn stands_still(&self) -> bool {
        self.hold.is_some() || !self.unseen.is_empty()
    }

    /// Whether it stands still though a person wants it.
    pub fn is_held(&self) -> bool {
        !self.unseen.is_empty() || matches!(self.hold, Some(Hold::Waiting(_)))
    }
}

/// What an item answers, as far as the org shows what it needs.
pub(super) fn ask(
    item: &dyn Item,
    intent: &Intent<'_>,
    state: &OrgState,
    answer: impl FnOnce() -> Verdict,
) -> Verdict {
    if let Some(stop) = item.lacks(state).filter(|_| intent.way == Way::Build) {
        return Verdict { stops: vec![stop], ..Verdict::default() };
    }
    let unseen = not_seen(state, item.looks(intent));
    if !unseen.is_empty() {
        return Verdict::blind(unseen);
    }
    let mut verdict = answer();
    if !verdict.unseen.is_empty() {
        return verdict;
    }
    // What it asked for and was refused leaves its answer open.
    let unseen = not_seen(state, verdict.needs.iter().copied());
    if !unseen.is_empty() {
        return Verdict::blind(unseen);
    }
    let glanced = not_seen(state, item.glances(intent));
    for unseen in glanced {
        verdict.warn(unseen.text);
    }
    verdict
}

fn not_seen(state: &OrgState, looks: impl IntoIterator<Item = Look>) -> Vec<Unseen> {
    let looks: BTreeSet<Look> = looks.into_iter().collect();
    let unseen = looks.into_iter().filter_map(|look| {
        let refused = state.refusal(look)?;
        let answered = refused.missing && look.may_be_missing();
        (!answered).then(|| Unseen::in_org(look, refused))
    });
    unseen.collect()
}

/// Has everything wait that builds on an item that stands still. What takes the connector out waits
/// the other way round: what others build on goes last. Items of the Webex organization go on with
/// the records that they have seen.
pub(super) fn wait(items: &mut [PlannedItem], way: Way) {
    loop {
        let held: Vec<ItemId> =
            items.iter().filter(|it| it.verdict.is_held()).map(|it| it.item).collect();
        let mut found = false;
        for planned in items.iter_mut() {
            let verdict = &planned.verdict;
            if verdict.hold.is_some() || verdict.is_held() || planned.item.item().is_none() {
                continue;
            }
            let Some(on) = held.iter().find(|held| builds_on(planned.item, **held, way)) else {
                continue;
            };
            planned.verdict = Verdict { hold: Some(Hold::Waiting(*on)), ..Verdict::default() };
            found = true;
        }
        if !found {
            return;
        }
    }
}

/// Whether an item can only be brought that way after another one.
pub(super) fn builds_on(item: ItemId, other: ItemId, way: Way) -> bool {
    let needs =
        |one: ItemId, other: ItemId| one.about().is_some_and(|about| about.needs.contains(&other));
    match way {
        Way::Build => needs(item, other),
        Way::Remove => needs(other, item),
    }
}

impl Plan {
    /// What was not seen, each once, with the items that stand still for it.
    pub fn unseen(&self) -> Vec<(&Unseen, Vec<ItemId>)> {
        let mut found: Vec<(&Unseen, Vec<ItemId>)> = Vec::new();
        for planned in &self.items {
            for one in &planned.verdict.unseen {
                match found.iter_mut().find(|(known, _)| known.text == one.text) {
                    Some((_, items)) => items.push(planned.item),
                    None => found.push((one, vec![planned.item])),
                }
            }
        }
        found
    }

    /// Items that wait for others, each with the one that it waits for.
    pub fn waiting(&self) -> Vec<(ItemId, ItemId)> {
        let waits = |planned: &PlannedItem| match planned.verdict.hold {
            Some(Hold::Waiting(on)) => Some((planned.item, on)),
            _ => None,
        };
        self.items.iter().filter_map(waits).collect()
    }

    /// Whether an item stands still though a person wants it.
    pub fn is_held(&self) -> bool {
        self.items.iter().any(|planned| planned.verdict.is_held())
    }

    /// Whether a person has left an item out.
    pub fn leaves_out(&self) -> bool {
        let left =
            |planned: &PlannedItem| matches!(planned.verdict.hold, Some(Hold::LeftOut { .. }));
        self.items.iter().any(left)
    }
}
