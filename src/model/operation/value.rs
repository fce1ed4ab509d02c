//! What a target holds.

use super::Ref;
use crate::model::{
    CallCenter, CallCenterId, Granted, LayoutId, PackageVersionId, ProfileId, TenantRecordId,
    Version, fnv,
};

impl DesktopLayout {
    /// A layout of that JSON; the summary names it and tells contents apart.
    pub fn of(file: &str, content: String) -> Self {
        let number = fnv(content.bytes()) >> 32;
        Self { summary: format!("{file} [{number:08x}]"), file: file.to_owned(), content }
    }

    /// Whether both are the same JSON, however it is spelled.
    pub fn means_the_same(&self, other: &Self) -> bool {
        let parsed = |it: &Self| serde_json::from_str::<serde_json::Value>(&it.content).ok();
        self.content == other.content || parsed(self).is_some_and(|it| parsed(other) == Some(it))
    }
}

/// What a target holds.
///
/// What is written down of it is one text, and an id where it is a record. What else is needed to
/// carry it out is there in plans and absent in what was read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Plain text: a setting, a label, a status.
    Text(String),
    /// A call center that a user is in.
    CallCenter(Ref<CallCenterId>),
    /// A page layout, by its name with namespace.
    Layout(Ref<LayoutId>),
    /// A version of a managed package.
    Package(Package),
    /// All that a call center consists of.
    Definition(Definition),
    /// The source of an Apex class.
    Source(Source),
    /// Whether an Apex class is active.
    Status(Status),
    /// All that a permission set of ours consists of.
    PermissionSet(PermissionSet),
    /// A desktop layout.
    DesktopLayout(DesktopLayout),
    /// Another record of the Webex organization.
    TenantRecord(Ref<TenantRecordId>),
    /// An access or a permission set is given.
    Given,
}

/// A desktop layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesktopLayout {
    /// What stands for it where people read it: `salesforce.json (connector 1.1.9)`.
    pub summary: String,
    /// Name of the file that it comes from.
    pub file: String,
    /// The JSON. It is written down whole, for nothing else could put it back.
    pub content: String,
}

/// A version of a managed package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its id.
    pub id: Option<PackageVersionId>,
    /// Its number.
    pub number: Option<Version>,
    /// The package's name.
    pub name: String,
    /// Who gets access when it is installed.
    pub audience: Option<InstallAudience>,
}

/// Who gets access to a package when it is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstallAudience {
    /// Administrators only.
    Admins,
    /// Every profile.
    AllUsers,
    /// These profiles, and administrators.
    Profiles(Vec<Ref<ProfileId>>),
}

/// All that a call center consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// What stands for it where it is written down: `2024-11 (37 items)`.
    pub summary: String,
    /// The component.
    pub content: Option<Box<CallCenter>>,
}

/// The source of an Apex class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What stands for it where it is written down, for a whole class would be too long.
    pub fingerprint: String,
    /// The source itself.
    pub body: Option<String>,
    /// The class whose tests a production org runs when this is deployed.
    pub tested_by: Option<String>,
}

/// Whether an Apex class is active.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// `Active`, unless somebody has switched it off.
    pub status: String,
    /// The class whose tests a production org runs when this is deployed.
    pub tested_by: Option<String>,
}

/// All that a permission set of ours consists of.
///
/// A deploy replaces a permission set as a whole. Accesses that the org does not show would be lost
/// if one were built from what shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionSet {
    /// Its label.
    pub label: String,
    /// What it says of itself.
    pub description: String,
    /// What it gives access to.
    pub grants: Vec<Granted>,
}
