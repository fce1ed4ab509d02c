//! Values of a call center by the keys that its definition gives them.

use std::borrow::Cow;

use super::call_center::held_field;
use super::restore::{Restore, restore};
use super::{ItemId, Now};
use crate::definitions::{CarriedOver, built_in, carry_over, templates};
use crate::model::{
    Baseline, CallCenter, CallCenterPart, CallCenterWish, ConnectorWish, Definition, ItemKey,
    OrgState, Target, UnnamedValues, Value, Wanted,
};

/// The setting that switches state sync with Omni-Channel on.
pub(super) const SYNCS_STATES: &str = "omni_sync.enabled";

/// What the wanted call center holds already: its own values, or those that it takes over.
pub(super) fn existing_or_carried(desired: &ConnectorWish, state: &OrgState) -> Option<CallCenter> {
    match state.call_center.found() {
        Some(found) => Some(found.clone()),
        None => carried(desired, state).map(|carried| carried.call_center),
    }
}

/// The same wish as the org will have it: what the configuration leaves out keeps the org's value, and not the
/// definition's. The other half of a run compares itself with that.
pub fn with_kept_values(
    desired: &ConnectorWish,
    state: &OrgState,
    baseline: &Baseline,
) -> ConnectorWish {
    let existing = existing_or_carried(desired, state);
    let baseline = baseline.of_recipe(&desired.recipe.name);
    let mut kept = with_former_values(desired, state, &baseline).into_owned();
    kept.call_center.definition.call_center = kept.call_center.effective(existing.as_ref());
    kept
}

/// The values that a call center which is not there yet takes over.
pub(super) fn carried(desired: &ConnectorWish, state: &OrgState) -> Option<CarriedOver> {
    let from = state.predecessor.found()?;
    Some(carry_over(from, &desired.call_center.definition))
}

/// The same wish, which also wants what was there before of every value that an earlier run has changed
/// and that is configured no more. A value that the call center was made with has no before, and stays;
/// so does one that is the definition's own, and one that somebody has changed since.
pub(super) fn with_former_values<'a>(
    desired: &'a ConnectorWish,
    state: &OrgState,
    baseline: &Baseline,
) -> Cow<'a, ConnectorWish> {
    let wish = &desired.call_center;
    if wish.unnamed == UnnamedValues::Stay {
        return Cow::Borrowed(desired);
    }
    let shipped = &wish.definition.call_center;
    let mut display_name = None;
    let mut values: Vec<(ItemKey, Wanted)> = Vec::new();
    for entry in baseline.of_item(ItemId::CTI_SETTINGS.as_str()) {
        let Target::CallCenterField(_, part) = &entry.target else { continue };
        let Now::Held(Some(Value::Text(now))) = held_field(state, &entry.target) else { continue };
        let now = Value::Text(now);
        let Restore::Back(Some(Value::Text(before))) = restore(entry, Some(&now)) else { continue };
        match part {
            CallCenterPart::DisplayName if wish.display_name.is_none() => {
                display_name = Some(before.clone());
            }
            CallCenterPart::Item(key) if !wish.values.contains_key(key) => {
                let own = shipped.item(key).map(|item| Value::Text(item.value.clone()));
                if entry.target.holds_same(own.as_ref(), Some(&now)) {
                    continue;
                }
                let name = wish.definition.setting_of(key).map(|setting| setting.key.as_str());
                let asked_by = match name {
                    Some(name) => format!("call_center.{name}, no longer configured"),
                    None => format!("{key}, no longer configured"),
                };
                values.push((key.clone(), Wanted { value: before.clone(), asked_by }));
            }
            _ => {}
        }
    }
    if display_name.is_none() && values.is_empty() {
        return Cow::Borrowed(desired);
    }
    let mut desired = desired.clone();
    desired.call_center.values.extend(values);
    if display_name.is_some() {
        desired.call_center.display_name = display_name;
    }
    Cow::Owned(desired)
}

/// Whether a call center will keep the states of its agents and Omni-Channel's the same.
pub(super) fn syncs_states(desired: &ConnectorWish, state: &OrgState) -> bool {
    let existing = existing_or_carried(desired, state);
    wanted(&desired.call_center, existing.as_ref(), SYNCS_STATES).as_deref() == Some("true")
}

/// The value that a setting has once the configuration is brought about.
pub(super) fn wanted(
    wish: &CallCenterWish,
    existing: Option<&CallCenter>,
    key: &str,
) -> Option<String> {
    value(&wish.definition, &wish.effective(existing), key)
}

/// The value that a setting of an org's call center has, where its definition is known.
pub(super) fn existing(call_center: &CallCenter, key: &str) -> Option<String> {
    value(&definition_of(call_center)?, call_center, key)
}

/// The built-in definition that makes a call center of that internal name.
pub(super) fn definition_of(call_center: &CallCenter) -> Option<Definition> {
    let mut known = templates().iter();
    let template =
        known.find(|known| known.call_center.internal_name == call_center.internal_name)?;
    built_in(&template.name)
}

fn value(definition: &Definition, call_center: &CallCenter, key: &str) -> Option<String> {
    let item = &definition.setting(key)?.item;
    Some(call_center.item(item)?.value.trim().to_owned())
}
