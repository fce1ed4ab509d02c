//! Rows that say who may use what.

use serde::Deserialize;

use crate::model::{
    ApexClass, Holder, PermissionSet, PermissionSetAssignment, PermissionSetId, PresenceStatus,
    ProfileId, UserId,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PermissionSetRow {
    id: PermissionSetId,
    name: String,
    label: String,
    namespace_prefix: Option<String>,
}

impl From<PermissionSetRow> for PermissionSet {
    fn from(row: PermissionSetRow) -> Self {
        Self { id: row.id, namespace: row.namespace_prefix, name: row.name, label: row.label }
    }
}

/// A permission set that a user has.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::engine) struct SetAssignmentRow {
    id: String,
    assignee_id: UserId,
    assignee: Option<AssigneeRow>,
    permission_set_id: PermissionSetId,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AssigneeRow {
    username: String,
}

impl From<SetAssignmentRow> for PermissionSetAssignment {
    fn from(row: SetAssignmentRow) -> Self {
        Self {
            id: row.id,
            user: row.assignee_id,
            username: row.assignee.map(|assignee| assignee.username).unwrap_or_default(),
            permission_set: row.permission_set_id,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ClassRow {
    pub(super) id: String,
    pub(super) name: String,
    status: Option<String>,
    body: Option<String>,
}

impl From<ClassRow> for ApexClass {
    fn from(row: ClassRow) -> Self {
        Self {
            name: row.name,
            status: row.status.unwrap_or_else(|| "Active".to_owned()),
            body: row.body.unwrap_or_default(),
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AccessRow {
    parent: Option<ParentRow>,
    pub(super) setup_entity_id: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ParentRow {
    name: String,
    namespace_prefix: Option<String>,
    profile_id: Option<ProfileId>,
}

impl AccessRow {
    /// Who has the access; a profile has it by the permission set that it owns.
    pub(super) fn holder(&self) -> Option<Holder> {
        let parent = self.parent.as_ref()?;
        Some(match (&parent.profile_id, &parent.namespace_prefix) {
            (Some(profile), _) => Holder::Profile(profile.clone()),
            (None, Some(namespace)) => {
                Holder::PermissionSet(format!("{namespace}__{}", parent.name))
            }
            (None, None) => Holder::PermissionSet(parent.name.clone()),
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct StatusRow {
    pub(super) id: String,
    developer_name: String,
    pub(super) master_label: String,
}

impl From<StatusRow> for PresenceStatus {
    fn from(row: StatusRow) -> Self {
        Self { api_name: row.developer_name, label: row.master_label }
    }
}
