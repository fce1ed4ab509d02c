//! `permission-set`: the chosen users have the permission sets they need.
//!
//! Which sets are wanted is decided in [`wanted`]: those that the configuration names, those of the
//! package, and the one that gives access to state sync. Who gets them is decided by `[users]`.

use super::{Action, After, Change, Item, Stop, Verdict, omni_sync, package};
use crate::model::{
    Baseline, BaselineEntry, Before, Desired, Look, OmniAccess, OrgState, PermissionSet,
    PermissionSetAssignment, Subject, SubjectKind, nearest,
};

/// The value of a permission set that a user has.
pub(super) const ASSIGNED: &str = "assigned";

/// A permission set that every chosen user is to have.
struct Wanted {
    /// Its API name with namespace.
    name: String,
    /// The item that brings it, where the org does not have it yet.
    after: Option<Item>,
}

/// What the item wants.
pub(super) fn plan(desired: &Desired, state: &OrgState, baseline: &Baseline) -> Verdict {
    let mut verdict = Verdict::default();
    let sets = wanted(&mut verdict, desired, state);
    // Who is inactive is skipped, which the users item says.
    let chosen = || state.users.iter().filter(|user| !user.chosen_by.is_empty() && user.active);
    for set in &sets {
        for user in chosen() {
            if assignment(state, &user.username, &set.name).is_some() {
                continue;
            }
            verdict.changes.push(Change {
                item: Item::PermissionSet,
                subject: Subject::new(SubjectKind::PermissionSetAssignment, &user.username),
                field: set.name.clone(),
                before: None,
                after: match set.after {
                    None => After::value(ASSIGNED),
                    Some(item) => After::KnownAfter { item, expected: ASSIGNED.to_owned() },
                },
                action: Action::Create,
            });
        }
    }
    take_back(&mut verdict, state, baseline, &sets);
    if !desired.permission_sets.is_empty()
        && state.users.iter().all(|user| user.chosen_by.is_empty())
    {
        verdict.warn(
            "`permission_sets.assign` names permission sets, but [users] chooses nobody who could \
             get them.",
        );
    }
    verdict
}

/// The permission sets that every chosen user is to have.
fn wanted(verdict: &mut Verdict, desired: &Desired, state: &OrgState) -> Vec<Wanted> {
    let own = omni_sync::needed(desired, state)
        .filter(|_| desired.omni_sync.access == OmniAccess::PermissionSet)
        .map(|recipe| recipe.permission_set.as_str());
    let of_package = &desired.recipe.permission_sets;
    if own.is_none() && of_package.is_empty() && desired.permission_sets.is_empty() {
        return Vec::new();
    }
    let Some(known) = state.permission_sets.seen() else {
        verdict.ask(Look::PermissionSets);
        return Vec::new();
    };
    let mut sets: Vec<Wanted> = Vec::new();
    let mut add = |name: String, after: Option<Item>| {
        if !sets.iter().any(|set| set.name == name) {
            sets.push(Wanted { name, after });
        }
    };
    for name in desired.permission_sets.iter().chain(of_package) {
        let mut found = known.iter().filter(|set| set.is_called(name));
        match (found.next(), found.next()) {
            (Some(only), None) => add(only.qualified(), None),
            (Some(_), Some(_)) => verdict.stops.push(Stop::configuration(format!(
                "`permission_sets.assign` names \"{name}\", which several permission sets of this \
                 org are called: use the API name of the one you mean, with its namespace."
            ))),
            (None, _) if !of_package.contains(name) => {
                verdict.stops.push(unknown(name, known));
            }
            (None, _) if package::is_done(desired, state) => verdict.problems.push(
                Stop::refused(format!(
                    "The package is installed, but the org has no permission set \"{name}\"."
                ))
                .hint("Look at Setup > Installed Packages > View Components."),
            ),
            (None, _) => add(name.clone(), Some(Item::Package)),
        }
    }
    if let Some(name) = own {
        let is_here = known.iter().any(|set| set.qualified() == name);
        add(name.to_owned(), (!is_here).then_some(Item::OmniSync));
    }
    sets
}

fn unknown(name: &str, known: &[PermissionSet]) -> Stop {
    let names = known.iter().flat_map(|set| [set.label.as_str(), set.name.as_str()]);
    let stop = Stop::configuration(format!(
        "`permission_sets.assign` names \"{name}\", and this org has no such permission set."
    ));
    match nearest(name, names) {
        Some(near) => stop.hint(format!("Did you mean \"{near}\"?")),
        None => stop.hint(
            "Permission sets may be named by label or by API name, as in Setup > Permission Sets; \
             permission set groups are none.",
        ),
    }
}

/// The assignment of a permission set to a user, where the user has it.
pub fn assignment<'a>(
    state: &'a OrgState,
    username: &str,
    set: &str,
) -> Option<&'a PermissionSetAssignment> {
    let set = state.permission_sets.iter().find(|known| known.qualified() == set)?;
    state
        .permission_set_assignments
        .iter()
        .find(|given| given.permission_set == set.id && given.username == username)
}

/// Permission sets that we gave and that are no longer wanted are taken back.
fn take_back(verdict: &mut Verdict, state: &OrgState, baseline: &Baseline, sets: &[Wanted]) {
    for entry in baseline.of_item(Item::PermissionSet.id()) {
        if is_wanted(state, entry, sets) {
            continue;
        }
        let is_ours = entry.before == Before::Known(None) && entry.ours.is_some();
        if is_ours && assignment(state, &entry.subject.name, &entry.field).is_some() {
            verdict.changes.push(Change {
                item: Item::PermissionSet,
                subject: entry.subject.clone(),
                field: entry.field.clone(),
                before: Some(ASSIGNED.to_owned()),
                after: After::Known(None),
                action: Action::Delete,
            });
        }
    }
}

/// Whether somebody is still to have a permission set; who was chosen and has left keeps it.
fn is_wanted(state: &OrgState, entry: &BaselineEntry, sets: &[Wanted]) -> bool {
    let chosen = state
        .users
        .iter()
        .any(|user| user.username == entry.subject.name && !user.chosen_by.is_empty());
    chosen && sets.iter().any(|set| set.name == entry.field)
}
