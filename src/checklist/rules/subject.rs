//! What the rules look at: the wish, and the values that will hold.

use crate::model::{
    CallCenter, CallCenterWish, Diagnostic, ItemKey, Mapping, MappingRow, Place, Setting,
    SettingKind, Severity, as_read,
};

/// A call center that is being judged.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) wish: &'a CallCenterWish,
    pub(super) effective: &'a CallCenter,
}

impl<'a> Subject<'a> {
    pub(super) fn new(wish: &'a CallCenterWish, effective: &'a CallCenter) -> Self {
        Self { wish, effective }
    }

    /// The typed settings of the definition.
    pub(super) fn settings(&self) -> &'a [Setting] {
        &self.wish.definition.settings
    }

    /// The setting of that name.
    pub(super) fn setting(&self, name: &str) -> Option<&'a Setting> {
        self.wish.definition.setting(name)
    }

    /// The value that will hold at an item.
    pub(super) fn value(&self, key: &ItemKey) -> &'a str {
        self.effective.item(key).map_or("", |item| item.value.trim())
    }

    /// The value that will hold at a setting of that name.
    pub(super) fn value_of(&self, name: &str) -> Option<&'a str> {
        self.setting(name).map(|setting| self.value(&setting.item))
    }

    /// Whether a switch will be on.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.value_of(name) == Some("true")
    }

    /// The configured value of an item.
    pub(super) fn configured(&self, key: &ItemKey) -> Option<&'a str> {
        self.wish.values.get(key).map(|wanted| wanted.value.as_str())
    }

    /// The first of these settings that is configured, as the place of a finding about them all.
    pub(super) fn place(&self, names: &[&str]) -> Option<ItemKey> {
        names
            .iter()
            .filter_map(|name| self.setting(name))
            .map(|setting| &setting.item)
            .find(|key| self.configured(key).is_some())
            .cloned()
    }

    /// An item as people know it: what asked for it, its key in the configuration, or its names.
    pub(super) fn name(&self, key: &ItemKey) -> String {
        if let Some(wanted) = self.wish.values.get(key) {
            return wanted.asked_by.clone();
        }
        match self.wish.definition.setting_of(key) {
            Some(setting) => format!("call_center.{}", setting.key),
            None => key.to_string(),
        }
    }

    /// Every mapping with its setting.
    pub(super) fn mappings(&self) -> impl Iterator<Item = (&'a Setting, &'a Mapping)> {
        self.settings().iter().filter_map(|setting| match &setting.kind {
            SettingKind::Mapping(mapping) => Some((setting, mapping)),
            _ => None,
        })
    }

    /// The rows of a mapping that will hold; none where its text is not sound.
    pub(super) fn rows(&self, setting: &Setting, mapping: &Mapping) -> Vec<MappingRow> {
        mapping.read(self.value(&setting.item)).unwrap_or_default()
    }
}

/// A finding about an item.
pub(super) fn finding(
    rule: &'static str,
    severity: Severity,
    at: Option<&ItemKey>,
    message: impl AsRef<str>,
) -> Diagnostic {
    let found = Diagnostic::new(severity, message).code(rule);
    match at {
        Some(item) => found.at(Place::Item(item.clone())),
        None => found,
    }
}

/// A text in back quotes, as far as people read.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", as_read(text))
}
