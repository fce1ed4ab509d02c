//! What there is to do, counted in words.

use super::text::counted;
use crate::checklist::{Action, ChangeRow, Nouns};
use crate::engine::ItemReport;

/// The changes of an item that provision makes itself.
pub(super) fn own(item: &ItemReport) -> impl Iterator<Item = &ChangeRow> {
    item.changes.iter().filter(|change| change.action != Action::Human)
}

/// How many changes provision makes itself.
pub(super) fn changes(items: &[ItemReport]) -> usize {
    items.iter().map(|item| own(item).count()).sum()
}

/// `1 package to install, 4 settings to set`, in the order of the items.
pub(super) fn to_do(items: &[ItemReport]) -> String {
    let mut parts: Vec<(Nouns, usize)> = Vec::new();
    for report in items {
        for change in own(report) {
            let Some(nouns) = report.id.nouns(change) else { continue };
            match parts.iter_mut().find(|(known, _)| *known == nouns) {
                Some((_, count)) => *count += 1,
                None => parts.push((nouns, 1)),
            }
        }
    }
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(nouns, count)| format!("{} {}", counted(count, nouns.one, nouns.many), nouns.to_do))
        .collect();
    parts.join(", ")
}
