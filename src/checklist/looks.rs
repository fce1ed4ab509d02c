//! What is looked at, and which items need it.

use std::collections::{BTreeMap, BTreeSet};

use super::{ITEMS, Item, ItemId, Unseen, Word};
use crate::model::{Baseline, ConnectorWish, Look, OrgState, Way};

/// What decides what has to be seen, before anything was.
#[derive(Debug, Clone, Copy)]
pub struct Intent<'a> {
    /// What is wanted.
    pub desired: &'a ConnectorWish,
    /// What was there before us: what earlier runs gave may have to be taken back.
    pub baseline: &'a Baseline,
    /// Whether the connector is to be there, or to go.
    pub way: Way,
}

/// What no item needs, and every run.
const OF_EVERY_RUN: [Look; 3] = [Look::Organization, Look::Permissions, Look::Deploys];

/// What a run looks at, each with the items that need it; what no item needs is the run's own.
pub fn looks(intent: &Intent<'_>) -> BTreeMap<Look, BTreeSet<ItemId>> {
    let mut looks: BTreeMap<Look, BTreeSet<ItemId>> =
        OF_EVERY_RUN.into_iter().map(|look| (look, BTreeSet::new())).collect();
    for item in ITEMS {
        for look in item.looks(intent) {
            looks.entry(look).or_default().insert(item.about().id);
        }
        for look in item.glances(intent) {
            looks.entry(look).or_default();
        }
    }
    looks
}

/// Items that a configuration says nothing of, so that nothing is looked at for them. What nobody can
/// look at is none of these.
pub fn unconfigured(desired: &ConnectorWish, baseline: &Baseline) -> BTreeSet<ItemId> {
    let intent = Intent { desired, baseline, way: Way::Build };
    let is_unasked = |item: &&dyn Item| {
        item.about().word != Word::Asked
            && item.looks(&intent).is_empty()
            && item.glances(&intent).is_empty()
    };
    ITEMS.iter().copied().filter(is_unasked).map(|item| item.about().id).collect()
}

/// What every run looks at and no item speaks of, where the org did not show it.
pub fn needed_by_nobody(state: &OrgState) -> Vec<Unseen> {
    let unseen = OF_EVERY_RUN
        .into_iter()
        .filter_map(|look| Some(Unseen::in_org(look, state.refusal(look)?)));
    unseen.collect()
}
