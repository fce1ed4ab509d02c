//! Which generation of the connector somebody works with.

use super::call_center::generation_of;
use crate::definitions::{RecipeData, recipes};
use crate::model::{OrgState, Recipe, User};

/// The recipe of the call center that a user is in, where it is one of the connector's.
pub(super) fn works_with(state: &OrgState, user: &User) -> Option<&'static str> {
    Some(&generation(None, state, user)?.recipe.name)
}

fn generation(own: Option<&Recipe>, state: &OrgState, user: &User) -> Option<&'static RecipeData> {
    let mut rows = state.call_centers.iter();
    generation_of(own, rows.find(|row| Some(&row.id) == user.call_center.as_ref())?)
}

/// How many active users are in a call center of the connector, of whichever generation, or in a copy of one.
pub(super) fn count_agents(recipe: &Recipe, state: &OrgState) -> usize {
    let is_one = |user: &&User| user.active && generation(Some(recipe), state, user).is_some();
    state.users.iter().filter(is_one).count()
}

/// API names of the permission sets that provision itself makes, of each generation.
pub(crate) fn own_permission_sets() -> impl Iterator<Item = &'static str> {
    let of = |data: &'static RecipeData| {
        let recipe = &data.recipe;
        [&recipe.agent_access.permission_set, &recipe.omni_sync.permission_set]
    };
    recipes().iter().flat_map(of).map(String::as_str)
}

/// A generation of the connector that users work with.
#[derive(Debug, Clone, Copy)]
pub(super) struct InUse {
    /// Which one.
    pub(super) data: &'static RecipeData,
    /// How many users are in its call centers.
    pub(super) users: usize,
    /// Whether it is older than the one that was asked about.
    pub(super) is_older: bool,
}

/// Another generation of the connector that users work with; of several, the one of most users.
pub(super) fn another_in_use(state: &OrgState, recipe: &str) -> Option<InUse> {
    let own = recipes().iter().position(|data| data.recipe.name == recipe);
    let others = recipes().iter().enumerate().filter(|(place, _)| Some(*place) != own);
    let in_use = others.map(|(place, data)| {
        let is_its = |user: &&User| {
            generation(None, state, user).is_some_and(|found| found.recipe.name == data.recipe.name)
        };
        let users = state.users.iter().filter(is_its).count();
        InUse { data, users, is_older: own.is_some_and(|own| place < own) }
    });
    in_use.filter(|it| it.users > 0).max_by_key(|it| it.users)
}
