//! What a version of the package brings that people work with.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Observed, OrgState};

/// The parts of a version of the package, by names; `None` where the org does not show them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageParts {
    /// Number of the version, where the org tells it.
    pub version: Option<String>,
    /// Labels of its Lightning apps.
    pub apps: Option<BTreeSet<String>>,
    /// Its page layouts of Task.
    pub task_layouts: Option<BTreeSet<String>>,
    /// Labels of its permission sets.
    pub permission_sets: Option<BTreeSet<String>>,
    /// API names of its permission sets, with their labels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub named_sets: BTreeMap<String, String>,
    /// Its reports.
    pub reports: Option<BTreeSet<String>>,
    /// API names of its custom metadata types.
    pub custom_metadata_types: Option<BTreeSet<String>>,
    /// Sites that a version which is about to come wants to call, and that the org has not authorised yet.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub new_sites: BTreeSet<String>,
}

impl PackageParts {
    /// What an org shows of the package of a namespace.
    pub fn of(state: &OrgState, namespace: &str, version: Option<String>) -> Self {
        let is_its = |of: Option<&str>| of == Some(namespace);
        let names =
            |seen: &Observed<Vec<String>>| seen.seen().map(|it| it.iter().cloned().collect());
        let layouts = state.layouts.seen().map(|all| {
            let of = all.iter().filter(|it| is_its(it.name.namespace.as_deref()));
            of.map(|it| it.name.name.clone()).collect()
        });
        let sets = state.permission_sets.seen().map(|all| {
            let of = all.iter().filter(|it| is_its(it.namespace.as_deref()));
            of.map(|it| it.label.clone()).collect()
        });
        let offer = state.offered.seen().and_then(|offered| offered.answer.as_ref().ok());
        Self {
            version,
            new_sites: offer.into_iter().flat_map(|offer| offer.sites.iter().cloned()).collect(),
            apps: names(&state.contents.apps),
            task_layouts: layouts,
            permission_sets: sets,
            named_sets: state
                .permission_sets
                .iter()
                .filter(|it| is_its(it.namespace.as_deref()))
                .map(|it| (it.qualified(), it.label.clone()))
                .collect(),
            reports: names(&state.contents.reports),
            custom_metadata_types: names(&state.contents.custom_metadata_types),
        }
    }
}
