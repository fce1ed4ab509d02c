//! What of the connector is in an org at one moment, value by value, put together from what every item
//! tells of itself; how two of these differ; and what brings an org back to one.

mod compare;
mod restoration;
mod tenant;

use std::collections::{BTreeMap, BTreeSet};

use super::{ITEMS, ItemId, Unseen};
use crate::model::{
    CallCenter, Look, NotSeen, Observed, OrgState, PermissionSet, Recipe, SnapshotRow, Subject,
    Target, Value,
};

pub use compare::{Comparison, Difference, NotCompared, compare, in_names_of};
pub use restoration::{Limits, Restoration, restoration};
pub use tenant::{snapshot_looks_of_tenant, tenant_rows};

/// What an item is asked about.
#[derive(Debug, Clone, Copy)]
pub struct SnapshotCase<'a> {
    /// What was observed.
    pub state: &'a OrgState,
    /// The generation of the connector.
    pub recipe: &'a Recipe,
    /// The connector's call centers that were read, by internal name.
    pub call_centers: &'a BTreeMap<String, Observed<Option<CallCenter>>>,
    /// API names of the permission sets of which it is known who has them.
    pub permission_sets: &'a BTreeSet<String>,
}

/// What items hold in an org, and what of it was not shown.
#[derive(Debug, Default)]
pub struct Holdings {
    /// The values, each once.
    pub rows: Vec<SnapshotRow>,
    /// What was not shown, each once.
    pub unseen: BTreeSet<NotSeen>,
    /// Where a row is, so that each is told once.
    places: BTreeMap<(String, Subject, String, String), usize>,
    item: &'static str,
}

/// What every item tells of the generations of the connector that an org has.
pub fn holdings<'a>(cases: impl IntoIterator<Item = SnapshotCase<'a>>) -> Holdings {
    let cases: Vec<SnapshotCase<'_>> = cases.into_iter().collect();
    let mut all = Holdings::default();
    for item in ITEMS {
        all.item = item.about().id.as_str();
        for case in &cases {
            item.holds(case, &mut all);
        }
    }
    all
}

/// API names of the permission sets of which it can be known who has them: the package's, those of ours for state
/// sync and for what agents need, and those that are named.
pub fn known_permission_sets<'a>(
    state: &OrgState,
    recipes: impl IntoIterator<Item = &'a Recipe>,
    named: &BTreeSet<String>,
) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for recipe in recipes {
        known.insert(recipe.omni_sync.permission_set.clone());
        known.insert(recipe.agent_access.permission_set.clone());
        let packaged = state
            .permission_sets
            .iter()
            .filter(|set| set.namespace.as_deref() == Some(recipe.namespace.as_str()));
        known.extend(packaged.map(PermissionSet::qualified));
    }
    let is_named = |set: &&PermissionSet| named.iter().any(|name| set.is_called(name));
    known.extend(state.permission_sets.iter().filter(is_named).map(PermissionSet::qualified));
    known
}

impl Holdings {
    /// Adds a value; `recipe` is the connector whose value it is, where it is one's.
    pub(super) fn add(&mut self, recipe: Option<&Recipe>, target: &Target, value: &Value) {
        let recipe = recipe.map(|recipe| recipe.name.as_str());
        self.add_row(SnapshotRow::new(self.item, recipe, target, value));
    }

    fn add_row(&mut self, row: SnapshotRow) {
        let subject = row.ids.subject.clone().unwrap_or_default();
        let place = (row.item.clone(), row.subject.clone(), row.field.clone(), subject);
        let next = self.rows.len();
        let at = *self.places.entry(place).or_insert(next);
        match self.rows.get_mut(at) {
            // Another generation has told it already; whose it is, one of them knows.
            Some(known) => known.recipe = known.recipe.take().or(row.recipe),
            None => self.rows.push(row),
        }
    }

    /// A part of what was observed; where the org did not show it, that is written down.
    pub(super) fn part<'a, T>(&mut self, part: &'a Observed<T>, look: Look) -> Option<&'a T> {
        match part {
            Observed::Seen(found) => Some(found),
            // It lacks the feature, and so it has none.
            Observed::Refused(refused) if refused.missing && look.may_be_missing() => None,
            Observed::Refused(refused) => {
                self.hide(None, Unseen::in_org(look, refused).text);
                None
            }
            Observed::Unasked => {
                self.hide(None, format!("Not looked at: {}.", look.subject()));
                None
            }
        }
    }

    /// Something of the item was not shown.
    pub(super) fn hide(&mut self, subject: Option<&str>, words: String) {
        let (item, subject) = (self.item.to_owned(), subject.map(str::to_owned));
        self.unseen.insert(NotSeen { item, subject, words });
    }
}

/// The title of an item, or its id where this version does not know it.
pub fn title_of(item: &str) -> String {
    ItemId::parse(item).map_or_else(|| item.to_owned(), |item| item.title().to_owned())
}

/// The place of an item in the checklist; what this version does not know comes last.
pub fn place_of(item: &str) -> usize {
    ItemId::all().position(|known| known.as_str() == item).unwrap_or(usize::MAX)
}
