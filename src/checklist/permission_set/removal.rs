//! Permission sets that we gave are taken back, and nobody has one that goes.

use crate::checklist::names::listed;
use crate::checklist::{Case, Change, ItemId, Verdict, agent_access, omni_sync, users_generation};
use crate::model::{Before, Look, PermissionSet, Ref, Target, UserId, Value};

/// What the absence of permission sets wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(sets) = case.state.permission_sets.seen() else {
        verdict.ask(Look::PermissionSets);
        return verdict;
    };
    let mut others = Vec::new();
    let mut kept = Vec::new();
    for given in &case.state.permission_set_assignments {
        let Some(set) = sets.iter().find(|set| set.id == given.permission_set) else { continue };
        let name = set.qualified();
        let target = Target::PermissionSetAssignment {
            user: Ref::seen(&given.username, &given.user),
            set: Ref::seen(&name, &set.id),
        };
        let entry = case.baseline.entry(&target);
        let ours = entry.is_some_and(|it| it.before == Before::Known(None) && it.ours.is_some());
        let leaves = is_leaving(case, set);
        if !ours && !leaves {
            continue;
        }
        if !leaves && works_with_another(case, &Ref::seen(&given.username, &given.user)) {
            kept.push(format!("{name} of {}", given.username));
            continue;
        }
        if !ours {
            others.push(format!("{name} of {}", given.username));
        }
        verdict.changes.push(Change::new(ItemId::PERMISSION_SET, target, Some(Value::Given), None));
    }
    if !others.is_empty() {
        verdict.note(format!(
            "Given by somebody else, and taken because the permission set itself goes: {}.",
            listed(&others)
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

/// Whether a user works with another generation of the connector than the one that goes.
fn works_with_another(case: Case<'_>, user: &Ref<UserId>) -> bool {
    users_generation(case.state, user).is_some_and(|name| name != case.recipe().name)
}

/// Whether a permission set goes: with the package, or because we made it.
fn is_leaving(case: Case<'_>, set: &PermissionSet) -> bool {
    (set.namespace.is_some() && set.namespace.as_deref() == case.leaving_namespace())
        || (set.namespace.is_none()
            && (omni_sync::is_set_leaving(case, &set.name)
                || agent_access::is_set_leaving(case, &set.name)))
}
