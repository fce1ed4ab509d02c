//! What of the connector is in an org, without a configuration: a fold over what was observed.
//!
//! Each item's folder describes its own part, in the names of the org, ready to be shown or written
//! as JSON; this file puts the parts together. Nothing here decides what is to become of them. A
//! [`Leftover`] says what looks like the remains of an earlier installation.

#[cfg(test)]
pub(crate) mod fixture;
mod leftovers;
mod not_seen;
#[cfg(test)]
mod tests;

use serde::Serialize;
use serde_json::Value;

use super::VoiceReadiness;
use super::call_center::{CallCenterInUse, list_call_centers, list_members};
use super::data_center::{RegionalSettings, read_settings};
use super::omni_sync::{StateSync, describe_state_sync};
use super::package::{PackageInUse, list_packages};
use super::permission_set::{PermissionSetInUse, list_permission_sets};
use super::softphone_layout::{Softphone, describe_layout};
use super::task_layout::{LayoutInUse, list_layouts};
use crate::definitions::recipe_of;
use crate::model::{OrgState, Recipe};

pub use leftovers::{Leftover, Remains};
pub(crate) use not_seen::{NotSeen, Part};

/// What of the connector is in an org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inventory {
    /// The connector's packages.
    pub packages: Vec<PackageInUse>,
    /// Whether a package is being installed right now.
    pub installing: bool,
    /// Every call center, the connector's first.
    pub call_centers: Vec<CallCenterInUse>,
    /// The package's Task page layouts and who uses them.
    pub task_layouts: Vec<LayoutInUse>,
    /// The region in the package's custom metadata.
    pub custom_metadata: RegionalSettings,
    /// The calling user's softphone layout.
    pub softphone_layout: Option<Softphone>,
    /// State sync with Omni-Channel.
    pub omni_sync: StateSync,
    /// Permission sets that have to do with the connector.
    pub permission_sets: Vec<PermissionSetInUse>,
    /// What it has of what Salesforce Voice needs, which follows Open CTI.
    pub salesforce_voice: VoiceReadiness,
    /// What looks like the remains of an earlier installation.
    pub leftovers: Vec<Leftover>,
    /// Parts that the org does not show: they are empty here, and nobody knows what they hold.
    pub not_seen: Vec<NotSeen>,
}

impl Inventory {
    /// Takes stock of an org, by the generation of the connector that it shows.
    pub fn take(state: &OrgState) -> Self {
        Self::of(state, &recipe_of(state).recipe)
    }

    /// Takes stock of one generation of the connector in an org.
    pub fn of(state: &OrgState, recipe: &Recipe) -> Self {
        let call_centers = list_call_centers(state, recipe);
        let members = list_members(state, &call_centers);
        let mut inventory = Self {
            packages: list_packages(state, recipe),
            installing: state.installs.iter().any(|install| install.running),
            task_layouts: list_layouts(state, recipe),
            custom_metadata: read_settings(state, recipe),
            softphone_layout: state.softphone.found().map(describe_layout),
            omni_sync: describe_state_sync(state),
            permission_sets: list_permission_sets(state, recipe, &members),
            call_centers,
            salesforce_voice: VoiceReadiness::of(state, recipe),
            leftovers: Vec::new(),
            not_seen: not_seen::find(state, recipe),
        };
        inventory.leftovers = leftovers::find(&inventory, state, recipe);
        inventory
    }

    /// Why a part is not shown, where the org does not show it.
    pub fn unseen(&self, part: Part) -> Option<&NotSeen> {
        self.not_seen.iter().find(|it| it.part == part)
    }

    /// The inventory as a document: parts that were not seen are `null`.
    pub fn document(&self) -> Result<Value, serde_json::Error> {
        let mut document = serde_json::to_value(self)?;
        for unseen in &self.not_seen {
            if let Some(part) = serde_json::to_value(unseen.part)?.as_str() {
                document[part] = Value::Null;
            }
        }
        Ok(document)
    }
}
