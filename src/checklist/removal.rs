//! The checklist backwards: what takes the connector out of an org and puts back what was there.
//!
//! The same items answer, each with what its absence wants. The steps run the other way: records,
//! so that nobody uses what goes; the deploy, which frees the layouts and deletes what is ours; and
//! the package last. Whatever somebody else has set since is theirs and stays.

use super::plan::{REMOVING, of_way};
use super::{Blockers, Case, ITEMS, Intent, Past, Plan, PlannedItem, Selection, hold};
use crate::model::{ConnectorWish, OrgState, Way};

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
    let mut plan = Plan { items: of_way(items, Way::Remove), stages: REMOVING.to_vec() };
    plan.select(selection, Way::Remove);
    plan
}
