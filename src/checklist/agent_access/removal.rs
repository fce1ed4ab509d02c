//! The permission set that we made is gone, and nothing else of agents' access has changed.

use std::collections::BTreeSet;

use super::set::{is_whole, seen, whole, would_lose};
use super::utility;
use crate::checklist::{Case, Change, ItemId, Verdict};
use crate::model::{Before, Granted, Look, Ref, Target, Value};

/// What the absence of the item wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    if super::set::is_recorded(case.baseline) {
        utility::removal(case, &mut verdict);
        of_set(case, verdict)
    } else {
        verdict
    }
}

/// The same of our permission set.
fn of_set(case: Case<'_>, mut verdict: Verdict) -> Verdict {
    let Some(sets) = case.state.permission_sets.seen() else {
        verdict.ask(Look::PermissionSets);
        return verdict;
    };
    let recipe = &case.desired.recipe.agent_access;
    let Some(set) = seen(sets, recipe) else { return verdict };
    if is_set_leaving(case, &set.name) {
        let now = whole(recipe, Vec::new());
        let change = Change::new(ItemId::AGENT_ACCESS, Target::PermissionSet(set), Some(now), None);
        verdict.changes.push(change);
        return verdict;
    }
    // A set that stays loses what we have put into it, and has again what we have taken from it.
    let Some(access) = case.state.agent_access.seen() else {
        verdict.ask(Look::AgentAccess);
        return verdict;
    };
    let Some(found) = access.set(&set.name) else { return verdict };
    let mut left = found.given.clone();
    for entry in case.baseline.of_item(ItemId::AGENT_ACCESS.as_str()) {
        let Target::PermissionSetAccess(holder, granted) = &entry.target else { continue };
        if !holder.is_or_replaces(&set) {
            continue;
        }
        match (&entry.before, &entry.ours) {
            (Before::Known(None), Some(Value::Given)) => {
                left.remove(granted);
            }
            (Before::Known(Some(Value::Given)), None) => {
                left.insert(granted.clone());
            }
            _ => {}
        }
    }
    if left != found.given && !is_whole(found) {
        verdict.unseen.push(would_lose(found));
    } else if left != found.given {
        let whole = |given: &BTreeSet<Granted>| whole(recipe, given.iter().cloned().collect());
        let (from, to) = (Some(whole(&found.given)), Some(whole(&left)));
        let target = Target::PermissionSet(set);
        verdict.changes.push(Change::new(ItemId::AGENT_ACCESS, target, from, to));
    }
    verdict
}

/// Whether a permission set is the one that we made for agents, and goes.
pub(in crate::checklist) fn is_set_leaving(case: Case<'_>, name: &str) -> bool {
    let is_its = case.desired.recipe.agent_access.permission_set == name;
    let entry = case.baseline.entry(&Target::PermissionSet(Ref::named(name)));
    is_its && entry.is_some_and(|entry| entry.before == Before::Known(None))
}
