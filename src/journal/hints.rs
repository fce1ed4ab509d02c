//! What saves time: round trips, and waits for what never ends. None of it is believed against what the org shows, but
//! for jobs that it showed as running for as long as one was waited for.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{CustomMetadataPlace, Insides, LockedPlace, PackageVersionId, RegionalValue};

/// Hints of one org.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// The API version to use.
    pub api_version: Option<String>,
    /// Names of profiles by their ids' first 15 characters.
    #[serde(default)]
    pub profiles: BTreeMap<String, ProfileNames>,
    /// What is known of the package's custom metadata.
    #[serde(default)]
    pub custom_metadata: CustomMetadataHints,
    /// Which records of a Webex organization were read by themselves: they are read beside the lists.
    #[serde(default, skip_serializing_if = "Insides::is_empty")]
    pub webex: Insides,
    /// Ids of jobs that were waited for long enough, and of which the org tells neither an end nor a beginning.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub given_up: BTreeSet<String>,
}

/// Both names of a profile: a changed label tells that the API name may have changed with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileNames {
    /// What people see.
    pub label: String,
    /// What the Metadata API calls it; empty where the org lists none.
    pub api_name: String,
}

/// What is known of the custom metadata of one version of the package; another version may have
/// other names, and let people change what this one does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomMetadataHints {
    /// The version.
    pub package_version: Option<PackageVersionId>,
    /// Where the region's values stand.
    #[serde(default)]
    pub places: BTreeMap<RegionalValue, CustomMetadataPlace>,
    /// Which of them the org refused to change.
    #[serde(default)]
    pub locked: Vec<LockedPlace>,
}
