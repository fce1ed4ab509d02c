//! What a change is about: a record or component, by the names people know it by.

use serde::{Deserialize, Serialize};

use super::TenantRecord;

/// What kind of thing a subject is, in the API's own spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SubjectKind {
    /// A managed package, by its namespace.
    InstalledPackage,
    /// A call center, by its internal name.
    CallCenter,
    /// A user, by user name.
    User,
    /// A page layout assignment, by the profile's label.
    ProfileLayout,
    /// A softphone layout, by its name.
    SoftphoneLayout,
    /// An Apex class, by its name.
    ApexClass,
    /// A permission set, by its API name.
    PermissionSet,
    /// A permission set that a user has, by user name; the field is the set's API name.
    PermissionSetAssignment,
    /// A profile, by its label.
    Profile,
    /// A record of a custom metadata type: `ns__Type.ns__Record`.
    CustomMetadata,
    /// A Lightning page, by its full name: a utility bar, with the component of one of its items.
    FlexiPage,
    /// A desktop layout of the Webex organization, by its name.
    DesktopLayout,
    /// A team of the Webex organization, by its name.
    Team,
    /// An idle code of the Webex organization, by its name.
    AuxiliaryCode,
    /// A global variable of the Webex organization, by its name.
    CadVariable,
    /// A desktop profile of the Webex organization, by its name.
    AgentProfile,
}

impl SubjectKind {
    /// The kind of a record of the Webex organization.
    pub fn of_tenant(kind: TenantRecord) -> Self {
        match kind {
            TenantRecord::DesktopLayout => Self::DesktopLayout,
            TenantRecord::Team => Self::Team,
            TenantRecord::AuxiliaryCode => Self::AuxiliaryCode,
            TenantRecord::CadVariable => Self::CadVariable,
            TenantRecord::AgentProfile => Self::AgentProfile,
        }
    }

    /// The record of the Webex organization that it is, where it is one.
    pub fn in_tenant(self) -> Option<TenantRecord> {
        Some(match self {
            Self::DesktopLayout => TenantRecord::DesktopLayout,
            Self::Team => TenantRecord::Team,
            Self::AuxiliaryCode => TenantRecord::AuxiliaryCode,
            Self::CadVariable => TenantRecord::CadVariable,
            Self::AgentProfile => TenantRecord::AgentProfile,
            Self::InstalledPackage
            | Self::CallCenter
            | Self::User
            | Self::ProfileLayout
            | Self::SoftphoneLayout
            | Self::ApexClass
            | Self::PermissionSet
            | Self::PermissionSetAssignment
            | Self::Profile
            | Self::CustomMetadata
            | Self::FlexiPage => return None,
        })
    }
}

/// The subject of a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: SubjectKind,
    /// Its name.
    pub name: String,
    /// For a page layout assignment: the record type, where it is not the master assignment.
    pub record_type: Option<String>,
}

impl Subject {
    /// A subject without a record type.
    pub fn new(kind: SubjectKind, name: impl Into<String>) -> Self {
        Self { kind, name: name.into(), record_type: None }
    }
}
