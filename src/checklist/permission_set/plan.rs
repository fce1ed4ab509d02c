//! What the item wants.

use std::collections::BTreeMap;

use super::given::Given;
use crate::checklist::names::{Unknown, is_chosen};
use crate::checklist::{
    Change, Intent, ItemId, Loss, Stop, Verdict, agent_access, omni_sync, package,
};
use crate::model::{
    Baseline, Before, ConnectorWish, Look, OmniAccess, OrgState, PermissionSet, PermissionSetId,
    Recipe, Ref, Target, UserId, Value, Way, nearest,
};

/// A permission set that every chosen user is to have.
struct Wanted {
    /// The set, by its API name with namespace.
    set: Ref<PermissionSetId>,
    /// The item that brings it, where the org does not have it yet.
    after: Option<ItemId>,
}

/// What the item has to see. What earlier runs gave may have to be taken back.
pub(super) fn looks(intent: &Intent<'_>) -> Vec<Look> {
    let Intent { desired, baseline, way } = intent;
    let given = baseline.of_item(ItemId::PERMISSION_SET.as_str()).next().is_some();
    let assigned =
        !desired.permission_sets.is_empty() || !desired.recipe.permission_sets.is_empty();
    let assigned = assigned || agent_access::managed_set(desired).is_some();
    let mut looks = Vec::new();
    if *way == Way::Build && (assigned || given) {
        looks.push(Look::Users);
    }
    if *way == Way::Remove || assigned || given {
        looks.push(Look::PermissionSets);
    }
    // Whoever works with another version keeps what was given.
    if *way == Way::Remove && given {
        looks.extend([Look::Users, Look::CallCenters]);
    }
    looks
}

/// What the item wants.
pub(super) fn plan(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    let mut verdict = Verdict::default();
    let sets = wanted(&mut verdict, desired, state);
    // Who is inactive or no standard user is skipped, which the users item says.
    let chosen = || {
        let chosen = state.users.iter().filter(|user| !user.chosen_by.is_empty());
        chosen.filter(|user| user.active && user.standard)
    };
    let given = Given::of(state);
    for set in &sets {
        for user in chosen() {
            let user = Ref::seen(&user.username, &user.id);
            if given.find(&user, &set.set).is_some() {
                continue;
            }
            let target = Target::PermissionSetAssignment { user, set: set.set.clone() };
            let change = Change::new(ItemId::PERMISSION_SET, target, None, Some(Value::Given));
            verdict.changes.push(change.known_after(set.after));
        }
    }
    let others = verdict.changes.len();
    take_back(&mut verdict, desired, &given, baseline, &sets);
    verdict.losses = losses(&verdict.changes[others..], state);
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
fn wanted(verdict: &mut Verdict, desired: &ConnectorWish, state: &OrgState) -> Vec<Wanted> {
    let own = omni_sync::needed(desired, state)
        .filter(|_| desired.omni_sync.access == OmniAccess::PermissionSet)
        .map(|recipe| recipe.permission_set.as_str());
    let of_agents = agent_access::managed_set(desired);
    let of_package = &desired.recipe.permission_sets;
    if own.is_none()
        && of_agents.is_none()
        && of_package.is_empty()
        && desired.permission_sets.is_empty()
    {
        return Vec::new();
    }
    let Some(known) = state.permission_sets.seen() else {
        verdict.ask(Look::PermissionSets);
        return Vec::new();
    };
    let mut sets: Vec<Wanted> = Vec::new();
    let mut add = |set: Ref<PermissionSetId>, after: Option<ItemId>| {
        if !sets.iter().any(|known| known.set.name == set.name) {
            sets.push(Wanted { set, after });
        }
    };
    let mut lost = Unknown::of("permission_sets.assign");
    let namespace = format!("{}__", desired.recipe.namespace);
    let is_there = package::is_done(desired, state);
    for name in &desired.permission_sets {
        let mut found = known.iter().filter(|set| set.is_called(name));
        match (found.next(), found.next()) {
            (Some(only), None) => add(Ref::seen(only.qualified(), &only.id), None),
            (Some(_), Some(_)) => verdict.stops.push(Stop::configuration(format!(
                "`permission_sets.assign` names \"{name}\", the name of several permission sets \
                in this org: use the API name of the one you mean, with its namespace."
            ))),
            // The package brings it.
            (None, _) if of_package.contains(name) => {}
            (None, _) if !is_there && name.starts_with(&namespace) => {
                add(Ref::named(name), Some(ItemId::PACKAGE));
            }
            // Only the package could tell, and it is there by now: the rest goes on.
            (None, _) if name.starts_with(&namespace) => {
                lost.tell(name, &mut verdict.problems, || unknown(name, known));
            }
            (None, _) => lost.tell(name, &mut verdict.stops, || unknown(name, known)),
        }
    }
    for name in of_package {
        match packaged(known, &desired.recipe, name).as_slice() {
            [only] => add(Ref::seen(only.qualified(), &only.id), None),
            [_, _, ..] => verdict.stops.push(
                Stop::refused(format!(
                    "The package has several permission sets that are called \"{name}\"."
                ))
                .hint(name_it(&desired.recipe)),
            ),
            [] if is_there => verdict.problems.push(
                Stop::refused(format!(
                    "The package is installed, but the org has no permission set \"{name}\" of it."
                ))
                .hint(format!(
                    "Look at Setup > Installed Packages > View Components. {}",
                    name_it(&desired.recipe)
                )),
            ),
            [] => add(Ref::named(name), Some(ItemId::PACKAGE)),
        }
    }
    lost.count_others(&mut verdict.stops);
    let ours = [(own, ItemId::OMNI_SYNC), (of_agents, ItemId::AGENT_ACCESS)];
    for (name, item) in ours {
        let Some(name) = name else { continue };
        let id = known.iter().find(|set| set.qualified() == name).map(|set| set.id);
        let after = id.is_none().then_some(item);
        add(Ref { name: name.to_owned(), id }, after);
    }
    sets
}

/// The package's permission sets of that name; others may have the same label. A package in another
/// language has another label for it: where it brings one alone, that is it.
pub fn packaged<'a>(
    known: &'a [PermissionSet],
    recipe: &Recipe,
    name: &str,
) -> Vec<&'a PermissionSet> {
    let is_its = |set: &&PermissionSet| set.namespace.as_ref() == Some(&recipe.namespace);
    let all: Vec<&PermissionSet> = known.iter().filter(is_its).collect();
    let named: Vec<&PermissionSet> = all.iter().copied().filter(|it| it.is_called(name)).collect();
    let is_only = all.len() == 1 && recipe.permission_sets.len() == 1;
    if named.is_empty() && is_only { all } else { named }
}

/// What tells which permission set of the package agents need. `migrate` takes a configuration of either
/// version, and what one of Version 1 overrides is about Version 1.
fn name_it(recipe: &Recipe) -> String {
    format!(
        "In a configuration for {} (`recipe = \"{}\"`), write the API name of the one that agents need \
         to `permission_sets` under `[recipe_overrides]`, and name that file with --config.",
        recipe.title, recipe.name
    )
}

fn unknown(name: &str, known: &[PermissionSet]) -> Stop {
    let names = known.iter().flat_map(|set| [set.label.as_str(), set.name.as_str()]);
    let stop = Stop::configuration(format!(
        "`permission_sets.assign` names \"{name}\", but this org has no such permission set."
    ));
    match nearest(name, names) {
        Some(near) => stop.hint(format!("Did you mean \"{near}\"?")),
        None => stop.hint(
            "Give permission sets by label or API name, as in Setup > Permission Sets. \
            Permission set groups are not supported here.",
        ),
    }
}

/// Permission sets that we gave and that are no longer wanted are taken back.
fn take_back(
    verdict: &mut Verdict,
    desired: &ConnectorWish,
    given: &Given<'_>,
    baseline: &Baseline,
    sets: &[Wanted],
) {
    let state = given.state();
    if state.refused_condition.is_some() {
        // Whom it chooses is not known, and nobody loses anything for that.
        return;
    }
    let users = state.users_by_ref();
    // Whether somebody is still to have one; who was chosen and has left keeps it.
    let is_wanted = |user: &Ref<UserId>, set: &Ref<PermissionSetId>| {
        users.find(user).is_some_and(|user| is_chosen(desired, state, user))
            && sets.iter().any(|known| known.set.is_or_replaces(set))
    };
    for entry in baseline.of_item(ItemId::PERMISSION_SET.as_str()) {
        let Target::PermissionSetAssignment { user, set } = &entry.target else { continue };
        if is_wanted(user, set) {
            continue;
        }
        let is_ours = entry.before == Before::Known(None) && entry.ours.is_some();
        if is_ours && let Some(given) = given.find(user, set) {
            let target = Target::PermissionSetAssignment {
                user: Ref::seen(&given.username, &given.user),
                set: Ref::seen(&set.name, &given.permission_set),
            };
            let change = Change::new(ItemId::PERMISSION_SET, target, Some(Value::Given), None);
            verdict.changes.push(change);
        }
    }
}

/// How many lose each permission set, of how many who have it.
fn losses(taken: &[Change], state: &OrgState) -> Vec<Loss> {
    let mut by_set: BTreeMap<&str, usize> = BTreeMap::new();
    for change in taken {
        if let Target::PermissionSetAssignment { set, .. } = change.target() {
            *by_set.entry(&set.name).or_default() += 1;
        }
    }
    let of = |name: &str| {
        let set = state.permission_sets.iter().find(|set| set.qualified() == name);
        let given = state.permission_set_assignments.iter();
        set.map_or(0, |set| given.filter(|given| given.permission_set == set.id).count())
    };
    by_set
        .into_iter()
        .map(|(name, losing)| Loss {
            what: format!("the permission set \"{name}\""),
            losing,
            of: of(name).max(losing),
        })
        .collect()
}
