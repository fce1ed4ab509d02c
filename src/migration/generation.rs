//! Which call centers of an org belong to a generation of the connector, and who is in them.

use std::collections::BTreeSet;

use crate::checklist::call_center::{is_clone, is_connectors, made_by_us};
use crate::definitions::{RecipeData, recipe, recipes};
use crate::model::{Baseline, CallCenterRow, ConnectorWish, OrgState, Target, User};

/// The call centers of one generation that an org has.
#[derive(Debug)]
pub struct Generation<'a> {
    data: Option<&'static RecipeData>,
    call_centers: Vec<&'a CallCenterRow>,
    clones: Vec<&'a CallCenterRow>,
}

impl<'a> Generation<'a> {
    /// Those that Cisco has named, the one that a configuration for it names, and those that runs have
    /// made or set up for it: a definition may have a name of its own.
    ///
    /// Where users were put does not count. Whoever nobody chooses any more is given back, and then the
    /// last that a run of this generation set is another vendor's call center, or the other generation's.
    pub(super) fn find(
        name: &str,
        state: &'a OrgState,
        baseline: &Baseline,
        wish: &ConnectorWish,
    ) -> Self {
        let Some(data) = recipe(name) else {
            return Self { data: None, call_centers: Vec::new(), clones: Vec::new() };
        };
        let own = Some(wish).filter(|wish| wish.recipe.name == name);
        let past = baseline.of_recipe(name);
        let mut named: BTreeSet<&str> = made_by_us(&past).chain(set_up(&past)).collect();
        named
            .extend(own.map(|wish| wish.call_center.definition.call_center.internal_name.as_str()));
        let recipe = own.map_or(&data.recipe, |wish| &wish.recipe);
        let is_anothers = |name: &str| {
            let mut others = recipes().iter().filter(|other| other.recipe.name != data.recipe.name);
            others.any(|other| other.is_named_like(name))
        };
        let is_its = |row: &&CallCenterRow| {
            let name = row.internal_name.as_str();
            let is_own = is_connectors(recipe, name) || named.contains(name);
            data.is_named_like(name) || (is_own && !is_anothers(name))
        };
        let (call_centers, others): (Vec<_>, Vec<_>) = state.call_centers.iter().partition(is_its);
        let clones = others.into_iter().filter(|row| is_clone(recipe, row)).collect();
        Self { data: Some(data), call_centers, clones }
    }

    /// Its call centers, without their clones.
    pub fn call_centers(&self) -> &[&'a CallCenterRow] {
        &self.call_centers
    }

    /// The call center of it that a user is in.
    pub fn call_center_of(&self, user: &User) -> Option<&'a CallCenterRow> {
        find(&self.call_centers, user)
    }

    /// Whether Cisco has given a call center its name.
    pub fn is_named_by_cisco(&self, row: &CallCenterRow) -> bool {
        self.data.is_some_and(|data| data.is_named_like(&row.internal_name))
    }

    /// The clone of its call center that a user is in: what that is for, only people know.
    pub(super) fn clone_of(&self, user: &User) -> Option<&'a CallCenterRow> {
        find(&self.clones, user)
    }

    /// The call center that most active users are in, and the newest of those.
    pub fn busiest(&self, state: &OrgState) -> Option<&'a CallCenterRow> {
        state.busiest(self.call_centers.iter().copied())
    }
}

/// Internal names of the call centers whose values runs have set.
fn set_up(baseline: &Baseline) -> impl Iterator<Item = &str> {
    baseline.entries.iter().filter_map(|entry| match &entry.target {
        Target::CallCenterField(it, _) => Some(it.name.as_str()),
        _ => None,
    })
}

fn find<'a>(rows: &[&'a CallCenterRow], user: &User) -> Option<&'a CallCenterRow> {
    rows.iter().copied().find(|row| user.call_center.as_ref() == Some(&row.id))
}

/// Both generations as an org has them.
#[derive(Debug)]
pub struct Generations<'a> {
    /// Version 1.
    pub version_1: Generation<'a>,
    /// Version 2.
    pub version_2: Generation<'a>,
}

impl<'a> Generations<'a> {
    /// What an org has of both, by the configuration and by what runs have done.
    pub fn find(state: &'a OrgState, baseline: &Baseline, wish: &ConnectorWish) -> Self {
        let of = |name| Generation::find(name, state, baseline, wish);
        Self { version_1: of(super::convert::FROM), version_2: of(super::convert::TO) }
    }
}
