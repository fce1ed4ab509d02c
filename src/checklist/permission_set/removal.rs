//! Permission sets that we gave are taken back, and nobody has one that goes.

use crate::checklist::names::listed;
use crate::checklist::omni_sync::is_set_leaving;
use crate::checklist::{Case, Change, ItemId, Verdict};
use crate::model::{Before, Look, PermissionSet, Ref, Target, Value};

/// What the absence of permission sets wants.
pub(super) fn plan(case: Case<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(sets) = case.state.permission_sets.seen() else {
        verdict.ask(Look::PermissionSets);
        return verdict;
    };
    let mut others = Vec::new();
    for given in &case.state.permission_set_assignments {
        let Some(set) = sets.iter().find(|set| set.id == given.permission_set) else { continue };
        let name = set.qualified();
        let target = Target::PermissionSetAssignment {
            user: Ref::seen(&given.username, &given.user),
            set: Ref::seen(&name, &set.id),
        };
        let entry = case.baseline.entry(&target);
        let ours = entry.is_some_and(|it| it.before == Before::Known(None) && it.ours.is_some());
        if !ours && !is_leaving(case, set) {
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
    verdict
}

/// Whether a permission set goes: with the package, or because we made it.
fn is_leaving(case: Case<'_>, set: &PermissionSet) -> bool {
    (set.namespace.is_some() && set.namespace.as_deref() == case.leaving_namespace())
        || (set.namespace.is_none() && is_set_leaving(case, &set.name))
}
