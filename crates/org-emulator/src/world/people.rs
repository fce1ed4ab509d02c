//! Users, their profiles and permission sets.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::World;
use super::record_access::{FieldAccess, ObjectAccess};
use crate::ids::Id;

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
    /// Frozen by an administrator: still active, but nobody gets in. A field of `UserLogin`.
    #[serde(default)]
    pub(crate) is_frozen: bool,
    /// As queries show it; nothing for those who never came.
    #[serde(default)]
    pub(crate) last_login_date: Option<String>,
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

    /// Whether this person, and whatever acts for them, gets in.
    pub(crate) fn may_enter(&self) -> bool {
        self.is_active && !self.is_frozen
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

impl Profile {
    /// The definition key of the user licence that the profile's users need.
    pub(crate) fn license(&self) -> &'static str {
        match self.full_name.as_str() {
            "StandardAul" => "AUL",
            _ => "SFDC",
        }
    }
}

/// A permission set; every profile owns one, which holds what the profile permits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "named as the object's fields are")]
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
    /// What was said of fields (`Task.Subject`); of others what holds for all of that kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) fields: BTreeMap<String, FieldAccess>,
    /// What was said of objects.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) objects: BTreeMap<String, ObjectAccess>,
    /// Set on the permission set that a group owns, which is what its members are assigned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) permission_set_group_id: Option<Id>,
}

/// A group of permission sets; who is in it has what all of them give.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct PermissionSetGroup {
    pub(crate) id: Id,
    pub(crate) developer_name: String,
    pub(crate) master_label: String,
    pub(crate) namespace_prefix: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) permission_set_ids: Vec<Id>,
}

impl PermissionSetGroup {
    /// The id of the record that puts the set of that place into the group.
    pub(crate) fn component_id(&self, place: usize) -> Id {
        let digits = format!("{:03}", place % 1_000);
        let body = self.id.short().get(3..12).unwrap_or_default();
        Id::parse(&format!("0PH{body}{digits}")).unwrap_or_else(|| self.id.as_kind("0PH"))
    }
}

/// A permission set given to a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(crate) struct PermissionSetAssignment {
    pub(crate) id: Id,
    pub(crate) assignee_id: Id,
    pub(crate) permission_set_id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) permission_set_group_id: Option<Id>,
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

impl World {
    /// The permission set that a group owns.
    pub(crate) fn group_set(&self, group: &Id) -> Option<&PermissionSet> {
        self.permission_sets.iter().find(|set| set.permission_set_group_id.as_ref() == Some(group))
    }

    /// The group that a set of its own stands for.
    pub(crate) fn group_of(&self, set: &Id) -> Option<&PermissionSetGroup> {
        let group = self.permission_sets.iter().find(|it| it.id == *set)?;
        let group = group.permission_set_group_id.as_ref()?;
        self.permission_set_groups.iter().find(|it| it.id == *group)
    }

    /// Gives administrators every permission that there is.
    pub(crate) fn empower(&mut self) {
        let administrators = self.profile_by_full_name("Admin").map(|profile| profile.id.clone());
        let sets = self.permission_sets.iter_mut();
        for set in sets.filter(|set| set.profile_id.is_some() && set.profile_id == administrators) {
            set.permissions = PERMISSIONS.iter().map(|&permission| permission.to_owned()).collect();
        }
    }
}

/// The user permissions that the emulator knows, by API name; administrators have them all.
///
/// "Download AppExchange Packages" is `InstallPackaging`.
pub(crate) const PERMISSIONS: [&str; 21] = [
    "ApiEnabled",
    "ApproveUninstalledConnectedApps",
    "AssignPermissionSets",
    "AuthorApex",
    "CustomizeApplication",
    "EditTask",
    "FreezeUsers",
    "InstallPackaging",
    "LightningExperienceUser",
    "ManageCallCenters",
    "ManageInternalUsers",
    "ManagePackageLicenses",
    "ManageProfilesPermissionsets",
    "ManageUsers",
    "ModifyAllData",
    "ModifyMetadata",
    "UseAnyApiAuth",
    "ViewAllData",
    "ViewAllUsers",
    "ViewRoles",
    "ViewSetup",
];
