//! The checklist backwards: what takes the connector out of an org and puts back what was there.
//!
//! The same items answer, each with what its absence wants. The steps run the other way: records,
//! so that nobody uses what goes; the deploy, which frees the layouts and deletes what is ours; and
//! the package last. Whatever somebody else has set since is theirs and stays.

use super::confirmed::{self, WordsOfPeople};
use super::plan::{REMOVING, of_way};
use super::{Blockers, Case, ITEMS, Intent, Past, Plan, PlannedItem, Selection, hold};
use crate::model::{Confirmed, ConnectorWish, OrgState, StatedConfirmation, Way};

/// Asks every item what its absence wants.
pub fn removal(desired: &ConnectorWish, state: &OrgState, past: &Past, blockers: Blockers) -> Plan {
    removal_selected(desired, state, past, blockers, &Selection::All)
}

/// The same, of which a person has chosen items.
pub fn removal_selected(
    desired: &ConnectorWish,
    state: &OrgState,
    past: &Past,
    blockers: Blockers,
    selection: &Selection,
) -> Plan {
    let baseline = &past.baseline.of_recipe(&desired.recipe.name);
    let case = Case { desired, state, baseline, blockers };
    let intent = Intent { desired, baseline, way: Way::Remove };
    let items: Vec<PlannedItem> = ITEMS
        .iter()
        .map(|item| PlannedItem {
            item: item.about().id,
            verdict: hold::ask(*item, &intent, state, || item.removal(case)),
        })
        .collect();
    let mut items = of_way(items, Way::Remove);
    let words = WordsOfPeople { recorded: &past.removed, stated: &[] };
    for planned in &mut items {
        confirmed::take_word(planned, desired, state, words, Way::Remove);
    }
    tell_of_stated_words(&mut items, state, past);
    let mut plan = Plan { items, stages: REMOVING.to_vec() };
    plan.select(selection, Way::Remove);
    plan
}

/// What the configuration states about an org is no longer so once the connector is out of it, and only a
/// person takes lines out of a configuration.
fn tell_of_stated_words(items: &mut [PlannedItem], state: &OrgState, past: &Past) {
    for planned in items {
        let is_of_org = |it: &&StatedConfirmation| {
            it.said.item == planned.item.as_str() && it.of == Confirmed::Org(state.organization.id)
        };
        if let Some(stated) = past.stated.iter().find(is_of_org) {
            planned.verdict.warn(format!(
                "{}: the configuration states that it is done, in [{}]. Remove that table after \
                the uninstall, or the next installation will skip the item.",
                planned.item.title(),
                stated.place
            ));
        }
    }
}
