//! Fields that this org, or a package in it, added to standard objects.

use serde::{Deserialize, Serialize};

use super::custom_metadata::qualified;
use crate::emulator::ids::Id;

/// A custom field of a standard object.
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
}

impl CustomField {
    /// `ns__Field__c`
    pub(crate) fn api_name(&self) -> String {
        format!("{}__c", qualified(self.namespace_prefix.as_deref(), &self.developer_name))
    }
}
