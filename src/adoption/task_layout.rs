//! Who uses the package's Task page layout.
//!
//! A configuration can name profiles and record types, and means every pair of them. What the org has
//! may be any set of pairs; the largest such part of it is written, the rest is said.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, profile_name};
use crate::model::{LayoutName, OrgState, ProfileId, Recipe, RecordType, RecordTypeId};

/// Record types for which a profile uses the layout; `None` among them is the master assignment.
type Uses<'a> = BTreeMap<&'a ProfileId, BTreeSet<Option<&'a RecordTypeId>>>;

/// Writes the profiles and the record types.
pub(super) fn write(draft: &mut Draft<'_>, state: &OrgState, recipe: &Recipe) {
    draft.header("task_layout");
    let uses = uses(state, recipe);
    let (profiles, types) = largest(state, &uses);
    let names: Vec<&str> = profiles.iter().filter_map(|id| profile_name(state, id)).collect();
    let active: BTreeSet<&RecordTypeId> =
        state.record_types.iter().filter(|found| found.active).map(|found| &found.id).collect();
    let types: BTreeSet<&RecordTypeId> = types.into_iter().flatten().collect();
    let all = types.is_superset(&active);
    if names.is_empty() {
        draft.say("No profile uses the package's layout as its master assignment.");
        draft.line("#profiles = [\"Contact Center Agent\"]");
    } else {
        draft.texts("profiles", &names);
        if !all {
            let names: Vec<String> = types.iter().map(|id| type_name(state, id)).collect();
            draft.texts("record_types", &names);
        }
    }
    let meant = |profile: &ProfileId, record_type: Option<&RecordTypeId>| {
        let is_meant =
            record_type.is_none_or(|id| if all { active.contains(id) } else { types.contains(id) });
        is_meant && profiles.contains(&profile) && profile_name(state, profile).is_some()
    };
    for (profile, found) in &uses {
        let others: Vec<String> = found
            .iter()
            .filter(|record_type| !meant(profile, **record_type))
            .map(|record_type| {
                record_type.map_or_else(|| "master".to_owned(), |id| type_name(state, id))
            })
            .collect();
        if !others.is_empty() {
            let known = state.profiles.iter().find(|known| &&known.id == profile);
            let label = known.map_or_else(|| profile.to_string(), |known| known.label.clone());
            draft.cannot(&format!(
                "The profile {label} uses the package's Task layout besides for: {}. That stays as it is.",
                others.join(", ")
            ));
        }
    }
}

fn uses<'a>(state: &'a OrgState, recipe: &Recipe) -> Uses<'a> {
    let mut uses = Uses::new();
    let Some(name) = &recipe.task_layout else { return uses };
    let name = LayoutName::managed(&recipe.namespace, name);
    let Some(layout) = state.layouts.iter().find(|layout| layout.name == name) else { return uses };
    for assignment in &state.layout_assignments {
        if assignment.layout.as_ref() == Some(&layout.id) {
            let of_profile = uses.entry(&assignment.profile).or_default();
            of_profile.insert(assignment.record_type.as_ref());
        }
    }
    uses
}

/// The profiles and record types whose pairs cover the most assignments.
fn largest<'a>(
    state: &'a OrgState,
    uses: &Uses<'a>,
) -> (Vec<&'a ProfileId>, BTreeSet<Option<&'a RecordTypeId>>) {
    let candidates: Uses<'a> = uses
        .iter()
        .filter(|(id, types)| types.contains(&None) && profile_name(state, id).is_some())
        .map(|(id, types)| (*id, types.clone()))
        .collect();
    let common = candidates.values().cloned().reduce(|one, other| &one & &other);
    let choices: BTreeSet<_> = candidates.values().cloned().chain(common).collect();
    let with = |types: &BTreeSet<Option<&'a RecordTypeId>>| -> Vec<&'a ProfileId> {
        let fits = candidates.iter().filter(|(_, own)| types.is_subset(own));
        fits.map(|(id, _)| *id).collect()
    };
    choices
        .into_iter()
        .map(|types| (with(&types), types))
        .max_by_key(|(profiles, types)| (profiles.len() * types.len(), profiles.len()))
        .unwrap_or_default()
}

fn type_name(state: &OrgState, id: &RecordTypeId) -> String {
    let known = state.record_types.iter().find(|found: &&RecordType| &found.id == id);
    known.map_or_else(|| id.to_string(), |found| found.api_name.clone())
}
