//! What runs have deleted, as they recorded it.

use std::borrow::Cow;

use crate::model::{
    Baseline, BaselineEntry, CallCenterWish, ConnectorWish, Definition, DefinitionValue, Setting,
    Target, UnnamedValues, Value, Wanted,
};

/// The same wish, of which the call center is to hold what it held when the runs deleted it, whatever the
/// configuration says by now. No version is to be replaced while things are brought back.
pub(super) fn as_recorded<'a>(
    desired: &'a ConnectorWish,
    undone: &Baseline,
) -> Cow<'a, ConnectorWish> {
    let mut wish = Cow::Borrowed(desired);
    if desired.package.upgrade.is_some() {
        wish.to_mut().package.upgrade = None;
    }
    let definition = &desired.call_center.definition;
    let is_it = |entry: &&BaselineEntry| match &entry.target {
        Target::CallCenter(it) => it.name == definition.call_center.internal_name,
        _ => false,
    };
    let deleted = undone.entries.iter().filter(|entry| entry.ours.is_none()).find(is_it);
    let Some(Value::Definition(DefinitionValue { content: Some(held), .. })) =
        deleted.and_then(|entry| entry.before.value())
    else {
        return wish;
    };
    let call_center = held.completed_by(&definition.call_center);
    let wanted = |value: &str, asked_by: String| Wanted { value: value.to_owned(), asked_by };
    wish.to_mut().call_center = CallCenterWish {
        display_name: Some(call_center.display_name.clone()),
        values: call_center
            .items()
            .map(|(key, item)| {
                let path = definition.setting_of(&key).map(Setting::path);
                let asked_by = path.unwrap_or_else(|| key.to_string());
                (key, wanted(&item.value, asked_by))
            })
            .collect(),
        unnamed: UnnamedValues::Stay,
        delete_old: false,
        definition: Definition { call_center, ..definition.clone() },
    };
    wish
}
