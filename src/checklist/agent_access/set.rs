//! The permission set of ours that gives agents what they need.

use std::collections::BTreeSet;

use super::needs::{EDIT_TASKS, TASK};
use crate::checklist::{Case, Change, ItemId, Kept, Now, Stop, Unseen, Verdict, package};
use crate::model::{
    AccessHolder, AccessRecipe, AgentAccess, Baseline, Before, ConnectorWish, Granted, OrgState,
    PermissionSet, PermissionSetId, PermissionSetValue, Ref, Target, Value, in_a_row,
};

/// So many ids of apps are told; more are counted.
const SHOWN: usize = 3;

/// What the permission set says of itself.
const DESCRIPTION: &str = "Lets agents work with the records that the Webex connector creates. \
        Managed by provision: changes by hand are overwritten.";

/// Brings the permission set about, with all that agents need whether they have it or not: what is in it
/// must not depend on who is looked at.
pub(super) fn plan(
    verdict: &mut Verdict,
    case: Case<'_>,
    access: &AgentAccess,
    given: &BTreeSet<Granted>,
) {
    let recipe = &case.desired.recipe.agent_access;
    let found = access.set(&recipe.permission_set);
    if let Some(found) = found
        && !is_ours(found, recipe, case.baseline)
    {
        verdict.stops.push(foreign(found));
        return;
    }
    let wanted: Vec<Granted> = kept(case, found, given).into_iter().collect();
    let there: Option<Vec<Granted>> = found.map(|found| found.given.iter().cloned().collect());
    let is_there = package::is_done(case.desired, case.state);
    if there.as_ref() == Some(&wanted) || (wanted.is_empty() && is_there) {
        if let Some(found) = found.filter(|found| !is_whole(found)) {
            verdict.note(format!("{} It stays as it is.", unnamed(found)));
        }
        return;
    }
    if let Some(found) = found.filter(|found| !is_whole(found)) {
        verdict.unseen.push(would_lose(found));
        return;
    }
    let set = Ref { name: recipe.permission_set.clone(), id: found.map(|found| found.id) };
    let from = there.map(|there| whole(recipe, there));
    let target = Target::PermissionSet(set);
    let change = Change::new(ItemId::AGENT_ACCESS, target, from, Some(whole(recipe, wanted)));
    // Only the package shows which of its fields agents need, and may bring the app.
    verdict.changes.push(change.known_after((!is_there).then_some(ItemId::PACKAGE)));
}

/// What is to be given, and whatever is in the set already, but for what the configuration leaves out by name.
///
/// What is needed follows from much that an org may not show to everybody: apps, utility bars, the
/// caller's own softphone layout, objects. So nothing is taken from agents because somebody sees less of
/// it today; an uninstall takes the whole set.
fn kept(
    case: Case<'_>,
    found: Option<&AccessHolder>,
    given: &BTreeSet<Granted>,
) -> BTreeSet<Granted> {
    let except: Vec<&String> =
        case.desired.agent_access.iter().flat_map(|wish| &wish.except).collect();
    let is_left_out = |granted: &Granted| {
        let name = match granted {
            Granted::Object(name) | Granted::Field(name) => name,
            Granted::User(name) if name == EDIT_TASKS => TASK,
            _ => return false,
        };
        let object = name.split_once('.').map_or(name, |(object, _)| object);
        except
            .iter()
            .any(|left| left.eq_ignore_ascii_case(name) || left.eq_ignore_ascii_case(object))
    };
    let there = found.into_iter().flat_map(|found| &found.given);
    there.filter(|granted| !is_left_out(granted)).chain(given).cloned().collect()
}

/// The permission set where it is there and ours, with all that agents need.
pub(super) fn in_place(
    case: Case<'_>,
    access: &AgentAccess,
    given: &BTreeSet<Granted>,
) -> Option<Kept> {
    let recipe = &case.desired.recipe.agent_access;
    let found = access.set(&recipe.permission_set)?;
    if given.is_empty() || !is_whole(found) || !is_ours(found, recipe, case.baseline) {
        return None;
    }
    let target = Target::PermissionSet(Ref::seen(&recipe.permission_set, &found.id));
    let value = whole(recipe, kept(case, Some(found), given).into_iter().collect());
    Some(Kept { item: ItemId::AGENT_ACCESS, target, value })
}

/// The API name of the permission set that every chosen user is to have, where the configuration wants it.
pub(crate) fn managed_set(desired: &ConnectorWish) -> Option<&str> {
    let wish = desired.agent_access.as_ref()?;
    wish.manage.then_some(desired.recipe.agent_access.permission_set.as_str())
}

/// Says that our permission set is there though the configuration no longer wants it. It stays until an
/// uninstall: users are taken out of it in a later wave than the one that could delete it.
pub(super) fn tell_of_rest(verdict: &mut Verdict, case: Case<'_>) {
    if managed_set(case.desired).is_some() {
        return;
    }
    let name = &case.desired.recipe.agent_access.permission_set;
    let entry = case.baseline.entry(&Target::PermissionSet(Ref::named(name)));
    let is_gone = |sets: &[PermissionSet]| !sets.iter().any(|set| &set.qualified() == name);
    if entry.is_some_and(|entry| entry.before == Before::Known(None))
        && !case.state.permission_sets.seen().is_some_and(|sets| is_gone(sets))
    {
        verdict.note(format!(
            "provision created the permission set {name}, and [agent_access] with manage = true is no longer \
            configured. The set stays, without users; an uninstall deletes it."
        ));
    }
}

/// All that our permission set consists of.
pub(super) fn whole(recipe: &AccessRecipe, grants: Vec<Granted>) -> Value {
    Value::PermissionSet(PermissionSetValue {
        label: recipe.permission_set_label.clone(),
        description: DESCRIPTION.to_owned(),
        grants,
    })
}

/// Whether the baseline has anything of the permission set.
pub(super) fn is_recorded(baseline: &Baseline) -> bool {
    baseline.of_item(ItemId::AGENT_ACCESS.as_str()).next().is_some()
}

/// Whether we made it: the baseline says so, or its label does where the baseline was lost.
fn is_ours(found: &AccessHolder, recipe: &AccessRecipe, baseline: &Baseline) -> bool {
    let entry = baseline.entry(&Target::PermissionSet(Ref::seen(&found.name, &found.id)));
    entry.is_some_and(|entry| entry.before == Before::Known(None))
        || found.label == recipe.permission_set_label
}

/// Whether everything in it can be named. A deploy replaces a permission set: it would take away what it does
/// not name.
pub(super) fn is_whole(found: &AccessHolder) -> bool {
    found.unnamed_apps.is_empty()
}

/// Why a permission set is not deployed of which not everything can be named.
pub(super) fn would_lose(found: &AccessHolder) -> Unseen {
    Unseen {
        text: format!(
            "{} A deploy replaces the permission set and would take that away. Remove {} from it in Setup > \
            Permission Sets > {} > Assigned Apps, and grant access with another permission set.",
            unnamed(found),
            if found.unnamed_apps.len() == 1 { "the app" } else { "the apps" },
            found.label
        ),
        forbidden: false,
    }
}

/// `The permission set Agents gives an app that the org does not name (02u…).`
fn unnamed(found: &AccessHolder) -> String {
    let ids: Vec<&str> = found.unnamed_apps.iter().map(String::as_str).collect();
    let what = match ids.len() {
        1 => "an app that the org does not name".to_owned(),
        several => format!("{several} apps that the org does not name"),
    };
    format!("The permission set {} gives {what} ({}).", found.name, in_a_row(&ids, SHOWN))
}

fn foreign(found: &AccessHolder) -> Stop {
    Stop::refused(format!(
        "This org already has a permission set {} (\"{}\") that provision did not create; \
        provision would overwrite it.",
        found.name, found.label
    ))
    .hint("Rename or delete it in Setup > Permission Sets, or set manage = false under [agent_access].")
}

/// What a target of this item holds.
pub(super) fn now(state: &OrgState, target: &Target) -> Now {
    let Some(sets) = state.permission_sets.seen() else { return Now::Unseen };
    match target {
        Target::PermissionSet(set) => Now::Held(
            PermissionSet::recorded(sets, set).map(|found| Value::Text(found.label.clone())),
        ),
        Target::PermissionSetAccess(set, granted) => {
            let Some(access) = state.agent_access.seen() else { return Now::Unseen };
            match access.set(&set.name) {
                Some(found) => Now::Held(found.given.contains(granted).then_some(Value::Given)),
                None => Now::Gone,
            }
        }
        _ => Now::Unseen,
    }
}

/// Our permission set with the id that the org shows now.
pub(super) fn seen(sets: &[PermissionSet], recipe: &AccessRecipe) -> Option<Ref<PermissionSetId>> {
    let found = sets.iter().find(|set| set.qualified() == recipe.permission_set)?;
    Some(Ref::seen(found.qualified(), &found.id))
}
