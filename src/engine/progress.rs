//! How far each item has come, as the report will tell.

use super::Goal;
use super::report::{ItemOutcome, ItemReport};
use crate::checklist::{Action, Change, Plan, PlannedItem, StopKind};
use crate::failure::{Failure, Kind};

/// Every item, once they were asked.
#[derive(Debug, Default)]
pub(super) struct Progress {
    items: Vec<ItemReport>,
    failures: Vec<Failure>,
}

impl Progress {
    /// The items, in order.
    pub(super) fn items(&self) -> &[ItemReport] {
        &self.items
    }

    /// Single things that failed while the run went on.
    pub(super) fn failures(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.failures)
    }

    /// Takes in the first plan.
    pub(super) fn planned(&mut self, plan: &Plan, goal: Goal) {
        self.items = plan.items.iter().map(|planned| report(planned, goal)).collect();
    }

    /// The last plan has nothing left to do: what was only expected, and turned out not to be
    /// needed, is no change.
    pub(super) fn settled(&mut self, plan: &Plan) {
        for report in &mut self.items {
            let open = plan.changes().any(|change| change.item == report.id);
            if open || matches!(report.outcome, ItemOutcome::Failed | ItemOutcome::Skipped) {
                continue;
            }
            report.changes.retain(|change| change.known_after().is_some());
            if report.outcome == ItemOutcome::Planned {
                report.outcome = ItemOutcome::Already;
            }
        }
    }

    /// Some of a wave's changes are nobody's to make but a person's.
    pub(super) fn left_out(&mut self, plan: &Plan, left: &[(Change, String)]) {
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
                    change.action = Action::Human;
                }
            }
            report.changes.retain(|change| change.known_after().is_some());
        }
        self.left_to_people(plan);
    }

    /// What the last plan leaves to people.
    pub(super) fn left_to_people(&mut self, plan: &Plan) {
        for planned in &plan.items {
            let Some(human) = &planned.verdict.human else { continue };
            let Some(report) = self.items.iter_mut().find(|report| report.id == planned.item)
            else {
                continue;
            };
            if matches!(report.outcome, ItemOutcome::Changed | ItemOutcome::Already) {
                report.outcome = at_rest(planned);
            }
            report.steps.clone_from(&human.steps);
        }
    }

    /// Changes were made and kept.
    pub(super) fn changed(&mut self, changes: &[Change]) {
        for report in &mut self.items {
            let made: Vec<Change> =
                changes.iter().filter(|change| change.item == report.id).cloned().collect();
            if made.is_empty() {
                continue;
            }
            if report.outcome != ItemOutcome::Failed {
                report.outcome = ItemOutcome::Changed;
            }
            for change in made {
                match report.changes.iter_mut().find(|planned| planned.same_place(&change)) {
                    Some(planned) => *planned = change,
                    None => report.changes.push(change),
                }
            }
        }
    }

    /// The org refused some of a wave's changes one by one.
    pub(super) fn refused(&mut self, of: usize, refused: &[(Change, String)]) {
        let words: Vec<String> = refused
            .iter()
            .map(|(change, words)| format!("{}: {words}", change.subject.name))
            .collect();
        let message = format!(
            "{} of {of} changes were refused:\n  - {}",
            refused.len(),
            words.join("\n  - ")
        );
        for report in &mut self.items {
            if refused.iter().any(|(change, _)| change.item == report.id) {
                report.outcome = ItemOutcome::Failed;
                report.message = Some(message.clone());
            }
        }
        self.failures.push(Failure::new(Kind::Failed, message).hint(
            "Mend what the org names for each of them, then run this again: the rest stays.",
        ));
    }

    /// A wave failed: its items too, and what would have come after it was not reached.
    pub(super) fn failed(&mut self, changes: &[Change], message: &str) {
        for report in &mut self.items {
            if changes.iter().any(|change| change.item == report.id) {
                report.outcome = ItemOutcome::Failed;
                report.message = Some(message.to_owned());
            }
        }
        self.interrupted();
    }

    /// What was planned and not done was not reached.
    pub(super) fn interrupted(&mut self) {
        for report in &mut self.items {
            if report.outcome == ItemOutcome::Planned {
                report.outcome = ItemOutcome::Skipped;
            }
        }
    }
}

/// What there is to say of an item that has nothing for the program to do.
fn at_rest(planned: &PlannedItem) -> ItemOutcome {
    match &planned.verdict.human {
        Some(human) if human.confirmed.is_some() => ItemOutcome::Confirmed,
        Some(_) => ItemOutcome::NeedsHuman,
        None => ItemOutcome::Already,
    }
}

fn report(planned: &PlannedItem, goal: Goal) -> ItemReport {
    let verdict = &planned.verdict;
    let stopped = verdict
        .stops
        .iter()
        .any(|stop| goal != Goal::Verify || stop.kind == StopKind::Configuration);
    let changes = verdict.changes.iter().any(|change| change.action != Action::Human);
    let outcome = if stopped || !verdict.problems.is_empty() {
        ItemOutcome::Failed
    } else if goal == Goal::Verify && (changes || !verdict.stops.is_empty()) {
        ItemOutcome::Differs
    } else if changes {
        ItemOutcome::Planned
    } else {
        at_rest(planned)
    };
    let words: Vec<&str> =
        verdict.stops.iter().chain(&verdict.problems).map(|stop| stop.message.as_str()).collect();
    ItemReport {
        id: planned.item,
        title: planned.item.title(),
        outcome,
        changes: verdict.changes.clone(),
        message: (!words.is_empty()).then(|| words.join("\n")),
        notes: verdict.notes.clone(),
        steps: verdict.human.as_ref().map_or_else(Vec::new, |human| human.steps.clone()),
    }
}
