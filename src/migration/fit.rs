//! Values of Version 1 that no call center of Version 2 may have: they are left out, and named.

use std::collections::BTreeMap;

use super::{Conversion, Fate, Setting};
use crate::checklist::rules;
use crate::model::{
    CallCenterWish, Definition, Diagnostic, ItemKey, Recipe, Setting as DefinedSetting,
    SettingKind, Severity, UnnamedValues, Wanted,
};

/// Leaves out what breaks a rule of Version 2, until nothing does.
pub(super) fn fit(done: &mut Conversion, from: &Definition, to: &Definition, recipe: &Recipe) {
    // A value becomes nothing first, and then the default: no round is without one of these steps.
    for _ in 0..=2 * done.values.len() {
        let Some(found) = first_error(&done.values, to, recipe) else { return };
        let Some(item) = found.item().filter(|item| done.values.contains_key(*item)) else {
            return;
        };
        let now = leave_out(&mut done.values, to, item);
        let key = to.setting_of(item).map_or("", |setting| setting.key.as_str());
        let why = format!("{} {now}", found.message());
        name(done, from, key, why);
    }
}

fn first_error(
    values: &BTreeMap<ItemKey, String>,
    to: &Definition,
    recipe: &Recipe,
) -> Option<Diagnostic> {
    let wanted = values.iter().map(|(item, value)| {
        let asked_by = to.setting_of(item).map_or_else(|| item.to_string(), DefinedSetting::path);
        (item.clone(), Wanted { value: value.clone(), asked_by })
    });
    let wish = CallCenterWish {
        definition: to.clone(),
        display_name: None,
        values: wanted.collect(),
        unnamed: UnnamedValues::Stay,
        delete_old: false,
    };
    let findings = rules::of_values(&wish, recipe);
    findings.into_iter().find(|found| found.severity == Severity::Error)
}

/// Switches it off, empties it, or leaves it to the definition; says which.
fn leave_out(
    values: &mut BTreeMap<ItemKey, String>,
    to: &Definition,
    item: &ItemKey,
) -> &'static str {
    let nothing = match to.setting_of(item).map(|setting| &setting.kind) {
        Some(SettingKind::Boolean) => Some(("false", "Version 2 has it off.")),
        Some(SettingKind::Mapping(_) | SettingKind::Prefixes | SettingKind::CadVariable { .. }) => {
            Some(("", "Version 2 has nothing there."))
        }
        _ => None,
    };
    match (nothing, values.get_mut(item)) {
        (Some((nothing, said)), Some(value)) if value != nothing => {
            nothing.clone_into(value);
            said
        }
        _ => {
            values.remove(item);
            "Version 2 has Cisco's default."
        }
    }
}

/// Names it among what is lost, in the place of what became of it otherwise.
fn name(done: &mut Conversion, from: &Definition, key: &str, why: String) {
    if let Some(known) =
        done.settings.iter_mut().find(|it| it.key == key && !matches!(it.fate, Fate::Lost(_)))
    {
        known.fate = Fate::Lost(why);
        return;
    }
    let Some(setting) = from.setting(key) else { return };
    let value = from.call_center.item(&setting.item).map(|item| item.value.trim().to_owned());
    done.settings.push(Setting {
        key: key.to_owned(),
        item: setting.item.to_string(),
        value: value.unwrap_or_default(),
        fate: Fate::Lost(why),
    });
}
