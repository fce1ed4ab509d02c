//! Permission sets of an org's call center users.

use super::plan::packaged;
use crate::checklist::omni_sync::gives_by_own_set;
use crate::checklist::{Adoptee, agent_access};
use crate::definitions::recipes;
use crate::model::{Draft, PermissionSet, Recipe, User};

/// What the item would have a configuration say. What only some of the users have is no part of it.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    let (state, recipe) = (adoptee.state, &adoptee.connector().recipe);
    let chosen = adoptee.members();
    let own = gives_by_own_set(adoptee).then_some(&recipe.omni_sync.permission_set);
    let of_agents = agent_access::given_by_own_set(adoptee);
    let known: Vec<&PermissionSet> = state.permission_sets.iter().collect();
    let mut everybodys: Vec<String> = Vec::new();
    let mut somebodys: Vec<String> = Vec::new();
    for set in &known {
        let name = set.qualified();
        let has = |user: &&&User| {
            state
                .permission_set_assignments
                .iter()
                .any(|given| given.permission_set == set.id && given.user == user.id)
        };
        let count = chosen.iter().filter(has).count();
        if count == 0
            || Some(&name) == own
            || of_agents == Some(name.as_str())
            || is_packages(set, state.permission_sets.as_slice(), recipe)
            || is_of_another_version(&name, recipe)
        {
            continue;
        }
        let is_clear = known.iter().filter(|other| other.is_called(&name)).count() == 1;
        if count == chosen.len() && is_clear {
            everybodys.push(name);
        } else {
            somebodys.push(format!("{name} ({count} of {})", chosen.len()));
        }
    }
    if everybodys.is_empty() && somebodys.is_empty() {
        return draft;
    }
    draft.table("permission_sets");
    if !everybodys.is_empty() {
        draft.comment("Everybody in the call center has these. Remove the unrelated ones.");
        draft.texts("assign", &everybodys);
    }
    if !somebodys.is_empty() {
        draft.left_out(format!(
            "Only some call center users have these permission sets, which are left alone: {}.",
            somebodys.join(", ")
        ));
    }
    draft
}

/// Whether the package brings it for every agent.
fn is_packages(set: &PermissionSet, known: &[PermissionSet], recipe: &Recipe) -> bool {
    let mut names = recipe.permission_sets.iter();
    names.any(|name| packaged(known, recipe, name).iter().any(|it| it.id == set.id))
}

/// Whether it is one that provision makes for another version of the connector: it goes with that.
fn is_of_another_version(name: &str, recipe: &Recipe) -> bool {
    let mut others = recipes().iter().filter(|data| data.recipe.name != recipe.name);
    others.any(|data| {
        data.recipe.agent_access.permission_set == name
            || data.recipe.omni_sync.permission_set == name
    })
}
