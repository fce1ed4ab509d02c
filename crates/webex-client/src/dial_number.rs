//! Dial numbers: which number leads to which entry point.

use serde::{Deserialize, Serialize};

use crate::resource::{Sealed, operations};
use crate::{
    Area, Client, Creatable, Deletable, EntryPoint, Id, Operations, Referable, Replaceable,
    Resource,
};

/// A number that leads to an entry point. Numbers themselves are ordered and assigned in Control Hub: one that
/// is not there cannot be mapped (404).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DialNumber {
    /// The number.
    pub dialled_number: Option<String>,
    /// Where it leads.
    pub entry_point_id: Option<Id<EntryPoint>>,
    /// The entry point's name.
    pub entry_point_name: Option<String>,
    /// Whether it is the number that is shown where none is chosen.
    pub default_ani: Option<bool>,
    /// The id of the location that it belongs to.
    pub location: Option<String>,
    /// The id of the region that it belongs to.
    pub region_id: Option<String>,
}

impl DialNumber {
    /// A number that leads to an entry point of that name.
    pub fn new(number: &str, entry_point: Id<EntryPoint>, entry_point_name: &str) -> DialNumber {
        DialNumber {
            dialled_number: Some(number.to_owned()),
            entry_point_id: Some(entry_point),
            entry_point_name: Some(entry_point_name.to_owned()),
            default_ani: None,
            location: None,
            region_id: None,
        }
    }
}

impl Resource for DialNumber {
    const LIST: &'static str = "/v2/dial-number";
    const ITEM: &'static str = "/dial-number";
    const OPERATIONS: Operations = operations!("a dial number", "dial numbers");
}

impl Sealed for DialNumber {}
impl Creatable for DialNumber {}
impl Replaceable for DialNumber {}
impl Deletable for DialNumber {}

impl Referable for DialNumber {
    const REFERENCES: &'static str = Self::ITEM;
}

impl Client {
    /// Numbers and where they lead.
    pub fn dial_numbers(&self) -> Area<'_, DialNumber> {
        Area::new(self)
    }
}
