//! Objects that this org, or a package in it, added, and fields of theirs and of standard ones.

use serde::{Deserialize, Serialize};

use serde_json::Value;

use super::custom_metadata::qualified;
use crate::ids::Id;
use crate::soql::catalog::Row;

/// A custom field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct CustomField {
    pub(crate) id: Id,
    /// The object's name, e.g. `Task`.
    pub(crate) object: String,
    pub(crate) developer_name: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) label: String,
    /// Its type as a describe calls it: `string`, `picklist`, `url`, `textarea`, `double`…
    pub(crate) kind: String,
    pub(crate) length: u32,
    pub(crate) picklist_values: Vec<String>,
    pub(crate) required: bool,
    pub(crate) updateable: bool,
    /// A formula's parts: the fields whose texts it joins; nothing where it is no formula.
    #[serde(default)]
    pub(crate) formula_of: Vec<String>,
}

impl CustomField {
    /// Whether it is a formula, which nobody writes.
    pub(crate) fn is_calculated(&self) -> bool {
        !self.formula_of.is_empty()
    }

    /// A formula's value in a record: the texts of its parts that are there.
    pub(crate) fn calculated(&self, row: &Row) -> Value {
        let parts = self.formula_of.iter().filter_map(|name| row.get(name)?.as_str());
        let parts: Vec<&str> = parts.collect();
        if parts.is_empty() { Value::Null } else { parts.join(" · ").into() }
    }

    /// `ns__Field__c`
    pub(crate) fn api_name(&self) -> String {
        format!("{}__c", qualified(self.namespace_prefix.as_deref(), &self.developer_name))
    }
}

/// A custom object; its fields are among the org's custom fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct CustomObject {
    pub(crate) id: Id,
    pub(crate) developer_name: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) label: String,
    pub(crate) key_prefix: String,
}

impl CustomObject {
    /// `ns__Object__c`
    pub(crate) fn api_name(&self) -> String {
        format!("{}__c", qualified(self.namespace_prefix.as_deref(), &self.developer_name))
    }
}
