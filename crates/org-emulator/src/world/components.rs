//! Components that people make (flows, pages, rules…), as far as uninstalls care: what they
//! refer to.

use serde::{Deserialize, Serialize};

use crate::ids::Id;

/// A component of the org's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct Component {
    pub(crate) id: Id,
    /// Its metadata type, e.g. `Flow`.
    #[serde(rename = "Type")]
    pub(crate) kind: String,
    pub(crate) full_name: String,
    /// Components as `Type:FullName`, e.g. `CustomField:Task.ns__Field__c`.
    pub(crate) refers_to: Vec<String>,
}

impl Component {
    /// `Flow:Log_Call`
    pub(crate) fn reference(&self) -> String {
        format!("{}:{}", self.kind, self.full_name)
    }
}
