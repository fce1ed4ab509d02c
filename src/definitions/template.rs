//! A data file of a call center: its defaults, and what its items mean wherever they turn up.

use toml::Spanned;

use crate::model::{
    CallCenter, Definition, ItemKey, MappedObject, Mapping, Requirement, Setting, SettingKind,
};

use super::kind::{TemplateKind, keys_of};

/// A definition of the program's own with the meaning of its items.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The name it is chosen by.
    pub name: String,
    /// The generation of the connector that it is of, by its recipe's name.
    pub recipe: String,
    /// The call center with its defaults.
    pub call_center: CallCenter,
    /// What its items mean, in their order.
    pub settings: Vec<TemplateSetting>,
}

/// The meaning of an item, which other versions may have under another name, or lack.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateSetting {
    /// Its name in the configuration below `[call_center]`.
    pub key: String,
    /// The item in this version.
    pub item: ItemKey,
    /// Names of the item in earlier versions.
    pub formerly: Vec<String>,
    /// An item that said in earlier versions whether this one counts.
    pub formerly_switched_by: Option<String>,
    /// One line for people who write a configuration.
    pub about: String,
    pub(super) offset: usize,
    pub(super) kind: TemplateKind,
    pub(super) needs: Vec<Need>,
    pub(super) rule: Option<String>,
}

/// A requirement, by key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Need {
    On(Spanned<String>),
    Off(Spanned<String>),
    Filled(Spanned<String>),
}

impl Need {
    fn key(&self) -> &Spanned<String> {
        match self {
            Self::On(key) | Self::Off(key) | Self::Filled(key) => key,
        }
    }
}

impl Template {
    /// The definition itself.
    pub fn definition(&self) -> Definition {
        self.define(&self.name, self.call_center.clone())
    }

    /// A definition of that name and call center, whose items mean what they mean here.
    pub fn define(&self, name: &str, call_center: CallCenter) -> Definition {
        let mut settings = Vec::new();
        for (key, _) in call_center.items() {
            let known = self
                .settings
                .iter()
                .find(|setting| setting.item_in(&call_center).as_ref() == Some(&key));
            if let Some(setting) = known {
                settings.push(self.setting_in(setting, key, &call_center));
            }
        }
        Definition { name: name.to_owned(), call_center, settings }
    }

    fn setting_in(
        &self,
        setting: &TemplateSetting,
        item: ItemKey,
        call_center: &CallCenter,
    ) -> Setting {
        let place = |key: &str| self.by_key(key)?.item_in(call_center);
        let kind = match &setting.kind {
            TemplateKind::Plain(kind) => kind.clone(),
            TemplateKind::RecordOf(object) => SettingKind::Mapping(Mapping::Record {
                object: MappedObject::Fixed(object.clone()),
            }),
            TemplateKind::RecordNamedBy(key) => match place(key) {
                Some(item) => {
                    SettingKind::Mapping(Mapping::Record { object: MappedObject::NamedBy(item) })
                }
                None => SettingKind::Text,
            },
            TemplateKind::ConditionalOf(key) => match place(key) {
                Some(rows) => SettingKind::Mapping(Mapping::Conditional { rows }),
                None => SettingKind::Text,
            },
        };
        // A version that lacks an item cannot be held to what is required of it.
        let requires = setting.needs.iter().filter_map(|need| {
            let item = place(need.key().get_ref())?;
            Some(match need {
                Need::On(_) => Requirement::On(item),
                Need::Off(_) => Requirement::Off(item),
                Need::Filled(_) => Requirement::Filled(item),
            })
        });
        Setting {
            key: setting.key.clone(),
            item,
            kind,
            requires: requires.collect(),
            rule: setting.rule.clone(),
            about: setting.about.clone(),
        }
    }

    /// How many of its items a call center has.
    pub fn count_items_in(&self, call_center: &CallCenter) -> usize {
        self.settings.iter().filter(|setting| setting.item_in(call_center).is_some()).count()
    }

    /// The setting of that name.
    pub fn by_key(&self, key: &str) -> Option<&TemplateSetting> {
        self.settings.iter().find(|setting| setting.key == key)
    }

    /// The first key that is referred to and that no item has, with its place.
    pub(super) fn dangling_key(&self) -> Option<(usize, String)> {
        self.settings
            .iter()
            .flat_map(|setting| {
                let needs = setting.needs.iter().map(|need| need.key().clone());
                needs.chain(keys_of(&setting.kind, setting.offset))
            })
            .find(|key| self.by_key(key.get_ref()).is_none())
            .map(|key| (key.span().start, key.into_inner()))
    }
}

impl TemplateSetting {
    /// Where a call center has this item, under its name of today or an earlier one.
    pub fn item_in(&self, call_center: &CallCenter) -> Option<ItemKey> {
        std::iter::once(&self.item.item)
            .chain(&self.formerly)
            .map(|name| ItemKey::new(&self.item.section, name))
            .find(|key| call_center.item(key).is_some())
    }
}
