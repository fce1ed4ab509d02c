//! Auxiliary codes: why an agent is idle, and how a contact ended.

use serde::{Deserialize, Serialize};

use crate::resource::{Sealed, operations};
use crate::words::words;
use crate::{
    Area, Client, Creatable, Deletable, Error, Filter, Id, Listed, Operations, Query, Referable,
    Replaceable, Resource,
};

/// The kind of work that a code belongs to. Its endpoints are deprecated, so the id is taken from a code
/// of the same kind.
#[derive(Debug)]
#[non_exhaustive]
pub enum WorkType {}

/// An idle or wrap-up code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuxiliaryCode {
    /// The name: letters, digits, spaces and `._-/()`, at most 80.
    pub name: String,
    /// A description.
    pub description: Option<String>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// Whether it is the one that is taken where nobody chooses.
    pub default_code: Option<bool>,
    /// What it is for.
    pub work_type_code: Option<WorkTypeCode>,
    /// The kind of work that it belongs to: the same for all codes of one use.
    pub work_type_id: Option<Id<WorkType>>,
    /// Whether the service needs it for itself.
    pub is_system_code: Option<bool>,
}

words! {
    /// What an auxiliary code is for.
    WorkTypeCode {
        /// Why an agent is idle.
        Idle = "IDLE_CODE",
        /// How a contact ended.
        WrapUp = "WRAP_UP_CODE",
    }
}

impl AuxiliaryCode {
    /// A code like this one, under another name: in use, no default, for the same kind of work.
    pub fn like(sibling: &AuxiliaryCode, name: &str) -> AuxiliaryCode {
        AuxiliaryCode {
            name: name.to_owned(),
            description: None,
            active: Some(true),
            default_code: Some(false),
            is_system_code: None,
            work_type_code: sibling.work_type_code.clone(),
            work_type_id: sibling.work_type_id.clone(),
        }
    }
}

impl Resource for AuxiliaryCode {
    const LIST: &'static str = "/v2/auxiliary-code";
    const ITEM: &'static str = "/auxiliary-code";
    const OPERATIONS: Operations = operations!("an auxiliary code", "auxiliary codes");
}

impl Sealed for AuxiliaryCode {}
impl Creatable for AuxiliaryCode {}
impl Replaceable for AuxiliaryCode {}
impl Deletable for AuxiliaryCode {}

impl Referable for AuxiliaryCode {
    const REFERENCES: &'static str = Self::ITEM;
}

impl Area<'_, AuxiliaryCode> {
    /// The codes for this use.
    pub async fn of(&self, kind: &WorkTypeCode) -> Result<Vec<Listed<AuxiliaryCode>>, Error> {
        let mut codes = self.query(&Query::matching(Filter::equals("workTypeCode", kind))).await?;
        codes.retain(|code| code.work_type_code.as_ref() == Some(kind));
        Ok(codes)
    }
}

impl Client {
    /// Idle and wrap-up codes.
    pub fn auxiliary_codes(&self) -> Area<'_, AuxiliaryCode> {
        Area::new(self)
    }
}
