//! All items' answers together.

use std::collections::BTreeSet;

use super::confirmed::WordsOfPeople;
use super::{
    Blockers, Case, Change, ChangeRow, Human, ITEMS, Intent, Item, ItemId, Loss, Selection, Stage,
    Stop, StopKind, Verdict, confirmed, hold, old_call_centers, package, package_parts, settings,
    upgrade, upgrade_sets,
};
use crate::model::{
    Baseline, Confirmations, ConnectorWish, Look, OrgState, PackageParts, StatedConfirmation,
    Target, Wave, Way,
};

/// What every item answered, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The answers.
    pub items: Vec<PlannedItem>,
    /// The steps in which it is carried out, in order.
    pub stages: Vec<Stage>,
}

/// The steps that build the connector up: what others build on comes first.
pub(super) const BUILDING: [Stage; 3] = [
    Stage { wave: Wave::Package, way: Way::Build },
    Stage { wave: Wave::Deploy, way: Way::Build },
    Stage { wave: Wave::Records, way: Way::Build },
];

/// The steps that take it out: what builds on others goes first.
pub(super) const REMOVING: [Stage; 3] = [
    Stage { wave: Wave::Records, way: Way::Remove },
    Stage { wave: Wave::Deploy, way: Way::Remove },
    Stage { wave: Wave::Package, way: Way::Remove },
];

/// The answers with every change going that way.
pub(super) fn of_way(mut items: Vec<PlannedItem>, way: Way) -> Vec<PlannedItem> {
    for change in items.iter_mut().flat_map(|planned| &mut planned.verdict.changes) {
        change.way = way;
    }
    items
}

/// One item's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedItem {
    /// The item.
    pub item: ItemId,
    /// Its answer.
    pub verdict: Verdict,
}

/// What is known of an org's past.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// What was there before us.
    pub baseline: Baseline,
    /// What people said that they have done.
    pub confirmations: Confirmations,
    /// The same of the uninstall that is under way.
    pub removed: Confirmations,
    /// What people said of what is set up, as far as the configuration states it.
    pub stated: Vec<StatedConfirmation>,
    /// What an upgrade that has begun took away and has to give back.
    pub carried: Baseline,
    /// Whether the run takes the package out to install another version: what it replaces is decided before
    /// its first step.
    pub replaces_package: bool,
    /// What the package had before this run, or the one that it goes on with, has replaced it.
    pub replaced: Option<PackageParts>,
}

/// Asks every item.
pub fn plan(desired: &ConnectorWish, state: &OrgState, past: &Past) -> Plan {
    plan_selected(desired, state, past, &Selection::All)
}

/// The same, of which a person has chosen items: nothing waits for what they left out, unless it
/// cannot be without it.
pub fn plan_selected(
    desired: &ConnectorWish,
    state: &OrgState,
    past: &Past,
    selection: &Selection,
) -> Plan {
    let Past { baseline, confirmations, stated, carried, replaces_package, replaced, removed: _ } =
        past;
    let baseline = &baseline.of_recipe(&desired.recipe.name);
    let desired = settings::with_former_values(desired, state, baseline);
    let desired = upgrade_sets::with_replaced(desired, state, replaced.as_ref());
    let desired = desired.as_ref();
    let mut items = answers(desired, state, baseline);
    let at_odds = items.iter().any(is_at_odds);
    if at_odds {
        // What is no longer wanted shows only where every name leads somewhere: else what a
        // misspelt name means would be given back.
        let of_classes = baseline
            .filtered(|entry| matches!(entry.target, Target::ApexClass(_) | Target::ApexStatus(_)));
        items = answers(desired, state, &of_classes);
    }
    let is_clean = selection.has(ItemId::PACKAGE) && upgrade::is_clean(&items);
    if is_clean {
        items = upgrade::with_both_halves(desired, state, baseline, items);
        if let Some(stop) = upgrade::left_in_the_way(&items, selection)
            && let Some(package) = items.iter_mut().find(|it| it.item == ItemId::PACKAGE)
        {
            package.verdict.stops.push(stop);
        }
    }
    let carried = &carried.of_recipe(&desired.recipe.name);
    let is_there = !is_clean && package::installed(desired, state).is_some();
    upgrade::give_back(desired, state, carried, is_there, &mut items);
    if let Some(old) = replaced.as_ref().filter(|_| is_there) {
        tell_what_is_new(old, desired, state, &mut items);
    }
    if desired.call_center.delete_old {
        let case = Case { desired, state, baseline, blockers: Blockers::default() };
        let replaces_package = is_clean || *replaces_package;
        old_call_centers::delete_old(case, replaces_package, selection, &mut items);
    }
    let words = WordsOfPeople { recorded: confirmations, stated };
    for planned in &mut items {
        confirmed::take_word(planned, desired, state, words, Way::Build);
    }
    let comes = package_comes(&items);
    package_first(&mut items, comes);
    if at_odds {
        // What is no longer wanted was not looked for above.
        let unsettled = |planned: &&mut PlannedItem| {
            planned.verdict.is_silent() && baseline.of_item(planned.item.as_str()).next().is_some()
        };
        for planned in items.iter_mut().filter(unsettled) {
            planned.verdict.unknown = Some("the configuration must be fixed first".to_owned());
        }
    }
    let (first, last) = match (is_clean, desired.call_center.delete_old) {
        (true, _) => (REMOVING.as_slice(), None),
        (false, true) => (&[] as &[Stage], Some(Stage { wave: Wave::Deploy, way: Way::Remove })),
        (false, false) => (&[] as &[Stage], None),
    };
    let stages = first.iter().copied().chain(BUILDING).chain(last).collect();
    let mut plan = Plan { items, stages };
    plan.select(selection, Way::Build);
    plan
}

/// Once the package has been replaced: what people must know of the new version.
fn tell_what_is_new(
    old: &PackageParts,
    desired: &ConnectorWish,
    state: &OrgState,
    items: &mut [PlannedItem],
) {
    let Some(package) = items.iter_mut().find(|it| it.item == ItemId::PACKAGE) else { return };
    let verdict = &mut package.verdict;
    if !verdict.changes.is_empty() || !verdict.stops.is_empty() {
        return;
    }
    let Some(new) = package_parts(desired, state) else { return };
    verdict.notes.extend(package_parts::differences(old, &new, &desired.recipe));
}

/// Whether the configuration says something that the org contradicts.
fn is_at_odds(planned: &PlannedItem) -> bool {
    planned.verdict.stops.iter().any(|stop| stop.kind == StopKind::Configuration)
}

/// Whether nothing keeps the package's wanted version from coming by this plan.
fn package_comes(items: &[PlannedItem]) -> bool {
    let comes = |planned: &PlannedItem| {
        planned.item != ItemId::PACKAGE
            || (planned.verdict.stops.is_empty()
                && planned.verdict.human.is_none()
                && !planned.verdict.is_held())
    };
    items.iter().all(comes)
}

/// What only the package's wanted version will bring is not planned where that version does not come
/// by this plan.
pub(super) fn package_first(items: &mut [PlannedItem], comes: bool) {
    if comes {
        return;
    }
    for planned in items.iter_mut() {
        let changes = planned.verdict.changes.len();
        planned.verdict.changes.retain(|change| change.known_after != Some(ItemId::PACKAGE));
        if planned.verdict.changes.len() < changes {
            planned.verdict.unknown = Some("the managed package comes first".to_owned());
        }
    }
}

/// What every item answers, in order.
pub(super) fn answers(
    desired: &ConnectorWish,
    state: &OrgState,
    baseline: &Baseline,
) -> Vec<PlannedItem> {
    let case = Case { desired, state, baseline, blockers: Blockers::default() };
    let intent = Intent { desired, baseline, way: Way::Build };
    let answer = |item: &&dyn Item| PlannedItem {
        item: item.about().id,
        verdict: hold::ask(*item, &intent, state, || item.plan(case)),
    };
    ITEMS.iter().map(answer).collect()
}

impl PlannedItem {
    /// Its changes, value by value, as people read them; a person's among them.
    pub fn rows(&self) -> Vec<ChangeRow> {
        let mut rows = Vec::with_capacity(self.verdict.changes.len());
        rows.extend(self.verdict.changes.iter().flat_map(Change::rows));
        rows
    }
}

impl Plan {
    /// Every change that the program makes, in order; what is left to a person is not among them.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.items
            .iter()
            .flat_map(|planned| &planned.verdict.changes)
            .filter(|change| change.is_ours())
    }

    /// Whether anything is to be changed.
    pub fn is_empty(&self) -> bool {
        self.changes().next().is_none()
    }

    /// Whether carrying it out means to name profiles to the Metadata API.
    pub fn names_profiles(&self) -> bool {
        self.changes().any(|change| change.target().profile().is_some())
    }

    /// What must be asked before the plan is whole.
    pub fn needs(&self) -> Vec<Look> {
        let mut needs: Vec<_> =
            self.items.iter().flat_map(|planned| planned.verdict.needs.iter().copied()).collect();
        needs.sort_unstable();
        needs.dedup();
        needs
    }

    /// Every reason not to begin, with the item that gave it.
    pub fn stops(&self) -> impl Iterator<Item = (ItemId, &Stop)> {
        self.items
            .iter()
            .flat_map(|planned| planned.verdict.stops.iter().map(move |stop| (planned.item, stop)))
    }

    /// Every change that the program makes, value by value, as people read it.
    pub fn rows(&self) -> Vec<ChangeRow> {
        self.changes().flat_map(Change::rows).collect()
    }

    /// The first step that has something to do, and its changes.
    pub fn next_stage(&self) -> Option<(Stage, Vec<&Change>)> {
        let of = |stage: Stage| self.changes().filter(move |it| it.stage() == Some(stage));
        let stage = self.stages.iter().find(|stage| of(**stage).next().is_some())?;
        Some((*stage, of(*stage).collect()))
    }

    /// The changes of a step, of a plan that is not needed any more.
    pub fn into_changes_of(self, stage: Stage) -> Vec<Change> {
        let is_of_it = |change: &Change| change.stage() == Some(stage);
        let mut changes = Vec::with_capacity(self.changes().filter(|it| is_of_it(it)).count());
        let all = self.items.into_iter().flat_map(|planned| planned.verdict.changes);
        changes.extend(all.filter(is_of_it));
        changes
    }

    /// The items that have to wait where these cannot be taken out: whatever they build on must stay
    /// until then.
    pub fn waits_for(&self, stuck: &BTreeSet<ItemId>) -> BTreeSet<ItemId> {
        let mut waiting = BTreeSet::new();
        let mut open: Vec<ItemId> = stuck.iter().copied().collect();
        while let Some(item) = open.pop() {
            let needs = item.item().map_or(&[] as &[ItemId], |item| item.about().needs);
            open.extend(needs.iter().filter(|needed| waiting.insert(**needed)));
        }
        let has_changes = |item: &ItemId| {
            self.of(*item).is_some_and(|verdict| verdict.changes.iter().any(Change::is_ours))
        };
        waiting.into_iter().filter(has_changes).filter(|item| !stuck.contains(item)).collect()
    }

    /// Whether something is left to a person of which no run can see that it is done.
    pub fn waits_for_a_word(&self) -> bool {
        let mut humans = self.items.iter().filter_map(|planned| planned.verdict.human.as_ref());
        humans.any(|human| human.unseen.is_some() && !human.is_settled())
    }

    /// Whether nothing is left to do, for the program or for a person; what a person has confirmed
    /// is done.
    pub fn is_through(&self) -> bool {
        self.items.iter().all(|planned| {
            let human = planned.verdict.human.as_ref();
            planned.verdict.changes.is_empty() && human.is_none_or(Human::is_settled)
        })
    }

    /// What more people lose by it than is usual.
    pub fn great_losses(&self) -> impl Iterator<Item = (ItemId, &Loss)> {
        let all = self
            .items
            .iter()
            .flat_map(|planned| planned.verdict.losses.iter().map(|loss| (planned.item, loss)));
        all.filter(|(_, loss)| loss.is_great())
    }

    /// The answer of one item.
    pub fn of(&self, item: ItemId) -> Option<&Verdict> {
        self.items.iter().find(|planned| planned.item == item).map(|planned| &planned.verdict)
    }
}
