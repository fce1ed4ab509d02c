//! How far each item has come, as the report will tell.

mod rejected;

use std::collections::{BTreeMap, BTreeSet};

use super::Goal;
use super::report::{Confirmed, ItemOutcome, ItemReport};
use crate::checklist::{
    Change, ChangeRow, Hold, Human, ItemId, Loss, Noticed, Places, Plan, PlannedItem, Sight, Step,
    Stop, StopKind, Verdict,
};
use crate::failure::{Failure, Kind};
use crate::model::{Command, Hint, Shared, Way, in_a_row};

/// What begins the message of an item that a selection leaves out.
pub const LEFT_OUT: &str = "Left out";

/// Said of an item about which the error at the end says everything.
pub const SEE_BELOW: &str = "see the error below";
/// Said of an item of which the configuration wants nothing.
pub const NOTHING_CONFIGURED: &str = "nothing configured";

/// Every item, once they were asked.
#[derive(Debug, Default)]
pub(super) struct Progress {
    items: Vec<ItemReport>,
    failures: Vec<Failure>,
    /// Why items stand still, as of the last plan.
    held: Option<Failure>,
    /// How many changes the org has kept.
    made: usize,
}

/// The changes of a step that has begun and not ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct UnderWay {
    /// The items whose changes they are.
    pub(super) items: BTreeSet<ItemId>,
    /// How many values change.
    pub(super) values: usize,
}

impl UnderWay {
    /// All of a step.
    pub(super) fn of(changes: &[Change]) -> Self {
        let values = changes.iter().map(|change| change.rows().len()).sum();
        Self { items: changes.iter().map(|change| change.item).collect(), values }
    }

    /// What of it is planned again, for the org has not kept it.
    pub(super) fn of_rows(rows: &[ChangeRow]) -> Self {
        Self { items: rows.iter().map(|row| row.item).collect(), values: rows.len() }
    }
}

impl Progress {
    /// The items, in order.
    pub(super) fn items(&self) -> &[ItemReport] {
        &self.items
    }

    /// How many changes the org has kept since this was last asked.
    pub(super) fn made(&mut self) -> usize {
        std::mem::take(&mut self.made)
    }

    /// Whether single things have failed, or items stand still.
    pub(super) fn has_failures(&self) -> bool {
        !self.failures.is_empty() || self.held.is_some()
    }

    /// Single things that failed while the run went on.
    pub(super) fn failures(&mut self) -> Vec<Failure> {
        let mut failures = std::mem::take(&mut self.failures);
        failures.extend(self.held.take());
        failures
    }

    /// Takes in the first plan.
    pub(super) fn planned(&mut self, plan: &Plan, goal: Goal) {
        self.items = plan.items.iter().map(|planned| report(planned, goal)).collect();
    }

    /// What more people would lose by an item's changes than is usual, which nobody has allowed yet.
    pub(super) fn losing(&mut self, item: ItemId, loss: &Loss) {
        for report in self.items.iter_mut().filter(|report| report.id == item) {
            report.losses.push(loss.sentence());
        }
    }

    /// Items that nothing is configured of are not called as configured.
    pub(super) fn unconfigured(&mut self, items: &BTreeSet<ItemId>) {
        let is_idle =
            |it: &&mut ItemReport| items.contains(&it.id) && it.outcome == ItemOutcome::Already;
        for report in self.items.iter_mut().filter(is_idle) {
            report.message.get_or_insert_with(|| NOTHING_CONFIGURED.to_owned());
        }
    }

    /// Why items stand still, as of the last plan.
    pub(super) fn held(&mut self, held: Option<Failure>) {
        self.held = held;
    }

    /// The same of a plan that nobody carries out any more: what stood still before it was not done.
    pub(super) fn held_afterwards(&mut self, held: Option<Failure>) {
        self.held = self.held.take().or(held);
    }

    /// The last plan has nothing left to do: what was only expected, and turned out not to be
    /// needed, is no change.
    pub(super) fn settled(&mut self, plan: &Plan) {
        for report in &mut self.items {
            let open = plan.changes().any(|change| change.item == report.id);
            if open || matches!(report.outcome, ItemOutcome::Failed | ItemOutcome::Skipped) {
                continue;
            }
            let planned = report.changes.len();
            keep(&mut report.changes, |change| change.known_after().is_some());
            let spared = planned - report.changes.len();
            report.spared = spared;
            if report.outcome == ItemOutcome::Planned {
                report.outcome = ItemOutcome::Already;
                report.message = (spared > 0).then(|| {
                    let changes = counted(spared, "planned change was", "planned changes were");
                    format!("as configured: {changes} unnecessary, because the package brought these values")
                });
            }
        }
    }

    /// Some of a wave's changes are nobody's to make but a person's.
    pub(super) fn left_out(&mut self, plan: &Plan, left: &[(ChangeRow, String)]) {
        if left.is_empty() {
            return;
        }
        for report in &mut self.items {
            if !left.iter().any(|(change, _)| change.item == report.id) {
                continue;
            }
            if report.outcome == ItemOutcome::Planned {
                report.outcome = ItemOutcome::Already;
            }
            for change in &mut report.changes {
                if left.iter().any(|(known, _)| known.same_place(change)) {
                    change.action = crate::checklist::Action::Human;
                }
            }
            keep(&mut report.changes, |change| change.known_after().is_some());
        }
        self.left_to_people(plan);
    }

    /// What the latest plan leaves to people, and what people have done meanwhile.
    pub(super) fn left_to_people(&mut self, plan: &Plan) {
        for planned in &plan.items {
            let Some(report) = self.items.iter_mut().find(|report| report.id == planned.item)
            else {
                continue;
            };
            let human = planned.verdict.human.is_some();
            match report.outcome {
                ItemOutcome::Changed | ItemOutcome::Already if human => {}
                ItemOutcome::NeedsHuman | ItemOutcome::Confirmed => {}
                _ => continue,
            }
            report.outcome = at_rest(planned);
            keep(&mut report.changes, ChangeRow::is_ours);
            let of_people = planned.verdict.changes.iter().filter(|change| !change.is_ours());
            let of_people: Vec<ChangeRow> = of_people.flat_map(Change::rows).collect();
            if !of_people.is_empty() {
                report.changes.extend(of_people);
            }
            report.notes.clone_from(&planned.verdict.notes);
            tell_of_people(report, planned);
        }
    }

    /// What a later plan has to say: reasons not to go on, and notes that were not told yet.
    pub(super) fn heard(&mut self, plan: &Plan) {
        for planned in &plan.items {
            let Some(report) = self.items.iter_mut().find(|report| report.id == planned.item)
            else {
                continue;
            };
            for note in &planned.verdict.notes {
                if !report.notes.contains(note) {
                    report.notes.push(note.clone());
                }
            }
            let stops: Vec<String> = planned.verdict.stops.iter().map(Stop::message).collect();
            if !stops.is_empty() {
                report.outcome = ItemOutcome::Failed;
                report.message = Some(stops.join("\n"));
                report.is_in_failure = true;
            } else if let Some((outcome, message)) = standing_still(planned) {
                report.outcome = outcome;
                report.message = Some(message);
            }
        }
    }

    /// Changes were made and kept.
    pub(super) fn changed(&mut self, changes: impl IntoIterator<Item = ChangeRow>) {
        let mut places: BTreeMap<ItemId, Places> = BTreeMap::new();
        for change in changes {
            self.made += 1;
            let Some(report) = self.items.iter_mut().find(|report| report.id == change.item) else {
                continue;
            };
            if report.outcome != ItemOutcome::Failed {
                report.outcome = ItemOutcome::Changed;
            }
            report.made += usize::from(change.is_ours());
            let known = places.entry(report.id).or_insert_with(|| Places::of(&report.changes));
            // An upgrade changes one place twice, the second time to what it was.
            let places = known.same(&report.changes, &change);
            let same = places.iter().find(|at| {
                let planned = &report.changes[**at];
                planned.after == change.after
                    || (planned.known_after().is_none() && planned.before == change.before)
            });
            // What only another item brings may have been planned under another name.
            let expected = || {
                report.changes.iter().position(|planned| {
                    planned.known_after().is_none()
                        && planned.subject.kind == change.subject.kind
                        && planned.subject.name == change.subject.name
                })
            };
            let at = same.or(places.first()).copied().or_else(expected);
            let at = at.unwrap_or(report.changes.len());
            known.add(at, &change);
            if report.changes.get(at) == Some(&change) {
                // Whoever was shown the plan has the same rows.
                continue;
            }
            match report.changes.get_mut(at) {
                Some(planned) => *planned = change,
                None => report.changes.push(change),
            }
        }
    }

    /// These items are not taken out, because the org has refused something of those on which they
    /// wait.
    pub(super) fn waits(&mut self, waiting: &BTreeSet<ItemId>, on: &BTreeSet<ItemId>) {
        let on: Vec<&str> = on.iter().map(|item| item.title()).collect();
        for report in self.items.iter_mut().filter(|report| waiting.contains(&report.id)) {
            report.outcome = ItemOutcome::Skipped;
            report.message = Some(format!("Waiting: the org rejected part of {}.", on.join(", ")));
        }
    }

    /// The org refused some of a wave's changes one by one.
    pub(super) fn refused(
        &mut self,
        of: usize,
        refused: &[(ChangeRow, String)],
        hints: &BTreeSet<&'static str>,
        way: Way,
    ) {
        let message = rejected::text(of, refused);
        let items: BTreeSet<ItemId> = refused.iter().map(|(change, _)| change.item).collect();
        for report in &mut self.items {
            if items.contains(&report.id) {
                report.outcome = ItemOutcome::Failed;
                report.message = Some(message.clone());
                report.is_in_failure = true;
            }
        }
        let waiting: Vec<&str> = self
            .items
            .iter()
            .filter(|report| report.outcome == ItemOutcome::Skipped)
            .map(|report| report.title)
            .collect();
        let failure = Failure::new(Kind::Failed, message);
        let failure = match (way, waiting.is_empty()) {
            (Way::Build, _) => {
                failure.hint("Fix each of these, then run this again. The other changes are kept.")
            }
            (Way::Remove, true) => failure.hint(go_on()),
            (Way::Remove, false) => failure
                .hint(format!(
                    "Until then these are kept, because others use them: {}.",
                    waiting.join(", ")
                ))
                .hint(go_on()),
        };
        self.failures.push(hints.iter().fold(failure, |failure, hint| failure.hint(*hint)));
    }

    /// A wave failed: its items too, and what would have come after it was not reached. Where the org
    /// tells for which items it failed, the others were undone with them.
    pub(super) fn failed(&mut self, lost: &UnderWay, blamed: &BTreeMap<ItemId, String>) {
        let titles: Vec<&str> = blamed.keys().map(|item| item.title()).collect();
        for report in self.items.iter_mut().filter(|report| lost.items.contains(&report.id)) {
            report.outcome = ItemOutcome::Failed;
            report.message = Some(match blamed.get(&report.id) {
                Some(words) => words.clone(),
                None if blamed.is_empty() => SEE_BELOW.to_owned(),
                None => format!("rolled back with {}", in_a_row(&titles, titles.len())),
            });
        }
        self.not_reached();
    }

    /// What was planned and not done was not reached; an item of which only a part was done is not done.
    pub(super) fn not_reached(&mut self) {
        for report in &mut self.items {
            let planned = report.changes.iter().filter(|change| change.is_ours()).count();
            if report.outcome == ItemOutcome::Planned {
                report.outcome = ItemOutcome::Skipped;
            } else if report.outcome == ItemOutcome::Changed && report.made < planned {
                report.outcome = ItemOutcome::Skipped;
                let made = report.made;
                report.message =
                    Some(format!("{made} of {planned} changes made; the rest was not reached"));
            }
        }
    }
}

/// Keeps those rows alone. Whoever was shown the plan has the same ones, which are copied only where some go.
fn keep(rows: &mut Shared<Vec<ChangeRow>>, is_kept: impl Fn(&ChangeRow) -> bool) {
    if !rows.iter().all(&is_kept) {
        rows.retain(is_kept);
    }
}

/// How an uninstall goes on of which the org refused a part.
fn go_on() -> Hint {
    Hint::command(
        "Fix each of these, then run",
        Command::of_org("uninstall"),
        " again: it remembers the earlier values and does what is left.",
    )
}

/// What there is to say of an item that has nothing for the program to do.
fn at_rest(planned: &PlannedItem) -> ItemOutcome {
    match &planned.verdict.human {
        Some(human) if human.is_settled() => ItemOutcome::Confirmed,
        Some(_) => ItemOutcome::NeedsHuman,
        None => ItemOutcome::Already,
    }
}

/// What a person has to do with an item.
fn tell_of_people(report: &mut ItemReport, planned: &PlannedItem) {
    let human = planned.verdict.human.as_ref();
    let confirmed = human.and_then(|human| human.confirmed.as_ref());
    report.confirmed = confirmed.map(|said| Confirmed { by: said.by.clone(), at: said.at });
    report.steps = human.map_or_else(Vec::new, Human::texts);
    report.is_choice = human.is_some_and(|human| human.steps.iter().any(Step::is_choice));
    report.unseen = human.and_then(|human| human.unseen);
    report.links = human.map_or_else(Vec::new, Human::links);
    report.values = human.map_or_else(Vec::new, Human::values);
    report.message = human.map(|human| match confirmed {
        Some(said) if human.is_settled() => {
            format!("confirmed by {} on {}", said.by, said.day())
        }
        _ => human.why.clone(),
    });
}

/// How many of its changes a selection leaves undone.
fn left_undone(planned: &PlannedItem) -> usize {
    match planned.verdict.hold {
        Some(Hold::LeftOut { changes }) => changes.unwrap_or(0),
        Some(Hold::Waiting(_)) | None => 0,
    }
}

/// How an item ended that stands still, and why.
fn standing_still(planned: &PlannedItem) -> Option<(ItemOutcome, String)> {
    let Verdict { hold, unseen, .. } = &planned.verdict;
    let message = match hold {
        Some(Hold::Waiting(on)) => format!("Waits for {} ({on}).", on.title()),
        Some(Hold::LeftOut { changes: Some(0) }) => format!("{LEFT_OUT}, with nothing to do."),
        Some(Hold::LeftOut { changes: Some(1) }) => format!("{LEFT_OUT}: 1 change not made."),
        Some(Hold::LeftOut { changes: Some(changes) }) => {
            format!("{LEFT_OUT}: {changes} changes not made.")
        }
        Some(Hold::LeftOut { changes: None }) => format!("{LEFT_OUT}."),
        None if unseen.is_empty() => return None,
        None => {
            let lines: Vec<&str> = unseen.iter().map(|unseen| unseen.text.as_str()).collect();
            return Some((ItemOutcome::Failed, lines.join("\n")));
        }
    };
    Some((ItemOutcome::Skipped, message))
}

/// Said where only the calling user's own was seen, and it is another one.
const YOURS: &str =
    "your own differs from the configuration, and what your agents get was not checked";

fn report(planned: &PlannedItem, goal: Goal) -> ItemReport {
    let verdict = &planned.verdict;
    if let Some((outcome, message)) = standing_still(planned) {
        return ItemReport {
            recipe: None,
            id: planned.item,
            title: planned.item.title(),
            outcome,
            agents_notice: moments(planned),
            changes: planned.rows().into(),
            message: Some(message),
            is_in_failure: false,
            blocks: false,
            spared: 0,
            made: 0,
            left_undone: left_undone(planned),
            losses: Vec::new(),
            doubt: None,
            notes: verdict.notes.clone(),
            steps: Vec::new(),
            is_choice: false,
            links: Vec::new(),
            values: Vec::new(),
            unseen: None,
            confirmed: None,
        };
    }
    let stopped = verdict
        .stops
        .iter()
        .any(|stop| goal != Goal::Verify || stop.kind == StopKind::Configuration);
    let changes = verdict.changes.iter().any(Change::is_ours);
    let differs = verdict.human.as_ref().is_some_and(Human::differs);
    let outcome = if stopped || !verdict.problems.is_empty() {
        ItemOutcome::Failed
    } else if goal == Goal::Verify && (changes || !verdict.stops.is_empty() || differs) {
        ItemOutcome::Differs
    } else if changes {
        ItemOutcome::Planned
    } else if verdict.unknown.is_some() {
        ItemOutcome::Skipped
    } else {
        at_rest(planned)
    };
    let why = verdict.human.as_ref().filter(|_| outcome == ItemOutcome::Differs);
    let unknown = verdict.unknown.as_ref().map(|why| format!("not checked, because {why}"));
    let words: Vec<String> = verdict
        .stops
        .iter()
        .chain(&verdict.problems)
        .map(Stop::message)
        .chain(why.map(|human| human.why.clone()))
        .chain(unknown)
        .collect();
    let at_rest = verdict.at_rest.filter(|_| outcome == ItemOutcome::Already);
    let mut report = ItemReport {
        recipe: None,
        id: planned.item,
        title: planned.item.title(),
        outcome,
        agents_notice: moments(planned),
        changes: planned.rows().into(),
        message: if words.is_empty() { at_rest.map(str::to_owned) } else { Some(words.join("\n")) },
        is_in_failure: is_in_failure(planned, goal),
        blocks: stopped || !verdict.problems.is_empty(),
        spared: 0,
        made: 0,
        left_undone: 0,
        losses: Vec::new(),
        doubt: verdict.human.as_ref().filter(|human| human.sight == Sight::Doubtful).map(|_| YOURS),
        notes: verdict.notes.clone(),
        steps: Vec::new(),
        is_choice: false,
        links: Vec::new(),
        values: Vec::new(),
        unseen: None,
        confirmed: None,
    };
    if matches!(outcome, ItemOutcome::NeedsHuman | ItemOutcome::Confirmed) {
        tell_of_people(&mut report, planned);
    } else if let Some(human) = &verdict.human {
        let said = human.confirmed.as_ref();
        report.confirmed = said.map(|said| Confirmed { by: said.by.clone(), at: said.at });
        report.steps = human.texts();
        report.links = human.links();
        report.values = human.values();
    }
    report
}

/// Whether the run ends with a failure that says all that is wrong with an item.
fn is_in_failure(planned: &PlannedItem, goal: Goal) -> bool {
    let Verdict { stops, problems, human, .. } = &planned.verdict;
    let told = |stop: &Stop| goal != Goal::Verify || stop.kind == StopKind::Configuration;
    let why = goal == Goal::Verify && human.is_some();
    // Problems are told only where nothing stops the run.
    !stops.is_empty() && stops.iter().all(told) && problems.is_empty() && !why
}

/// When agents notice what is planned.
fn moments(planned: &PlannedItem) -> BTreeSet<Noticed> {
    let rows = planned.verdict.changes.iter().flat_map(Change::rows);
    let moments = rows.map(|row| planned.item.noticed(&row));
    moments.filter(|moment| *moment != Noticed::Never).collect()
}

/// `1 planned change was`
fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
