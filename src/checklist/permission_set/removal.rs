//! Permission sets that we gave are taken back, and nobody has one that goes.

use std::collections::BTreeSet;

use crate::checklist::names::listed;
use crate::checklist::{Case, Change, ItemId, Verdict, agent_access, omni_sync, works_with};
use crate::definitions::recipe;
use crate::model::{Before, Look, PermissionSet, PermissionSetId, Ref, Target, UserId, Value};

/// What the absence of permission sets wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(sets) = case.state.permission_sets.seen() else {
        verdict.ask(Look::PermissionSets);
        return verdict;
    };
    let mut others = Vec::new();
    let mut kept = Vec::new();
    let mut losing = Vec::new();
    let entries = case.baseline.by_target();
    let leaving: BTreeSet<&PermissionSetId> =
        sets.iter().filter(|set| is_leaving(case, set)).map(|set| &set.id).collect();
    let users = case.state.users_by_ref();
    for given in &case.state.permission_set_assignments {
        let Some(set) = sets.iter().find(|set| set.id == given.permission_set) else { continue };
        let name = set.qualified();
        let target = Target::PermissionSetAssignment {
            user: Ref::seen(&given.username, &given.user),
            set: Ref::seen(&name, &set.id),
        };
        let entry = entries.entry(&target);
        let ours = entry.is_some_and(|it| it.before == Before::Known(None) && it.ours.is_some());
        let leaves = leaving.contains(&set.id);
        if !ours && !leaves {
            continue;
        }
        let user = users.find(&Ref::seen(&given.username, &given.user));
        let others_version = user
            .and_then(|user| works_with(case.state, user))
            .filter(|generation| *generation != case.recipe().name);
        if !leaves && others_version.is_some() {
            kept.push(format!("{name} of {}", given.username));
            continue;
        }
        if set.namespace.is_none()
            && let Some(generation) = others_version
            && !has_anothers(case, set, generation, &given.user)
        {
            losing.push(format!("{name} of {}", given.username));
        }
        if !ours {
            others.push(format!("{name} of {}", given.username));
        }
        verdict.changes.push(Change::new(ItemId::PERMISSION_SET, target, Some(Value::Given), None));
    }
    if !others.is_empty() {
        verdict.note(format!(
            "Assigned by somebody else, but removed because the permission set itself is deleted: {}.",
            listed(&others)
        ));
    }
    if !losing.is_empty() {
        verdict.warn(format!(
            "These users work with another version of the connector, and lose what this version's \
             permission sets give them: {}. Apply the configuration of that version: it gives them what state \
             sync needs, and what they may do with records where it has `manage = true` under \
             [agent_access].",
            listed(&losing)
        ));
    }
    if !kept.is_empty() {
        verdict.note(format!(
            "Kept for another version of the connector, which these users work with: {}.",
            listed(&kept)
        ));
    }
    verdict
}

/// Whether a user has the permission set of the generation that the user works with, in the place of the
/// one that goes.
fn has_anothers(case: Case<'_>, set: &PermissionSet, generation: &str, user: &UserId) -> bool {
    let data = recipe(generation).map(|data| &data.recipe);
    let theirs = if agent_access::is_set_leaving(case, &set.name) {
        data.map(|recipe| recipe.agent_access.permission_set.as_str())
    } else if omni_sync::is_set_leaving(case, &set.name) {
        data.map(|recipe| recipe.omni_sync.permission_set.as_str())
    } else {
        return false;
    };
    let mut sets = case.state.permission_sets.iter();
    let Some(own) = sets.find(|known| theirs == Some(known.qualified().as_str())) else {
        return false;
    };
    let mut given = case.state.permission_set_assignments.iter();
    given.any(|given| given.permission_set == own.id && given.user == *user)
}

/// Whether a permission set goes: with the package, or because we made it.
fn is_leaving(case: Case<'_>, set: &PermissionSet) -> bool {
    case.takes_permission_set(set)
        || (set.namespace.is_none()
            && (omni_sync::is_set_leaving(case, &set.name)
                || agent_access::is_set_leaving(case, &set.name)))
}
