//! What of the connector is in an org, without a configuration: a fold over what was observed.
//!
//! Nothing here decides what is to become of it. Each part is told in the names of the org, ready to
//! be shown or written as JSON; a [`Leftover`] says what looks like the remains of an earlier
//! installation.

mod access;
mod call_centers;
#[cfg(test)]
pub(crate) mod fixture;
mod leftovers;
mod packages;
mod region;
mod softphone;
mod task_layouts;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::definitions::{RecipeData, recipes};
use crate::model::{OrgState, Profile, ProfileId};

pub use access::{Given, OmniSync, PermissionSetInUse, StateSyncClass};
pub use call_centers::{CallCenterInUse, Role, UsersOfProfile};
pub use leftovers::{Leftover, Remains};
pub use packages::Package;
pub use region::{Place, RegionalSetting, RegionalSettings};
pub use softphone::{Pops, Softphone, SoftphoneCalls};
pub use task_layouts::{LayoutInUse, LayoutUse};

/// What of the connector is in an org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inventory {
    /// The connector's packages.
    pub packages: Vec<Package>,
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
    pub omni_sync: OmniSync,
    /// Permission sets that have to do with the connector.
    pub permission_sets: Vec<PermissionSetInUse>,
    /// What looks like the remains of an earlier installation.
    pub leftovers: Vec<Leftover>,
}

impl Inventory {
    /// Takes stock of an org.
    pub fn take(state: &OrgState) -> Self {
        let data = connector();
        let recipe = &data.recipe;
        let packages = packages::of(state, recipe);
        let call_centers = call_centers::of(state, data);
        let task_layouts = task_layouts::of(state, recipe);
        let omni_sync = access::omni_sync(state);
        let permission_sets = access::permission_sets(state, recipe, &call_centers);
        let mut inventory = Self {
            installing: state.installs.iter().any(|install| install.running),
            custom_metadata: region::of(state, recipe),
            softphone_layout: state.softphone.found().map(softphone::of),
            packages,
            call_centers,
            task_layouts,
            omni_sync,
            permission_sets,
            leftovers: Vec::new(),
        };
        inventory.leftovers = leftovers::of(&inventory, state, recipe);
        inventory
    }
}

/// The connector that is looked for.
pub fn connector() -> &'static RecipeData {
    // Recipes are embedded, and a test loads them.
    &recipes()[0]
}

/// What a profile is called; its id where the org does not show it.
fn profile_label(state: &OrgState, id: &ProfileId) -> String {
    let known = state.profiles.iter().find(|profile: &&Profile| &profile.id == id);
    known.map_or_else(|| id.to_string(), |profile| profile.label.clone())
}
