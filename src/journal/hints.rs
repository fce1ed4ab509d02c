//! What saves round trips: never believed against the org, dropped at the first contradiction.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Hints of one org.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// The API version to use.
    pub api_version: Option<String>,
    /// Names of profiles by their ids' first 15 characters.
    #[serde(default)]
    pub profiles: BTreeMap<String, ProfileNames>,
}

/// Both names of a profile: a changed label tells that the API name may have changed with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileNames {
    /// What people see.
    pub label: String,
    /// What the Metadata API calls it; empty where the org lists none.
    pub api_name: String,
}
