//! What the org has already as it is wanted.

use super::{Blockers, Case, ITEMS, ItemId};
use crate::model::{Baseline, ConnectorWish, OrgState, Target, Value};

/// A value that needs no change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The item that wants it.
    pub item: ItemId,
    /// What it is about.
    pub target: Target,
    /// The value.
    pub value: Value,
}

/// Assignments that already are the connector's. One that no baseline knows was made by somebody
/// else, or from another machine: what was there before it is unknown.
pub fn already_ours(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Vec<Kept> {
    let case = Case { desired, state, baseline, blockers: Blockers::default() };
    ITEMS.iter().flat_map(|item| item.kept(case)).collect()
}
