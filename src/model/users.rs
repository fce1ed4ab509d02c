//! People of the org, as far as the checklist looks at them.

use std::fmt;

use super::{CallCenterId, ProfileId, UserId};

/// A user whom the configuration chose, or who uses one of the connector's call centers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Login name, unique in all of Salesforce.
    pub username: String,
    /// The name people know.
    pub name: String,
    /// E-mail address, by which the same person is known in Webex; empty where it is not shown.
    pub email: String,
    /// Whether the user may log in.
    pub active: bool,
    /// Whether it is a person who works in the org (`UserType` `Standard`), and not a guest, a
    /// customer, or one of Salesforce's own users. No other can be in a call center.
    pub standard: bool,
    /// The user's profile.
    pub profile: Option<ProfileId>,
    /// The call center the user is in.
    pub call_center: Option<CallCenterId>,
    /// What of the configuration chose the user; empty for a member nobody chose.
    pub chosen_by: Vec<Selector>,
}

/// What chooses users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Selector {
    /// `users.profiles`
    Profiles,
    /// `users.usernames`
    Usernames,
    /// `users.permission_sets`
    PermissionSets,
    /// `users.where`
    Condition,
}

impl fmt::Display for Selector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Profiles => "users.profiles",
            Self::Usernames => "users.usernames",
            Self::PermissionSets => "users.permission_sets",
            Self::Condition => "users.where",
        })
    }
}
