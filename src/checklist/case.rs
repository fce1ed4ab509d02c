//! What an item is asked about.

use std::collections::BTreeSet;

use super::package;
use crate::model::{
    Baseline, Before, ConnectorWish, LayoutId, LayoutName, OrgState, PermissionSet,
    PermissionSetId, Recipe, Target,
};

/// What is wanted of an org, what is there, and what was there before us.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// What is wanted.
    pub desired: &'a ConnectorWish,
    /// What is there.
    pub state: &'a OrgState,
    /// What was there before us.
    pub baseline: &'a Baseline,
    /// How far references to the package are believed when it is removed.
    pub blockers: Blockers,
}

/// How far a person trusts what the org says of references to the package.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Blockers {
    /// They stop the run before anything is changed.
    #[default]
    Stop,
    /// The same, where the package goes to make room for another version: nobody can say that it goes anyway.
    StopUpgrade,
    /// They are told, and the org decides.
    Tell,
}

impl<'a> Case<'a> {
    /// The generation of the connector.
    pub fn recipe(&self) -> &'a Recipe {
        &self.desired.recipe
    }

    /// The namespace of what goes when the connector is taken out; `None` where the configuration
    /// names another one than the recipe states, and nobody recorded that we installed its package.
    pub fn leaving_namespace(&self) -> Option<&'a str> {
        let namespace = self.namespace();
        let stated = self.desired.recipe.stated.namespace == namespace;
        // This is asked of every layout and permission set that somebody has, and entries may be many.
        let ours = || {
            let entry = self.baseline.entry(&Target::Package(namespace.to_owned()));
            entry.is_some_and(|entry| entry.before == Before::Known(None))
        };
        (stated || ours()).then_some(namespace)
    }

    /// Whether a component of that namespace goes with the package: every one, or where other packages
    /// share the namespace, those that the connector is known to use.
    pub fn goes_with_package(
        &self,
        namespace: Option<&str>,
        is_known: impl FnOnce() -> bool,
    ) -> bool {
        namespace.is_some()
            && namespace == self.leaving_namespace()
            && (!package::has_others_of_namespace(*self) || is_known())
    }

    /// Whether a page layout goes with the package.
    pub fn takes_layout(&self, layout: &LayoutName) -> bool {
        let recipe = self.recipe();
        let mut known = recipe.task_layout.iter().chain(&recipe.old_task_layouts);
        self.goes_with_package(layout.namespace.as_deref(), || {
            known.any(|name| *name == layout.name)
        })
    }

    /// Whether a permission set goes with the package.
    pub fn takes_permission_set(&self, set: &PermissionSet) -> bool {
        let mut known = self.recipe().permission_sets.iter();
        self.goes_with_package(set.namespace.as_deref(), || known.any(|name| set.is_called(name)))
    }

    /// The page layouts that go with the package.
    pub fn leaving_layouts(&self) -> BTreeSet<&'a LayoutId> {
        let layouts = self.state.layouts.iter();
        layouts.filter(|it| self.takes_layout(&it.name)).map(|it| &it.id).collect()
    }

    /// The permission sets that go with the package.
    pub fn leaving_permission_sets(&self) -> BTreeSet<&'a PermissionSetId> {
        let sets = self.state.permission_sets.iter();
        sets.filter(|set| self.takes_permission_set(set)).map(|set| &set.id).collect()
    }

    /// The namespace of the connector's package.
    pub fn namespace(&self) -> &'a str {
        &self.desired.recipe.namespace
    }
}
