//! An older version of the package is uninstalled, and the wanted one installed in its place.
//!
//! One plan holds both halves: what has to go before the org lets the old version be uninstalled, and
//! what is built up again once the new one is there. The second half is planned against the org as the
//! first will leave it, so that the plan that is made anew in between is the same. What the package's
//! parts are used for, and no configuration asks for, is carried over: it is written down before the
//! first removal and given back after the installation.

use std::collections::BTreeSet;

use super::names::listed;
use super::plan::{answers, of_way};
use super::restore::{Restore, restore};
use super::undo::named;
use super::upgrade_sets::{chosen_by_leaving, without_leaving};
use super::{
    Blockers, Case, Change, Hold, ITEMS, Intent, Item, ItemId, Lookup, Now, Plan, PlannedItem,
    Selection, Sight, Step, Stop, Verdict, hold, package,
};
use crate::model::{
    Baseline, BaselineEntry, Before, ByTarget, ConnectorWish, EntriesByTarget, LayoutName,
    Observed, OrgState, PackageContents, PermissionSet, Ref, Target, TargetSet, Value, Way,
};

/// Whether the package is to be uninstalled before it is installed.
pub(super) fn is_clean(items: &[PlannedItem]) -> bool {
    let removes = |change: &Change| {
        change.way == Way::Remove && matches!(change.target(), Target::Package(_))
    };
    items.iter().flat_map(|planned| &planned.verdict.changes).any(removes)
}

/// The same answers, with what has to go first and what is built up afterwards.
pub(super) fn with_both_halves(
    desired: &ConnectorWish,
    state: &OrgState,
    baseline: &Baseline,
    items: Vec<PlannedItem>,
) -> Vec<PlannedItem> {
    let case = Case { desired, state, baseline, blockers: Blockers::default() };
    let going: Vec<PlannedItem> = of_way(items_in_the_way(case), Way::Remove);
    if let Some(blind) = going.iter().find(|it| it.verdict.is_held()) {
        return waiting(items, blind);
    }
    let changes: Vec<&Change> = going.iter().flat_map(|it| &it.verdict.changes).collect();
    let later = without_package(case, &changes);
    let rebuilt = answers(&without_leaving(case), &later, baseline);
    let entries = baseline.by_target();
    let both = |planned: PlannedItem| {
        let of = |half: &[PlannedItem]| {
            half.iter().find(|it| it.item == planned.item).map(|it| it.verdict.clone())
        };
        let first = if planned.item == ItemId::PACKAGE {
            Some(planned.verdict.clone())
        } else {
            of(&going)
        };
        let mut second = of(&rebuilt).unwrap_or_default();
        if planned.item == ItemId::PERMISSION_SET {
            // What a name leads to is judged by the org as it is, with the package's sets.
            second.stops = planned.verdict.stops;
        }
        let mut verdict = joined(planned.item, first.unwrap_or_default(), second, &entries);
        if planned.item == ItemId::PACKAGE {
            verdict.stops.extend(chosen_by_leaving(case));
        }
        PlannedItem { item: planned.item, verdict }
    };
    items.into_iter().map(both).collect()
}

/// The package does not go before it was seen who uses it.
fn waiting(mut items: Vec<PlannedItem>, blind: &PlannedItem) -> Vec<PlannedItem> {
    for planned in &mut items {
        if planned.item == ItemId::PACKAGE {
            let hold = Some(Hold::Waiting(blind.item));
            planned.verdict = Verdict { hold, ..Verdict::default() };
        } else if planned.item == blind.item {
            planned.verdict = blind.verdict.clone();
        }
    }
    items
}

/// What uses parts of the package and keeps the org from letting it go.
fn items_in_the_way(case: Case<'_>) -> Vec<PlannedItem> {
    let Case { desired, state, baseline, .. } = case;
    let intent = Intent { desired, baseline, way: Way::Remove };
    let needs_package = |item: &&&dyn Item| item.about().needs.contains(&ItemId::PACKAGE);
    let leaving = Leaving::of(case);
    let answer = |item: &&dyn Item| {
        let mut verdict = hold::ask(*item, &intent, state, || item.removal(case));
        verdict.needs.extend(item.looks(&intent));
        verdict.changes.retain(|change| leaving.is_freed_by(change));
        PlannedItem { item: item.about().id, verdict }
    };
    ITEMS.iter().filter(needs_package).map(answer).collect()
}

/// What goes with the package, by names.
struct Leaving {
    layouts: BTreeSet<String>,
    permission_sets: BTreeSet<String>,
}

impl Leaving {
    fn of(case: Case<'_>) -> Self {
        let (layouts, sets) = (case.leaving_layouts(), case.leaving_permission_sets());
        let layouts = case.state.layouts.iter().filter(|it| layouts.contains(&it.id));
        let sets = case.state.permission_sets.iter().filter(|it| sets.contains(&it.id));
        Self {
            layouts: layouts.map(|it| it.name.qualified()).collect(),
            permission_sets: sets.map(PermissionSet::qualified).collect(),
        }
    }

    /// Whether a change frees a part of the package.
    fn is_freed_by(&self, change: &Change) -> bool {
        match (change.target(), &change.operation.from) {
            (Target::TaskLayout { .. }, Some(Value::Layout(layout))) => {
                self.layouts.contains(&layout.name)
            }
            (Target::PermissionSetAssignment { set, .. }, _) => {
                self.permission_sets.contains(&set.name)
            }
            _ => false,
        }
    }
}

/// The org as it is once the package is gone. Another package of its namespace stays, with what it brought.
fn without_package(case: Case<'_>, freed: &[&Change]) -> OrgState {
    let mut later = case.state.clone();
    if let Observed::Seen(packages) = &mut later.packages {
        let leaving = package::leaving_package(case).map(|it| &it.version_id);
        packages.retain(|it| {
            it.namespace.as_deref() != Some(case.namespace())
                // One of which nobody knows which it is would be taken for the connector's.
                || (it.package_id.is_some() && leaving.is_some_and(|gone| *gone != it.version_id))
        });
    }
    for change in freed {
        let (Target::TaskLayout { profile, record_type }, Some(Value::Layout(to))) =
            (change.target(), &change.operation.to)
        else {
            continue;
        };
        for assignment in &mut later.layout_assignments {
            let same_type = match (&assignment.record_type, record_type) {
                (Some(one), Some(other)) => Some(one) == other.id.as_ref(),
                (one, other) => one.is_none() && other.is_none(),
            };
            if profile.id.as_ref() == Some(&assignment.profile) && same_type {
                assignment.layout.clone_from(&to.id);
            }
        }
    }
    if let Observed::Seen(layouts) = &mut later.layouts {
        layouts.retain(|it| !case.takes_layout(&it.name));
    }
    let mut gone = Vec::new();
    if let Observed::Seen(sets) = &mut later.permission_sets {
        gone.extend(sets.iter().filter(|it| case.takes_permission_set(it)).map(|it| it.id));
        sets.retain(|it| !gone.contains(&it.id));
    }
    if let Observed::Seen(given) = &mut later.permission_set_assignments {
        given.retain(|it| !gone.contains(&it.permission_set));
    }
    later.contents = PackageContents {
        apps: Observed::Seen(Vec::new()),
        reports: Observed::Seen(Vec::new()),
        ..later.contents
    };
    later
}

/// Both halves' answers of an item.
fn joined(item: ItemId, first: Verdict, second: Verdict, entries: &EntriesByTarget<'_>) -> Verdict {
    if first.is_held() {
        return first;
    }
    if second.is_held() {
        return second;
    }
    let asked_for = ByTarget::new(&second.changes, Change::target);
    let is_carried = |change: &&Change| {
        item != ItemId::PACKAGE
            && !asked_for.has(change.target())
            && entries.entry(change.target()).is_none_or(|it| is_anothers(it, change))
    };
    let carried: Vec<Change> = first
        .changes
        .iter()
        .filter(is_carried)
        .map(|change| {
            let operation = change.operation.clone().inverse();
            Change::new(item, operation.target, operation.from, operation.to)
                .known_after(Some(ItemId::PACKAGE))
        })
        .collect();
    let mut both = second;
    both.needs.extend(first.needs);
    for stop in first.stops {
        if !both.stops.contains(&stop) {
            both.stops.push(stop);
        }
    }
    for note in first.notes {
        if !both.notes.contains(&note) {
            both.notes.push(note);
        }
    }
    both.changes = first.changes.into_iter().chain(both.changes).chain(carried).collect();
    both
}

/// Whether what is taken away is not what our runs have left there.
fn is_anothers(entry: &BaselineEntry, taken: &Change) -> bool {
    let is_ours = taken.target().holds_same(entry.ours.as_ref(), taken.operation.from.as_ref());
    entry.before == Before::Unknown || !is_ours
}

impl Plan {
    /// What is taken away for a while and is to be given back, as far as no configuration asks for it.
    pub fn carried(&self, recipe: &str, run: &str) -> Baseline {
        let all = ByTarget::new(self.changes(), Change::target);
        let comes_back = |change: &&Change| {
            change.way == Way::Remove
                && !change.target().is_component()
                && all.same(change.target()).any(|it| {
                    it.way == Way::Build
                        && it.operation.to == change.operation.from
                        && it.known_after == Some(ItemId::PACKAGE)
                })
        };
        let entry = |change: &Change| BaselineEntry {
            item: change.item.as_str().to_owned(),
            target: change.target().clone(),
            before: Before::Known(change.operation.from.clone()),
            ours: change.operation.to.clone(),
            run: run.to_owned(),
            recipe: Some(recipe.to_owned()),
            giving_back: false,
        };
        Baseline { entries: self.changes().filter(comes_back).map(entry).collect() }
    }
}

/// Adds what an upgrade that has begun took away and has to give back.
pub(super) fn give_back(
    desired: &ConnectorWish,
    state: &OrgState,
    carried: &Baseline,
    is_there: bool,
    items: &mut [PlannedItem],
) {
    if carried.is_empty() {
        return;
    }
    let carried = &if is_there { with_new_names(desired, state, carried) } else { carried.clone() };
    let case = Case { desired, state, baseline: carried, blockers: Blockers::default() };
    let intent = Intent { desired, baseline: carried, way: Way::Build };
    for planned in items {
        let Some(item) = planned.item.item() else { continue };
        if carried.of_item(planned.item.as_str()).next().is_none() || planned.verdict.is_held() {
            continue;
        }
        let mut asked_for = TargetSet::default();
        asked_for.extend(planned.verdict.changes.iter().map(|change| change.target().clone()));
        if is_there {
            let lost = lost(case, item);
            let rest = carried.filtered(|entry| !lost.contains(&entry));
            let rest = Case { baseline: &rest, ..case };
            let back = hold::ask(item, &intent, state, || item.put_back(rest));
            if !back.is_held() {
                leave_to_person(&mut planned.verdict, case, &lost);
            }
            for change in back.changes {
                if !asked_for.has(change.target()) {
                    asked_for.extend([change.target().clone()]);
                    planned.verdict.changes.push(change);
                }
            }
            planned.verdict.notes.extend(back.notes);
            planned.verdict.unseen.extend(back.unseen);
        } else {
            for entry in carried.of_item(planned.item.as_str()) {
                if !asked_for.has(&entry.target) {
                    asked_for.extend([entry.target.clone()]);
                    let to = entry.before.value().cloned();
                    let back =
                        Change::new(planned.item, entry.target.clone(), entry.ours.clone(), to);
                    planned.verdict.changes.push(back.known_after(Some(ItemId::PACKAGE)));
                }
            }
        }
    }
}

/// What an upgrade carries, by the names of the new version: where that has a Task page layout under another
/// name, which the recipe knows, it is given back under this.
fn with_new_names(desired: &ConnectorWish, state: &OrgState, carried: &Baseline) -> Baseline {
    let recipe = &desired.recipe;
    let managed = |name: &String| LayoutName::managed(&recipe.namespace, name).qualified();
    let is_there = |name: &str| state.layouts.iter().any(|it| it.name.qualified() == name);
    let mut carried = carried.clone();
    let Some(new) = recipe.task_layout.as_ref().map(managed).filter(|new| is_there(new)) else {
        return carried;
    };
    let old: Vec<String> = recipe.old_task_layouts.iter().map(managed).collect();
    for entry in &mut carried.entries {
        if let Before::Known(Some(Value::Layout(layout))) = &mut entry.before
            && old.contains(&layout.name)
            && !is_there(&layout.name)
        {
            *layout = Ref::named(&new);
        }
    }
    carried
}

/// What an item cannot give back, because the new version does not have it any more.
fn lost<'a>(case: Case<'a>, item: &dyn Item) -> Vec<&'a BaselineEntry> {
    let org = Lookup::of(case.state);
    let is_lost = |entry: &&BaselineEntry| {
        let Now::Held(now) = item.now(&org, &entry.target) else { return false };
        match restore(entry, now.as_ref()) {
            Restore::Back(Some(before)) => item.recorded(case.state, before).is_none(),
            Restore::Back(None) | Restore::Unknown | Restore::Nothing | Restore::Theirs => false,
        }
    };
    case.baseline.of_item(item.about().id.as_str()).filter(is_lost).collect()
}

/// Whoever has lost something by the new version gets another one by a person.
fn leave_to_person(verdict: &mut Verdict, case: Case<'_>, lost: &[&BaselineEntry]) {
    if lost.is_empty() {
        return;
    }
    let text = |entry: &BaselineEntry, value: Option<&Value>| {
        value.map(|value| value.text(&entry.target)).unwrap_or_default()
    };
    let line = |step: Step, entry: &&BaselineEntry| {
        step.value(format!(
            "{}: had {}, has {} now",
            named(case, entry),
            text(entry, entry.before.value()),
            text(entry, entry.ours.as_ref())
        ))
    };
    let step = Step::new(
        "Choose their page layouts in Setup > Object Manager > Task > Page Layouts > Page Layout \
        Assignment:",
    );
    let human = verdict.human.get_or_insert_default();
    if human.why.is_empty() {
        "The new version of the package no longer has page layouts that were assigned before the \
        upgrade, so they cannot be given back."
            .clone_into(&mut human.why);
        human.sight = Sight::Undone;
    }
    human.steps.push(lost.iter().fold(step, line));
}

/// Why the package cannot be replaced where a person leaves out what has to let it go first.
pub(super) fn left_in_the_way(items: &[PlannedItem], selection: &Selection) -> Option<Stop> {
    let removes = |planned: &&PlannedItem| {
        !selection.has(planned.item)
            && planned.verdict.changes.iter().any(|change| change.way == Way::Remove)
    };
    let left: Vec<&str> = items.iter().filter(removes).map(|it| it.item.as_str()).collect();
    (!left.is_empty()).then(|| {
        Stop::refused(format!(
            "A clean upgrade must first release what uses the package, but {} excludes it: {}.",
            selection.option(),
            listed(&left)
        ))
        .hint("Exclude the package too, or set upgrade = \"in-place\" under [package].")
    })
}
