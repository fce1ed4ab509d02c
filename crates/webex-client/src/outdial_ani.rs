//! Outdial ANI lists: the numbers that agents may show when they call out.

use serde::{Deserialize, Serialize};

use crate::area::Parent;
use crate::encode::component;
use crate::resource::{Sealed, operations};
use crate::{Area, Client, Creatable, Deletable, Id, Operations, Referable, Replaceable, Resource};

/// A list of numbers. The numbers are records of their own ([`Area::entries`]): nothing here replaces
/// them as a whole, for what is left out then is deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OutdialAni {
    /// The name: letters, digits, spaces and `._-`, at most 80.
    pub name: String,
    /// A description.
    pub description: Option<String>,
}

/// A number that agents may show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OutdialAniEntry {
    /// The name: letters, digits, spaces and `._-`, at most 80.
    pub name: String,
    /// The number, with its country code, or a SIP address. The service does not check whose it is.
    pub number: String,
    /// Whether it is the one that is shown where none is chosen.
    #[serde(rename = "defaultANIEntry")]
    pub default_ani_entry: Option<bool>,
}

impl OutdialAni {
    /// A list without numbers.
    pub fn new(name: &str) -> OutdialAni {
        OutdialAni { name: name.to_owned(), description: None }
    }
}

impl OutdialAniEntry {
    /// A number to show.
    pub fn new(name: &str, number: &str) -> OutdialAniEntry {
        let [name, number] = [name, number].map(str::to_owned);
        OutdialAniEntry { name, number, default_ani_entry: Some(false) }
    }
}

impl Resource for OutdialAni {
    const LIST: &'static str = "/v2/outdial-ani";
    const ITEM: &'static str = "/outdial-ani";
    const OPERATIONS: Operations = operations!("an outdial ANI list", "outdial ANI lists");
}

impl Sealed for OutdialAni {}
impl Creatable for OutdialAni {}
impl Replaceable for OutdialAni {}
impl Deletable for OutdialAni {}

impl Referable for OutdialAni {
    const REFERENCES: &'static str = Self::ITEM;
}

impl Resource for OutdialAniEntry {
    // These belong to a list: see `entries`.
    const LIST: &'static str = "/v2/outdial-ani";
    const ITEM: &'static str = "/outdial-ani";
    const OPERATIONS: Operations =
        operations!("a number of an outdial ANI list", "numbers of an outdial ANI list");
}

impl Sealed for OutdialAniEntry {}
impl Creatable for OutdialAniEntry {}
impl Replaceable for OutdialAniEntry {}
impl Deletable for OutdialAniEntry {}

impl<'a> Area<'a, OutdialAni> {
    /// The numbers of one list.
    pub fn entries(&self, list: &Id<OutdialAni>) -> Area<'a, OutdialAniEntry> {
        let below = |base: &str| Some(format!("{base}/{}/entry", component(list.as_str())));
        let parent = Parent { list: below(OutdialAni::LIST), item: below(OutdialAni::ITEM) };
        Area::below(self.client, parent)
    }
}

impl Client {
    /// Outdial ANI lists.
    pub fn outdial_anis(&self) -> Area<'_, OutdialAni> {
        Area::new(self)
    }
}
