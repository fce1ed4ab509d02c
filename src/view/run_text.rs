//! What a person reads at the end of a run.

use super::Screen;
use super::counts::{changes, own};
use super::ending::{
    APPLY, UNDO, UNINSTALL, cost, ending, is_quiet, nothing_to_restore, nothing_to_undo, quiet,
    unbegun,
};
use super::people::Left;
use super::plan::{noted, plan};
use super::purpose::Purpose;
use super::run_setup::{Setup, Shown};
use super::source::source;
use super::text::wrapped;
use crate::engine::{ItemOutcome, ItemReport, Outcome, Report};
use crate::model::{Command, Hint};

/// The plan, or what became of it, as far as it was not shown already; and what to do next.
pub(super) fn render_end(
    report: &Report,
    setup: &Setup<'_>,
    shown: &Shown,
    screen: Screen,
) -> String {
    let screen = setup.as_full(screen);
    let invocation = &setup.invocation;
    if report.items.is_empty() {
        return match (setup.purpose(), &report.failure) {
            (Purpose::Undo, None) => nothing_to_undo(invocation, screen),
            (Purpose::Restore, None) => nothing_to_restore(screen),
            _ => String::new(),
        };
    }
    if let (Some(written), None) = (&shown.source, &report.failure) {
        return source(written, screen) + &cost(report, invocation, screen);
    }
    let again = again(report, setup);
    if setup.changes_things() {
        // A run without a journal has not begun: the plan said all there is to say.
        return if shown.declined {
            String::new()
        } else if (shown.plan || setup.from_file && report.failure.is_some())
            && report.run.is_none()
        {
            unbegun(report, invocation, screen)
        } else {
            ending(report, &again, (&shown.notes, &shown.steps), invocation, screen)
        };
    }
    let purpose = setup.purpose();
    let left = Left::of(report, &again, purpose, invocation);
    if !setup.full && is_quiet(report) {
        return quiet(report, &left, &[], screen);
    }
    let tells = left.tells_steps(changes(&report.items) > 0 || setup.full);
    let steps = if tells { left.steps(&[], screen) } else { String::new() };
    let plan = plan(report.parties(), &report.items, purpose, &steps, invocation, screen);
    let mut out = plan + &cost(report, invocation, screen);
    if can_be_made(report, purpose) {
        let losses = losses(report);
        if !losses.is_empty() {
            let text =
                format!("{} More than a fifth: this needs --allow-removals.", losses.join(" "));
            out.push_str(&noted(true, &text, screen));
        }
        let next = makes_these_changes(report, setup);
        out.push_str(&wrapped("Next: ", &next.to_string(), 6, screen));
    } else if let Some(next) = left.next(tells).filter(|_| report.failure.is_none()) {
        out.push_str(&wrapped("Next: ", &next.to_string(), 6, screen));
    }
    out
}

/// Whether a command makes the changes of this plan as it stands.
fn can_be_made(report: &Report, purpose: Purpose) -> bool {
    let mends = report.items.iter().any(|item| own(item).next().is_some());
    // What stops an item stops `apply`, too.
    let is_stopped = |item: &ItemReport| {
        item.outcome == ItemOutcome::Differs && own(item).next().is_none() && item.steps.is_empty()
    };
    report.failure.is_none()
        && mends
        && !(purpose == Purpose::Verify && report.items.iter().any(is_stopped))
        && matches!(report.outcome, Outcome::Changes | Outcome::Differs)
}

/// What more people would lose than is usual, which the command that makes the changes has to allow.
fn losses(report: &Report) -> Vec<&str> {
    report.items.iter().flat_map(|item| &item.losses).map(String::as_str).collect()
}

/// The command that makes the changes of this plan.
fn makes_these_changes(report: &Report, setup: &Setup<'_>) -> Hint {
    let apply = setup.next.clone().unwrap_or_else(|| Command::of_org(APPLY));
    let (command, after) = match (&setup.saved, setup.purpose()) {
        (Some(file), _) => (apply.argument(file), " makes these changes, and no others."),
        (None, Purpose::Removal) => (Command::of_org(UNINSTALL), " makes these changes."),
        (None, Purpose::Undo) => (undo(report), " makes these changes."),
        (None, _) => (apply, " makes these changes."),
    };
    // A command of its own says what it is about.
    let chosen = match setup.next {
        Some(_) => Vec::new(),
        None => setup.selection.arguments(),
    };
    let allows = (!losses(report).is_empty()).then(|| "--allow-removals".to_owned());
    let words = chosen.iter().chain(&allows);
    let command = words.fold(command, |command, word| command.argument(word));
    Hint::command("", command.within(&setup.invocation), after)
}

/// The command that takes back what this plan shows.
fn undo(report: &Report) -> Command {
    let named = report.undoes.as_ref();
    named.map_or_else(|| Command::of_org(UNDO), |run| Command::of_org(UNDO).argument(run))
}

/// The command that goes on with the run.
fn again(report: &Report, setup: &Setup<'_>) -> Command {
    setup.next.clone().unwrap_or_else(|| match report.command {
        UNDO => undo(report),
        command => {
            let chosen = setup.selection.arguments();
            chosen.iter().fold(Command::of_org(command), |command, word| command.argument(word))
        }
    })
}
