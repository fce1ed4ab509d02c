//! What a call center made by one version of a definition holds, in the items of another version.
//!
//! A call center keeps the items that it was imported with, so that a newer definition is a new call
//! center. Whoever has set the old one up wants the same of the new one: items are found by what they
//! mean, under earlier names and in other sections too; what the new version lacks is named.

use std::collections::BTreeSet;

use crate::model::{CallCenter, Definition, ItemKey, SettingKind, normalised};

use super::{Template, TemplateSetting, templates};

/// The values of a call center in the items of another definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedOver {
    /// The call center as the definition makes it, with those values.
    pub call_center: CallCenter,
    /// Items that hold something and have no counterpart, with what they hold.
    pub dropped: Vec<(ItemKey, String)>,
}

/// Carries the values of a call center over to a definition. Its names, and what nobody may change, are
/// the definition's own.
pub fn carry_over(from: &CallCenter, to: &Definition) -> CarriedOver {
    let template = template_of(&to.call_center);
    let meanings = template.map(|it| it.define(&it.name, from.clone()));
    let mut carried = to.call_center.clone();
    let mut taken: BTreeSet<ItemKey> = BTreeSet::new();
    for (key, _) in to.call_center.items() {
        let setting = to.setting_of(&key);
        let of_meaning = setting.and_then(|it| meanings.as_ref()?.setting(&it.key));
        let found = of_meaning.map(|it| it.item.clone()).or_else(|| find_same_item(from, &key));
        let Some(item) = found.as_ref().and_then(|found| from.item(found)) else { continue };
        taken.extend(found);
        if setting.is_some_and(|setting| setting.kind == SettingKind::Constant) {
            continue;
        }
        let known = setting.and_then(|setting| template?.by_key(&setting.key));
        let switch = known.and_then(|known| former_switch(from, known));
        let is_off = switch.as_ref().is_some_and(|switch| is_off(from, switch));
        let value = if is_off { "" } else { normalised(&item.value) };
        taken.extend(switch);
        if let Some(place) = carried.item_mut(&key) {
            value.clone_into(&mut place.value);
        }
    }
    let dropped = from
        .items()
        .filter(|(key, _)| !taken.contains(key))
        .map(|(key, item)| (key, normalised(&item.value).to_owned()))
        // What says nothing is no loss.
        .filter(|(_, value)| !matches!(value.to_ascii_lowercase().as_str(), "" | "[]" | "false"))
        .collect();
    CarriedOver { call_center: carried, dropped }
}

/// Whether a call center has, from an earlier version of its definition, a switch for a setting, and it is
/// off: then the setting does not count.
pub fn is_switched_off(call_center: &CallCenter, setting: &TemplateSetting) -> bool {
    former_switch(call_center, setting).is_some_and(|switch| is_off(call_center, &switch))
}

fn former_switch(call_center: &CallCenter, setting: &TemplateSetting) -> Option<ItemKey> {
    find_by_name(call_center, setting.formerly_switched_by.as_deref()?)
}

fn is_off(call_center: &CallCenter, switch: &ItemKey) -> bool {
    call_center.item(switch).is_some_and(|item| item.value.trim().eq_ignore_ascii_case("false"))
}

/// The same item, in its section or in the only other one that has it.
fn find_same_item(from: &CallCenter, key: &ItemKey) -> Option<ItemKey> {
    match from.item(key) {
        Some(_) => Some(key.clone()),
        None => find_by_name(from, &key.item),
    }
}

/// The item of that name, where just one section has it.
fn find_by_name(from: &CallCenter, name: &str) -> Option<ItemKey> {
    let mut found = from.items().map(|(key, _)| key).filter(|key| key.item == name);
    found.next().filter(|_| found.next().is_none())
}

/// The data file that knows most items of a call center.
fn template_of(call_center: &CallCenter) -> Option<&'static Template> {
    let known = |template: &&Template| template.count_items_in(call_center);
    templates().iter().rev().max_by_key(known).filter(|template| known(template) > 0)
}

#[cfg(test)]
mod tests;
