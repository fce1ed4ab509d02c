//! What moved in an org though nobody asked for it.

use super::{Change, ITEMS};
use crate::model::{OrgState, Subject, Target};

/// What changed between two observations of an org though none of these changes asked for it.
///
/// This is the proof that a deploy touched nothing else.
pub fn moved_elsewhere(before: &OrgState, after: &OrgState, changes: &[Change]) -> Vec<Subject> {
    let expected: Vec<&Target> = changes.iter().map(Change::target).collect();
    ITEMS.iter().flat_map(|item| item.moved_elsewhere(before, after, &expected)).collect()
}
