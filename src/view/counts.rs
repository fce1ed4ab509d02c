//! What there is to do, counted in words.

use super::text::counted;
use crate::checklist::{Action, ChangeRow, Item};
use crate::engine::ItemReport;
use crate::model::SubjectKind;

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
    for item in items {
        for change in own(item) {
            let nouns = nouns(item.id, change);
            match parts.iter_mut().find(|(known, _)| *known == nouns) {
                Some((_, count)) => *count += 1,
                None => parts.push((nouns, 1)),
            }
        }
    }
    let parts: Vec<String> = parts
        .into_iter()
        .map(|((one, many, todo), count)| format!("{} {todo}", counted(count, one, many)))
        .collect();
    parts.join(", ")
}

/// One, several, and what is to be done with them.
type Nouns = (&'static str, &'static str, &'static str);

fn nouns(item: Item, change: &ChangeRow) -> Nouns {
    match (item, change.action) {
        (_, Action::Human) | (Item::SoftphoneLayout | Item::CspAllowList, _) => {
            ("step", "steps", "for a person")
        }
        (Item::Package, Action::Delete) => ("package", "packages", "to uninstall"),
        (Item::Package, _) => ("package", "packages", "to install"),
        (Item::CallCenter, Action::Create) => ("call center", "call centers", "to create"),
        (Item::CallCenter, Action::Delete) => ("call center", "call centers", "to delete"),
        (Item::CallCenter, Action::Update) => ("label", "labels", "to change"),
        (Item::CtiSettings, _) => ("setting", "settings", "to set"),
        (Item::TaskLayout, _) => ("page layout", "page layouts", "to assign"),
        (Item::DataCenter, _) => ("custom metadata value", "custom metadata values", "to set"),
        (Item::OmniSync, _) => match change.subject.kind {
            SubjectKind::ApexClass => ("Apex class", "Apex classes", "to deploy"),
            _ if change.action == Action::Delete => ("access", "accesses", "to take back"),
            _ => ("access", "accesses", "to give"),
        },
        (Item::PermissionSet, Action::Delete) => {
            ("permission set", "permission sets", "to take back")
        }
        (Item::PermissionSet, _) => ("permission set", "permission sets", "to assign"),
        (Item::Users, _) => match change.known_after() {
            Some(None) => ("user", "users", "to take out of the call center"),
            _ => ("user", "users", "to put into the call center"),
        },
    }
}
