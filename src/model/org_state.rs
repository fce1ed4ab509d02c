//! What is: one observation of an org, as far as the checklist looks at it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    CallCenter, CallCenterId, CustomMetadata, InstallRequest, InstalledPackage, Layout,
    LayoutAssignment, OfferedVersion, OmniState, OrgId, PackageContents, PermissionSet,
    PermissionSetAssignment, Permissions, PresenceStatus, Profile, RecordType, RemovalState,
    SoftphoneLayout, Told, User,
};

/// An org at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct OrgState {
    /// Which org it is.
    pub organization: Organization,
    /// What is installed.
    pub packages: Vec<InstalledPackage>,
    /// What is to be seen of the connector's package.
    pub contents: PackageContents,
    /// Installations, newest first.
    pub installs: Vec<InstallRequest>,
    /// Deploys that are pending or in progress; `None` where nobody looked.
    pub running_deploys: Option<Vec<RunningDeploy>>,
    /// What the calling user may do.
    pub permissions: Told<Permissions>,
    /// What the org says of the wanted version; `None` until it was asked.
    pub offered: Option<OfferedVersion>,
    /// What is to be seen of the package's custom metadata.
    pub custom_metadata: CustomMetadata,
    /// Every call center.
    pub call_centers: Vec<CallCenterRow>,
    /// The wanted call center with all its values, where the org has it.
    pub call_center: Option<CallCenter>,
    /// Every profile.
    pub profiles: Vec<Profile>,
    /// Whether the profiles' API names were asked for.
    pub profile_names_known: bool,
    /// Record types of Task.
    pub record_types: Vec<RecordType>,
    /// Page layouts of Task.
    pub layouts: Vec<Layout>,
    /// Who uses which of them.
    pub layout_assignments: Vec<LayoutAssignment>,
    /// Chosen users, and members of the connector's call centers.
    pub users: Vec<User>,
    /// Permission sets that people assign; `None` where nobody needed to know.
    pub permission_sets: Option<Vec<PermissionSet>>,
    /// Who has those of them that are wanted, or were given by an earlier run.
    pub permission_set_assignments: Vec<PermissionSetAssignment>,
    /// Objects that mappings write to; `None`: the org has no such object, or does not show it.
    pub objects: BTreeMap<String, Option<Described>>,
    /// Presence statuses; `None` where Omni-Channel is off.
    pub presence_statuses: Option<Vec<PresenceStatus>>,
    /// What state sync needs; `None` until it was asked for.
    pub omni: Option<OmniState>,
    /// What the calling user's softphone layout says, where there is one.
    pub softphone: Option<SoftphoneLayout>,
    /// What matters when the connector is taken out; empty where nobody needed to know.
    pub removal: RemovalState,
}

/// The org itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Id.
    pub id: OrgId,
    /// Name.
    pub name: String,
    /// What kind of org it is, by its own record and never by its host name.
    pub kind: OrgKind,
    /// Base URL of its APIs.
    pub instance_url: String,
}

/// A deploy that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningDeploy {
    /// Its `0Af` id.
    pub id: String,
    /// When it was made, as the org writes it.
    pub since: Option<String>,
    /// Who made it.
    pub by: Option<String>,
}

/// Kinds of orgs; a mistake costs most in production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrgKind {
    /// Real work happens here.
    Production,
    /// A copy of a production org.
    Sandbox,
    /// A temporary org.
    Scratch,
    /// A Developer Edition.
    Developer,
    /// A trial.
    Trial,
}

impl OrgKind {
    /// Its name as in contracts and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::Scratch => "scratch",
            Self::Developer => "developer",
            Self::Trial => "trial",
        }
    }
}

/// A call center as far as a query tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallCenterRow {
    /// Id.
    pub id: CallCenterId,
    /// Internal name.
    pub internal_name: String,
    /// Display name.
    pub name: String,
    /// Address of the adapter, where it has one.
    pub adapter_url: Option<String>,
}

/// An object that mappings write to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// Whether records of it can be made.
    pub createable: bool,
    /// Fields by API name.
    pub fields: BTreeMap<String, FieldDescription>,
}

/// A field of such an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDescription {
    /// Label.
    pub label: String,
    /// Type as describe names it: `string`, `textarea`, `picklist` …
    pub kind: String,
    /// Greatest length; 0 where it has none.
    pub length: u32,
    /// Whether it can be set on a new record.
    pub createable: bool,
    /// Whether it can be changed.
    pub updateable: bool,
    /// Whether a new record needs it.
    pub required: bool,
}
