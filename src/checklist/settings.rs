//! Values of a call center by the keys that its definition gives them.

use crate::definitions::{built_in, templates};
use crate::model::{CallCenter, CallCenterWish, Definition};

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
