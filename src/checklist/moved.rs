//! What moved in an org though nobody asked for it.

use super::{Change, ITEMS};
use crate::model::{OrgState, Subject};

/// What changed between two observations of an org though none of these changes asked for it.
///
/// This is the proof that a deploy touched nothing else.
pub fn moved_elsewhere(before: &OrgState, after: &OrgState, changes: &[Change]) -> Vec<Subject> {
    let expected: Vec<Subject> = changes.iter().map(|it| it.target().place().0).collect();
    let expected: Vec<&Subject> = expected.iter().collect();
    ITEMS.iter().flat_map(|item| item.moved_elsewhere(before, after, &expected)).collect()
}
