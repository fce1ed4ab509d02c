//! Sites: where teams and users are; only looked at here.

use serde::{Deserialize, Serialize};

use crate::resource::{Sealed, operations};
use crate::{Area, Client, Operations, Resource};

/// A site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Site {
    /// The name.
    pub name: String,
    /// Whether it is in use.
    pub active: Option<bool>,
}

impl Resource for Site {
    const LIST: &'static str = "/v2/site";
    const ITEM: &'static str = "/site";
    const OPERATIONS: Operations = operations!("a site", "sites");
}

impl Sealed for Site {}

impl Client {
    /// Sites.
    pub fn sites(&self) -> Area<'_, Site> {
        Area::new(self)
    }
}
