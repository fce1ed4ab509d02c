//! What the org has already as it is wanted.

use super::{Item, task_layout, users};
use crate::model::{Desired, OrgState, Target, Value};

/// A value that needs no change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The item that wants it.
    pub item: Item,
    /// What it is about.
    pub target: Target,
    /// The value.
    pub value: Value,
}

/// Assignments that already are the connector's. One that no baseline knows was made by somebody
/// else, or from another machine: what was there before it is unknown.
pub fn already_ours(desired: &Desired, state: &OrgState) -> Vec<Kept> {
    let mut kept = users::already(desired, state);
    kept.extend(task_layout::already(desired, state));
    kept
}
