//! The verdict on a plan or a run: in short above everything else, in full below it.

use super::counts::{changes, left, own, to_do};
use super::purpose::Purpose;
use super::text::counted;
use crate::checklist::Note;
use crate::engine::{ItemOutcome, ItemReport, LEFT_OUT, NOTHING_CONFIGURED};

/// The verdict in a line, for whoever reads no further.
pub(super) fn in_short(items: &[ItemReport], purpose: Purpose) -> String {
    let count = changes(items);
    let blocking = blocking(items);
    match purpose {
        Purpose::Verify => on_the_org(items, ""),
        _ if !blocking.is_empty() && count > 0 => {
            format!("Stopped at {}. {} planned.", listed(&blocking), changes_are(count))
        }
        _ if !blocking.is_empty() => format!("Stopped at {}.", listed(&blocking)),
        _ if count > 0 => format!("{}.{}", of_items(items), people(items)),
        _ => without_changes(items, purpose),
    }
}

/// The same with what is counted, and with all that is not in order.
pub(super) fn whole(items: &[ItemReport], purpose: Purpose) -> String {
    let count = changes(items);
    let blocking = blocking(items);
    let rest = || format!("{}{}", beside(items), people(items));
    match purpose {
        Purpose::Verify => {
            let todo = if count > 0 { format!(": {}", to_do(items)) } else { String::new() };
            on_the_org(items, &todo)
        }
        _ if !blocking.is_empty() && count > 0 => format!(
            "Stopped at {}: see the error below. Nothing will be changed until that is fixed. Planned: {}: \
             {}.{}",
            listed(&blocking),
            of_items(items),
            to_do(items),
            rest()
        ),
        _ if !blocking.is_empty() => {
            format!("Stopped at {}: see the error below.{}", listed(&blocking), rest())
        }
        _ if count > 0 => format!("{}: {}.{}", of_items(items), to_do(items), rest()),
        _ => without_changes(items, purpose),
    }
}

/// That there is nothing for the program to do.
pub(super) fn nothing_to_change(items: &[ItemReport], purpose: Purpose) -> String {
    let people = people(items);
    match purpose {
        Purpose::Removal if left(items) > 0 => {
            return format!("provision has nothing left to remove.{people}");
        }
        Purpose::Removal if left_out(items) > 0 => {
            return format!("Nothing to remove of the selected items.{people}");
        }
        Purpose::Removal => {
            return format!("Nothing to uninstall: the connector is not in this org.{people}");
        }
        // What stays is told by the items.
        Purpose::Undo if items.iter().flat_map(|item| &item.notes).any(Note::is_warning) => {
            return format!("Nothing can be undone: what is left of those runs stays.{people}");
        }
        Purpose::Undo => {
            return format!("Nothing to undo: nothing of what those runs changed is left.{people}");
        }
        Purpose::Restore => {
            return format!("Nothing to restore: the org matches the snapshot.{people}");
        }
        Purpose::Plan | Purpose::Verify => {}
    }
    // An item of which nothing is wanted is neither as configured nor otherwise.
    let is_wanted = |item: &&ItemReport| item.message.as_deref() != Some(NOTHING_CONFIGURED);
    let fine = items.iter().filter(|item| item.outcome == ItemOutcome::Already);
    let fine = fine.filter(is_wanted).count();
    let rest = format!("{}{people}", beside(items));
    // What rests on somebody's word was not seen to be so.
    if rest.is_empty() {
        return "Nothing to change: the org is as configured.".to_owned();
    }
    match fine {
        0 => format!("Nothing to change now.{rest}"),
        _ => format!(
            "Nothing to change: {} as configured.{rest}",
            counted(fine, "item is", "items are")
        ),
    }
}

/// How many items a selection leaves out.
pub(super) fn left_out(items: &[ItemReport]) -> usize {
    items.iter().filter(|item| is_left_out(item)).count()
}

/// What is left to people, and what rests on their word; begins with a blank where there is any.
pub(super) fn people(items: &[ItemReport]) -> String {
    let mut text = String::new();
    let are = |count| if count == 1 { "is" } else { "are" };
    let left = left(items);
    if left > 0 {
        text =
            format!(" {}.", counted(left, "item needs a manual step", "items need manual steps"));
    }
    let said = items.iter().filter(|item| item.outcome == ItemOutcome::Confirmed).count();
    if said > 0 {
        let items = counted(said, "item", "items");
        text = format!("{text} {items} {} confirmed by a person, not verified.", are(said));
    }
    text
}

/// Where the program would change nothing: because all is well, or because no change helps.
fn without_changes(items: &[ItemReport], purpose: Purpose) -> String {
    let unfit = items
        .iter()
        .filter(|item| matches!(item.outcome, ItemOutcome::Differs | ItemOutcome::Failed))
        .count();
    if unfit == 0 {
        return nothing_to_change(items, purpose);
    }
    format!("Nothing to change.{}{}", beside(items), people(items))
}

/// What a comparison has found.
fn on_the_org(items: &[ItemReport], todo: &str) -> String {
    let people = people(items);
    let differing = items
        .iter()
        .filter(|item| item.outcome == ItemOutcome::Differs || own(item).next().is_some())
        .count();
    let beside = beside(items);
    let failed = items.iter().any(|item| item.outcome == ItemOutcome::Failed);
    if differing > 0 {
        let are = if differing == 1 { "is" } else { "are" };
        let items = counted(items.len(), "item", "items");
        return format!("{differing} of {items} {are} not as configured{todo}.{beside}{people}");
    }
    if failed {
        return format!("Not every item could be compared.{beside}{people}");
    }
    if items.iter().all(|item| item.outcome == ItemOutcome::Skipped) {
        return format!("Nothing could be compared.{beside}{people}");
    }
    // What was left out was not compared.
    if left_out(items) > 0 && not_checked(items) == 0 {
        return format!("The selected items are as configured.{beside}{people}");
    }
    if !beside.is_empty() {
        return format!("Everything that was checked is as configured.{beside}{people}");
    }
    // Nobody has seen whether what people confirmed is so.
    if !people.is_empty() {
        let doubt = doubt(items);
        return format!("Everything that provision sets up is as configured.{people}{doubt}");
    }
    "Every item is as configured.".to_owned()
}

/// What the calling user sees to be otherwise, which need not be what agents get; begins with a blank where
/// there is any.
fn doubt(items: &[ItemReport]) -> String {
    let open = items.iter().filter(|item| item.outcome == ItemOutcome::NeedsHuman);
    let texts = open.filter_map(|item| Some(format!(" {}: {}.", item.title, item.doubt?)));
    texts.collect()
}

/// What is neither as configured nor to be changed nor left to a person; begins with a blank where
/// there is any.
fn beside(items: &[ItemReport]) -> String {
    let mut text = String::new();
    let failed = |item: &&ItemReport| {
        item.outcome == ItemOutcome::Failed && !item.blocks && own(item).next().is_none()
    };
    let failed: Vec<&str> = items.iter().filter(failed).map(|item| item.title).collect();
    match failed.as_slice() {
        [] => {}
        [only] => text = format!(" {only} has a problem."),
        many => text = format!(" {} have problems.", listed(many)),
    }
    let (not_checked, left_out) = (not_checked(items), left_out(items));
    if not_checked > 0 {
        let items = counted(not_checked, "item was", "items were");
        text = format!("{text} {items} not checked.");
    }
    if left_out > 0 {
        text = format!("{text} {} left out", counted(left_out, "item was", "items were"));
        text = match items.iter().filter(|item| item.left_undone > 0).count() {
            0 => text + ".",
            undone => format!("{text}, {undone} with changes to make."),
        };
    }
    text
}

/// How many items stand still, of those that no selection leaves out.
fn not_checked(items: &[ItemReport]) -> usize {
    let is_skipped =
        |item: &&ItemReport| item.outcome == ItemOutcome::Skipped && own(item).next().is_none();
    items.iter().filter(is_skipped).count().saturating_sub(left_out(items))
}

/// The items because of which nothing may begin.
fn blocking(items: &[ItemReport]) -> Vec<&'static str> {
    items.iter().filter(|item| item.blocks).map(|item| item.title).collect()
}

/// `49 changes to 10 of 17 items`
fn of_items(items: &[ItemReport]) -> String {
    let touched = items.iter().filter(|item| own(item).next().is_some()).count();
    let changes = counted(changes(items), "change", "changes");
    format!("{changes} to {touched} of {}", counted(items.len(), "item", "items"))
}

fn changes_are(count: usize) -> String {
    counted(count, "change is", "changes are")
}

/// `a, b and c`
fn listed(titles: &[&str]) -> String {
    match titles {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => titles.concat(),
    }
}

/// Whether a selection leaves the item out.
pub(super) fn is_left_out(item: &ItemReport) -> bool {
    let said = item.message.as_deref().is_some_and(|message| message.starts_with(LEFT_OUT));
    item.outcome == ItemOutcome::Skipped && said
}
