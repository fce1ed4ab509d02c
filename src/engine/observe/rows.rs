//! Rows as the org sends them, and what they become.

use salesforce_client::rest::Describe;
use salesforce_client::{metadata, packages};
use serde::Deserialize;
use serde_json::Value;

use crate::model::{
    CallCenterId, CallCenterRow, Described, FieldDescription, Generation, InstallRequest,
    InstalledPackage, Layout, LayoutAssignment, LayoutId, LayoutName, OrgId, OrgKind, Organization,
    PackageVersionId, Permission, Profile, ProfileId, RecordType, RecordTypeId, RunningDeploy,
    User, UserId, Version,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OrganizationRow {
    id: OrgId,
    name: String,
    organization_type: Option<String>,
    #[serde(default)]
    is_sandbox: bool,
    trial_expiration_date: Option<String>,
}

impl OrganizationRow {
    /// The org's kind comes from its own record, never from its host name.
    pub(super) fn read(self, instance_url: &str) -> Organization {
        let kind = match (self.is_sandbox, self.trial_expiration_date.is_some()) {
            (true, false) => OrgKind::Sandbox,
            (true, true) => OrgKind::Scratch,
            (false, _) if self.organization_type.as_deref() == Some("Developer Edition") => {
                OrgKind::Developer
            }
            (false, true) => OrgKind::Trial,
            (false, false) => OrgKind::Production,
        };
        Organization {
            id: self.id,
            name: self.name,
            kind,
            instance_url: instance_url.trim_end_matches('/').to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CallCenterRecord {
    id: CallCenterId,
    name: String,
    internal_name: String,
    adapter_url: Option<String>,
}

impl From<CallCenterRecord> for CallCenterRow {
    fn from(row: CallCenterRecord) -> Self {
        Self {
            id: row.id,
            internal_name: row.internal_name,
            name: row.name,
            adapter_url: row.adapter_url,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ProfileRow {
    id: ProfileId,
    name: String,
}

impl From<ProfileRow> for Profile {
    fn from(row: ProfileRow) -> Self {
        Self { id: row.id, label: row.name, api_name: None }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RecordTypeRow {
    id: RecordTypeId,
    name: String,
    developer_name: String,
    namespace_prefix: Option<String>,
    is_active: bool,
}

impl From<RecordTypeRow> for RecordType {
    fn from(row: RecordTypeRow) -> Self {
        let api_name = match row.namespace_prefix {
            Some(namespace) => format!("{namespace}__{}", row.developer_name),
            None => row.developer_name,
        };
        Self { id: row.id, api_name, label: row.name, active: row.is_active }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UserRow {
    id: UserId,
    username: String,
    name: String,
    is_active: bool,
    profile_id: Option<ProfileId>,
    call_center_id: Option<CallCenterId>,
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            username: row.username,
            name: row.name,
            active: row.is_active,
            profile: row.profile_id,
            call_center: row.call_center_id,
            chosen_by: Vec::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AppRow {
    pub(super) label: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct NamedRow {
    pub(super) name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct TypeRow {
    pub(super) qualified_api_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LayoutRow {
    id: LayoutId,
    name: String,
    namespace_prefix: Option<String>,
}

impl From<LayoutRow> for Layout {
    fn from(row: LayoutRow) -> Self {
        Self { id: row.id, name: LayoutName { namespace: row.namespace_prefix, name: row.name } }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(clippy::struct_field_names, reason = "the API's own names")]
pub(super) struct AssignmentRow {
    profile_id: Option<ProfileId>,
    layout_id: Option<LayoutId>,
    record_type_id: Option<RecordTypeId>,
}

impl AssignmentRow {
    /// Rows of hidden profiles have no profile; nobody can assign anything there.
    pub(super) fn read(self) -> Option<LayoutAssignment> {
        Some(LayoutAssignment {
            profile: self.profile_id?,
            record_type: self.record_type_id,
            layout: self.layout_id,
        })
    }
}

pub(super) fn package(row: packages::InstalledPackage) -> InstalledPackage {
    let (namespace, name) = match row.subscriber_package {
        Some(package) => (package.namespace_prefix, package.name),
        None => (None, None),
    };
    let version = row.subscriber_package_version;
    InstalledPackage {
        name: name.or_else(|| namespace.clone()).unwrap_or_else(|| "a hidden package".to_owned()),
        namespace,
        package_id: row.subscriber_package_id,
        version_id: version.as_ref().and_then(|version| PackageVersionId::parse(&version.id).ok()),
        version: version.as_ref().map(number),
        generation: generation(version.as_ref()),
        managed: version.is_some_and(|version| version.is_managed),
    }
}

/// Only packages of the second generation have container options.
fn generation(version: Option<&packages::PackageVersion>) -> Generation {
    match version {
        Some(version) if version.package2_container_options.is_some() => Generation::Second,
        Some(version) if version.is_managed => Generation::First,
        _ => Generation::Unknown,
    }
}

pub(super) fn number(version: &packages::PackageVersion) -> Version {
    let part = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Version {
        major: part(version.major_version),
        minor: part(version.minor_version),
        patch: part(version.patch_version),
    }
}

pub(super) fn install(row: packages::InstallStatus) -> InstallRequest {
    InstallRequest {
        running: !row.state.is_final(),
        version_id: row.version_id.and_then(|id| PackageVersionId::parse(&id).ok()),
        since: row.created,
        by: row.created_by,
        id: row.id,
    }
}

/// A deploy that has not ended.
pub(super) fn running_deploy(row: metadata::RunningDeploy) -> RunningDeploy {
    RunningDeploy { id: row.id.0, since: row.created_date, by: row.created_by }
}

/// The caller's row of permissions, as far as it was asked for.
pub(super) fn permissions(answer: &Value) -> Vec<(Permission, bool)> {
    let row = answer.pointer("/records/0");
    Permission::ALL
        .into_iter()
        .filter_map(|permission| Some((permission, row?.get(permission.field())?.as_bool()?)))
        .collect()
}

/// What mapping rules need of a description.
pub(super) fn described(object: Describe) -> Described {
    Described {
        createable: object.createable,
        fields: object
            .fields
            .into_iter()
            .map(|field| {
                let described = FieldDescription {
                    label: field.label,
                    kind: field.kind,
                    length: field.length.and_then(|length| length.try_into().ok()).unwrap_or(0),
                    createable: field.createable,
                    updateable: field.updateable,
                    required: field.createable && !field.nillable && !field.defaulted,
                };
                (field.name, described)
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn permissions_that_an_org_lacks_are_not_known() {
        let answer = json!({"records": [{
            "PermissionsManageUsers": true,
            "PermissionsAuthorApex": false,
            "PermissionsModifyMetadata": null,
        }]});
        let known = permissions(&answer);
        assert_eq!(known, [(Permission::ManageUsers, true), (Permission::AuthorApex, false)]);
        assert_eq!(permissions(&json!({"records": []})), []);
    }
}
