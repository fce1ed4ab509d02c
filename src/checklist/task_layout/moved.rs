//! The proof that a deploy of layout assignments moved no other.

use std::collections::BTreeSet;

use crate::model::{LayoutAssignment, OrgState, Subject, SubjectKind};

/// Assignments that moved, came or went between two observations though no change asked for it,
/// and profiles that came or went.
///
/// This is the proof that a deploy of layout assignments touched nothing else.
pub(super) fn elsewhere(
    before: &OrgState,
    after: &OrgState,
    expected: &[&Subject],
) -> Vec<Subject> {
    let expected: BTreeSet<&Subject> = expected.iter().copied().collect();
    let was: BTreeSet<&LayoutAssignment> = before.layout_assignments.iter().collect();
    let is: BTreeSet<&LayoutAssignment> = after.layout_assignments.iter().collect();
    let mut moved: BTreeSet<Subject> = was
        .symmetric_difference(&is)
        .map(|assignment| place(after, assignment))
        .filter(|subject| !expected.contains(subject))
        .collect();
    let ids = |state: &OrgState| -> BTreeSet<_> {
        state.profiles.iter().map(|profile| (profile.id.clone(), profile.label.clone())).collect()
    };
    for (_, label) in ids(before).symmetric_difference(&ids(after)) {
        moved.insert(Subject::new(SubjectKind::ProfileLayout, label));
    }
    moved.into_iter().collect()
}

/// What an assignment is about, by ids where the org shows no names.
fn place(state: &OrgState, assignment: &LayoutAssignment) -> Subject {
    let profile = state.profiles.iter().find(|known| known.id == assignment.profile);
    let record_type = assignment.record_type.as_ref().map(|id| {
        let known = state.record_types.iter().find(|known| &known.id == id);
        known.map_or_else(|| id.to_string(), |known| known.api_name.clone())
    });
    Subject {
        kind: SubjectKind::ProfileLayout,
        name: profile
            .map_or_else(|| assignment.profile.to_string(), |profile| profile.label.clone()),
        record_type,
    }
}
