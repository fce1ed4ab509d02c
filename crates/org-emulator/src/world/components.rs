//! Components that people make (flows, pages, rules…), as far as uninstalls care: what they
//! refer to.

use serde::{Deserialize, Serialize};

use super::World;
use super::dependencies::Part;
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

impl World {
    /// What `Type:FullName` stands for, among all that packages bring and people make.
    pub(crate) fn part(&self, reference: &str) -> Option<Part> {
        let (kind, name) = reference.split_once(':')?;
        match kind {
            "ApexClass" => {
                self.apex_classes.iter().map(Part::class).find(|part| part.full_name == name)
            }
            "CustomField" => {
                self.custom_fields.iter().map(Part::field).find(|part| part.full_name == name)
            }
            "CustomApplication" => {
                self.apps.iter().map(Part::app).find(|part| part.full_name == name)
            }
            "CustomObject" => {
                let kinds = self.custom_metadata_types.iter().map(Part::custom_metadata_type);
                let objects = self.custom_objects.iter().map(Part::custom_object);
                kinds.chain(objects).find(|part| part.full_name == name)
            }
            "Layout" => self.layout_by_full_name(name).map(Part::layout),
            _ => None,
        }
    }
}
