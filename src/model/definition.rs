//! A call center definition: what Cisco publishes, with the meaning of each of its settings.

use serde::Serialize;

use super::{CallCenter, ItemKey};

/// A definition: a call center whose values are the defaults, and what may be set in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Definition {
    /// The name it is chosen by: `2024-11`, or the path of a file.
    pub name: String,
    /// The call center as it is created where nothing is configured.
    pub call_center: CallCenter,
    /// The typed settings, in the order of the definition.
    #[serde(skip)]
    pub settings: Vec<Setting>,
}

/// A typed setting of a definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Its name in the configuration below `[call_center]`: `screen_pop.advanced`.
    pub key: String,
    /// The item that holds it.
    pub item: ItemKey,
    /// What it may be.
    pub kind: SettingKind,
    /// What must hold where this setting is on.
    pub requires: Vec<Requirement>,
    /// The rule that tells when that does not hold, or when a constant was changed: `CC030`.
    pub rule: Option<String>,
    /// One line for people who write a configuration.
    pub about: String,
}

/// What a setting may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingKind {
    /// `true` or `false`.
    Boolean,
    /// A whole number with its least allowed value.
    Integer {
        /// Least allowed value.
        min: Option<u32>,
    },
    /// Any text.
    Text,
    /// An `https` address.
    Url,
    /// The name of a host, without `https://`.
    Host,
    /// The name of a data centre.
    Region,
    /// One of some words.
    Choice(Vec<String>),
    /// Never to be changed.
    Constant,
    /// A comma-separated list of dialling prefixes.
    Prefixes,
    /// The name of a CAD variable.
    CadVariable {
        /// Text that only holds the place until somebody sets it.
        placeholder: Option<String>,
    },
    /// API name of an object.
    Object,
    /// API name of a field of an object.
    Field {
        /// The object.
        object: String,
    },
    /// How a date is written.
    DateFormat(DateTokens),
    /// Text with `{variables}`.
    Template,
    /// JSON that maps call data to fields.
    Mapping(Mapping),
    /// The label of a Salesforce presence status.
    PresenceStatus,
    /// The name of a Webex idle code.
    IdleCode,
}

/// The letters that stand for parts of a date, which the two generations spell differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateTokens {
    /// Version 1: `MM-dd-yyyy hh:mm a`.
    Java,
    /// Version 2: `MM-DD-YYYY hh:mm a`.
    Moment,
}

impl DateTokens {
    /// The letters, longest first.
    pub fn all(self) -> &'static [&'static str] {
        match self {
            Self::Java => &["yyyy", "MM", "dd", "HH", "hh", "mm", "a"],
            Self::Moment => &["YYYY", "MM", "DD", "HH", "hh", "mm", "a"],
        }
    }
}

/// The shapes of mappings; their keys differ by section, which people confuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapping {
    /// `wxccFieldName`/`sfdcFieldName`, flags as text.
    Record {
        /// The object, where it is fixed; else the setting that names it.
        object: MappedObject,
    },
    /// `CadFieldName`/`SalesforceFieldName`, flags as JSON booleans.
    Activity,
    /// `wxccFieldName`/`wxccFieldValue`/`sfdcFieldValue`.
    Conditional {
        /// The record mapping whose conditional rows it completes.
        rows: ItemKey,
    },
    /// Version 2: `Field={variable},Field2={variable2}`.
    Pairs {
        /// The object, where it is fixed.
        object: Option<String>,
    },
}

/// The object that a record mapping writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappedObject {
    /// Always this one.
    Fixed(String),
    /// The one that this item names.
    NamedBy(ItemKey),
}

/// Something another setting must fulfil while a setting is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// That item must be `true`.
    On(ItemKey),
    /// That item must be `false`.
    Off(ItemKey),
    /// That item must hold something: not empty, not `[]`, not a placeholder.
    Filled(ItemKey),
}

impl Setting {
    /// Its key path in the configuration: `call_center.screen_pop.advanced`.
    pub fn path(&self) -> String {
        format!("call_center.{}", self.key)
    }
}

impl Definition {
    /// The typed setting of an item.
    pub fn setting_of(&self, key: &ItemKey) -> Option<&Setting> {
        self.settings.iter().find(|setting| &setting.item == key)
    }

    /// The typed setting of that name.
    pub fn setting(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.key == name)
    }
}
