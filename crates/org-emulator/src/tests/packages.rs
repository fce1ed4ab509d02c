//! Packages and the Tooling API.

use serde_json::{Value, json};

use super::Bench;
use crate::*;

#[test]
fn a_package_is_installed_and_brings_what_the_article_names() {
    let bench = Bench::new(Emulator::builder().package_time(JobTime::Polls(2)));
    let (_, answer) = bench.tooling(
        "SELECT Id, InstallValidationStatus, RemoteSiteSettings FROM SubscriberPackageVersion \
         WHERE Id = '04tHp000000wXcZIAU'",
    );
    let version = &answer["records"][0];
    assert_eq!(version["InstallValidationStatus"], "NO_ERRORS_DETECTED", "{answer}");
    assert_eq!(version["RemoteSiteSettings"]["settings"][0]["url"], "https://cpc.ccone.net");

    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    let body = json!({
        "SubscriberPackageVersionKey": "04tHp000000wXcZIAU", "SecurityType": "full",
        "EnableRss": true, "NameConflictResolution": "Block", "Password": null,
    });
    let (status, made) = bench.call("POST", path, Some(&body));
    assert_eq!(status, 201, "{made}");
    let id = made["id"].as_str().unwrap();
    let (status, busy) = bench.call("POST", path, Some(&body));
    assert_eq!((status, &busy[0]["errorCode"]), (400, &json!("ALREADY_IN_PROCESS")));
    assert_eq!(bench.get(&format!("{path}/{id}"))["Status"], "IN_PROGRESS");
    let done = bench.get(&format!("{path}/{id}"));
    assert_eq!(done["Status"], "SUCCESS");
    assert_eq!(done["Errors"], Value::Null);
    assert_eq!(done["SecurityType"], "Full");

    let (_, installed) = bench.tooling(
        "SELECT SubscriberPackage.NamespacePrefix, SubscriberPackageVersion.MinorVersion FROM \
         InstalledSubscriberPackage ORDER BY SubscriberPackageId",
    );
    let rows = installed["records"].as_array().unwrap();
    let ours = rows.iter().find(|row| row["SubscriberPackage"]["NamespacePrefix"] == "ciscocjs");
    assert_eq!(ours.unwrap()["SubscriberPackageVersion"]["MinorVersion"], 2);
    let (_, layouts) = bench.tooling(
        "SELECT Name FROM Layout WHERE TableEnumOrId = 'Task' AND NamespacePrefix = 'ciscocjs' \
         ORDER BY Name",
    );
    assert_eq!(layouts["records"][0]["Name"], "Cisco Webex Contact Center Task Layout");
    assert_eq!(layouts["records"][1]["Name"], "Webex Contact Center Task Layout");
    let apps = bench.query("SELECT Label FROM AppDefinition WHERE NamespacePrefix = 'ciscocjs'");
    assert_eq!(apps["records"][0]["Label"], "Webex Contact Center");
    let kinds = bench.query(
        "SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = 'ciscocjs' AND \
         QualifiedApiName LIKE '%25__mdt'",
    );
    let kind = kinds["records"][0]["QualifiedApiName"].as_str().unwrap();
    let described = bench.get(&format!("/services/data/v68.0/sobjects/{kind}/describe"));
    let fields = described["fields"].as_array().unwrap();
    assert!(fields.iter().any(|field| field["custom"] == true));
    let task = bench.get("/services/data/v68.0/sobjects/Task/describe");
    let fields = task["fields"].as_array().unwrap();
    assert!(fields.iter().any(|field| field["name"] == "ciscocjs__Contact_Type__c"));
    // Approved once, the site is not asked about again.
    let (_, answer) = bench.tooling(
        "SELECT RemoteSiteSettings FROM SubscriberPackageVersion WHERE Id = '04tHp000000wXcZIAU'",
    );
    assert_eq!(answer["records"][0]["RemoteSiteSettings"]["settings"], json!([]));

    let polls = bench.requests().into_iter().filter(|entry| entry["poll"] == true).count();
    assert_eq!(polls, 2);
}

#[test]
fn tooling_objects_keep_their_restrictions() {
    let bench = Bench::new(Emulator::builder());
    let (status, body) = bench.tooling("SELECT Id FROM SubscriberPackageVersion");
    assert_eq!((status, &body[0]["errorCode"]), (400, &json!("MALFORMED_QUERY")));
    assert!(body[0]["message"].as_str().unwrap().contains("Implementation restriction"));
    let keyed = "SELECT Id FROM SubscriberPackageVersion WHERE Id = '04tHp000000wXcKIAU'";
    assert_eq!(bench.tooling(keyed).1[0]["errorCode"], "INSTALL_KEY_REQUIRED");
    let wrong = format!("{keyed} AND InstallationKey = 'x'");
    assert_eq!(bench.tooling(&wrong).1[0]["errorCode"], "INSTALL_KEY_INVALID");
    let right = format!(r"{keyed} AND InstallationKey = 'it\'s \\a key\\'");
    assert_eq!(bench.tooling(&right).1["totalSize"], 1);
    let (status, _) = bench.tooling("SELECT Id FROM PackageInstallRequest WHERE Status = 'X'");
    assert_eq!(status, 400);
    let (status, _) =
        bench.tooling("SELECT Id, Status FROM PackageInstallRequest ORDER BY CreatedDate DESC");
    assert_eq!(status, 200);
    let (status, rows) = bench.tooling(
        "SELECT Profile.Name, Layout.Name, RecordType.Name FROM ProfileLayout WHERE TableEnumOrId \
         = 'Task'",
    );
    assert_eq!(status, 200);
    let rows = rows["records"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["Profile"].is_null()), "hidden profiles");
    assert!(rows.iter().any(|row| row["RecordType"].is_null()), "the master");
    let body = json!({"SubscriberPackageVersionKey": "04tHp000000wXcZ", "SecurityType": "All"});
    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    let (_, body) = bench.call("POST", path, Some(&body));
    assert_eq!(body[0]["errorCode"], "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
}
