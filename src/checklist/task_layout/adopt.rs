//! Who uses the package's Task page layout in an org.
//!
//! A configuration can name profiles and record types, and means every pair of them. What the org has
//! may be any set of pairs; the largest such part of it is written, the rest is said.

use std::collections::{BTreeMap, BTreeSet};

use super::status::record_type_name;
use crate::checklist::Adoptee;
use crate::checklist::names::{profile_label, profile_name};
use crate::model::{Draft, DraftValue, LayoutName, OrgState, ProfileId, Recipe, RecordTypeId};

/// Record types for which a profile uses the layout; `None` among them is the master assignment.
type Uses<'a> = BTreeMap<&'a ProfileId, BTreeSet<Option<&'a RecordTypeId>>>;

/// What the item would have a configuration say.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    if adoptee.connector().recipe.task_layout.is_none() {
        return draft;
    }
    draft.table("task_layout");
    let state = adoptee.state;
    let uses = list_uses(state, &adoptee.connector().recipe);
    let (profiles, types) = find_largest(state, &uses);
    let names: Vec<&str> = profiles.iter().filter_map(|id| profile_name(state, id)).collect();
    let active: BTreeSet<&RecordTypeId> =
        state.record_types.iter().filter(|found| found.active).map(|found| &found.id).collect();
    let types: BTreeSet<&RecordTypeId> = types.into_iter().flatten().collect();
    let all = types.is_superset(&active);
    if names.is_empty() {
        draft.comment("No profile uses the package's layout as its master assignment.");
        draft.example("profiles", DraftValue::texts(&["Contact Center Agent"]));
    } else {
        draft.texts("profiles", &names);
        if !all {
            let names: Vec<String> = types.iter().map(|id| record_type_name(state, id)).collect();
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
                record_type.map_or_else(|| "master".to_owned(), |id| record_type_name(state, id))
            })
            .collect();
        if !others.is_empty() {
            let label = profile_label(state, profile);
            draft.left_out(format!(
                "The profile {label} also uses the package's Task layout for {}, which is left unchanged.",
                others.join(", ")
            ));
        }
    }
    draft
}

fn list_uses<'a>(state: &'a OrgState, recipe: &Recipe) -> Uses<'a> {
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
fn find_largest<'a>(
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
