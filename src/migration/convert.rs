//! What becomes of each setting of a call center of Version 1.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fit::fit;
use super::{dates, mappings};
use crate::checklist::rules::is_prefix;
use crate::definitions::{Template, is_switched_off, recipe_of_call_center, templates};
use crate::model::{
    CallCenter, Definition, ItemKey, Mapping, Setting as DefinedSetting, SettingKind, normalised,
};

/// The call center of Version 1, seen through the eyes of Version 2.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Conversion {
    /// Internal name of the call center of Version 1.
    pub from: String,
    /// What became of its settings, in their order; of what says nothing there is nothing.
    pub settings: Vec<Setting>,
    /// The object that opens for unknown callers, which the softphone layout is to open now.
    pub no_match: Option<String>,
    /// Values of Version 2's call center.
    #[serde(skip)]
    pub values: BTreeMap<ItemKey, String>,
}

/// A setting of Version 1, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// Its key below `[call_center]`.
    pub key: String,
    /// The item that held it.
    pub item: String,
    /// What it held.
    pub value: String,
    /// What became of it.
    #[serde(flatten)]
    pub fate: Fate,
}

/// What became of a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", content = "detail", rename_all = "kebab-case")]
pub enum Fate {
    /// Version 2 has the same value.
    Copied,
    /// Version 2 has it in its own form.
    Rewritten(String),
    /// The softphone layout does it.
    SoftphoneLayout(String),
    /// Version 2 has nothing like it: this is lost.
    Lost(String),
}

impl Conversion {
    /// How many settings became that.
    pub fn count(&self, is_such: impl Fn(&Fate) -> bool) -> usize {
        self.settings.iter().filter(|setting| is_such(&setting.fate)).count()
    }

    /// The same without what is not lost: where somebody has written a configuration for Version 2, that
    /// says what becomes of the rest.
    #[must_use]
    pub fn only_lost(mut self) -> Self {
        self.settings.retain(|setting| matches!(setting.fate, Fate::Lost(_)));
        Self { from: self.from, settings: self.settings, ..Self::default() }
    }

    /// What is lost, one by one.
    pub fn lost(&self) -> impl Iterator<Item = (&Setting, &str)> {
        self.settings.iter().filter_map(|setting| match &setting.fate {
            Fate::Lost(what) => Some((setting, what.as_str())),
            _ => None,
        })
    }
}

/// Converts a call center of Version 1; `None` where it is none.
pub fn convert(call_center: &CallCenter) -> Option<Conversion> {
    let recipe = recipe_of_call_center(call_center).filter(|data| data.recipe.name == FROM)?;
    let template = templates().iter().find(|template| template.recipe == recipe.recipe.name)?;
    let target = crate::definitions::recipe(TO)?;
    let mut converter = Converter {
        template,
        from: template.define(&template.name, call_center.clone()),
        shipped: template.definition(),
        to: target.newest_definition()?,
        done: Conversion {
            from: call_center.internal_name.clone(),
            settings: Vec::new(),
            no_match: None,
            values: BTreeMap::new(),
        },
    };
    for setting in converter.from.settings.clone() {
        converter.take(&setting);
    }
    let Converter { from, to, mut done, .. } = converter;
    fit(&mut done, &from, &to, &target.recipe);
    Some(done)
}

/// The generations that this is between.
pub(super) const FROM: &str = "webex-v1";
pub(super) const TO: &str = "webex-v2";

struct Converter {
    /// What items of Version 1 mean.
    template: &'static Template,
    /// The call center with the meaning of its items.
    from: Definition,
    /// Version 1 as Cisco ships it.
    shipped: Definition,
    /// Version 2 as Cisco ships it.
    to: Definition,
    done: Conversion,
}

impl Converter {
    fn take(&mut self, setting: &DefinedSetting) {
        let key = setting.key.as_str();
        let value = self.value(&setting.item);
        let is_on = value == "true";
        match key {
            // One of the package, one of the data centre, two that nobody may change, one that says
            // whether the mapping beside it counts, and one that is told with its switch.
            "activity.namespace"
            | "adapter_url"
            | "use_api"
            | "softphone.compatibility_mode"
            | "activity.update_fields"
            | "no_match.object" => {}
            "softphone.height" | "softphone.width" => {
                if self.is_shipped(setting, &value) {
                    return;
                }
                self.lose(setting, "The phone of Version 2 has a size of its own.");
            }
            "activity.auto_refresh" => {
                self.lose_if(is_on, setting, "Version 2 does not refresh the screen.");
            }
            "activity.create_when_connected" => {
                let why = "Version 2 always creates the activity when the call connects.";
                self.lose_if(!is_on, setting, why);
            }
            "case.open_in_view_mode" => {
                let why = "Version 2 opens a case for editing or not at all.";
                self.lose_if(is_on, setting, why);
            }
            "outdial.set_ani" => {
                let why = "Version 2 does not set the number that callees see.";
                self.lose_if(is_on, setting, why);
            }
            "activity.mappings" if !self.is_on("activity.update_fields") => {
                let why = "Custom Field Update is off, and Version 2 has no switch for it: the \
                           mapping is left out.";
                self.lose_if(!matches!(value.as_str(), "" | "[]"), setting, why);
            }
            "no_match.enabled" => {
                let object = self.value_of("no_match.object").filter(|it| !it.is_empty());
                if let (true, Some(object)) = (is_on, object) {
                    let now =
                        format!("no_match = \"new:{object}\" under [softphone_layout.inbound]");
                    self.keep(setting, Fate::SoftphoneLayout(now));
                    self.done.no_match = Some(object);
                }
            }
            // Version 2 has no switch beside it: what did not count becomes nothing.
            _ if self.is_switched_off(key) => {
                let own = self.to.setting(key).map(|own| own.item.clone());
                self.done.values.extend(own.map(|item| (item, String::new())));
            }
            // Nothing opens, so that nothing is filled.
            "no_match.mappings" | "no_match.conditional_mappings"
                if !self.is_on("no_match.enabled") => {}
            // A row that nobody chose: Version 2 comes without it, and its field takes no value.
            "case.mappings" if self.is_shipped(setting, &value) => {}
            "case.link_mappings" => {
                if self.is_shipped(setting, &value) {
                    return;
                }
                let why = "Version 2 links cases to accounts and contacts by itself.";
                self.lose(setting, why);
            }
            _ => self.carry(setting, &value),
        }
    }

    /// A setting that Version 2 has under the same key, in its own form.
    fn carry(&mut self, setting: &DefinedSetting, value: &str) {
        let own = self.to.setting(&setting.key).map(|own| (own.item.clone(), own.kind.clone()));
        match (&setting.kind, own) {
            (SettingKind::Mapping(mapping @ Mapping::Conditional { .. }), _) => {
                for lost in mappings::conditions(mapping, value) {
                    self.lose(setting, &lost);
                }
            }
            (SettingKind::Mapping(mapping), Some((item, SettingKind::Mapping(_)))) => {
                let pairs = mappings::convert(mapping, value);
                for lost in &pairs.lost {
                    self.lose(setting, lost);
                }
                if !pairs.text.is_empty() {
                    self.keep(setting, Fate::Rewritten(pairs.text.clone()));
                }
                self.done.values.insert(item, pairs.text);
            }
            (SettingKind::DateFormat(_), Some((item, SettingKind::DateFormat(_)))) => {
                let format = dates::convert(value);
                let fate =
                    if format == value { Fate::Copied } else { Fate::Rewritten(format.clone()) };
                self.keep(setting, fate);
                self.done.values.insert(item, format);
            }
            (SettingKind::CadVariable { placeholder: Some(placeholder) }, Some((item, _)))
                if placeholder == value =>
            {
                self.done.values.insert(item, String::new());
            }
            (SettingKind::Prefixes, Some((item, SettingKind::Prefixes))) => {
                self.carry_prefixes(setting, item, value);
            }
            (_, Some((item, _))) => self.carry_as(setting, item, value),
            (_, None) => {
                let differs = !self.is_shipped(setting, value);
                self.lose_if(differs, setting, "Version 2 has no such setting.");
            }
        }
    }

    /// Blanks around prefixes do not count, and what is none is left out.
    fn carry_prefixes(&mut self, setting: &DefinedSetting, item: ItemKey, value: &str) {
        let all = value.split(',').map(str::trim).filter(|prefix| !prefix.is_empty());
        let (good, bad): (Vec<&str>, Vec<&str>) = all.partition(|prefix| is_prefix(prefix));
        for prefix in bad {
            self.lose(setting, &format!("`{prefix}` is not a dialling prefix and is left out."));
        }
        if good.is_empty() {
            self.done.values.insert(item, String::new());
        } else {
            self.carry_as(setting, item, &good.join(","));
        }
    }

    /// Takes a value over as it is by now.
    fn carry_as(&mut self, setting: &DefinedSetting, item: ItemKey, value: &str) {
        let is_same = self.raw(&setting.item) == value;
        let fate = if is_same { Fate::Copied } else { Fate::Rewritten(value.to_owned()) };
        self.keep(setting, fate);
        self.done.values.insert(item, value.to_owned());
    }

    fn raw(&self, item: &ItemKey) -> String {
        let item = self.from.call_center.item(item);
        item.map_or_else(String::new, |item| normalised(&item.value).to_owned())
    }

    /// What an item holds; of a switch, the word in small letters.
    fn value(&self, item: &ItemKey) -> String {
        let value = self.raw(item);
        let kind = self.from.setting_of(item).map(|setting| &setting.kind);
        let word = value.trim().to_lowercase();
        let is_word = matches!(word.as_str(), "true" | "false");
        if kind == Some(&SettingKind::Boolean) && is_word { word } else { value }
    }

    fn value_of(&self, key: &str) -> Option<String> {
        self.from.setting(key).map(|setting| self.value(&setting.item))
    }

    fn is_on(&self, key: &str) -> bool {
        self.value_of(key).as_deref() == Some("true")
    }

    /// Whether an earlier version of the definition had a switch for a setting, which is off.
    fn is_switched_off(&self, key: &str) -> bool {
        let known = self.template.by_key(key);
        known.is_some_and(|known| is_switched_off(&self.from.call_center, known))
    }

    /// Whether a setting is as Cisco ships it.
    fn is_shipped(&self, setting: &DefinedSetting, value: &str) -> bool {
        let shipped = self.shipped.setting(&setting.key);
        let item = shipped.and_then(|known| self.shipped.call_center.item(&known.item));
        item.is_some_and(|item| normalised(&item.value) == value)
    }

    fn lose_if(&mut self, is_lost: bool, setting: &DefinedSetting, why: &str) {
        if is_lost {
            self.lose(setting, why);
        }
    }

    fn lose(&mut self, setting: &DefinedSetting, why: &str) {
        self.keep(setting, Fate::Lost(why.to_owned()));
    }

    fn keep(&mut self, setting: &DefinedSetting, fate: Fate) {
        self.done.settings.push(Setting {
            key: setting.key.clone(),
            item: setting.item.to_string(),
            value: self.raw(&setting.item),
            fate,
        });
    }
}
