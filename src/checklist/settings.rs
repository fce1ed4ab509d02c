//! Values of a call center by the keys that its definition gives them.

use crate::definitions::{CarriedOver, built_in, carry_over, templates};
use crate::model::{CallCenter, CallCenterWish, ConnectorWish, Definition, OrgState};

/// What the wanted call center holds already: its own values, or those that it takes over.
pub(super) fn present(desired: &ConnectorWish, state: &OrgState) -> Option<CallCenter> {
    match state.call_center.found() {
        Some(found) => Some(found.clone()),
        None => carried(desired, state).map(|carried| carried.call_center),
    }
}

/// The values that a call center which is not there yet takes over.
pub(super) fn carried(desired: &ConnectorWish, state: &OrgState) -> Option<CarriedOver> {
    let from = state.predecessor.found()?;
    Some(carry_over(from, &desired.call_center.definition))
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
