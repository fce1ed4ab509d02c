//! What there is to do, counted in words.

use super::paint::{RED, paint};
use super::text::counted;
use crate::checklist::{Action, After, ChangeRow, Nouns};
use crate::engine::{ItemOutcome, ItemReport};
use crate::model::tenant::field::allowed_idle_code;

/// The changes of an item that provision makes itself.
pub(super) fn own(item: &ItemReport) -> impl Iterator<Item = &ChangeRow> {
    item.changes.iter().filter(|change| change.action != Action::Human)
}

/// How many changes provision makes itself.
pub(super) fn changes(items: &[ItemReport]) -> usize {
    items.iter().map(|item| own(item).count()).sum()
}

/// How many items are left to a person.
pub(super) fn left(items: &[ItemReport]) -> usize {
    items.iter().filter(|item| item.outcome == ItemOutcome::NeedsHuman).count()
}

/// `1 package to install, 4 settings to set`, in the order of the items.
pub(super) fn to_do(items: &[ItemReport]) -> String {
    let mut parts: Vec<(Nouns, bool, usize)> = Vec::new();
    for report in items {
        for change in own(report) {
            let Some(nouns) = report.id.nouns(change) else { continue };
            match parts.iter_mut().find(|(known, ..)| *known == nouns) {
                Some((.., count)) => *count += 1,
                None => parts.push((nouns, takes_away(change), 1)),
            }
        }
    }
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(nouns, takes_away, count)| {
            let text = format!("{} {}", counted(count, nouns.one, nouns.many), nouns.to_do);
            if takes_away { paint(RED, &text) } else { text }
        })
        .collect();
    parts.join(", ")
}

/// Whether a change puts something where nothing was. That agents are allowed an idle code is what undoing it
/// takes away.
pub(super) fn gives(change: &ChangeRow) -> bool {
    let kind = change.subject.kind.in_tenant();
    let allows = kind.is_some_and(|kind| allowed_idle_code(kind, &change.field).is_some());
    change.action == Action::Create
        || (change.action == Action::Update && change.before.is_none() && allows)
}

/// Whether a change takes something away and puts nothing in its place.
pub(super) fn takes_away(change: &ChangeRow) -> bool {
    change.action == Action::Delete
        || (change.action == Action::Update && change.after == After::Known(None))
}
