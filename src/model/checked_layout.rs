//! What users get whose own logins were used to look: no API tells the softphone layout of anybody else.

use super::{Hint, ProfileId, SoftphoneLayout};

/// What was seen with the login of a check user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedLayout {
    /// The alias of the login.
    pub alias: String,
    /// What was seen, or why nothing was.
    pub seen: Result<LayoutOfUser, UnseenLayout>,
}

/// Whose softphone layout was seen, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutOfUser {
    /// The user name.
    pub username: String,
    /// The profile, where the org named one.
    pub profile: Option<ProfileId>,
    /// What the layout holds; none where the user has none.
    pub layout: Option<SoftphoneLayout>,
}

/// Why a user's softphone layout was not seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnseenLayout {
    /// What kept it from being seen, without a full stop.
    pub why: String,
    /// What to do about it; empty where nothing is known.
    pub remedy: Vec<Hint>,
}
