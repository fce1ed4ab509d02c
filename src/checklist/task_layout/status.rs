//! What `status` says of the package's Task page layouts: who uses them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::checklist::names::profile_label;
use crate::model::{Layout, OrgState, ProfileId, Recipe, RecordTypeId};

/// A Task page layout of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LayoutInUse {
    /// Its name, with the namespace.
    pub layout: String,
    /// Whether it is one that nobody is to use any more.
    pub outdated: bool,
    /// Who uses it.
    pub profiles: Vec<LayoutUse>,
}

/// A profile that uses a layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LayoutUse {
    /// The profile's label.
    pub profile: String,
    /// Whether its master assignment does.
    pub master: bool,
    /// Record types for which it does, by API name.
    pub record_types: Vec<String>,
    /// Whether it does for every active record type.
    pub every_active: bool,
}

/// The package's layouts, in the order of their names.
pub(in crate::checklist) fn list_layouts(state: &OrgState, recipe: &Recipe) -> Vec<LayoutInUse> {
    let mut found: Vec<LayoutInUse> = state
        .layouts
        .iter()
        .filter(|layout| layout.name.namespace.as_deref() == Some(recipe.namespace.as_str()))
        .map(|layout| LayoutInUse {
            layout: layout.name.qualified(),
            outdated: recipe.old_task_layouts.contains(&layout.name.name),
            profiles: list_uses(state, layout),
        })
        .collect();
    found.sort_by_key(|found| (found.outdated, found.layout.clone()));
    found
}

fn list_uses(state: &OrgState, layout: &Layout) -> Vec<LayoutUse> {
    let mut by_profile: BTreeMap<&ProfileId, (bool, BTreeSet<&RecordTypeId>)> = BTreeMap::new();
    for assignment in &state.layout_assignments {
        if assignment.layout.as_ref() != Some(&layout.id) {
            continue;
        }
        let of_profile = by_profile.entry(&assignment.profile).or_default();
        match &assignment.record_type {
            None => of_profile.0 = true,
            Some(record_type) => drop(of_profile.1.insert(record_type)),
        }
    }
    let mut active = state.record_types.iter().filter(|found| found.active);
    let mut uses: Vec<LayoutUse> = by_profile
        .into_iter()
        .map(|(profile, (master, ids))| LayoutUse {
            profile: profile_label(state, profile),
            master,
            record_types: ids.iter().map(|id| record_type_name(state, id)).collect(),
            every_active: active.clone().all(|found| ids.contains(&found.id)),
        })
        .collect();
    if active.next().is_none() {
        // Without record types there is only the master assignment.
        for found in &mut uses {
            found.every_active = found.master;
        }
    }
    for found in &mut uses {
        found.record_types.sort();
    }
    uses.sort_by(|one, other| one.profile.cmp(&other.profile));
    uses
}

pub(super) fn record_type_name(state: &OrgState, id: &RecordTypeId) -> String {
    let known = state.record_types.iter().find(|found| &found.id == id);
    known.map_or_else(|| id.to_string(), |found| found.api_name.clone())
}
