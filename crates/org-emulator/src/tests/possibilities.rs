//! What a real org may do: each switch of the guesses, and what a seed can leave behind.

use std::io::{Cursor, Write};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Bench;
use crate::soap::METADATA;
use crate::{Changes, Emulator, Fault, Guesses, JobTime, Seed};

const NEWEST: &str = "04tHp000000wXcZIAU";
const METADATA_PATH: &str = "/services/Soap/m/68.0";

/// An org where one switch is turned.
fn turned(name: &str) -> Bench {
    Bench::new(Emulator::builder().guesses(Guesses::default().turned(name).unwrap()))
}

/// Deploys files over SOAP and returns the status.
fn deploy(bench: &Bench, files: &[(&str, &str)]) -> String {
    deployed(bench, files)["status"].as_str().unwrap().to_owned()
}

/// What became of a deploy, with its components.
fn deployed(bench: &Bench, files: &[(&str, &str)]) -> Value {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::DEFAULT).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let zip = BASE64_STANDARD.encode(zip.finish().unwrap().into_inner());
    let body = format!(
        "<deploy><ZipFile>{zip}</ZipFile><DeployOptions><rollbackOnError>true</rollbackOnError>\
         <singlePackage>true</singlePackage></DeployOptions></deploy>"
    );
    let answer = bench.soap(METADATA_PATH, METADATA, &body).1;
    let id = answer.split("<id>").nth(1).unwrap().split('<').next().unwrap();
    let path = format!("/services/data/v68.0/metadata/deployRequest/{id}?includeDetails=true");
    bench.get(&path)["deployResult"].clone()
}

/// Makes a copy of the other vendor's call center, changed somehow.
fn copy(bench: &Bench, name: &str, change: impl Fn(String) -> String) {
    let read =
        "<readMetadata><type>CallCenter</type><fullNames>BrightCTI</fullNames></readMetadata>";
    let whole = bench.soap(METADATA_PATH, METADATA, read).1;
    let start = whole.find("<fullName>").unwrap();
    let end = whole.find("</records>").unwrap();
    let copy = change(whole[start..end].replace("BrightCTI<", &format!("{name}<")));
    let body = format!(
        "<createMetadata><metadata xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:type=\"CallCenter\">{copy}</metadata></createMetadata>"
    );
    let (status, text) = bench.soap(METADATA_PATH, METADATA, &body);
    assert!(status == 200 && text.contains("<success>true</success>"), "{text}");
}

fn count(answer: &(u16, Value)) -> usize {
    assert_eq!(answer.0, 200, "{}", answer.1);
    answer.1["records"].as_array().unwrap().len()
}

#[test]
fn names_of_standard_profiles_may_stay_english() {
    let bench = turned("profile_names_translated");
    bench.change(&json!({"users": {"ada.lovelace@": {"LanguageLocaleKey": "de"}}}));
    let soql = "SELECT Id FROM Profile WHERE Name = 'System Administrator'";
    assert_eq!(bench.query(soql)["totalSize"], 1);
}

#[test]
fn requests_of_packages_may_come_in_no_order() {
    for (name, object) in [
        ("install_sortable", "PackageInstallRequest"),
        ("uninstall_sortable", "SubscriberPackageVersionUninstallRequest"),
    ] {
        let soql = format!("SELECT Id FROM {object} ORDER BY CreatedDate DESC");
        assert_eq!(Bench::new(Emulator::builder()).tooling(&soql).0, 200, "{soql}");
        assert_eq!(turned(name).tooling(&soql).0, 400, "{soql}");
    }
}

#[test]
fn forms_of_queries_may_be_refused() {
    let refused = |name: &str, soql: &str, code: &str| {
        let path = format!("/services/data/v68.0/query?q={}", soql.replace(' ', "+"));
        assert_eq!(Bench::new(Emulator::builder()).call("GET", &path, None).0, 200, "{soql}");
        let (status, answer) = turned(name).call("GET", &path, None);
        assert_eq!((status, answer[0]["errorCode"].as_str()), (400, Some(code)), "{soql}");
    };
    for (name, inner, left) in [
        ("call_center_semi_join", "Id FROM CallCenter", "User WHERE CallCenterId"),
        ("assignment_semi_join", "AssigneeId FROM PermissionSetAssignment", "User WHERE Id"),
        (
            "group_component_semi_join",
            "PermissionSetGroupId FROM PermissionSetGroupComponent",
            "PermissionSetAssignment WHERE PermissionSetGroupId",
        ),
        ("folder_semi_join", "Id FROM Folder", "Report WHERE OwnerId"),
    ] {
        let soql = format!("SELECT Id FROM {left} IN (SELECT {inner})");
        refused(name, &soql, "MALFORMED_QUERY");
    }
    let statuses = "SELECT Id FROM SetupEntityAccess WHERE SetupEntityId IN (SELECT Id FROM \
                    ServicePresenceStatus)";
    refused("presence_status_semi_join", statuses, "MALFORMED_QUERY");
    let apps = "SELECT DurableId FROM AppDefinition WHERE UiType = 'Lightning'";
    refused("app_definition_filters", apps, "INVALID_FIELD");
    let reports = "SELECT Id FROM Report WHERE OwnerId = '00l000000000001AAA'";
    refused("report_filters_by_folder", reports, "INVALID_FIELD");
}

#[test]
fn a_call_center_may_be_read_otherwise_than_it_was_written() {
    let read = |bench: &Bench| {
        copy(bench, "Emptier", |text| {
            let value = text.find("<value>").unwrap();
            let end = value + text[value..].find("</value>").unwrap();
            format!("{}<value>{}", &text[..value], &text[end..])
        });
        let body =
            "<readMetadata><type>CallCenter</type><fullNames>Emptier</fullNames></readMetadata>";
        bench.soap(METADATA_PATH, METADATA, body).1
    };
    let whole = |bench: &Bench| {
        let body =
            "<readMetadata><type>CallCenter</type><fullNames>BrightCTI</fullNames></readMetadata>";
        bench.soap(METADATA_PATH, METADATA, body).1
    };
    let plain = read(&Bench::new(Emulator::builder()));
    let items = |text: &str| text.matches("<items>").count();
    let more = whole(&turned("call_center_read_adds_item"));
    assert_eq!(items(&more), items(&plain) + 1);
    let fewer = read(&turned("call_center_read_lacks_empty_items"));
    let empty = plain.matches("<value></value>").count() + plain.matches("<value/>").count();
    assert_eq!(items(&fewer), items(&plain) - empty);
    assert!(empty > 0, "there is an empty one to leave out: {plain}");
}

#[test]
fn a_call_center_that_stays_is_refused_in_one_word_or_another() {
    let refusal = |like_others: bool| {
        let guesses = Guesses::default()
            .with("call_center_deletable", false)
            .and_then(|it| it.with("call_center_refused_like_others", like_others));
        let bench = Bench::new(Emulator::builder().guesses(guesses.unwrap()));
        let body = "<deleteMetadata><type>CallCenter</type><fullNames>BrightCTI</fullNames></deleteMetadata>";
        bench.soap(METADATA_PATH, METADATA, body).1
    };
    assert!(refusal(false).contains("not supported through the API"));
    assert!(refusal(true).contains("entity cannot be deleted"));
}

#[test]
fn a_deletion_is_refused_of_the_component_or_of_the_manifest() {
    let failed = |of_manifest: bool| {
        let guesses = Guesses::default()
            .with("call_center_deletable", false)
            .and_then(|it| it.with("deletions_refused_of_the_manifest", of_manifest));
        let bench = Bench::new(Emulator::builder().guesses(guesses.unwrap()));
        let package = "<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">\
                       <version>68.0</version></Package>";
        let doomed = "<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\"><types>\
                      <members>BrightCTI</members><name>CallCenter</name></types></Package>";
        let result =
            deployed(&bench, &[("package.xml", package), ("destructiveChanges.xml", doomed)]);
        let failure = &result["details"]["componentFailures"][0];
        (failure["componentType"].clone(), failure["fullName"].clone())
    };
    assert_eq!(failed(false), (json!("CallCenter"), json!("BrightCTI")));
    assert_eq!(failed(true), (json!(""), json!("destructiveChanges.xml")));
}

#[test]
fn a_copy_of_a_call_center_is_another_of_the_same_adapter() {
    let bench = Bench::new(Emulator::builder());
    copy(&bench, "BrightCTIBerlin", |text| text.replace("<displayName>", "<displayName>Berlin: "));
    let centers =
        bench.query("SELECT InternalName, AdapterUrl FROM CallCenter ORDER BY InternalName");
    let centers = centers["records"].as_array().unwrap();
    assert_eq!(centers[1]["InternalName"], "BrightCTIBerlin");
    assert_eq!(centers[0]["AdapterUrl"], centers[1]["AdapterUrl"]);
}

#[test]
fn a_deploy_of_a_profile_may_make_rows_explicit() {
    let rows = |name: Option<&str>| {
        let guesses = Guesses::default();
        let guesses = name.map_or(guesses, |name| guesses.turned(name).unwrap());
        let bench = Bench::new(Emulator::builder().guesses(guesses));
        // A record type that profiles have no row for.
        let body = "<createMetadata><metadata \
                    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                    xsi:type=\"RecordType\"><fullName>Task.Brand_New</fullName><active>true</active>\
                    <label>Brand New</label></metadata></createMetadata>";
        let (_, text) = bench.soap(METADATA_PATH, METADATA, body);
        assert!(text.contains("<success>true</success>"), "{text}");
        let profile = "<Profile xmlns=\"http://soap.sforce.com/2006/04/metadata\">\
                       <layoutAssignments><layout>Task-Task Layout</layout></layoutAssignments>\
                       </Profile>";
        let package = "<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\"><types>\
                       <members>Contact Center Agent</members><name>Profile</name></types>\
                       <version>68.0</version></Package>";
        let files = [("package.xml", package), ("profiles/Contact Center Agent.profile", profile)];
        assert_eq!(deploy(&bench, &files), "Succeeded");
        count(
            &bench.tooling(
                "SELECT Id FROM ProfileLayout WHERE RecordType.DeveloperName = 'Brand_New'",
            ),
        )
    };
    assert_eq!(rows(None), 0);
    assert_eq!(rows(Some("profile_deploy_fills_rows")), 1);
}

#[test]
fn layouts_are_listed_encoded_and_accepted_only_so() {
    let list = |bench: &Bench| {
        let body = "<listMetadata><queries><type>Layout</type></queries></listMetadata>";
        bench.soap(METADATA_PATH, METADATA, body).1
    };
    let assign = |bench: &Bench, layout: &str| {
        let profile = format!(
            "<Profile xmlns=\"http://soap.sforce.com/2006/04/metadata\"><layoutAssignments>\
             <layout>{layout}</layout></layoutAssignments></Profile>"
        );
        let package = "<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\"><types>\
                       <members>Admin</members><name>Profile</name></types>\
                       <version>68.0</version></Package>";
        let files = [("package.xml", package), ("profiles/Admin.profile", &profile)];
        deploy(bench, &files)
    };
    let bench = Bench::new(Emulator::builder());
    bench.change(&json!({"layouts": {"Task-Task Layout": {"Name": "A__B – 製 "}}}));
    let wire = "Task-A%5F%5FB %E2%80%93 %E8%A3%BD ";
    assert!(list(&bench).contains(&format!("<fullName>{wire}</fullName>")), "{}", list(&bench));
    assert_eq!(assign(&bench, wire), "Succeeded");
    assert_eq!(assign(&bench, "Task-A__B – 製 "), "Failed");
    assert_eq!(assign(&bench, wire.trim_end()), "Failed");
    assert_eq!(assign(&bench, "Task-Call-Back Task (EMEA)"), "Failed");
    assert_eq!(assign(&bench, "Task-Call-Back Task %28EMEA%29"), "Succeeded");
    let lenient = turned("layout_names_strict");
    assert_eq!(assign(&lenient, "Task-Call-Back Task (EMEA)"), "Succeeded");
}

#[test]
fn an_install_may_show_that_it_goes_on() {
    let status = |guesses: Guesses| {
        let bench =
            Bench::new(Emulator::builder().guesses(guesses).package_time(JobTime::Polls(9)));
        let body = json!({"SubscriberPackageVersionKey": NEWEST});
        let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
        assert_eq!(bench.call("POST", path, Some(&body)).0, 201);
        let soql = format!(
            "SELECT InstallValidationStatus FROM SubscriberPackageVersion WHERE Id = '{NEWEST}'"
        );
        bench.tooling(&soql).1["records"][0]["InstallValidationStatus"].clone()
    };
    assert_eq!(status(Guesses::default()), "NO_ERRORS_DETECTED");
    let shown = Guesses::default().turned("install_in_progress_shown").unwrap();
    assert_eq!(status(shown), "INSTALL_IN_PROGRESS");
}

#[test]
fn rows_of_long_ago_stay_and_are_in_nobodys_way() {
    let changes =
        Changes::new().old_install(NEWEST, "IN_PROGRESS", 400).old_install(NEWEST, "UNKNOWN", 30);
    let bench = Bench::new(Emulator::builder().seed(Seed::number(1).changes(changes)));
    let soql = "SELECT Status, CreatedDate FROM PackageInstallRequest ORDER BY CreatedDate";
    let (_, rows) = bench.tooling(soql);
    assert_eq!(rows["records"][0]["Status"], "IN_PROGRESS");
    assert_eq!(rows["records"][1]["Status"], "UNKNOWN");
    assert!(
        rows["records"][0]["CreatedDate"].as_str() < rows["records"][1]["CreatedDate"].as_str()
    );
    let body = json!({"SubscriberPackageVersionKey": NEWEST});
    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    assert_eq!(bench.call("POST", path, Some(&body)).0, 201);
    let (_, rows) = bench.tooling(soql);
    let statuses: Vec<&str> = rows["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["Status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["IN_PROGRESS", "UNKNOWN", "SUCCESS"]);
}

#[test]
fn a_package_may_lack_its_app_and_its_report() {
    let absent = |parts: Value| {
        let seed = Seed::number(1)
            .package(NEWEST, json!({"Absent": parts}))
            .changes(Changes::new().installed(NEWEST));
        let bench = Bench::new(Emulator::builder().seed(seed));
        let of = |soql: &str| {
            count(&bench.call(
                "GET",
                &format!(
                    "/services/data/v68.0/query?q={}",
                    format!("{soql} WHERE NamespacePrefix = 'ciscocjs'").replace(' ', "+")
                ),
                None,
            ))
        };
        (of("SELECT DeveloperName FROM AppDefinition"), of("SELECT Id FROM Report"))
    };
    assert_eq!(absent(json!([])), (1, 1));
    let bench = Bench::new(
        Emulator::builder().seed(Seed::number(1).changes(Changes::new().installed(NEWEST))),
    );
    let name = |soql: &str| {
        let answer = bench.query(&format!("{soql} WHERE NamespacePrefix = 'ciscocjs'"));
        answer["records"][0]["DeveloperName"].as_str().unwrap().to_owned()
    };
    let app = format!("CustomApplication:{}", name("SELECT DeveloperName FROM AppDefinition"));
    let report = format!("Report:{}", name("SELECT DeveloperName FROM Report"));
    assert_eq!(absent(json!([app, report])), (0, 0));
}

#[test]
fn locks_and_obstacles_stand_where_the_org_puts_them() {
    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    let body = json!({"SubscriberPackageVersionKey": NEWEST});
    let seed = Seed::number(1).package(NEWEST, json!({"Obstacle": "ALREADY_IN_PROCESS"}));
    let bench = Bench::new(Emulator::builder().seed(seed));
    let soql = format!(
        "SELECT InstallValidationStatus FROM SubscriberPackageVersion WHERE Id = '{NEWEST}'"
    );
    let (_, version) = bench.tooling(&soql);
    assert_eq!(version["records"][0]["InstallValidationStatus"], "ALREADY_IN_PROCESS");
    for message in [
        "This package is not yet available",
        "unable to obtain exclusive access to this record",
        "ALREADY_IN_PROCESS: the administration setup has already been locked by another change",
    ] {
        let bench = Bench::new(Emulator::builder().fault(Fault::fail_install(message)));
        let id = bench.call("POST", path, Some(&body)).1["id"].as_str().unwrap().to_owned();
        let job = bench.get(&format!("{path}/{id}"));
        assert_eq!(job["Status"], "ERROR");
        assert_eq!(job["Errors"]["errors"][0]["message"], message);
        // The next one works.
        let id = bench.call("POST", path, Some(&body)).1["id"].as_str().unwrap().to_owned();
        assert_eq!(bench.get(&format!("{path}/{id}"))["Status"], "SUCCESS");
    }
}

#[test]
fn a_broken_package_hides_all_installed_ones() {
    let bench =
        Bench::new(Emulator::builder().seed(Seed::number(1).feature("BrokenPackage", true)));
    let (status, answer) = bench.tooling("SELECT Id FROM InstalledSubscriberPackage");
    assert_eq!((status, answer[0]["errorCode"].as_str()), (500, Some("UNKNOWN_EXCEPTION")));
}

#[test]
fn a_broken_package_may_spoil_only_what_is_joined() {
    let guesses = Guesses::default().with("installed_packages_joinable", false).expect("a switch");
    let bench = Bench::new(Emulator::builder().guesses(guesses));
    let (status, _) = bench.tooling("SELECT Id FROM InstalledSubscriberPackage");
    assert_eq!(status, 200);
    let joined = "SELECT SubscriberPackage.Name FROM InstalledSubscriberPackage";
    let (status, answer) = bench.tooling(joined);
    assert_eq!((status, answer[0]["errorCode"].as_str()), (500, Some("UNKNOWN_EXCEPTION")));
}

#[test]
fn two_emulators_never_share_an_org() {
    let [one, other] = [0, 1].map(|_| Bench::new(Emulator::builder()));
    assert_ne!(one.org, other.org);
    assert!(one.token.starts_with(&one.org[..15]));
    let users = |bench: &Bench| bench.query("SELECT Id, Username FROM User ORDER BY Username");
    let ids = |answer: &Value| answer["records"][0]["Id"].clone();
    assert_eq!(ids(&users(&one)), ids(&users(&other)), "all else is the seed's");
    one.emulator.org().reset().unwrap();
    assert_eq!(one.emulator.org().id(), one.org, "the org starts over as the same one");

    let seed = |id: &str| Emulator::builder().seed(Seed::number(1).organization("Id", id));
    let fixed = seed(&one.org).orgs(2).start().unwrap();
    assert_eq!(fixed.org().id(), one.org);
    assert_ne!(fixed.orgs()[1].id(), one.org);
    assert!(seed("00D").start().is_err());
}

#[test]
fn a_production_org_can_have_an_end_of_trial() {
    let seed = Seed::number(1).organization("TrialExpirationDate", "2027-01-31T08:00:00.000+0000");
    let bench = Bench::new(Emulator::builder().kind(crate::OrgKind::Production).seed(seed));
    let soql = "SELECT IsSandbox, TrialExpirationDate, OrganizationType FROM Organization";
    let org = bench.query(soql)["records"][0].clone();
    assert_eq!(org["IsSandbox"], false);
    assert_eq!(org["OrganizationType"], "Enterprise Edition");
    assert_eq!(org["TrialExpirationDate"], "2027-01-31T08:00:00.000+0000");
}

#[test]
fn users_of_other_kinds_are_among_them() {
    let changes = Changes::new().user("grace.hopper@", json!({"UserType": "CloudIntegrationUser"}));
    let bench = Bench::new(Emulator::builder().seed(Seed::number(1).changes(changes)));
    let soql = "SELECT Username FROM User WHERE UserType != 'Standard'";
    assert_eq!(bench.query(soql)["totalSize"], 1);
    let changes = Changes::new().installed("04tUl000000VK45IAG");
    let bench = Bench::new(Emulator::builder().seed(Seed::number(1).changes(changes)));
    let soql = "SELECT Name, NamespacePrefix FROM PermissionSet WHERE NamespacePrefix != null";
    let sets = bench.query(soql);
    assert_eq!(sets["records"][0]["Name"], "Webex_Contact_Center_Agent", "without its namespace");
}
