//! Rows of what agents may do, as the org answers.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::engine::observe::looks::present;
use crate::model::{AccessHolder, Granted, PermissionSetId, ProfileId, UserId};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AssignmentRow {
    pub(super) assignee_id: UserId,
    pub(super) permission_set_id: PermissionSetId,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SetRow {
    pub(super) id: PermissionSetId,
    pub(super) name: String,
    pub(super) label: String,
    #[serde(deserialize_with = "present")]
    pub(super) namespace_prefix: Option<String>,
    #[serde(deserialize_with = "present")]
    pub(super) profile_id: Option<ProfileId>,
    #[serde(rename = "Type", deserialize_with = "present")]
    pub(super) kind: Option<String>,
    pub(super) permissions_edit_task: bool,
    pub(super) permissions_modify_all_data: bool,
}

impl From<SetRow> for AccessHolder {
    fn from(row: SetRow) -> Self {
        let tasks = Granted::User("EditTask".to_owned());
        Self {
            id: row.id,
            name: match row.namespace_prefix {
                Some(namespace) => format!("{namespace}__{}", row.name),
                None => row.name,
            },
            label: row.label,
            profile: row.profile_id,
            is_group: row.kind.as_deref() == Some("Group"),
            modifies_all: row.permissions_modify_all_data,
            given: row.permissions_edit_task.then_some(tasks).into_iter().collect(),
            unnamed_apps: BTreeSet::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct FieldRow {
    pub(super) parent_id: PermissionSetId,
    pub(super) field: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ObjectRow {
    pub(super) parent_id: PermissionSetId,
    pub(super) sobject_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AppRow {
    pub(super) parent_id: PermissionSetId,
    pub(super) setup_entity_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct MenuRow {
    #[serde(deserialize_with = "present")]
    pub(super) application_id: Option<String>,
    pub(super) name: String,
    #[serde(deserialize_with = "present")]
    pub(super) namespace_prefix: Option<String>,
}

impl MenuRow {
    /// The app's API name with its namespace.
    pub(super) fn qualified(&self) -> String {
        match self.namespace_prefix.as_deref().filter(|namespace| !namespace.is_empty()) {
            Some(namespace) => format!("{namespace}__{}", self.name),
            None => self.name.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LicenceRow {
    pub(super) id: String,
    pub(super) allowed_licenses: i64,
}

impl LicenceRow {
    /// A site licence says -1.
    pub(super) fn is_for_everybody(&self) -> bool {
        self.allowed_licenses < 0
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct SeatRow {
    pub(super) user_id: UserId,
    pub(super) package_license_id: String,
}
