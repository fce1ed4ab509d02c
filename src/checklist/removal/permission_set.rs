//! Permission sets that we gave are taken back, and nobody has one that goes.

use super::About;
use super::omni_sync::is_set_leaving;
use crate::checklist::names::listed;
use crate::checklist::permission_set::ASSIGNED;
use crate::checklist::{Action, After, Change, Item, Verdict};
use crate::model::{Before, Look, PermissionSet, Subject, SubjectKind};

/// What the absence of permission sets wants.
pub(super) fn plan(about: About<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(sets) = about.state.permission_sets.seen() else {
        verdict.ask(Look::PermissionSets);
        return verdict;
    };
    let mut others = Vec::new();
    for given in &about.state.permission_set_assignments {
        let Some(set) = sets.iter().find(|set| set.id == given.permission_set) else { continue };
        let subject = Subject::new(SubjectKind::PermissionSetAssignment, &given.username);
        let name = set.qualified();
        let entry = about.baseline.entry(&subject, &name);
        let ours = entry.is_some_and(|it| it.before == Before::Known(None) && it.ours.is_some());
        if !ours && !is_leaving(about, set) {
            continue;
        }
        if !ours {
            others.push(format!("{name} of {}", given.username));
        }
        verdict.changes.push(Change {
            item: Item::PermissionSet,
            subject,
            field: name,
            before: Some(ASSIGNED.to_owned()),
            after: After::Known(None),
            action: Action::Delete,
        });
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
fn is_leaving(about: About<'_>, set: &PermissionSet) -> bool {
    set.namespace.as_deref() == Some(about.namespace())
        || (set.namespace.is_none() && is_set_leaving(about, &set.name))
}
