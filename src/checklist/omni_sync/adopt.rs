//! Who has access to what state sync needs in an org.

use std::collections::BTreeSet;

use super::plan::{ENABLED, STATUS};
use crate::checklist::Adoptee;
use crate::checklist::names::profile_name;
use crate::definitions::{recipes, templates};
use crate::model::{Draft, Granted, Holder, OmniRecipe, OmniState, OrgState};

/// What the item would have a configuration say.
pub(super) fn adopt(adoptee: &Adoptee<'_>) -> Draft {
    let mut draft = Draft::default();
    let Some((recipe, omni)) = in_use(adoptee) else { return draft };
    let state = adoptee.state;
    draft.table("omni_sync");
    let own = Holder::PermissionSet(recipe.permission_set.clone());
    if gives(state, omni, recipe, &own) {
        add_statuses(&mut draft, state, omni, &[own]);
        return draft;
    }
    let sets: Vec<&str> = holders(state, omni, recipe)
        .filter_map(|holder| match holder {
            Holder::PermissionSet(name) => Some(name.as_str()),
            Holder::Profile(_) => None,
        })
        .collect();
    if !sets.is_empty() {
        draft.left_out(format!(
            "The org's own permission sets give access to state sync: {}. provision would add \
            one of its own.",
            sets.join(", ")
        ));
    }
    let named = named_profiles(state, omni, recipe);
    if !named.is_empty() {
        draft.texts("profiles", &named);
        let profiles: Vec<Holder> = holders(state, omni, recipe)
            .filter(|holder| matches!(holder, Holder::Profile(_)))
            .cloned()
            .collect();
        add_statuses(&mut draft, state, omni, &profiles);
    } else if sets.is_empty() {
        draft.left_out(
            "State sync is on, but nobody has access to what it needs; provision would grant it.",
        );
    }
    draft
}

/// Whether the configuration that is drafted has access given by the permission set of our own.
pub(in crate::checklist) fn gives_by_own_set(adoptee: &Adoptee<'_>) -> bool {
    in_use(adoptee).is_some_and(|(recipe, omni)| {
        let own = Holder::PermissionSet(recipe.permission_set.clone());
        gives(adoptee.state, omni, recipe, &own)
            || named_profiles(adoptee.state, omni, recipe).is_empty()
    })
}

/// What state sync needs and what is there of it, where it is on.
fn in_use<'a>(adoptee: &Adoptee<'a>) -> Option<(&'static OmniRecipe, &'a OmniState)> {
    let recipe = &adoptee.connector().recipe.omni_sync;
    let omni = adoptee.state.omni.seen()?;
    (setting(adoptee.state, ENABLED) == Some("true")).then_some((recipe, omni))
}

/// Who gives access, but for the permission set that goes with another version of the connector.
fn holders<'a>(
    state: &OrgState,
    omni: &'a OmniState,
    recipe: &OmniRecipe,
) -> impl Iterator<Item = &'a Holder> {
    let is_anothers = |holder: &Holder| match holder {
        Holder::PermissionSet(name) => {
            let mut sets = recipes().iter().map(|data| &data.recipe.omni_sync.permission_set);
            *name != recipe.permission_set && sets.any(|set| set == name)
        }
        Holder::Profile(_) => false,
    };
    let mut holders: BTreeSet<&Holder> = omni.access.iter().map(|access| &access.holder).collect();
    holders.retain(|holder| gives(state, omni, recipe, holder) && !is_anothers(holder));
    holders.into_iter()
}

/// Profiles with access to the class, as far as a configuration can name them.
fn named_profiles<'a>(state: &'a OrgState, omni: &OmniState, recipe: &OmniRecipe) -> Vec<&'a str> {
    holders(state, omni, recipe)
        .filter_map(|holder| match holder {
            Holder::Profile(id) => profile_name(state, id),
            Holder::PermissionSet(_) => None,
        })
        .collect()
}

/// Adds presence statuses that all of them may take, besides the one that the call center names.
fn add_statuses(draft: &mut Draft, state: &OrgState, omni: &OmniState, holders: &[Holder]) {
    let of_call = setting(state, STATUS).unwrap_or_default();
    let all: Vec<&str> = state
        .presence_statuses
        .iter()
        .filter(|status| status.label != of_call)
        .filter(|status| {
            let to = Granted::PresenceStatus(status.api_name.clone());
            holders.iter().all(|holder| omni.has(holder, &to))
        })
        .map(|status| status.label.as_str())
        .collect();
    if !all.is_empty() {
        draft.texts("presence_statuses", &all);
    }
}

/// Whether somebody gives what agents need most: the class where there is one, else the status that the
/// call center names.
fn gives(state: &OrgState, omni: &OmniState, recipe: &OmniRecipe, holder: &Holder) -> bool {
    let of_status = || {
        let label = setting(state, STATUS)?;
        let found = state.presence_statuses.iter().find(|status| status.label == label)?;
        Some(Granted::PresenceStatus(found.api_name.clone()))
    };
    let needed = match &recipe.code {
        Some(code) => Some(Granted::ApexClass(code.class.name.clone())),
        None => of_status(),
    };
    needed.is_some_and(|needed| omni.has(holder, &needed))
}

/// The org's value of a setting, whichever definition knows it.
fn setting<'a>(state: &'a OrgState, key: &str) -> Option<&'a str> {
    let found = state.call_center.found()?;
    let item = templates().iter().find_map(|template| template.by_key(key)?.item_in(found))?;
    found.item(&item).map(|item| item.value.trim())
}
