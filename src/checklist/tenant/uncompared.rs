//! What a call center uses of the contact center, and no table of the configuration has compared.

use std::collections::BTreeSet;

use super::TenantCase;
use crate::checklist::names::listed;
use crate::checklist::{ItemId, Verdict};
use crate::model::TenantWish;

/// Items of which a call center may use something that no table speaks of. A move between versions of the
/// connector is about teams alone, and says nothing of the tables.
pub fn unconfigured_in_tenant(wish: &TenantWish) -> BTreeSet<ItemId> {
    if wish.given_back.is_some() {
        return BTreeSet::new();
    }
    let codes = wish.idle_codes.is_none().then_some(ItemId::IDLE_CODES);
    codes.into_iter().chain(wish.variables.is_none().then_some(ItemId::VARIABLES)).collect()
}

/// What to say of an item that nothing is wanted of: that the call center uses something of it, and which
/// table has it compared. `None`: it uses nothing.
pub(super) fn uncompared(case: &TenantCase<'_>, item: ItemId) -> Option<Verdict> {
    if !unconfigured_in_tenant(case.wish).contains(&item) {
        return None;
    }
    let used = case.named();
    let text = if item == ItemId::IDLE_CODES && !used.idle_codes.is_empty() {
        let names: Vec<&String> = used.idle_codes.iter().collect();
        let names = listed(&names);
        format!(
            "State sync uses the idle code {names}; without [webex.idle_codes] it is not compared."
        )
    } else if item == ItemId::VARIABLES && !used.variables.is_empty() {
        let names: Vec<&String> = used.variables.keys().collect();
        format!(
            "The call center uses variables: {}; without [webex.variables] they are not compared.",
            listed(&names)
        )
    } else {
        return None;
    };
    let mut verdict = Verdict::default();
    verdict.note(text);
    Some(verdict)
}
