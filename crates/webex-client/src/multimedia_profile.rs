//! Multimedia profiles: how many contacts of which kind an agent takes at once.

use serde::{Deserialize, Serialize};

use crate::resource::{Sealed, operations};
use crate::{Area, Client, Operations, Referable, Replaceable, Resource};

/// A multimedia profile. The service sends its `workItem` and refuses to get it back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MultimediaProfile {
    /// The name, of at most 80 characters.
    pub name: String,
    /// A description.
    pub description: Option<String>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// How many calls at once.
    pub telephony: Option<i32>,
    /// How many chats at once.
    pub chat: Option<i32>,
    /// How many e-mails at once.
    pub email: Option<i32>,
    /// How many contacts of social media at once.
    pub social: Option<i32>,
}

impl Resource for MultimediaProfile {
    const LIST: &'static str = "/v2/multimedia-profile";
    const ITEM: &'static str = "/multimedia-profile";
    const OPERATIONS: Operations = operations!("a multimedia profile", "multimedia profiles");
}

impl Sealed for MultimediaProfile {}
impl Replaceable for MultimediaProfile {}

impl Referable for MultimediaProfile {
    const REFERENCES: &'static str = Self::ITEM;
}

impl Client {
    /// Multimedia profiles.
    pub fn multimedia_profiles(&self) -> Area<'_, MultimediaProfile> {
        Area::new(self)
    }
}
