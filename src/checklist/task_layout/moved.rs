//! The proof that a deploy of layout assignments moved no other.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{LayoutAssignment, OrgState, ProfileId, Ref, Subject, SubjectKind, Target};

/// Assignments that moved, came or went between two observations though no change asked for it,
/// and profiles that came or went.
///
/// This is the proof that a deploy of layout assignments touched nothing else.
pub(super) fn elsewhere(before: &OrgState, after: &OrgState, expected: &[&Target]) -> Vec<Subject> {
    let seen = |state: &OrgState| state.layout_assignments.is_seen() && state.profiles.is_seen();
    // What was not seen has not moved: that it was not seen is said of the item.
    if !seen(before) || !seen(after) {
        return Vec::new();
    }
    let was: BTreeSet<&LayoutAssignment> = before.layout_assignments.iter().collect();
    let is: BTreeSet<&LayoutAssignment> = after.layout_assignments.iter().collect();
    // By their profiles, where those were seen: large companies move tens of thousands at once.
    let mut of_profile: BTreeMap<Option<&ProfileId>, Vec<&Target>> = BTreeMap::new();
    for target in expected {
        let profile = target.profile().and_then(|profile| profile.id.as_ref());
        of_profile.entry(profile).or_default().push(target);
    }
    let is_expected = |it: &Target| {
        let profile = it.profile().and_then(|profile| profile.id.as_ref());
        let near = [of_profile.get(&profile), of_profile.get(&None)];
        near.into_iter().flatten().flatten().any(|expected| expected.is_same_place(it))
    };
    let mut moved: BTreeSet<Subject> = was
        .symmetric_difference(&is)
        .map(|assignment| place(after, assignment))
        .filter(|target| !is_expected(target))
        .map(|target| target.place().0)
        .collect();
    // One that somebody has renamed meanwhile is the same.
    let labels = |state: &OrgState| -> BTreeMap<ProfileId, String> {
        state.profiles.iter().map(|profile| (profile.id, profile.label.clone())).collect()
    };
    let (were, are) = (labels(before), labels(after));
    let came_or_went = were.iter().filter(|(id, _)| !are.contains_key(*id));
    let came_or_went = came_or_went.chain(are.iter().filter(|(id, _)| !were.contains_key(*id)));
    moved.extend(came_or_went.map(|(_, label)| Subject::new(SubjectKind::ProfileLayout, label)));
    moved.into_iter().collect()
}

/// What an assignment is about, called by ids where the org shows no names.
fn place(state: &OrgState, assignment: &LayoutAssignment) -> Target {
    let profile = state.profiles.iter().find(|known| known.id == assignment.profile);
    let label =
        profile.map_or_else(|| assignment.profile.to_string(), |profile| profile.label.clone());
    let record_type = assignment.record_type.as_ref().map(|id| {
        let known = state.record_types.iter().find(|known| &known.id == id);
        Ref::seen(known.map_or_else(|| id.to_string(), |known| known.api_name.clone()), id)
    });
    Target::TaskLayout { profile: Ref::seen(label, &assignment.profile), record_type }
}
