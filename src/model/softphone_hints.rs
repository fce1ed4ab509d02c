//! What is looked at beside softphone layouts, to say more of them: who else would get one, and who changed it.

use std::collections::BTreeMap;

use super::{CallCenterId, Observed, ProfileId};

/// What is looked at beside softphone layouts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SoftphoneHints {
    /// The caller's profile, asked for where a layout is given to single profiles, and where the org tells it.
    pub own_profile: Option<ProfileId>,
    /// Labels of the objects that the layout names, by API name, as far as the org tells them.
    pub object_labels: BTreeMap<String, String>,
    /// Active users in call centers that are not the connector's by their names.
    pub memberships: Observed<Vec<Membership>>,
    /// What the Setup Audit Trail tells of softphone layouts, newest first; nothing where it is not shown.
    pub audited: Observed<Vec<Audited>>,
}

/// An active user in a call center that is not the connector's by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The user's profile, where it is told.
    pub profile: Option<ProfileId>,
    /// The call center.
    pub call_center: CallCenterId,
}

/// An entry of the org's Setup Audit Trail. Nobody knows whether every change of a softphone layout leaves one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// When, as the org writes it.
    pub at: String,
    /// Who, where that is told.
    pub by: Option<String>,
    /// What, in the org's words.
    pub what: String,
}
