//! What people did in an org by hand: part of a seed file, or done later by `PATCH …/world`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::others::Running;
use crate::ids::Id;

/// Changes, in the order in which they are made.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Changes {
    /// Package versions by their ids, installed for everybody and with their sites approved.
    pub(super) installed: Vec<Id>,
    pub(super) components: Vec<NewComponent>,
    pub(super) apex_classes: Vec<NewClass>,
    pub(super) scheduled_jobs: Vec<NewJob>,
    pub(super) reports: Vec<NewReport>,
    pub(super) custom_metadata: Vec<NewRecord>,
    pub(super) page_layouts: Vec<Assignment>,
    /// By the sets' names: the beginnings of user names.
    pub(super) permission_sets: BTreeMap<String, Vec<String>>,
    /// By the pages' developer names: the components of a utility bar, instead of those it had.
    pub(super) utility_bars: BTreeMap<String, Vec<String>>,
    /// By the beginnings of user names: fields of users.
    pub(super) users: BTreeMap<String, Map<String, Value>>,
    /// By profile label: what the profile permits, instead of what it did.
    pub(super) permissions: BTreeMap<String, Vec<String>>,
    /// How the org deals with tokens and logins.
    pub(super) logins: Map<String, Value>,
    /// What other people have begun.
    pub(super) running: Vec<Running>,
    /// How many tasks were written, with values in the fields of the packages that are there.
    pub(super) tasks: usize,
    /// A number that says what people made of the connector's packages while they worked.
    pub(super) lived_in: Option<u64>,
    /// What is taken away, as `Type:FullName`.
    pub(super) removed: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewComponent {
    #[serde(rename = "Type")]
    pub(super) kind: String,
    pub(super) full_name: String,
    pub(super) refers_to: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewClass {
    pub(super) name: String,
    pub(super) body: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewJob {
    pub(super) name: String,
    /// `ns__Class`
    pub(super) apex_class: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewReport {
    pub(super) name: String,
    /// Its developer name, and that of its folder.
    pub(super) developer_name: String,
    pub(super) folder: String,
}

/// A record of a custom metadata type; its values are those of the type's first record.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct NewRecord {
    /// `ns__Zone__mdt`
    #[serde(rename = "Type")]
    pub(super) kind: String,
    pub(super) developer_name: String,
    #[serde(default)]
    pub(super) values: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Assignment {
    /// The profile's label.
    pub(super) profile: String,
    /// The record type's developer name; the master where it is left out.
    pub(super) record_type: Option<String>,
    /// The layout as deploys call it: `Task-ns__Name`.
    pub(super) layout: String,
}
