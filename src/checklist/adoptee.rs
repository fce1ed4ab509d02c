//! The org that is adopted: what a configuration for it is drafted from.

use super::Inventory;
use crate::definitions::{RecipeData, recipe_of};
use crate::model::{CallCenter, CallCenterId, OrgState, Region, SettingKind, User};

/// An org that somebody has set up, from which a configuration is drafted that wants just that.
#[derive(Debug, Clone, Copy)]
pub struct Adoptee<'a> {
    /// What was observed.
    pub state: &'a OrgState,
    /// What of the connector is there.
    pub inventory: &'a Inventory,
    /// Internal name of the call center that is adopted.
    pub call_center: Option<&'a str>,
    /// The tenant's data centre.
    pub region: &'a Region,
    /// Whether the Webex organization is known, which shows nowhere in Salesforce.
    pub knows_tenant: bool,
    /// Whether a configuration has words for a setting that holds this text.
    pub has_words: fn(&SettingKind, &str) -> bool,
}

impl<'a> Adoptee<'a> {
    /// The generation of the connector that is adopted.
    pub fn connector(&self) -> &'static RecipeData {
        recipe_of(self.state)
    }

    /// The values of the adopted call center, where the org shows them.
    pub fn values(&self) -> Option<&'a CallCenter> {
        self.call_center.and(self.state.call_center.found())
    }

    /// Active users of the adopted call center.
    pub fn members(&self) -> Vec<&'a User> {
        self.state.users.iter().filter(|user| user.active && self.is_inside(user)).collect()
    }

    /// Whether a user is in the adopted call center.
    pub fn is_inside(&self, user: &User) -> bool {
        self.id().is_some_and(|id| user.call_center.as_ref() == Some(id))
    }

    fn id(&self) -> Option<&'a CallCenterId> {
        let name = self.call_center?;
        let row = self.state.call_centers.iter().find(|row| row.internal_name == name);
        row.map(|row| &row.id)
    }
}
