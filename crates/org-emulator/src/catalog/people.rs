//! Records of what is known of people beside themselves.

use serde_json::json;

use super::OrgCatalog;
use super::row::row;
use crate::clock::rest_time;
use crate::ids::Id;
use crate::soql::catalog::Row;
use crate::world::World;
use crate::world::people::PERMISSIONS;

/// Licences: what they are called, the key that says which it is, and the id in every org.
const LICENSES: [(&str, &str, &str); 2] =
    [("Salesforce", "SFDC", "100000000000001"), ("Salesforce Platform", "AUL", "100000000000002")];

/// `UserPermissionAccess`: the caller's own, whoever else there is.
pub(super) fn permission_access(catalog: &OrgCatalog<'_>) -> Row {
    let mut fields = row(&json!({
        "Id": "000000000000000AAA",
        "LastCacheUpdate": rest_time(catalog.world.born),
    }));
    for permission in PERMISSIONS {
        let permitted = catalog.world.permits(catalog.user, permission);
        fields.insert(format!("Permissions{permission}"), permitted.into());
    }
    fields
}

/// `UserLogin`
pub(super) fn logins(world: &World) -> Vec<Row> {
    let users = world.users.iter();
    users
        .map(|user| {
            row(&json!({
                "Id": user.id.as_kind("0Yw"),
                "UserId": user.id,
                "IsFrozen": user.is_frozen,
                "IsPasswordLocked": false,
            }))
        })
        .collect()
}

/// `UserLicense`
pub(super) fn licenses(world: &World) -> Vec<Row> {
    let licenses = LICENSES.iter();
    licenses
        .map(|(name, key, id)| {
            let used = world.users_of_license(key);
            row(&json!({
                "Id": Id::parse(id),
                "LicenseDefinitionKey": key,
                "Name": name,
                "MasterLabel": name,
                "Status": "Active",
                "TotalLicenses": world.licenses_of(key),
                "UsedLicenses": used,
                "UsedLicensesLastUpdated": rest_time(world.born),
            }))
        })
        .collect()
}

/// Licences that come with permission sets: nobody has one yet.
pub(super) fn permission_set_licenses(world: &World) -> Vec<Row> {
    let voice = world.features.voice_licenses.map(|total| {
        row(&json!({
            "Id": Id::parse("0PL000000000001AAA"),
            "DeveloperName": "ServiceCloudVoicePartnerTelephonyPsl",
            "MasterLabel": "Salesforce Voice User (Partner Telephony)",
            "PermissionSetLicenseKey": "ServiceCloudVoicePartnerTelephonyPsl",
            "Status": "Active",
            "TotalLicenses": total,
            "UsedLicenses": 0,
        }))
    });
    voice.into_iter().collect()
}

/// The id of the licence of that key.
pub(super) fn license_id(key: &str) -> Option<Id> {
    LICENSES.iter().find(|(_, known, _)| *known == key).and_then(|(_, _, id)| Id::parse(id))
}
