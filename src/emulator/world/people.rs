//! Users, their profiles and permission sets.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::emulator::ids::Id;

/// A person who may log in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the real fields have these names")]
pub(crate) struct User {
    pub(crate) id: Id,
    pub(crate) username: String,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) alias: String,
    pub(crate) is_active: bool,
    pub(crate) profile_id: Id,
    pub(crate) call_center_id: Option<Id>,
    pub(crate) company_name: Option<String>,
    pub(crate) department: Option<String>,
    pub(crate) division: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) employee_number: Option<String>,
    pub(crate) user_type: String,
    pub(crate) time_zone_sid_key: String,
    pub(crate) locale_sid_key: String,
    pub(crate) language_locale_key: String,
    pub(crate) email_encoding_key: String,
}

impl User {
    /// First and last name, as `Name` shows them.
    pub(crate) fn name(&self) -> String {
        match &self.first_name {
            Some(first) => format!("{first} {}", self.last_name),
            None => self.last_name.clone(),
        }
    }
}

/// A profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) id: Id,
    /// The label, which SOQL calls `Name`.
    pub(crate) name: String,
    /// The name that the Metadata API uses (`Admin`), not encoded.
    pub(crate) full_name: String,
    pub(crate) description: Option<String>,
    pub(crate) user_type: String,
    pub(crate) custom: bool,
    /// Profiles that Salesforce uses itself: no query shows them, but their layouts' rows exist.
    pub(crate) hidden: bool,
}

/// A permission set; every profile owns one, which holds what the profile permits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct PermissionSet {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) description: Option<String>,
    pub(crate) namespace_prefix: Option<String>,
    /// Set on the permission set that a profile owns.
    pub(crate) profile_id: Option<Id>,
    /// User permissions by API name, e.g. `ManageCallCenters`.
    pub(crate) permissions: BTreeSet<String>,
}

/// A permission set given to a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct PermissionSetAssignment {
    pub(crate) id: Id,
    pub(crate) assignee_id: Id,
    pub(crate) permission_set_id: Id,
}

/// Access of a permission set (or of the profile that owns it) to an Apex class or an app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct SetupEntityAccess {
    pub(crate) id: Id,
    pub(crate) parent_id: Id,
    pub(crate) setup_entity_id: Id,
    /// `ApexClass`, `TabSet` (an app) or `CustomMetadataType`… as the object reference spells it.
    pub(crate) setup_entity_type: String,
}

/// The user permissions that the emulator looks at, by API name.
pub(crate) const PERMISSIONS: [&str; 8] = [
    "ApiEnabled",
    "CustomizeApplication",
    "DownloadPackages",
    "ManageCallCenters",
    "ManageUsers",
    "ModifyAllData",
    "ModifyMetadata",
    "ViewSetup",
];
