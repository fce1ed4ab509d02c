//! Custom metadata types and their records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::Id;

/// Who may see a custom metadata type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Visibility {
    /// Everybody with the right to customise.
    Public,
    /// Only code of its own namespace.
    Protected,
    /// Only code of its own package.
    PackageProtected,
}

/// Who may change a field's values after installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Manageability {
    /// The org that installed the package.
    SubscriberControlled,
    /// The package's developer, by an upgrade.
    DeveloperControlled,
    /// Nobody.
    Locked,
}

/// A custom metadata type, e.g. `ns__Zone__mdt`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct CustomMetadataType {
    pub(crate) id: Id,
    pub(crate) developer_name: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) label: String,
    pub(crate) key_prefix: String,
    pub(crate) visibility: Visibility,
    pub(crate) fields: Vec<CustomMetadataField>,
    pub(crate) records: Vec<CustomMetadataRecord>,
}

/// A field of a custom metadata type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct CustomMetadataField {
    pub(crate) id: Id,
    pub(crate) developer_name: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) label: String,
    /// `string`, `boolean`, `double` or `url`, as a describe calls it.
    pub(crate) kind: String,
    pub(crate) length: u32,
    pub(crate) manageability: Manageability,
}

/// A record of a custom metadata type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct CustomMetadataRecord {
    pub(crate) id: Id,
    pub(crate) developer_name: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) master_label: String,
    pub(crate) protected: bool,
    /// Values by the field's API name (`ns__Field__c`).
    pub(crate) values: BTreeMap<String, Value>,
}

/// A name with its namespace, if it has one.
pub(crate) fn qualified(namespace: Option<&str>, name: &str) -> String {
    namespace.map_or_else(|| name.to_owned(), |namespace| format!("{namespace}__{name}"))
}

impl CustomMetadataType {
    /// The name that queries use: `ns__Zone__mdt`.
    pub(crate) fn api_name(&self) -> String {
        format!("{}__mdt", qualified(self.namespace_prefix.as_deref(), &self.developer_name))
    }

    /// Whether anybody outside its package sees it.
    pub(crate) fn is_visible(&self) -> bool {
        self.visibility == Visibility::Public
    }

    /// Its records that somebody outside its package sees.
    pub(crate) fn visible_records(&self) -> impl Iterator<Item = &CustomMetadataRecord> {
        self.records.iter().filter(|record| self.is_visible() && !record.protected)
    }

    /// The name that the Metadata API uses for a record: `ns__Zone.ns__Default`.
    pub(crate) fn record_full_name(&self, record: &CustomMetadataRecord) -> String {
        format!(
            "{}.{}",
            qualified(self.namespace_prefix.as_deref(), &self.developer_name),
            record.qualified_name(),
        )
    }
}

impl CustomMetadataField {
    /// `ns__Field__c`
    pub(crate) fn api_name(&self) -> String {
        format!("{}__c", qualified(self.namespace_prefix.as_deref(), &self.developer_name))
    }
}

impl CustomMetadataRecord {
    /// `ns__Default`
    pub(crate) fn qualified_name(&self) -> String {
        qualified(self.namespace_prefix.as_deref(), &self.developer_name)
    }
}
