//! State sync with Omni-Channel, and the permission sets of the chosen users.

use std::collections::BTreeSet;

use super::{Draft, profile_name};
use crate::model::{
    Granted, Holder, ItemKey, OmniRecipe, OmniState, OrgState, PermissionSet, Recipe, User,
};

/// Settings of the call center that state sync follows.
const ENABLED: &str = "omni_sync.enabled";
const STATUS: &str = "omni_sync.presence_status";

/// Writes who gets access to what state sync needs; whether the permission set of our own does.
pub(super) fn omni_sync(draft: &mut Draft<'_>, state: &OrgState, recipe: &Recipe) -> bool {
    let (Some(recipe), Some(omni)) = (&recipe.omni_sync, state.omni.seen()) else { return false };
    if value(state, ENABLED) != Some("true") {
        return false;
    }
    draft.header("omni_sync");
    let own = Holder::PermissionSet(recipe.permission_set.clone());
    if has_class(omni, recipe, &own) {
        statuses(draft, state, omni, &[own]);
        return true;
    }
    let holders: BTreeSet<&Holder> = omni.access.iter().map(|access| &access.holder).collect();
    let with_class = holders.into_iter().filter(|holder| has_class(omni, recipe, holder));
    let (profiles, sets): (Vec<&Holder>, Vec<&Holder>) =
        with_class.partition(|holder| matches!(holder, Holder::Profile(_)));
    let sets: Vec<&str> = sets
        .into_iter()
        .filter_map(|holder| match holder {
            Holder::PermissionSet(name) => Some(name.as_str()),
            Holder::Profile(_) => None,
        })
        .collect();
    if !sets.is_empty() {
        draft.cannot(&format!(
            "Permission sets of the org's own give access to state sync: {}. provision would make \
             one of its own beside them.",
            sets.join(", ")
        ));
    }
    let named: Vec<&str> = profiles
        .iter()
        .filter_map(|holder| match holder {
            Holder::Profile(id) => profile_name(state, id),
            Holder::PermissionSet(_) => None,
        })
        .collect();
    if named.is_empty() {
        if sets.is_empty() {
            draft.cannot(
                "State sync is on, but nobody has access to its class: provision would give it.",
            );
        }
        return true;
    }
    draft.texts("profiles", &named);
    let profiles: Vec<Holder> = profiles.into_iter().cloned().collect();
    statuses(draft, state, omni, &profiles);
    false
}

/// Presence statuses that all of them may take, besides the one that the call center names.
fn statuses(draft: &mut Draft<'_>, state: &OrgState, omni: &OmniState, holders: &[Holder]) {
    let of_call = value(state, STATUS).unwrap_or_default();
    let all: Vec<&str> = state
        .presence_statuses
        .iter()
        .map(|status| status.label.as_str())
        .filter(|label| *label != of_call)
        .filter(|label| {
            let to = Granted::PresenceStatus((*label).to_owned());
            holders.iter().all(|holder| omni.has(holder, &to))
        })
        .collect();
    if !all.is_empty() {
        draft.texts("presence_statuses", &all);
    }
}

fn has_class(omni: &OmniState, recipe: &OmniRecipe, holder: &Holder) -> bool {
    omni.has(holder, &Granted::ApexClass(recipe.class.name.clone()))
}

/// The org's value of a setting.
fn value<'a>(state: &'a OrgState, key: &str) -> Option<&'a str> {
    let found = state.call_center.found()?;
    let templates = crate::definitions::templates().iter();
    let known = templates.filter_map(|template| template.by_key(key)?.item_in(found));
    let item: ItemKey = { known }.next()?;
    found.item(&item).map(|item| item.value.trim())
}

/// Writes the permission sets that every chosen user has; those that only some have are said.
pub(super) fn permission_sets(
    draft: &mut Draft<'_>,
    state: &OrgState,
    recipe: &Recipe,
    chosen: &[&User],
    by_own_set: bool,
) {
    let own = recipe.omni_sync.as_ref().map(|omni| omni.permission_set.clone());
    let own = own.filter(|_| by_own_set);
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
        if count == 0 || Some(&name) == own.as_ref() || recipe.permission_sets.contains(&name) {
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
        return;
    }
    draft.header("permission_sets");
    if !everybodys.is_empty() {
        draft.say("Everybody in the call center has these. Remove what has nothing to do with it.");
        draft.texts("assign", &everybodys);
    }
    if !somebodys.is_empty() {
        draft.cannot(&format!(
            "Only some call center users have these permission sets, which stay as they are: {}.",
            somebodys.join(", ")
        ));
    }
}
