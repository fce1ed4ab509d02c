//! What `status` says of call centers: whose they are, and who is in them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{is_clone, is_connectors};
use crate::checklist::names::profile_label;
use crate::definitions::{recipes, regions, templates};
use crate::model::{CallCenterRow, OrgState, Recipe, host};

/// A call center of an org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallCenterInUse {
    /// Its internal name.
    pub internal_name: String,
    /// Its display name.
    pub name: String,
    /// Whose it is.
    pub role: Role,
    /// Address of the adapter.
    pub adapter_url: Option<String>,
    /// The data centre that the address belongs to, where it is one of Webex's.
    pub data_center: Option<String>,
    /// Active users in it.
    pub active_users: usize,
    /// Inactive users in it.
    pub inactive_users: usize,
    /// Its users by profile, most users first.
    pub profiles: Vec<UsersOfProfile>,
}

/// Whose a call center is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The connector's, of a definition as new as those that this program has.
    Connector,
    /// The connector's, of an older definition.
    Predecessor,
    /// The connector's first generation, beside the second.
    #[serde(rename = "version1")]
    Version1,
    /// The connector's second generation, beside the first.
    #[serde(rename = "version2")]
    Version2,
    /// The connector's by its adapter, under a name that Cisco gave to none.
    Clone,
    /// Another vendor's.
    Other,
}

/// Users of a call center who have a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UsersOfProfile {
    /// The profile's label.
    pub profile: String,
    /// How many may log in.
    pub active: usize,
    /// How many may not.
    pub inactive: usize,
}

/// Every call center, the connector's first and its newest definition before the others.
pub(in crate::checklist) fn list_call_centers(
    state: &OrgState,
    recipe: &Recipe,
) -> Vec<CallCenterInUse> {
    let mut found: Vec<CallCenterInUse> =
        state.call_centers.iter().map(|row| describe(state, row, recipe)).collect();
    found.sort_by(|one, other| {
        let newest_first = other.internal_name.cmp(&one.internal_name);
        one.role.cmp(&other.role).then(match one.role {
            Role::Connector | Role::Predecessor => newest_first,
            Role::Version1 | Role::Version2 | Role::Clone | Role::Other => newest_first.reverse(),
        })
    });
    found
}

fn describe(state: &OrgState, row: &CallCenterRow, recipe: &Recipe) -> CallCenterInUse {
    let users = state.users.iter().filter(|user| user.call_center.as_ref() == Some(&row.id));
    let mut profiles: BTreeMap<String, UsersOfProfile> = BTreeMap::new();
    let (mut active, mut inactive) = (0, 0);
    for user in users {
        let label = user.profile.as_ref().map_or_else(String::new, |id| profile_label(state, id));
        let of_profile = profiles.entry(label.clone()).or_insert(UsersOfProfile {
            profile: label,
            active: 0,
            inactive: 0,
        });
        let counts = if user.active {
            (&mut active, &mut of_profile.active)
        } else {
            (&mut inactive, &mut of_profile.inactive)
        };
        *counts.0 += 1;
        *counts.1 += 1;
    }
    let mut profiles: Vec<UsersOfProfile> = profiles.into_values().collect();
    profiles.sort_by_key(|found| std::cmp::Reverse((found.active, found.inactive)));
    CallCenterInUse {
        internal_name: row.internal_name.clone(),
        name: row.name.clone(),
        role: if is_clone(recipe, row) { Role::Clone } else { role(&row.internal_name, recipe) },
        adapter_url: row.adapter_url.clone(),
        data_center: row.adapter_url.as_deref().and_then(find_data_center).map(str::to_owned),
        active_users: active,
        inactive_users: inactive,
        profiles,
    }
}

/// Definitions are named by the day they were made on, so their numbers tell which is older.
pub(in crate::checklist) fn role(internal_name: &str, recipe: &Recipe) -> Role {
    let number = |name: &str| -> Option<u64> {
        name.strip_prefix(recipe.internal_name_prefix.as_str())?.parse().ok()
    };
    if !is_connectors(recipe, internal_name) {
        let other = recipes().iter().find(|known| known.is_named_like(internal_name));
        return match other.map(|known| known.recipe.name.as_str()) {
            Some("webex-v1") => Role::Version1,
            Some(_) => Role::Version2,
            None => Role::Other,
        };
    }
    let known = templates().iter().filter_map(|known| number(&known.call_center.internal_name));
    if number(internal_name) < known.max() { Role::Predecessor } else { Role::Connector }
}

/// The data centre whose desktop is at an address.
pub(in crate::checklist) fn find_data_center(address: &str) -> Option<&'static str> {
    let wanted = host(address)?;
    let region =
        regions().iter().find(|region| host(&region.desktop_url).as_ref() == Some(&wanted));
    region.map(|region| region.name.as_str())
}

/// User names of those in the connector's call centers.
pub(in crate::checklist) fn list_members<'a>(
    state: &'a OrgState,
    call_centers: &[CallCenterInUse],
) -> BTreeSet<&'a str> {
    let is_connectors = |name: &str| {
        call_centers.iter().any(|found| found.internal_name == name && found.role != Role::Other)
    };
    let ours: Vec<&CallCenterRow> =
        state.call_centers.iter().filter(|row| is_connectors(&row.internal_name)).collect();
    let users = state.users.iter();
    users
        .filter(|user| ours.iter().any(|row| user.call_center.as_ref() == Some(&row.id)))
        .map(|user| user.username.as_str())
        .collect()
}
