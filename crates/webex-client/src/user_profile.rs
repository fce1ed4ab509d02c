//! User profiles: what users may see and change in Webex, listening to recordings included.

use serde::{Deserialize, Serialize};

use crate::resource::{Sealed, operations};
use crate::words::words;
use crate::{
    Access, Area, Client, Creatable, Deletable, Operations, Referable, Replaceable, Resource,
};

/// A user profile. Lists leave its permissions out, and the service's own cannot be changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UserProfile {
    /// The name, of at most 80 characters.
    pub name: String,
    /// A description.
    pub description: Option<String>,
    /// Whom it is for.
    pub profile_type: Option<ProfileType>,
    /// Whether it is in use.
    pub active: Option<bool>,
    /// How much it permits.
    pub permission_access_level: Option<Access>,
    /// How many of the organization's records it reaches.
    pub resource_access_level: Option<Access>,
    /// What it permits, where that is specific.
    pub permissions: Option<Vec<Permission>>,
}

/// One thing that a user profile permits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Permission {
    /// Its id, where the service gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What, such as `audio-recording-transcript`.
    pub name: String,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<PermissionAccess>,
}

/// Listening to recordings and reading transcripts. That this is what the article calls recording
/// management is a guess: it is the only name that fits.
pub const RECORDINGS: &str = "audio-recording-transcript";

words! {
    /// Whom a user profile is for.
    ProfileType {
        /// Administrators of everything.
        Administrator = "ADMINISTRATOR",
        /// Administrators who are no agents.
        AdministratorOnly = "ADMINISTRATOR_ONLY",
        /// Supervisors.
        Supervisor = "SUPERVISOR",
        /// Agents with a premium licence.
        PremiumAgent = "PREMIUM_AGENT",
        /// Agents with a standard licence.
        StandardAgent = "STANDARD_AGENT",
    }
}

words! {
    /// How much of something is permitted.
    PermissionAccess {
        /// To see and change it.
        Edit = "EDIT",
        /// To see it.
        View = "VIEW",
        /// Nothing.
        None = "NONE",
        /// It can be used.
        Enabled = "ENABLED",
        /// It cannot be used.
        Disabled = "DISABLED",
    }
}

impl UserProfile {
    /// A profile for supervisors with these permissions and all records, with all that the service asks
    /// for.
    pub fn supervisor(name: &str, permissions: Vec<Permission>) -> UserProfile {
        UserProfile {
            name: name.to_owned(),
            description: None,
            profile_type: Some(ProfileType::Supervisor),
            active: Some(true),
            permission_access_level: Some(Access::Specific),
            resource_access_level: Some(Access::All),
            permissions: Some(permissions),
        }
    }

    /// How much of this the profile permits; `None` where it does not tell.
    pub fn permits(&self, name: &str) -> Option<PermissionAccess> {
        match self.permission_access_level.as_ref()? {
            Access::All => Some(PermissionAccess::Edit),
            Access::None => Some(PermissionAccess::None),
            Access::Specific => {
                let all = self.permissions.as_ref()?;
                let one = all.iter().find(|permission| permission.name == name);
                one.map_or(Some(PermissionAccess::None), |permission| permission.access.clone())
            }
            Access::Provisioned | Access::Other(_) => None,
        }
    }
}

impl Permission {
    /// A permission.
    pub fn new(name: &str, access: PermissionAccess) -> Permission {
        Permission { id: None, name: name.to_owned(), access: Some(access) }
    }
}

impl Resource for UserProfile {
    const LIST: &'static str = "/v3/user-profile";
    const ITEM: &'static str = "/v3/user-profile";
    const OPERATIONS: Operations = operations!("a user profile", "user profiles");
}

impl Sealed for UserProfile {}
impl Creatable for UserProfile {}
impl Replaceable for UserProfile {}
impl Deletable for UserProfile {}

impl Referable for UserProfile {
    const REFERENCES: &'static str = "/user-profile";
}

impl Client {
    /// User profiles.
    pub fn user_profiles(&self) -> Area<'_, UserProfile> {
        Area::new(self)
    }
}
