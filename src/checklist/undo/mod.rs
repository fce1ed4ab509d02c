//! The checklist back to what was there before earlier runs.
//!
//! What runs have changed is a past like the baseline, of these runs alone ([`Undone`]). Single
//! values go back to it where they are still as the runs left them. Components that the runs made are
//! taken out as an uninstall does it, with everything that was built on them since; components that
//! they removed are brought back as an installation does it, as far as the configuration still means
//! the same.

mod forget;
mod put_back;
mod recorded;

pub use forget::forget_undone;
pub(super) use put_back::{named, put_back};

use std::collections::{BTreeMap, BTreeSet};

use recorded::as_recorded;

use super::names::listed;
use super::plan::{BUILDING, REMOVING, of_way, package_first};
use super::tenant::{TENANT_ITEMS, TenantCase, tenant_plan};
use super::{
    Blockers, Case, Change, ITEMS, Intent, Item, ItemId, Lookup, Now, Past, Plan, PlannedItem,
    Stage, Verdict, hold, looks, package, plan,
};
use crate::model::{
    Baseline, BaselineEntry, ByTarget, ConnectorWish, Effect, EntriesByTarget, Look, Operation,
    OrgState, Target, Undoing, Undone, Value, Wave, Way,
};

/// What is to be taken back in an org, and how far references to the package are believed there.
#[derive(Debug, Clone, Copy)]
pub struct Undo<'a> {
    /// What the runs have changed.
    pub undone: &'a Undone,
    /// Whether known references to the package stop the run, or the org is to decide.
    pub blockers: Blockers,
}

/// What has to be seen for that, each with the items that need it.
pub fn undo_looks(desired: &ConnectorWish, undone: &Undone) -> BTreeMap<Look, BTreeSet<ItemId>> {
    let past = &undone.past.of_recipe(&desired.recipe.name);
    let way = undone.undoing().way();
    let mut all = looks(&Intent { desired, baseline: past, way });
    if way == Way::Remove {
        // Values that are put back one by one are read as if they were to be set.
        let going = going(past);
        let is_reset = |item: &ItemId| has_entry(past, *item) && !going.contains(item);
        for (look, items) in looks(&Intent { desired, baseline: past, way: Way::Build }) {
            let items: BTreeSet<ItemId> = items.into_iter().filter(is_reset).collect();
            if !items.is_empty() {
                all.entry(look).or_default().extend(items);
            }
        }
    } else {
        // What was given has to be seen, though nothing is wanted of it any more.
        for (look, items) in looks(&Intent { desired, baseline: past, way: Way::Remove }) {
            if SEEN_TO_TAKE.contains(&look) && items.iter().any(|item| has_entry(past, *item)) {
                all.entry(look).or_default().extend(items);
            }
        }
    }
    if past.entries.iter().any(|it| matches!(it.target, Target::CustomMetadata(_))) {
        all.entry(Look::CustomMetadata).or_default();
    }
    all
}

const SEEN_TO_TAKE: [Look; 5] = [
    Look::OmniSync,
    Look::AgentAccess,
    Look::PermissionSets,
    Look::PresenceStatuses,
    Look::Profiles,
];

/// Asks every item what takes back what runs have changed of it.
pub fn undo(desired: &ConnectorWish, state: &OrgState, past: &Past, undo: Undo<'_>) -> Plan {
    let recipe = &desired.recipe.name;
    let own = Undone { past: undo.undone.past.of_recipe(recipe), ..undo.undone.clone() };
    let org = Lookup::of(state);
    let now = |entry: &BaselineEntry| {
        let item = ItemId::parse(&entry.item).and_then(ItemId::item);
        item.map_or(Now::Unseen, |item| item.now(&org, &entry.target))
    };
    let undone = &as_left(&own, &now);
    match own.undoing() {
        Undoing::BringsBack => bring_back(desired, state, past, undone),
        Undoing::TakesOut => take_out(desired, state, undone, undo.blockers),
        Undoing::Resets | Undoing::Both => {
            let items = reset(desired, state, undone, &BTreeSet::new());
            Plan { items, stages: BUILDING.to_vec() }
        }
    }
}

/// What the runs have changed, with the value that each place was left with: where the org has refused
/// one run's value, an earlier run's is still there.
fn as_left(undone: &Undone, now: &dyn Fn(&BaselineEntry) -> Now) -> Baseline {
    let set = EntriesByTarget::new(&undone.set);
    let left = |entry: &BaselineEntry| {
        let Now::Held(now) = now(entry) else { return entry.clone() };
        let is_it = |set: &BaselineEntry| set.target.holds_same(set.ours.as_ref(), now.as_ref());
        let found = set.last_about_same(entry, is_it).filter(|_| !entry.target.is_component());
        let ours = found.map_or(&entry.ours, |set| &set.ours).clone();
        BaselineEntry { ours, ..entry.clone() }
    };
    Baseline { entries: undone.past.entries.iter().map(left).collect() }
}

/// Components that the runs made go, with what was built on them; the rest is put back.
fn take_out(
    desired: &ConnectorWish,
    state: &OrgState,
    past: &Baseline,
    blockers: Blockers,
) -> Plan {
    let mut of_runs = desired.clone();
    of_runs.uninstall.only_recorded = true;
    let desired = &of_runs;
    let case = Case { desired, state, baseline: past, blockers };
    let intent = Intent { desired, baseline: past, way: Way::Remove };
    let made = made(past);
    let going = going(past);
    let mut items = reset(desired, state, past, &going);
    for planned in items.iter_mut().filter(|planned| going.contains(&planned.item)) {
        let Some(item) = planned.item.item() else { continue };
        let mut verdict = hold::ask(item, &intent, state, || item.removal(case));
        if !rests_on(item, &made) {
            verdict.changes.retain(|change| is_of(past, change));
        }
        verdict.changes.iter_mut().for_each(|change| change.way = Way::Remove);
        planned.verdict = verdict;
    }
    let mut plan = Plan { items, stages: REMOVING.into_iter().chain(BUILDING).collect() };
    hold::wait(&mut plan.items, Way::Remove);
    plan
}

/// Components that the runs removed come back, as they were recorded or as the configuration describes
/// them; the rest is put back.
fn bring_back(desired: &ConnectorWish, state: &OrgState, past: &Past, undone: &Baseline) -> Plan {
    let desired = &as_recorded(desired, undone);
    let removed: BTreeSet<ItemId> = ITEMS
        .iter()
        .map(|item| item.about().id)
        .filter(|item| entries(undone, *item).any(is_removing))
        .collect();
    let wanted = plan(desired, state, past);
    let mut items = reset(desired, state, undone, &BTreeSet::new());
    for planned in &mut items {
        let Some(item) = planned.item.item() else { continue };
        let Some(answer) = wanted.of(planned.item) else { continue };
        let has_past = has_entry(undone, planned.item);
        // What has to do with nothing that was removed goes back value by value. That is all that is left of a
        // package of which a newer version was installed: an older one never comes back over it.
        if !removed.contains(&planned.item) && !rests_on(item, &removed) {
            continue;
        }
        let mut verdict = answer.clone();
        verdict.changes.retain(|change| match has_past {
            _ if change.target().is_part_of_component() => true,
            has_past => has_past && is_back(undone, change),
        });
        if has_past {
            // What is not asked for any more goes back by itself, where it can.
            let of_plan: Vec<Target> =
                verdict.changes.iter().map(|change| change.target().clone()).collect();
            let covered = |change: &Change| {
                of_plan.iter().any(|target| target.is_same_place(change.target()))
            };
            let alone = planned.verdict.changes.drain(..);
            verdict.changes.extend(alone.filter(|it| !covered(it) && !is_made_anew(it)));
            tell_of_rest(&mut verdict, item, state, undone);
        } else {
            // It only speaks of what comes back.
            let changes = std::mem::take(&mut verdict.changes);
            let (needs, hold) = (verdict.needs, verdict.hold);
            verdict = Verdict { changes, needs, hold, ..Verdict::default() };
        }
        planned.verdict = verdict;
    }
    let comes = is_there(&items, desired, state);
    package_first(&mut items, comes);
    hold::wait(&mut items, Way::Build);
    Plan { items, stages: BUILDING.to_vec() }
}

/// Whether the package is there, or comes by this plan.
fn is_there(items: &[PlannedItem], desired: &ConnectorWish, state: &OrgState) -> bool {
    let planned = items.iter().find(|it| it.item == ItemId::PACKAGE).map(|it| &it.verdict);
    let stops = planned.is_some_and(|it| !it.stops.is_empty() || it.human.is_some());
    let comes = planned.is_some_and(|it| !it.changes.is_empty());
    !stops && (comes || package::installed(desired, state).is_some())
}

/// What no change brings back, because the configuration means something else by now.
fn tell_of_rest(verdict: &mut Verdict, item: &dyn Item, state: &OrgState, undone: &Baseline) {
    let (org, planned) = (Lookup::of(state), ByTarget::new(&verdict.changes, Change::target));
    let is_left = |entry: &&BaselineEntry| {
        let is_there = match item.now(&org, &entry.target) {
            Now::Held(now) => entry.target.holds_same(entry.before.value(), now.as_ref()),
            Now::Gone | Now::Unseen => false,
        };
        !is_there && !planned.has(&entry.target) && !entry.target.is_part_of_component()
    };
    let left: Vec<String> = entries(undone, item.about().id)
        .filter(is_left)
        .filter(|entry| entry.before.value().is_some())
        .map(|entry| entry.target.place().0.name)
        .collect();
    if !left.is_empty() && verdict.needs.is_empty() && verdict.stops.is_empty() {
        verdict.warn(format!(
            "Not restored, because the configuration no longer asks for the earlier value or it \
            is not in this org: {}.",
            listed(&left)
        ));
    }
}

/// Every item that is not among these puts its values back.
fn reset(
    desired: &ConnectorWish,
    state: &OrgState,
    past: &Baseline,
    but: &BTreeSet<ItemId>,
) -> Vec<PlannedItem> {
    let case = Case { desired, state, baseline: past, blockers: Blockers::default() };
    let intent = Intent { desired, baseline: past, way: Way::Build };
    let answer = |item: &&dyn Item| {
        let id = item.about().id;
        let is_asked = has_entry(past, id) && !but.contains(&id);
        let verdict = if is_asked {
            hold::ask(*item, &intent, state, || item.put_back(case))
        } else {
            Verdict::default()
        };
        PlannedItem { item: id, verdict }
    };
    ITEMS.iter().map(answer).collect()
}

/// The same for a Webex organization.
pub fn tenant_undo(case: &TenantCase<'_>, undone: &Undone) -> Plan {
    let now = |entry: &BaselineEntry| super::tenant_now(case.state, &entry.target);
    let past = as_left(undone, &now);
    let of_past = TenantCase { baseline: &past, ..*case };
    let way = undone.undoing().way();
    let put_back = |item: &&dyn super::TenantItem| PlannedItem {
        item: item.about().id,
        verdict: item.removal(&of_past),
    };
    let mut items: Vec<PlannedItem> = TENANT_ITEMS.iter().map(put_back).collect();
    if undone.undoing() == Undoing::BringsBack {
        let wanted = tenant_plan(case);
        for planned in &mut items {
            let Some(answer) = wanted.of(planned.item) else { continue };
            if !has_entry(&undone.past, planned.item) {
                continue;
            }
            let mut verdict = answer.clone();
            verdict.changes.retain(|change| is_back(&undone.past, change));
            let of_plan: Vec<Target> =
                verdict.changes.iter().map(|change| change.target().clone()).collect();
            let alone = planned.verdict.changes.drain(..);
            let covered = |it: &Change| of_plan.iter().any(|of| of.is_same_place(it.target()));
            verdict.changes.extend(alone.filter(|it| !covered(it) && !is_made_anew(it)));
            planned.verdict = verdict;
        }
    }
    let stages = vec![Stage { wave: Wave::Webex, way }];
    Plan { items: of_way(items, way), stages }
}

/// The items of which the runs made components.
fn made(past: &Baseline) -> BTreeSet<ItemId> {
    let ids = ITEMS.iter().map(|item| item.about().id);
    ids.filter(|item| entries(past, *item).any(is_making)).collect()
}

/// The items of which something goes as in an uninstall: those, and what builds on them.
fn going(past: &Baseline) -> BTreeSet<ItemId> {
    let made = made(past);
    let is_going = |item: &&&dyn Item| made.contains(&item.about().id) || rests_on(**item, &made);
    ITEMS.iter().filter(is_going).map(|item| item.about().id).collect()
}

fn entries(past: &Baseline, item: ItemId) -> impl Iterator<Item = &BaselineEntry> {
    past.of_item(item.as_str())
}

fn has_entry(past: &Baseline, item: ItemId) -> bool {
    entries(past, item).next().is_some()
}

/// Whether the runs made what an entry is about, as a whole.
fn is_making(entry: &BaselineEntry) -> bool {
    let operation = operation(entry);
    entry.target.is_component() && operation.effect() == Effect::Create && operation.to.is_some()
}

/// Whether the runs removed what an entry is about, as a whole.
fn is_removing(entry: &BaselineEntry) -> bool {
    entry.target.is_component() && operation(entry).effect() == Effect::Delete
}

/// What the runs have done to a value.
fn operation(entry: &BaselineEntry) -> Operation {
    let from = entry.before.value().cloned();
    Operation::new(entry.target.clone(), from, entry.ours.clone())
}

/// Whether an item builds on others, directly or not.
fn rests_on(item: &dyn Item, others: &BTreeSet<ItemId>) -> bool {
    item.about().needs.iter().any(|needed| {
        others.contains(needed) || needed.item().is_some_and(|needed| rests_on(needed, others))
    })
}

/// Whether a change is of nothing but what the runs have changed.
fn is_of(past: &Baseline, change: &Change) -> bool {
    change.operation.parts().iter().all(|part| past.entry(&part.target).is_some())
}

/// Whether a change makes a component, which only the configuration can describe.
fn is_made_anew(change: &Change) -> bool {
    change.target().is_component() && change.operation.effect() == Effect::Create
}

/// Whether a change brings back what was there before the runs.
fn is_back(past: &Baseline, change: &Change) -> bool {
    let is_back = |part: &Operation| {
        let Some(entry) = past.entry(&part.target) else { return false };
        let before = entry.before.value();
        match (before, part.to.as_ref()) {
            // What a component consists of, the configuration tells.
            (Some(Value::Definition(_)), Some(Value::Definition(_))) => true,
            (before, to) => before.is_some() && entry.target.holds_same(before, to),
        }
    };
    let parts = change.operation.parts();
    let whole = parts.iter().find(|part| part.target.is_component());
    whole.map_or_else(|| parts.iter().all(is_back), is_back)
}
