//! What saves round trips: never believed against the org, dropped at the first contradiction.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Hints of one org.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// The API version to use.
    pub api_version: Option<String>,
    /// API names of profiles by their ids' first 15 characters.
    #[serde(default)]
    pub profile_names: BTreeMap<String, String>,
}
