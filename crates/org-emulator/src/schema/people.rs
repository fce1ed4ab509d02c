//! What is known of people beside their records: permissions, logins, licences.

use super::field::{Field, datetime, flag, id, int, picklist, reference, text};
use super::object::SObject;
use crate::world::people::PERMISSIONS;

/// A field for each user permission.
pub(super) fn permissions() -> impl Iterator<Item = Field> {
    PERMISSIONS.iter().map(|permission| flag(&format!("Permissions{permission}")))
}

/// These objects of the data API.
pub(super) fn objects() -> Vec<SObject> {
    vec![user_permission_access(), user_login(), user_license()]
}

/// The caller's own permissions, from wherever they come: one record, to read only.
fn user_permission_access() -> SObject {
    let mut fields = vec![id(), datetime("LastCacheUpdate")];
    fields.extend(permissions());
    SObject::virtual_object("UserPermissionAccess", fields)
}

fn user_login() -> SObject {
    let mut object = SObject::new(
        "UserLogin",
        "0Yw",
        vec![reference("UserId", "", "User"), flag("IsFrozen").write(), flag("IsPasswordLocked")],
    );
    object.fields.retain(|field| !["CreatedDate", "CreatedById"].contains(&field.name.as_str()));
    object.updates()
}

fn user_license() -> SObject {
    SObject::new(
        "UserLicense",
        "100",
        vec![
            text("LicenseDefinitionKey", 40),
            text("Name", 40),
            text("MasterLabel", 80),
            picklist("Status", &["Active", "Disabled"]),
            int("TotalLicenses"),
            int("UsedLicenses"),
            datetime("UsedLicensesLastUpdated"),
        ],
    )
}
