//! What a client asks before it plans, in as few requests as the limits allow.

use serde_json::{Value, json};

use super::Bench;
use crate::*;

/// A batch of queries; every one of them must be answered.
fn batch(bench: &Bench, queries: &[&str]) -> Vec<Value> {
    let parts: Vec<Value> = queries
        .iter()
        .map(|query| {
            let query = query.replace('%', "%25").replace(' ', "+");
            json!({"method": "GET", "url": format!("v68.0/query?q={query}")})
        })
        .collect();
    let body = json!({"batchRequests": parts});
    let (status, answer) = bench.call("POST", "/services/data/v68.0/composite/batch", Some(&body));
    assert_eq!(status, 200);
    let results = answer["results"].as_array().unwrap().clone();
    for (result, query) in results.iter().zip(queries) {
        assert_eq!(result["statusCode"], 200, "{query}: {result}");
    }
    results.into_iter().map(|result| result["result"]["records"].clone()).collect()
}

#[test]
fn one_batch_answers_everything_about_data() {
    let bench = Bench::new(Emulator::builder());
    let answers = batch(
        &bench,
        &[
            "SELECT Id, Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, \
             OrganizationType FROM Organization",
            "SELECT Id, Username, Name, IsActive, CallCenterId, Profile.Name FROM User WHERE \
             Profile.Name IN ('Contact Center Agent')",
            "SELECT Id FROM User WHERE Id IN (SELECT AssigneeId FROM PermissionSetAssignment \
             WHERE PermissionSet.Name = 'Call_Recording_Review') AND IsActive = true",
            "SELECT Id, Username FROM User WHERE CallCenterId != null",
            "SELECT Id, Name, InternalName, AdapterUrl, Version FROM CallCenter",
            "SELECT Id, Name FROM Profile",
            "SELECT Id, Name, DeveloperName, IsActive, NamespacePrefix FROM RecordType WHERE \
             SobjectType = 'Task'",
            "SELECT Id, ParentId, Parent.ProfileId, SetupEntityId FROM SetupEntityAccess WHERE \
             SetupEntityType = 'ApexClass'",
            "SELECT Id, Name, NamespacePrefix, Status, Body FROM ApexClass",
            "SELECT Id, MasterLabel, DeveloperName FROM ServicePresenceStatus",
            "SELECT QualifiedApiName, Label, NamespacePrefix FROM EntityDefinition WHERE \
             QualifiedApiName LIKE '%__mdt'",
            "SELECT Id, Name, Label, NamespacePrefix FROM PermissionSet WHERE IsOwnedByProfile = \
             false",
            "SELECT Id, Name, FolderName FROM Report",
            "SELECT NamespacePrefix, AllowedLicenses, UsedLicenses, Status FROM PackageLicense",
        ],
    );
    let rows = |place: usize| answers[place].as_array().unwrap().len();
    assert_eq!(answers[0][0]["Name"], "Northwind Support");
    let agents = answers[1].as_array().unwrap();
    assert!(agents.len() > 5, "{} agents", agents.len());
    assert!(agents.iter().any(|user| user["IsActive"] == false));
    assert!(rows(2) > 2);
    assert!(rows(3) > 1);
    assert_eq!(answers[4][0]["InternalName"], "BrightCTI");
    assert!(answers[5].as_array().unwrap().iter().all(|it| it["Name"] != "Automated Process"));
    assert_eq!(rows(6), 6);
    assert_eq!(rows(9), 3);
    assert_eq!(rows(10), 3, "another vendor's look-alikes");
}

#[test]
fn one_composite_answers_everything_about_setup() {
    let bench = Bench::new(Emulator::builder());
    let queries = [
        "SELECT Id, SubscriberPackageId, SubscriberPackage.NamespacePrefix, \
         SubscriberPackage.Name, SubscriberPackageVersion.Id, SubscriberPackageVersion.Name, \
         SubscriberPackageVersion.MajorVersion, SubscriberPackageVersion.MinorVersion, \
         SubscriberPackageVersion.PatchVersion, SubscriberPackageVersion.BuildNumber, \
         SubscriberPackageVersion.IsManaged, SubscriberPackageVersion.Package2ContainerOptions \
         FROM InstalledSubscriberPackage ORDER BY SubscriberPackageId",
        "SELECT ProfileId, Profile.Name, LayoutId, Layout.Name, Layout.NamespacePrefix, \
         RecordTypeId, RecordType.Name FROM ProfileLayout WHERE TableEnumOrId = 'Task'",
        "SELECT Id, Name, NamespacePrefix, ManageableState, EntityDefinition.QualifiedApiName \
         FROM Layout WHERE TableEnumOrId = 'Task' AND LayoutType = 'Standard'",
        "SELECT Id, Status FROM DeployRequest WHERE Status IN ('Pending', 'InProgress')",
        "SELECT Id, Status, SubscriberPackageVersionKey, CreatedDate, CreatedById FROM \
         PackageInstallRequest ORDER BY CreatedDate DESC LIMIT 20",
    ];
    let parts: Vec<Value> = queries
        .iter()
        .enumerate()
        .map(|(place, query)| {
            let url = format!("/services/data/v68.0/tooling/query?q={}", query.replace(' ', "+"));
            json!({"method": "GET", "url": url, "referenceId": format!("q{place}")})
        })
        .collect();
    let body = json!({"compositeRequest": parts});
    let (_, answer) = bench.call("POST", "/services/data/v68.0/tooling/composite", Some(&body));
    for entry in answer["compositeResponse"].as_array().unwrap() {
        assert_eq!(entry["httpStatusCode"], 200, "{entry}");
    }
    let records = |place: usize| &answer["compositeResponse"][place]["body"]["records"];
    assert_eq!(records(0)[0]["SubscriberPackage"]["NamespacePrefix"], "brightcti");
    assert_eq!(records(2)[0]["EntityDefinition"]["QualifiedApiName"], "Task");
    let entry = &bench.requests()[0];
    assert_eq!(entry["operation"], "tooling/composite");
    assert_eq!((&entry["poll"], &entry["subrequests"]), (&json!(false), &json!(5)));
}
