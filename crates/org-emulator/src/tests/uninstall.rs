//! Uninstalling over the wire.

use serde_json::{Value, json};

use super::Bench;
use crate::metadata_api::tests::support::{archive, manifest};
use crate::soap::METADATA;
use crate::*;

const REQUEST: &str =
    "/services/data/v68.0/tooling/sobjects/SubscriberPackageVersionUninstallRequest";
const SECOND: &str = "04tUl000000VK45IAG";

impl Bench {
    pub(super) fn installed(&self, version: &str) {
        let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
        let body = json!({"SubscriberPackageVersionKey": version, "SecurityType": "Full"});
        let (status, made) = self.call("POST", path, Some(&body));
        assert_eq!(status, 201, "{made}");
        for _ in 0..3 {
            self.get(&format!("{path}/{}", made["id"].as_str().unwrap()));
        }
    }

    /// Deploys a destructive manifest of one member, and answers the result.
    fn destroy(&self, kind: &str, member: &str) -> Value {
        let doomed = manifest(&[(kind, member)]);
        let zip = archive(&[("package.xml", &manifest(&[])), ("destructiveChanges.xml", &doomed)]);
        let body = format!(
            "<deploy><ZipFile>{zip}</ZipFile><DeployOptions><rollbackOnError>true\
             </rollbackOnError><singlePackage>true</singlePackage></DeployOptions></deploy>"
        );
        let (_, text) = self.soap("/services/Soap/m/68.0", METADATA, &body);
        let id = text.split_once("<id>").unwrap().1.split_once("</id>").unwrap().0;
        let path = format!("/services/data/v68.0/metadata/deployRequest/{id}?includeDetails=true");
        self.get(&path)["deployResult"].clone()
    }

    pub(super) fn request_uninstall(&self, version: &str) -> (u16, Value) {
        self.call("POST", REQUEST, Some(&json!({"SubscriberPackageVersionId": version})))
    }
}

#[test]
fn a_second_generation_package_goes_while_somebody_watches() {
    let bench = Bench::new(Emulator::builder().package_time(JobTime::Polls(3)));
    let before = bench.world();
    bench.installed(SECOND);
    assert_ne!(bench.world(), before);
    let (status, made) = bench.request_uninstall(SECOND);
    assert_eq!(status, 201, "{made}");
    let id = made["id"].as_str().unwrap();
    assert!(id.starts_with("06y"));
    let (_, version) = bench.tooling(&format!(
        "SELECT InstallValidationStatus FROM SubscriberPackageVersion WHERE Id = '{SECOND}'"
    ));
    assert_eq!(version["records"][0]["InstallValidationStatus"], "UNINSTALL_IN_PROGRESS");
    assert_eq!(bench.get(&format!("{REQUEST}/{id}"))["Status"], "Queued");
    let (_, answer) = bench.tooling(&format!(
        "SELECT Id, Status FROM SubscriberPackageVersionUninstallRequest WHERE Id = '{id}'"
    ));
    assert_eq!(answer["records"][0]["Status"], "InProgress");
    let done = bench.get(&format!("{REQUEST}/{id}"));
    assert_eq!(
        (&done["Status"], &done["SubscriberPackageVersionId"]),
        (&json!("Success"), &json!(SECOND))
    );
    assert_eq!(bench.world(), before);
    let jobs = bench.get(&format!("/_emulator/orgs/{}/jobs", bench.org));
    assert_eq!(jobs["uninstalls"][0]["status"], "Success");
    let polls = bench.requests().into_iter().filter(|entry| entry["poll"] == true).count();
    assert_eq!(polls, 6);
}

#[test]
fn what_blocks_is_told_by_a_query_and_the_request_itself_is_hard_to_find() {
    let bench = Bench::new(Emulator::builder());
    bench.installed(SECOND);
    let sets = bench.query("SELECT Id FROM PermissionSet WHERE NamespacePrefix = 'cisco_wxcc'");
    let users = bench.query("SELECT Id FROM User WHERE IsActive = true LIMIT 2");
    for user in users["records"].as_array().unwrap() {
        let given = json!({"AssigneeId": user["Id"], "PermissionSetId": sets["records"][0]["Id"]});
        let path = "/services/data/v68.0/sobjects/PermissionSetAssignment";
        assert_eq!(bench.call("POST", path, Some(&given)).0, 201);
    }
    let (_, made) = bench.request_uninstall(SECOND);
    let id = made["id"].as_str().unwrap();
    assert_eq!(bench.get(&format!("{REQUEST}/{id}"))["Status"], "Error");
    let (status, errors) = bench.tooling(&format!(
        "SELECT Message FROM PackageVersionUninstallRequestError WHERE ParentRequest.Id = '{id}' \
         ORDER BY Message"
    ));
    assert_eq!((status, &errors["totalSize"]), (200, &json!(2)), "{errors}");
    let message = errors["records"][0]["Message"].as_str().unwrap();
    assert!(message.starts_with("Permission Set Webex Contact Center Agent: "), "{message}");
    let (_, errors) = bench.tooling(&format!(
        "SELECT Id FROM PackageVersionUninstallRequestError WHERE ParentRequestId = '{id}'"
    ));
    assert_eq!(errors["totalSize"], 2);

    let object = "SubscriberPackageVersionUninstallRequest";
    let by_version =
        format!("SELECT Id FROM {object} WHERE SubscriberPackageVersionId = '{SECOND}'");
    assert_eq!(bench.tooling(&by_version).1["totalSize"], 1);
    let (status, refused) =
        bench.tooling(&format!("SELECT Id FROM {object} WHERE Status = 'Error'"));
    assert_eq!((status, &refused[0]["errorCode"]), (400, &json!("INVALID_FIELD")));
    // The query that a well-known client sends, quotation marks and all.
    let (status, _) = bench.tooling(&format!(
        "\"SELECT Message FROM PackageVersionUninstallRequestError WHERE ParentRequest.Id = '{id}'\""
    ));
    assert_eq!(status, 400);
}

#[test]
fn a_fault_ends_an_uninstall() {
    let bench = Bench::new(Emulator::builder());
    bench.installed(SECOND);
    let faults =
        json!({"faults": [{"effect": {"fail_uninstall": "A background job is running."}}]});
    let route = format!("/_emulator/orgs/{}/faults", bench.org);
    assert_eq!(bench.call("PUT", &route, Some(&faults)).0, 204);
    let (_, made) = bench.request_uninstall(SECOND);
    let jobs = bench.get(&format!("/_emulator/orgs/{}/jobs", bench.org));
    assert_eq!(jobs["uninstalls"][0]["errors"], json!(["A background job is running."]));
    let (_, again) = bench.request_uninstall(SECOND);
    assert_ne!(made["id"], again["id"]);
    let path = format!("{REQUEST}/{}", again["id"].as_str().unwrap());
    assert_eq!(bench.get(&path)["Status"], "Success");
}

#[test]
fn dependencies_tell_who_refers_to_a_package() {
    let bench = Bench::new(Emulator::builder());
    bench.installed("04tHp000000wXcZIAU");
    let route = format!("/_emulator/orgs/{}/world", bench.org);
    let wrong = json!({"components": [{"Type": "Flow", "FullName": "A", "RefersTo": ["CustomField:Task.x__c"]}]});
    let (status, answer) = bench.call("PATCH", &route, Some(&wrong));
    assert_eq!(
        (status, &answer["error"]),
        (400, &json!("the org has no component \"CustomField:Task.x__c\""))
    );
    let changes = json!({
        "components": [
            {"Type": "Flow", "FullName": "Log_Call", "RefersTo": ["CustomField:Task.ciscocjs__ANI__c"]},
            {"Type": "ListView", "FullName": "Task.Calls", "RefersTo": ["CustomField:Task.ciscocjs__ANI__c"]},
        ],
        "scheduled_jobs": [{"Name": "Nightly", "ApexClass": "ciscocjs__ActivityController"}],
    });
    assert_eq!(bench.call("PATCH", &route, Some(&changes)).0, 204);
    let select = "SELECT MetadataComponentName, MetadataComponentType, MetadataComponentNamespace, \
                  RefMetadataComponentName, RefMetadataComponentType FROM \
                  MetadataComponentDependency";
    let ours = format!("{select} WHERE RefMetadataComponentNamespace = 'ciscocjs'");
    let (status, all) = bench.tooling(&ours);
    assert_eq!(status, 200, "{all}");
    let rows = all["records"].as_array().unwrap();
    let outside: Vec<&Value> =
        rows.iter().filter(|row| row["MetadataComponentNamespace"].is_null()).collect();
    assert_eq!(outside.len(), 1, "list views and jobs are not seen: {outside:#?}");
    assert_eq!(outside[0]["MetadataComponentName"], "Log_Call");
    assert_eq!(outside[0]["RefMetadataComponentName"], "ANI", "a field lacks its object");
    assert!(rows.len() > 10, "the package's own layouts refer to its fields");
    let (_, local) = bench.tooling(&format!("{ours} AND MetadataComponentNamespace = null"));
    assert_eq!(local["totalSize"], 1);
    for refused in [
        format!("{select} ORDER BY MetadataComponentType"),
        "SELECT COUNT() FROM MetadataComponentDependency".to_owned(),
        format!("{select} OFFSET 1"),
        format!("{select} WHERE RefMetadataComponentNamespace LIKE 'c'"),
        format!("{select} WHERE RefMetadataComponentNamespace IN ('ciscocjs')"),
        format!("{select} WHERE MetadataComponentName = 'Log_Call'"),
    ] {
        let (status, answer) = bench.tooling(&refused);
        assert_eq!(status, 400, "{refused}: {answer}");
    }
    let jobs = bench.query(
        "SELECT CronTrigger.CronJobDetail.Name FROM AsyncApexJob WHERE ApexClass.NamespacePrefix = \
         'ciscocjs' AND JobType = 'ScheduledApex'",
    );
    assert_eq!(jobs["records"][0]["CronTrigger"]["CronJobDetail"]["Name"], "Nightly");
}

#[test]
fn an_untidy_org_does_not_tell_its_dependencies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seed.toml");
    std::fs::write(&path, "[features]\nUntidyDependencies = true").unwrap();
    let bench = Bench::new(Emulator::builder().seed(Seed::read(&path).unwrap()));
    let (status, answer) =
        bench.tooling("SELECT MetadataComponentName FROM MetadataComponentDependency");
    assert_eq!((status, &answer[0]["errorCode"]), (500, &json!("UNKNOWN_EXCEPTION")));
}

#[test]
fn a_package_comes_goes_and_comes_back() {
    let bench = Bench::new(Emulator::builder().deploy_time(JobTime::Polls(1)));
    let before = bench.world();
    bench.installed("04tHp000000wXcZIAU");
    let with = bench.world();
    for round in 0..2 {
        let result = bench.destroy("InstalledPackage", "ciscocjs");
        assert_eq!(result["status"], "Succeeded", "{result}");
        assert_eq!(bench.world(), before, "round {round}");
        let task = bench.get("/services/data/v68.0/sobjects/Task/describe");
        assert!(!task.to_string().contains("ciscocjs"));
        let (status, _) = bench.call(
            "GET",
            "/services/data/v68.0/query?q=SELECT+ciscocjs__ANI__c+FROM+Task",
            None,
        );
        assert_eq!(status, 400);
        let (_, packages) = bench
            .tooling("SELECT SubscriberPackage.NamespacePrefix FROM InstalledSubscriberPackage");
        assert_eq!(packages["totalSize"], 1);
        bench.installed("04tHp000000wXcZIAU");
        assert_eq!(bench.world(), with, "round {round}");
    }
}

#[test]
fn other_guesses_make_other_orgs() {
    let guesses = Guesses {
        namespace_uninstall_takes_second_generation: true,
        uninstall_failures_one_by_one: false,
        call_center_kept_by_users: false,
        ..Guesses::default()
    };
    let bench = Bench::new(Emulator::builder().guesses(guesses));
    bench.installed(SECOND);
    let route = format!("/_emulator/orgs/{}/world", bench.org);
    let given = json!({"permission_sets": {"Webex_Contact_Center_Agent": ["grace.", "alan."]}});
    assert_eq!(bench.call("PATCH", &route, Some(&given)).0, 204);
    let result = bench.destroy("InstalledPackage", "cisco_wxcc");
    let failures = result["details"]["componentFailures"].as_array().unwrap();
    assert_eq!(failures.len(), 1, "{result}");
    assert_eq!(failures[0]["problem"].as_str().unwrap().lines().count(), 2);

    let users = "SELECT Id FROM User WHERE CallCenterId != null";
    assert_ne!(bench.query(users)["totalSize"], 0);
    let result = bench.destroy("CallCenter", "BrightCTI");
    assert_eq!(result["status"], "Succeeded", "{result}");
    assert_eq!(bench.query(users)["totalSize"], 0, "they are in none");
}

#[test]
fn an_extension_tells_what_it_needs_and_keeps_it() {
    let bench = Bench::new(Emulator::builder());
    bench.installed("04tHp000000wXcZIAU");
    let (_, answer) = bench.tooling(
        "SELECT Dependencies FROM SubscriberPackageVersion WHERE Id = '04tQk000000xTnEIAU'",
    );
    let needed = &answer["records"][0]["Dependencies"]["ids"][0]["subscriberPackageVersionId"];
    assert_eq!(needed, "04tHp000000wXcAIAU");
    let route = format!("/_emulator/orgs/{}/world", bench.org);
    let changes = json!({"installed": ["04tQk000000xTnEIAU"]});
    assert_eq!(bench.call("PATCH", &route, Some(&changes)).0, 204);
    let result = bench.destroy("InstalledPackage", "ciscocjs");
    let problem = result["details"]["componentFailures"][0]["problem"].as_str().unwrap();
    assert!(problem.starts_with("Installed Package Call Insights: This extension"), "{problem}");
    assert_eq!(bench.destroy("InstalledPackage", "callinsights")["status"], "Succeeded");
    assert_eq!(bench.destroy("InstalledPackage", "ciscocjs")["status"], "Succeeded");
}

#[test]
fn dependencies_end_at_two_thousand_without_a_word() {
    let bench = Bench::new(Emulator::builder());
    let many = vec!["CustomField:Task.brightcti__Call_Key__c"; 2_100];
    let changes = json!({"components": [{"Type": "Flow", "FullName": "Big", "RefersTo": many}]});
    let route = format!("/_emulator/orgs/{}/world", bench.org);
    assert_eq!(bench.call("PATCH", &route, Some(&changes)).0, 204);
    let (status, answer) = bench.tooling(
        "SELECT MetadataComponentName FROM MetadataComponentDependency WHERE \
         MetadataComponentType = 'Flow'",
    );
    assert_eq!((status, &answer["totalSize"], &answer["done"]), (200, &json!(2_000), &json!(true)));
}
