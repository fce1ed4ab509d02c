//! What a person's word does to the answers.

use super::{By, Item, PlannedItem, csp_allow_list, softphone_layout};
use crate::model::{Confirmations, Desired};

/// What a confirmation belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One Salesforce org.
    Org,
    /// A Webex organization, and so every Salesforce org that works with it.
    Tenant,
}

/// What a person can confirm of an item: whom it belongs to, and what is wanted, as one text.
/// `None` where the program does the item, or where nothing is wanted of it.
pub fn confirmable(item: Item, desired: &Desired) -> Option<(Scope, String)> {
    match item {
        Item::SoftphoneLayout => {
            softphone_layout::wanted(desired).map(|wanted| (Scope::Org, wanted))
        }
        Item::DataCenter => Some((Scope::Org, desired.region.name.clone())),
        Item::CspAllowList => Some((Scope::Tenant, csp_allow_list::wanted())),
        Item::Package
        | Item::CallCenter
        | Item::CtiSettings
        | Item::Users
        | Item::TaskLayout
        | Item::OmniSync
        | Item::PermissionSet => None,
    }
}

/// Takes a person's word for what only a person can do. It is never more than a word: what can be
/// seen and contradicts it is said.
pub(super) fn take_word(
    planned: &mut PlannedItem,
    desired: &Desired,
    confirmations: &Confirmations,
) {
    let verdict = &mut planned.verdict;
    let Some(human) = &mut verdict.human else { return };
    let Some(said) = confirmations.of(planned.item.id()) else { return };
    let wanted = confirmable(planned.item, desired).map(|(_, wanted)| wanted);
    let title = planned.item.title();
    if wanted.as_ref() != Some(&said.wanted) {
        verdict.warn(format!(
            "{title}: what {} confirmed on {} is no longer what the configuration wants.",
            said.by,
            said.day()
        ));
        return;
    }
    human.confirmed = Some(said.clone());
    human.steps.clear();
    let (seen, changes): (Vec<_>, Vec<_>) =
        verdict.changes.drain(..).partition(|change| change.by == By::Person);
    verdict.changes = changes;
    if !seen.is_empty() {
        let fields: Vec<String> = seen.iter().map(|change| change.target().place().1).collect();
        verdict.note(format!(
            "{title}: confirmed by a person, not verified; as far as provision can see, this \
             differs: {}.",
            fields.join(", ")
        ));
    }
}
