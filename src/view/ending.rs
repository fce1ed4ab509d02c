//! The end of a run that changed something or tried to.

use super::Screen;
use super::noticed::what_agents_do;
use super::paint::{BOLD, FAINT, GREEN, paint};
use super::people::Left;
use super::plan::{Idle, counted_notes, heading, line, notes, title_width};
use super::purpose::Purpose;
use super::screen::Sign;
use super::text::{counted, wrapped};
use super::verdict::{is_left_out, left_out, nothing_to_change, people, whole};
use crate::checklist::{ItemId, Note};
use crate::engine::{ItemOutcome, ItemReport, Outcome, Report, StageReport};
use crate::model::{Command, Hint, Invocation, Wave};

/// A step that took less is told without its time.
pub(super) const WORTH_TELLING_MS: u64 = 300;

/// What became of every item, what it took, and what to do next: the verdict first and last.
///
/// Notes that the plan has shown are not shown again, nor are steps of the items in `shown`.
pub(super) fn ending(
    report: &Report,
    again: &Command,
    (said, shown): (&[Note], &[ItemId]),
    invocation: &Invocation,
    screen: Screen,
) -> String {
    let purpose = purpose(report);
    let left = Left::of(report, again, purpose, invocation);
    if is_quiet(report) {
        return quiet(report, &left, said, screen);
    }
    let mut out = String::new();
    let (sentence, rest) = sentence(report);
    let verdict = wrapped("", &format!("{}{rest}", paint(BOLD, &sentence)), 0, screen);
    if !report.items.is_empty() {
        out.push_str(&heading("Result", report.parties(), screen));
        out.push_str(&verdict);
        out.push('\n');
        let titles = title_width(&report.items);
        let idle = Idle::of(&report.items, purpose, screen);
        for item in report.items.iter().filter(|item| !idle.has(item)) {
            out.push_str(&line(item, titles, purpose, screen));
        }
        out.push_str(&idle.line(screen));
        out.push_str(&notes(&report.items, said, invocation, screen));
    }
    // What failed comes first: steps between it and the error would hide both.
    let broken = matches!(report.outcome, Outcome::Failed | Outcome::Interrupted);
    let tells = !broken && left.tells_steps(has_changed(report));
    if tells {
        out.push_str(&left.steps(shown, screen));
    }
    out.push('\n');
    out.push_str(&verdict);
    out.push_str(&cost(report, invocation, screen));
    let next = next(report, again, invocation);
    for next in next.into_iter().chain(left.next(tells)) {
        out.push_str(&wrapped("Next: ", &next.to_string(), 6, screen));
    }
    out
}

/// Whether the run has changed something, or tried to.
fn has_changed(report: &Report) -> bool {
    let tried = |item: &ItemReport| {
        matches!(item.outcome, ItemOutcome::Changed | ItemOutcome::Failed | ItemOutcome::Planned)
    };
    report.failure.is_some() || report.items.iter().any(tried)
}

/// Whether there was nothing to change and nothing went wrong.
pub(super) fn is_quiet(report: &Report) -> bool {
    let uneventful = |item: &ItemReport| match item.outcome {
        ItemOutcome::Already | ItemOutcome::NeedsHuman | ItemOutcome::Confirmed => !item.is_choice,
        _ => is_left_out(item),
    };
    report.failure.is_none()
        && matches!(report.outcome, Outcome::NothingToDo | Outcome::NeedsHuman | Outcome::Done)
        && report.items.iter().all(uneventful)
}

/// The end of a run that found nothing to change: the verdict, and what is left to people by its
/// command, where one shows that.
pub(super) fn quiet(report: &Report, left: &Left<'_>, said: &[Note], screen: Screen) -> String {
    let &Left { purpose, invocation, .. } = left;
    let tells = left.tells_steps(false);
    let text = whole(&report.items, purpose);
    let (sentence, rest) = match text.split_once(". ") {
        Some((first, rest)) => (format!("{first}."), format!(" {rest}")),
        None => (text, String::new()),
    };
    let sign = paint(GREEN, screen.sign(Sign::Done));
    let verdict = format!("{sign} {}{rest}", paint(BOLD, &sentence));
    let mut out = wrapped("", &verdict, screen.sign_width() + 1, screen);
    let is_daily = matches!(purpose, Purpose::Plan | Purpose::Verify) && !screen.full;
    out.push_str(&if is_daily {
        // What was said when something changed is not said again every day.
        counted_notes(&report.items, said, screen)
    } else {
        notes(&report.items, said, invocation, screen)
    });
    if tells {
        out.push_str(&left.steps(&[], screen));
        out.push('\n');
    }
    out.push_str(&cost(report, invocation, screen));
    if let Some(next) = left.next(tells) {
        out.push_str(&wrapped("Next: ", &next.to_string(), 6, screen));
    }
    out
}

/// What the run was for.
fn purpose(report: &Report) -> Purpose {
    match report.command {
        UNINSTALL => Purpose::Removal,
        UNDO => Purpose::Undo,
        RESTORE => Purpose::Restore,
        _ => Purpose::Plan,
    }
}

/// The command that makes the changes.
pub(super) const APPLY: &str = "apply";

/// The command that takes the connector out.
pub(super) const UNINSTALL: &str = "uninstall";

/// The command that takes runs back.
pub(super) const UNDO: &str = "undo";

/// The command that brings an org back to a snapshot.
pub(super) const RESTORE: &str = "snapshot restore";

/// The end of a restoration that finds no difference it could take back.
pub(super) fn nothing_to_restore(screen: Screen) -> String {
    let text = "Nothing to restore: what can be restored matches the snapshot.";
    wrapped("", text, 0, screen)
}

/// The end of an undo for which no run is left.
pub(super) fn nothing_to_undo(invocation: &Invocation, screen: Screen) -> String {
    let runs = Command::of_machine("runs").within(invocation);
    let words = Hint::command(
        "Nothing to undo: every run from this machine has been undone already.",
        runs,
        " lists them; to undo an undo, name its run.",
    );
    wrapped("", &words.to_string(), 0, screen)
}

/// The end of a run that showed its plan and did not begin.
pub(super) fn unbegun(report: &Report, invocation: &Invocation, screen: Screen) -> String {
    let sentence = paint(BOLD, "Nothing was changed.");
    format!("{sentence}\n{}", cost(report, invocation, screen))
}

/// Requests, time and where the journal is.
pub(super) fn cost(report: &Report, invocation: &Invocation, screen: Screen) -> String {
    if report.requests + report.polls == 0 {
        return String::new();
    }
    let polls = match report.polls {
        0 => String::new(),
        polls => format!(", {}", counted_u64(polls, "poll", "polls")),
    };
    let text = format!(
        "{}{polls}, {} in {}{}.",
        counted_u64(report.requests, "request", "requests"),
        counted_u64(report.api_calls, "API call", "API calls"),
        duration(report.duration_ms.saturating_sub(report.person_ms)),
        stages(&report.stages)
    );
    let mut out = wrapped("", &text, 0, screen);
    if let Some(run) = &report.run {
        // One line whatever the width: it is there to be copied.
        let show = Command::of_machine("runs show").argument(run).within(invocation);
        out = format!("{out}Journal: {show}\n");
    }
    paint_lines(&out)
}

/// `: package 1 min 5 s, deploy 12.1 s`, as far as they took a time worth telling.
fn stages(stages: &[StageReport]) -> String {
    let long = stages.iter().filter(|stage| stage.duration_ms >= WORTH_TELLING_MS);
    let told: Vec<String> = long
        .map(|stage| {
            let word = match stage.wave {
                Wave::Package => "package",
                Wave::Deploy => "deploy",
                Wave::Records => "records",
                Wave::Webex => "Webex",
            };
            format!("{word} {}", duration(stage.duration_ms))
        })
        .collect();
    if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) }
}

fn paint_lines(text: &str) -> String {
    text.lines().map(|line| paint(FAINT, line) + "\n").collect()
}

fn counted_u64(number: u64, one: &str, many: &str) -> String {
    counted(usize::try_from(number).unwrap_or(usize::MAX), one, many)
}

/// A time that people can tell.
pub(super) fn duration(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..60_000 => format!("{}.{} s", ms / 1_000, ms % 1_000 / 100),
        _ => format!("{} min {} s", ms / 60_000, ms % 60_000 / 1_000),
    }
}

/// The same without tenths: where a second more or less is no news.
pub(super) fn whole_seconds(ms: u64) -> String {
    let seconds = (ms + 500) / 1_000;
    if seconds < 60 { format!("{seconds} s") } else { duration(seconds * 1_000) }
}

/// How it ended, and what there is to add.
fn sentence(report: &Report) -> (String, String) {
    let made = made(report);
    let items = &report.items;
    if report.outcome == Outcome::NothingToDo
        || (report.outcome == Outcome::NeedsHuman && made.is_empty())
    {
        let text = nothing_to_change(items, purpose(report));
        return match text.split_once(". ") {
            Some((first, rest)) => (format!("{first}."), format!(" {rest}")),
            None => (text, String::new()),
        };
    }
    let word = match report.outcome {
        Outcome::Refused if !made.is_empty() => "Stopped before the end.",
        Outcome::Done if purpose(report) == Purpose::Plan && left_out(items) > 0 => {
            "Done: the selected items are as configured."
        }
        Outcome::Done if purpose(report) == Purpose::Removal && left_out(items) > 0 => {
            "Done: the selected items are removed."
        }
        Outcome::Done if purpose(report) == Purpose::Removal => {
            "Done: the connector is removed from this org."
        }
        Outcome::Done if purpose(report) == Purpose::Undo => "Done: the changes were undone.",
        Outcome::Done if purpose(report) == Purpose::Restore => {
            "Done: the org matches the snapshot."
        }
        outcome => word(outcome),
    };
    (word.to_owned(), format!("{made}{}", people(items)))
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "Done: the org is as configured.",
        Outcome::NothingToDo => "Nothing to change: the org is as configured.",
        Outcome::Changes => "There are changes to make.",
        Outcome::Differs => "The org is not as configured.",
        Outcome::NeedsHuman => "Done.",
        Outcome::Failed => "Not everything worked.",
        Outcome::Refused => "Nothing was changed.",
        Outcome::Unauthenticated => "The org does not accept the login.",
        Outcome::Unreachable => "The org cannot be reached any more.",
        Outcome::Interrupted => "Stopped before the end.",
    }
}

/// How many changes were made.
fn made(report: &Report) -> String {
    let made = match report.items.iter().map(|item| item.made).sum() {
        0 => return String::new(),
        count => format!(" {} made.", counted(count, "change was", "changes were")),
    };
    match report.items.iter().map(|item| item.spared).sum() {
        0 => made,
        1 => format!("{made} 1 planned change was unnecessary."),
        spared => format!("{made} {spared} planned changes were unnecessary."),
    }
}

/// What to do next.
fn next(report: &Report, again: &Command, invocation: &Invocation) -> Vec<Hint> {
    let mut next: Vec<Hint> = what_agents_do(&report.items).into_iter().map(Hint::from).collect();
    let hinted = report.failure.as_ref().is_some_and(|failure| !failure.steps().is_empty());
    if matches!(report.outcome, Outcome::Failed | Outcome::Interrupted) && !hinted {
        let command = again.clone().within(invocation);
        let after = " again: it checks the org and does only what is left.";
        next.push(Hint::command("Run", command, after));
    }
    next
}
