//! Values of Version 1 that no call center of Version 2 may have: they are left out, and named.

use std::collections::BTreeMap;

use super::{Conversion, Fate, Setting};
use crate::checklist::rules;
use crate::model::{
    CallCenterWish, Definition, Diagnostic, ItemKey, Recipe, Setting as DefinedSetting,
    SettingKind, Severity, UnnamedValues, Wanted,
};

/// Leaves out what breaks a rule of Version 2, until nothing does that could be left out.
pub(super) fn fit(done: &mut Conversion, from: &Definition, to: &Definition, recipe: &Recipe) {
    let mut wish = wish(&done.values, to);
    let mut named = BTreeMap::new();
    // A value becomes nothing first, and then the default: no round is without one of these steps.
    for _ in 0..=2 * done.values.len() {
        let Some((item, found)) = first_error(&wish, recipe) else { return };
        let now = leave_out(&mut wish, to, &item);
        match wish.values.get(&item) {
            Some(wanted) => done.values.insert(item.clone(), wanted.value.clone()),
            None => done.values.remove(&item),
        };
        let key = to.setting_of(&item).map_or("", |setting| setting.key.as_str());
        name(done, &mut named, from, key, format!("{} {now}", found.message()));
    }
}

fn wish(values: &BTreeMap<ItemKey, String>, to: &Definition) -> CallCenterWish {
    let wanted = values.iter().map(|(item, value)| {
        let asked_by = to.setting_of(item).map_or_else(|| item.to_string(), DefinedSetting::path);
        (item.clone(), Wanted { value: value.clone(), asked_by })
    });
    CallCenterWish {
        definition: to.clone(),
        display_name: None,
        values: wanted.collect(),
        unnamed: UnnamedValues::Stay,
        delete_old: false,
    }
}

/// The first mistake that a value makes. What is wrong besides does not go by leaving a value out.
fn first_error(wish: &CallCenterWish, recipe: &Recipe) -> Option<(ItemKey, Diagnostic)> {
    let findings = rules::of_values(wish, recipe).into_iter();
    findings.filter(|found| found.severity == Severity::Error).find_map(|found| {
        let item = found.item().filter(|item| wish.values.contains_key(*item))?.clone();
        Some((item, found))
    })
}

/// Switches it off, empties it, or leaves it to the definition; says which.
fn leave_out(wish: &mut CallCenterWish, to: &Definition, item: &ItemKey) -> &'static str {
    let nothing = match to.setting_of(item).map(|setting| &setting.kind) {
        Some(SettingKind::Boolean) => Some(("false", "Version 2 has it off.")),
        Some(SettingKind::Mapping(_) | SettingKind::Prefixes | SettingKind::CadVariable { .. }) => {
            Some(("", "Version 2 has nothing there."))
        }
        _ => None,
    };
    match (nothing, wish.values.get_mut(item)) {
        (Some((nothing, said)), Some(wanted)) if wanted.value != nothing => {
            nothing.clone_into(&mut wanted.value);
            said
        }
        _ => {
            wish.values.remove(item);
            "Version 2 has Cisco's default."
        }
    }
}

/// Names it among what is lost, once: in the place of what became of it otherwise, or of what was said of
/// it before.
fn name(
    done: &mut Conversion,
    named: &mut BTreeMap<String, usize>,
    from: &Definition,
    key: &str,
    why: String,
) {
    let kept = |it: &Setting| it.key == key && !matches!(it.fate, Fate::Lost(_));
    let place = named.get(key).copied().or_else(|| done.settings.iter().position(kept));
    if let Some(place) = place {
        done.settings[place].fate = Fate::Lost(why);
        named.insert(key.to_owned(), place);
        return;
    }
    let Some(setting) = from.setting(key) else { return };
    let value = from.call_center.item(&setting.item).map(|item| item.value.trim().to_owned());
    named.insert(key.to_owned(), done.settings.len());
    done.settings.push(Setting {
        key: key.to_owned(),
        item: setting.item.to_string(),
        value: value.unwrap_or_default(),
        fate: Fate::Lost(why),
    });
}

#[cfg(test)]
mod tests {
    use super::super::convert::{FROM, TO};
    use super::*;
    use crate::definitions::recipe;

    const DATE: &str = "activity.subject_date_format";

    fn definition(recipe_name: &str) -> Definition {
        recipe(recipe_name).unwrap().newest_definition().unwrap()
    }

    fn lost(done: &Conversion) -> Vec<(&str, &str)> {
        done.lost().map(|(setting, why)| (setting.key.as_str(), why)).collect()
    }

    #[test]
    fn what_is_left_out_twice_is_named_once() {
        let from = definition(FROM);
        let (mut done, mut named) = (Conversion::default(), BTreeMap::new());
        for why in ["It became nothing.", "It became the default."] {
            name(&mut done, &mut named, &from, DATE, why.to_owned());
        }
        assert_eq!(lost(&done), [(DATE, "It became the default.")]);
    }

    #[test]
    fn what_is_kept_becomes_a_loss_and_rows_that_are_lost_stay_told() {
        let from = definition(FROM);
        let setting = |why: Fate| Setting {
            key: DATE.to_owned(),
            item: String::new(),
            value: "dd".to_owned(),
            fate: why,
        };
        let row = Fate::Lost("A row.".to_owned());
        let mut done = Conversion {
            settings: vec![setting(row), setting(Fate::Copied)],
            ..Conversion::default()
        };
        let mut named = BTreeMap::new();
        for why in ["First.", "Second."] {
            name(&mut done, &mut named, &from, DATE, why.to_owned());
        }
        assert_eq!(lost(&done), [(DATE, "A row."), (DATE, "Second.")]);
    }

    #[test]
    fn every_value_that_breaks_a_rule_goes() {
        let to = definition(TO);
        let item = |key: &str| to.setting(key).unwrap().item.clone();
        let mut done = Conversion::default();
        let broken = [
            ("outdial.remove_prefixes", "none"),
            ("omni_sync.enabled", "yes"),
            ("activity.subject_template", "{direction"),
        ];
        done.values.extend(broken.map(|(key, value)| (item(key), value.to_owned())));
        fit(&mut done, &definition(FROM), &to, &recipe(TO).unwrap().recipe);
        let left = |key: &str| done.values.get(&item(key)).map(String::as_str);
        assert_eq!(left("outdial.remove_prefixes"), Some(""));
        assert_eq!(left("omni_sync.enabled"), Some("false"));
        assert_eq!(left("activity.subject_template"), None);
        assert_eq!(done.lost().count(), 3);
    }
}
