//! What users may do, and what a client can know of that beforehand.

use serde_json::{Value, json};

use super::Bench;
use crate::Emulator;
use crate::metadata_api::tests::support::{archive, manifest};
use crate::soap::METADATA;
use crate::world::people::PERMISSIONS;

const LAYOUT: &str = "<Layout xmlns=\"http://soap.sforce.com/2006/04/metadata\"><layoutSections>\
    <customLabel>false</customLabel><detailHeading>false</detailHeading>\
    <editHeading>false</editHeading><style>OneColumn</style></layoutSections></Layout>";
const CALL_CENTER: &str = "<CallCenter xmlns=\"http://soap.sforce.com/2006/04/metadata\">\
    <displayName>A</displayName><displayNameLabel>A</displayNameLabel>\
    <internalNameLabel>B</internalNameLabel></CallCenter>";
const PROFILE: &str =
    "<Profile xmlns=\"http://soap.sforce.com/2006/04/metadata\"><custom>false</custom></Profile>";
const META: &str = "<ApexClass xmlns=\"http://soap.sforce.com/2006/04/metadata\">\
    <apiVersion>68.0</apiVersion><status>Active</status></ApexClass>";

/// An org whose administrator may do everything but this.
fn without(missing: &[&str]) -> Bench {
    let kept: Vec<&str> =
        PERMISSIONS.into_iter().filter(|permission| !missing.contains(permission)).collect();
    let seed = json!({"permissions": {"System Administrator": kept}});
    Bench::seeded(&seed.to_string(), Emulator::builder())
}

impl Bench {
    /// Deploys one component, and answers why it failed; nothing where it did not.
    fn deploys(&self, kind: &str, name: &str, files: &[(&str, &str)]) -> String {
        let manifest = manifest(&[(kind, name)]);
        let files: Vec<(&str, &str)> =
            files.iter().copied().chain([("package.xml", manifest.as_str())]).collect();
        let body = format!(
            "<deploy><ZipFile>{}</ZipFile><DeployOptions><rollbackOnError>true</rollbackOnError>\
             <singlePackage>true</singlePackage></DeployOptions></deploy>",
            archive(&files)
        );
        let (_, text) = self.soap("/services/Soap/m/68.0", METADATA, &body);
        let Some((_, rest)) = text.split_once("<id>") else { return text };
        let id = rest.split_once("</id>").unwrap().0;
        let path = format!("/services/data/v68.0/metadata/deployRequest/{id}?includeDetails=true");
        let result = self.get(&path)["deployResult"].clone();
        let failures = &result["details"]["componentFailures"];
        failures[0]["problem"].as_str().unwrap_or_default().to_owned()
    }

    fn made(&self, object: &str, fields: &Value) -> String {
        let path = format!("/services/data/v68.0/sobjects/{object}");
        let (_, answer) = self.call("POST", &path, Some(fields));
        answer[0]["errorCode"].as_str().unwrap_or("made").to_owned()
    }

    fn id_of(&self, soql: &str) -> String {
        self.query(soql)["records"][0]["Id"].as_str().unwrap().to_owned()
    }
}

#[test]
fn callers_know_their_own_permissions() {
    let bench = without(&["AuthorApex", "ViewSetup"]);
    let all: Vec<String> = PERMISSIONS.iter().map(|name| format!("Permissions{name}")).collect();
    let answer = bench.query(&format!("SELECT {} FROM UserPermissionAccess", all.join(",")));
    assert_eq!(answer["totalSize"], 1);
    for name in PERMISSIONS {
        let expected = !["AuthorApex", "ViewSetup"].contains(&name);
        assert_eq!(answer["records"][0][format!("Permissions{name}")], expected, "{name}");
    }
    let path = "/services/data/v68.0/sobjects/UserPermissionAccess/describe";
    assert_eq!(bench.get(path)["createable"], false);
    let agent = &bench.announced()["orgs"][0]["users"][1]["access_token"];
    let agent = Bench { token: agent.as_str().unwrap().to_owned(), ..bench };
    let soql = "SELECT PermissionsApiEnabled, PermissionsManageUsers FROM UserPermissionAccess";
    let own = &agent.query(soql)["records"][0];
    assert_eq!(
        (&own["PermissionsApiEnabled"], &own["PermissionsManageUsers"]),
        (&json!(true), &json!(false))
    );
}

#[test]
fn each_api_refuses_who_may_use_none() {
    let bench = without(&["ApiEnabled"]);
    let (status, answer) =
        bench.call("GET", "/services/data/v68.0/query?q=SELECT+Id+FROM+User", None);
    assert_eq!(status, 403);
    let refusal = json!([{
        "errorCode": "API_DISABLED_FOR_ORG",
        "message": "The REST API is not enabled for this Organization.",
    }]);
    assert_eq!(answer, refusal);
    let (status, text) = bench.soap("/services/Soap/m/68.0", METADATA, "<describeMetadata/>");
    assert_eq!(status, 500);
    assert!(text.contains("<faultcode>sf:API_DISABLED_FOR_ORG</faultcode>"), "{text}");
    let fault = "API_DISABLED_FOR_ORG: API is not enabled for this Organization or Partner";
    assert!(text.contains(fault), "{text}");
}

#[test]
fn setup_and_packages_need_their_own_permissions() {
    let bench = without(&["ViewSetup", "InstallPackaging"]);
    let (status, answer) = bench.call("GET", "/services/data/v68.0/limits", None);
    assert_eq!((status, &answer[0]["errorCode"]), (403, &json!("API_DISABLED_FOR_ORG")));
    let (status, answer) = bench.tooling("SELECT Id FROM FlexiPage");
    assert_eq!((status, &answer[0]["errorCode"]), (400, &json!("INVALID_TYPE")));
    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    let bench = without(&["InstallPackaging"]);
    let package = json!({"SubscriberPackageVersionKey": "04tHp000000wXcZIAU"});
    let (_, answer) = bench.call("POST", path, Some(&package));
    assert_eq!(answer[0]["errorCode"], "INSUFFICIENT_ACCESS_OR_READONLY");
}

#[test]
fn each_type_of_components_needs_its_permission() {
    const CLASS: [(&str, &str); 2] =
        [("classes/A.cls", "public class A {}"), ("classes/A.cls-meta.xml", META)];
    let denied = "You do not have the level of access necessary to perform the operation";
    let bench = without(&["AuthorApex"]);
    assert!(bench.deploys("ApexClass", "A", &CLASS).starts_with(denied));
    let layout = [("layouts/Task-Mine.layout", LAYOUT)];
    assert_eq!(bench.deploys("Layout", "Task-Mine", &layout), "");
    let bench = without(&[
        "CustomizeApplication",
        "ManageCallCenters",
        "ManageUsers",
        "ManageProfilesPermissionsets",
    ]);
    assert_eq!(bench.deploys("ApexClass", "A", &CLASS), "");
    assert!(bench.deploys("Layout", "Task-Mine", &layout).starts_with(denied));
    let center = [("callCenters/C.callCenter", CALL_CENTER)];
    assert!(bench.deploys("CallCenter", "C", &center).starts_with(denied));
    let profile = [("profiles/Admin.profile", PROFILE)];
    assert!(bench.deploys("Profile", "Admin", &profile).starts_with(denied));
    let delete =
        "<deleteMetadata><type>Layout</type><fullNames>Task-X</fullNames></deleteMetadata>";
    let (_, text) = bench.soap("/services/Soap/m/68.0", METADATA, delete);
    assert!(text.contains("<statusCode>INSUFFICIENT_ACCESS</statusCode>"), "{text}");
    let bench = without(&["ModifyMetadata", "ModifyAllData"]);
    assert!(bench.deploys("Layout", "Task-Mine", &layout).contains("sf:INSUFFICIENT_ACCESS"));
}

#[test]
fn perhaps_the_metadata_api_asks_for_no_more_than_its_own_permission() {
    let seed = json!({
        "guesses": {"components_need_own_permission": false},
        "permissions": {"System Administrator": ["ApiEnabled", "ModifyMetadata"]},
    });
    let bench = Bench::seeded(&seed.to_string(), Emulator::builder());
    assert_eq!(bench.deploys("Layout", "Task-Mine", &[("layouts/Task-Mine.layout", LAYOUT)]), "");
}

#[test]
fn each_record_of_setup_needs_its_permission() {
    let no_access = "INSUFFICIENT_ACCESS_OR_READONLY";
    let bench = without(&[
        "ManageUsers",
        "ManageCallCenters",
        "AssignPermissionSets",
        "ManageProfilesPermissionsets",
    ]);
    let user = bench.id_of("SELECT Id FROM User LIMIT 1");
    let set = bench.id_of("SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = false LIMIT 1");
    let assignment = json!({"AssigneeId": user, "PermissionSetId": set});
    assert_eq!(bench.made("PermissionSetAssignment", &assignment), no_access);
    assert_eq!(bench.made("PermissionSet", &json!({"Name": "A", "Label": "A"})), no_access);
    assert_eq!(bench.made("CallCenter", &json!({"Name": "A", "InternalName": "A"})), no_access);
    let path = format!("/services/data/v68.0/sobjects/User/{user}");
    // "Manage Internal Users" is enough for this one.
    assert_eq!(bench.call("PATCH", &path, Some(&json!({"Title": "X"}))).0, 204);
    let bench = without(&["ManageUsers", "ManageInternalUsers"]);
    let (status, answer) = bench.call("PATCH", &path, Some(&json!({"Title": "X"})));
    assert_eq!((status, &answer[0]["errorCode"]), (403, &json!(no_access)));
    assert_eq!(bench.made("PermissionSetAssignment", &assignment), "made");
}

#[test]
fn who_is_frozen_is_logged_out() {
    let bench = Bench::new(Emulator::builder());
    let agent = bench.announced()["orgs"][0]["users"][1].clone();
    let id = agent["id"].as_str().unwrap();
    let found = format!("SELECT Id, IsFrozen FROM UserLogin WHERE UserId = '{id}'");
    let login = &bench.query(&found)["records"][0];
    assert_eq!(login["IsFrozen"], false);
    let path = format!("/services/data/v68.0/sobjects/UserLogin/{}", login["Id"].as_str().unwrap());
    assert_eq!(bench.call("PATCH", &path, Some(&json!({"IsFrozen": true}))).0, 204);
    assert_eq!(bench.query(&found)["records"][0]["IsFrozen"], true);
    let frozen = Bench { token: agent["access_token"].as_str().unwrap().to_owned(), ..bench };
    let (status, answer) = frozen.call("GET", "/services/data/v68.0", None);
    assert_eq!((status, &answer[0]["errorCode"]), (401, &json!("INVALID_SESSION_ID")));
}

#[test]
fn licences_and_limits_can_be_counted() {
    let seed = "[features]\nSalesforceLicenses = 30\nDataStorageMBRemaining = 3";
    let bench = Bench::seeded(seed, Emulator::builder());
    let answer = bench.query("SELECT Name, TotalLicenses, UsedLicenses FROM UserLicense WHERE LicenseDefinitionKey = 'SFDC'");
    let license = &answer["records"][0];
    assert_eq!(license["TotalLicenses"], 30);
    let soql = "SELECT COUNT() FROM User WHERE IsActive = true AND Profile.UserLicense.Name = 'Salesforce'";
    assert_eq!(license["UsedLicenses"], bench.query(soql)["totalSize"]);
    let never = bench.query("SELECT COUNT() FROM User WHERE LastLoginDate = null");
    assert!(never["totalSize"].as_u64().is_some_and(|count| count > 0));
    let limits = bench.get("/services/data/v68.0/limits");
    assert_eq!(limits["DataStorageMB"], json!({"Max": 10_240, "Remaining": 3}));
    // Four requests, of which this was the last.
    assert_eq!(limits["DailyApiRequests"], json!({"Max": 100_000, "Remaining": 99_996}));
}
