//! The plan, and what `verify` found: what is and what is to be, item by item.

use super::Screen;
use super::counts::{changes, own, to_do};
use super::noticed::noticed;
use super::paint::{BOLD, FAINT, GREEN, RED, YELLOW, paint};
use super::people::left;
use super::rows::{common_subject, name, rows};
use super::screen::Sign;
use super::text::{clean, columns, counted, padded, wrapped};
use crate::checklist::Note;
use crate::engine::{ItemOutcome, ItemReport, LEFT_OUT, NOTHING_CONFIGURED, Parties, TenantReport};

/// What the items are shown for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Somebody wants to know what will happen.
    Plan,
    /// Somebody wants to know whether all is well.
    Verify,
    /// Somebody wants the connector to go.
    Removal,
    /// Somebody wants what runs have changed to be as it was.
    Undo,
    /// Somebody wants an org to be as a snapshot holds it.
    Restore,
}

/// Said of an item about which the error at the end says everything.
const BELOW: &str = "see the error below";

/// Everything there is to know before anything happens.
pub(super) fn plan(
    parties: Parties<'_>,
    items: &[ItemReport],
    purpose: Purpose,
    screen: Screen,
) -> String {
    let what = match purpose {
        Purpose::Plan => "Plan",
        Purpose::Verify => "Verification",
        Purpose::Removal => "Uninstall plan",
        Purpose::Undo => "Undo plan",
        Purpose::Restore => "Restore plan",
    };
    let mut out = heading(what, parties, screen);
    out.push('\n');
    let mut block_before = false;
    let mut grouped = false;
    for item in items {
        let block = !item.changes.is_empty();
        if block_before || (block && !out.ends_with("\n\n")) {
            out.push('\n');
        }
        if block {
            let rows = rows(&item.changes, screen);
            out.push_str(&title(item, rows.common.as_deref(), screen));
            out.push_str(&rows.text);
            grouped |= rows.grouped;
        } else {
            out.push_str(&line(item, title_width(items), purpose, screen));
        }
        block_before = block;
    }
    out.push_str(&notes(items, &[], screen));
    if grouped {
        let text = "Similar changes are grouped; --full lists each one.";
        out.push_str(if out.ends_with("\n\n") || has_notes(items) { "" } else { "\n" });
        out.push_str(&noted(false, text, screen));
    }
    if purpose != Purpose::Verify {
        out.push_str(&noticed(items, screen));
    }
    out.push('\n');
    out.push_str(&wrapped("", &closing(items, purpose), 0, screen.width));
    out
}

/// What it is about, and in which org.
pub(super) fn heading(what: &str, parties: Parties<'_>, screen: Screen) -> String {
    let (what, org) = match (parties.org, parties.tenant) {
        (Some(org), _) => (what, org),
        (None, Some(tenant)) => return tenant_heading(what, tenant, screen),
        (None, None) => return format!("{}\n", paint(BOLD, what)),
    };
    let alias =
        org.alias.as_deref().map(|alias| format!(", called {}", clean(alias))).unwrap_or_default();
    let first = paint(BOLD, &format!("{what} for {}", clean(&org.name)));
    let rest = format!("({}, {}{alias})", org.kind.name(), org.id);
    let text = format!("{first} {}", paint(FAINT, &rest));
    let mut out = if columns(&text) <= screen.width {
        format!("{text}\n")
    } else {
        format!("{first}\n{}", wrapped("  ", &rest, 2, screen.width))
    };
    if let Some(tenant) = parties.tenant {
        out.push_str(&tenant_heading("and", tenant, screen));
    }
    out
}

/// The same where it is about no org.
fn tenant_heading(what: &str, tenant: &TenantReport, screen: Screen) -> String {
    let first = paint(BOLD, &format!("{what} for Webex: {}", clean(&tenant.name)));
    let rest = format!("(organization {})", tenant.id);
    let text = format!("{first} {}", paint(FAINT, &rest));
    if columns(&text) <= screen.width {
        format!("{text}\n")
    } else {
        format!("{first}\n{}", wrapped("  ", &rest, 2, screen.width))
    }
}

/// The line above an item's changes.
fn title(item: &ItemReport, common: Option<&str>, screen: Screen) -> String {
    let mut text = item.title.to_owned();
    if let Some(subject) = common_subject(&item.changes) {
        text = format!("{text} of {}", name(subject));
    }
    let mut out = paint(BOLD, &text);
    if matches!(item.outcome, ItemOutcome::Failed | ItemOutcome::NeedsHuman) {
        let (sign, style) = sign(item.outcome);
        out = format!("{} {out}", paint(style, screen.sign(sign)));
    }
    let mut out = wrapped("", &out, 2, screen.width).trim_end().to_owned();
    if let Some(common) = common {
        let one_line = format!("{out} {}", paint(FAINT, common));
        out = if columns(&one_line) <= screen.width {
            one_line
        } else {
            format!("{out}\n{}", wrapped("  ", common, 4, screen.width))
        };
    }
    let out = out.trim_end().to_owned() + "\n";
    match &item.message {
        // Why it is left to a person stands with the steps, at the end.
        Some(_) if item.is_in_failure => out + &wrapped("  ", BELOW, 2, screen.width),
        Some(message) if item.outcome != ItemOutcome::NeedsHuman => {
            out + &wrapped("  ", message, 2, screen.width)
        }
        _ => out,
    }
}

/// How wide titles are.
pub(super) fn title_width(items: &[ItemReport]) -> usize {
    let widths = items.iter().map(|item| columns(item.title));
    widths.max().unwrap_or(0)
}

/// An item in one line: sign, title, and what there is to say.
pub(super) fn line(item: &ItemReport, titles: usize, purpose: Purpose, screen: Screen) -> String {
    let (sign, style) = sign(item.outcome);
    let sign = padded(screen.sign(sign), screen.sign_width());
    let message = match &item.message {
        Some(_) if item.is_in_failure => BELOW.to_owned(),
        Some(message) if item.outcome != ItemOutcome::NeedsHuman => message.clone(),
        _ => standing(item, purpose),
    };
    // A title beside a long text leaves too little room for it on a narrow terminal.
    let (title, indent) = if screen.width < 60 {
        (format!("{}:", item.title), screen.sign_width() + 1)
    } else {
        (padded(item.title, titles + 1), screen.sign_width() + titles + 3)
    };
    let lead = format!("{} {title} ", paint(style, &sign));
    wrapped(&lead, &message, indent, screen.width)
}

fn sign(outcome: ItemOutcome) -> (Sign, anstyle::Style) {
    match outcome {
        ItemOutcome::Changed | ItemOutcome::Confirmed => (Sign::Done, GREEN),
        ItemOutcome::Already => (Sign::Already, FAINT),
        ItemOutcome::Planned => (Sign::Ahead, FAINT),
        ItemOutcome::Differs => (Sign::Failed, YELLOW),
        ItemOutcome::Failed => (Sign::Failed, RED),
        ItemOutcome::NeedsHuman => (Sign::Human, YELLOW),
        ItemOutcome::Skipped => (Sign::Skipped, FAINT),
    }
}

/// What to say of an item that has nothing to say itself.
fn standing(item: &ItemReport, purpose: Purpose) -> String {
    let count = own(item).count();
    match item.outcome {
        ItemOutcome::Already if purpose == Purpose::Removal => "nothing to remove".to_owned(),
        ItemOutcome::Already if purpose == Purpose::Undo => "nothing to take back".to_owned(),
        ItemOutcome::Already if purpose == Purpose::Restore => "nothing to put back".to_owned(),
        ItemOutcome::Already => "already as configured".to_owned(),
        ItemOutcome::Changed if count == 0 => "done".to_owned(),
        ItemOutcome::Changed => format!("{} made", counted(count, "change", "changes")),
        ItemOutcome::Planned => format!("{} to make", counted(count, "change", "changes")),
        ItemOutcome::Differs => "not as configured".to_owned(),
        ItemOutcome::NeedsHuman => "to be done by hand".to_owned(),
        ItemOutcome::Confirmed => "confirmed by a person".to_owned(),
        ItemOutcome::Failed => "failed".to_owned(),
        ItemOutcome::Skipped => "not reached".to_owned(),
    }
}

fn has_notes(items: &[ItemReport]) -> bool {
    items.iter().any(|item| !item.notes.is_empty())
}

/// What people should know besides and were not told yet, warnings first.
pub(super) fn notes(items: &[ItemReport], said: &[Note], screen: Screen) -> String {
    let notes: Vec<_> =
        items.iter().flat_map(|item| &item.notes).filter(|note| !said.contains(note)).collect();
    if notes.is_empty() {
        return String::new();
    }
    let (warnings, rest): (Vec<_>, Vec<_>) = notes.into_iter().partition(|note| note.warning);
    let mut out = String::from("\n");
    for note in warnings.into_iter().chain(rest) {
        out.push_str(&noted(note.warning, &note.text, screen));
    }
    out
}

/// A note.
pub(super) fn noted(warning: bool, text: &str, screen: Screen) -> String {
    let (sign, style) = if warning { (Sign::Warning, YELLOW) } else { (Sign::Note, FAINT) };
    let sign = padded(screen.sign(sign), screen.sign_width());
    let lead = format!("{} ", paint(style, &sign));
    wrapped(&lead, text, screen.sign_width() + 1, screen.width)
}

/// The sentence at the end.
pub(super) fn closing(items: &[ItemReport], purpose: Purpose) -> String {
    let unfit = items
        .iter()
        .filter(|item| matches!(item.outcome, ItemOutcome::Differs | ItemOutcome::Failed))
        .count();
    let count = changes(items);
    let people = people(items);
    match purpose {
        Purpose::Plan | Purpose::Removal | Purpose::Undo | Purpose::Restore if count > 0 => {
            let touched = items.iter().filter(|item| own(item).next().is_some()).count();
            format!(
                "{} of {}, {}: {}.{people}",
                touched,
                counted(items.len(), "item", "items"),
                counted(count, "change", "changes"),
                to_do(items)
            )
        }
        Purpose::Plan | Purpose::Removal | Purpose::Undo | Purpose::Restore if unfit == 0 => {
            nothing_to_change(items, purpose)
        }
        Purpose::Plan | Purpose::Removal | Purpose::Undo | Purpose::Restore => format!(
            "Nothing that a change could fix; {} not in order.",
            counted(unfit, "item is", "items are")
        ),
        Purpose::Verify if count > 0 || unfit > 0 => {
            let differing = items
                .iter()
                .filter(|item| {
                    own(item).next().is_some()
                        || matches!(item.outcome, ItemOutcome::Differs | ItemOutcome::Failed)
                })
                .count();
            let todo = if count > 0 { format!(": {}", to_do(items)) } else { String::new() };
            let are = if differing == 1 { "is" } else { "are" };
            format!(
                "{differing} of {} {are} not as configured{todo}.{people}",
                counted(items.len(), "item", "items")
            )
        }
        // What was left out was not compared.
        Purpose::Verify if left_out(items) > 0 => {
            format!("What was chosen is as configured.{}{people}", of_left_out(items))
        }
        // Nobody has seen whether what people confirmed is so.
        Purpose::Verify if !people.is_empty() => {
            format!("Everything that provision sets up is as configured.{people}")
        }
        Purpose::Verify => format!("Every item is as configured.{people}"),
    }
}

/// That there is nothing for the program to do.
pub(super) fn nothing_to_change(items: &[ItemReport], purpose: Purpose) -> String {
    if purpose == Purpose::Removal {
        if left(items) > 0 {
            return format!("Nothing is left that provision can take out.{}", people(items));
        }
        return format!("Nothing to uninstall: the connector is not in this org.{}", people(items));
    }
    if purpose == Purpose::Undo {
        return format!(
            "Nothing to undo: nothing is left of what those runs changed.{}",
            people(items)
        );
    }
    if purpose == Purpose::Restore {
        return format!("Nothing to restore: the org is as in the snapshot.{}", people(items));
    }
    // An item of which nothing is wanted is neither as configured nor otherwise.
    let is_wanted = |item: &&ItemReport| item.message.as_deref() != Some(NOTHING_CONFIGURED);
    let fine = items.iter().filter(|item| item.outcome == ItemOutcome::Already);
    let fine = fine.filter(is_wanted).count();
    let unknown = items.iter().filter(|item| item.outcome == ItemOutcome::Skipped).count();
    let unknown = unknown - left_out(items);
    let people = of_left_out(items) + &people(items);
    // What rests on somebody's word was not seen to be so.
    if people.is_empty() && unknown == 0 {
        return "Nothing to change: the org is as configured.".to_owned();
    }
    let unknown = match unknown {
        0 => String::new(),
        count => format!(" {} not looked at.", counted(count, "item was", "items were")),
    };
    let fine = counted(fine, "item is", "items are");
    format!("Nothing to change: {fine} as configured.{unknown}{people}")
}

/// How many items a selection leaves out.
pub(super) fn left_out(items: &[ItemReport]) -> usize {
    items.iter().filter(|item| is_left_out(item)).count()
}

fn is_left_out(item: &ItemReport) -> bool {
    let said = item.message.as_deref().is_some_and(|message| message.starts_with(LEFT_OUT));
    item.outcome == ItemOutcome::Skipped && said
}

/// That items were left out; begins with a blank where there are any.
fn of_left_out(items: &[ItemReport]) -> String {
    match left_out(items) {
        0 => String::new(),
        count => format!(" {} left out.", counted(count, "item was", "items were")),
    }
}

/// What is left to people, and what rests on their word; begins with a blank where there is any.
pub(super) fn people(items: &[ItemReport]) -> String {
    let mut text = String::new();
    let are = |count| if count == 1 { "is" } else { "are" };
    let left = left(items);
    if left > 0 {
        text = format!(" {} {} left to a person.", counted(left, "item", "items"), are(left));
    }
    let said = items.iter().filter(|item| item.outcome == ItemOutcome::Confirmed).count();
    if said > 0 {
        let items = counted(said, "item", "items");
        text = format!("{text} {items} {} confirmed by a person, not verified.", are(said));
    }
    text
}
