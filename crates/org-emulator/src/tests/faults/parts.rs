//! Faults of single requests, wherever they travel, and of single rows.

use serde_json::{Value, json};

use super::super::Bench;
use crate::{Emulator, Fault, JobTime};

/// A batch of two queries.
fn batch(bench: &Bench) -> Value {
    let body = json!({"batchRequests": [
        {"method": "GET", "url": "v68.0/query?q=SELECT+Id,Name,InternalName+FROM+CallCenter"},
        {"method": "GET", "url": "v68.0/query?q=SELECT+Id+FROM+User+LIMIT+1"}]});
    bench.call("POST", "/services/data/v68.0/composite/batch", Some(&body)).1
}

/// What a fault makes of the first of them; the second goes on.
fn struck(fault: Fault) -> Value {
    let bench = Bench::new(Emulator::builder().fault(fault.object("CallCenter")));
    let answer = batch(&bench);
    assert_eq!(answer["results"][1]["result"]["totalSize"], 1, "{answer}");
    let again = batch(&bench);
    assert_eq!(again["results"][0]["statusCode"], 200);
    assert_eq!(again["results"][0]["result"]["records"][0]["InternalName"], "BrightCTI");
    answer["results"][0].clone()
}

#[test]
fn one_request_of_several_is_answered_otherwise() {
    let refused = struck(Fault::status(403, "INSUFFICIENT_ACCESS", "no"));
    assert_eq!(refused["statusCode"], 403);
    assert_eq!(refused["result"], json!([{"errorCode": "INSUFFICIENT_ACCESS", "message": "no"}]));
    assert_eq!(struck(Fault::limit())["result"][0]["errorCode"], "REQUEST_LIMIT_EXCEEDED");
    assert!(struck(Fault::html(200))["result"].as_str().unwrap().starts_with("<!DOCTYPE html>"));
    assert_eq!(struck(Fault::null())["result"], Value::Null);
    assert_eq!(struck(Fault::empty())["result"]["records"], json!([]));
    let record = |fault| struck(fault)["result"]["records"][0].clone();
    assert_eq!(record(Fault::unset("Name")).get("Name"), None);
    assert_eq!(record(Fault::set("Name", Value::Null))["Name"], Value::Null);
    assert_eq!(record(Fault::set("Surprise", 7))["Surprise"], 7);
    assert_eq!(record(Fault::set("*", "UNHEARD_OF"))["InternalName"], "UNHEARD_OF");
    let bare = record(Fault::unset("*"));
    assert_eq!(bare.as_object().unwrap().keys().collect::<Vec<_>>(), ["attributes"]);
}

#[test]
fn a_form_of_query_is_refused_and_a_plainer_one_is_not() {
    let faults = [
        Fault::status(400, "MALFORMED_QUERY", "semi-join").query("IN (SELECT Id FROM CallCenter"),
        Fault::status(400, "INVALID_FIELD", "cannot be sorted").query("ORDER BY CreatedDate"),
    ];
    let bench = Bench::new(Emulator::builder().faults(faults.map(Fault::always)));
    let soql = "SELECT Id FROM User WHERE CallCenterId IN (SELECT Id FROM CallCenter) LIMIT 1";
    let path = format!("/services/data/v68.0/query?q={}", soql.replace(' ', "+"));
    for _ in 0..2 {
        assert_eq!(bench.call("GET", &path, None).1[0]["errorCode"], "MALFORMED_QUERY");
    }
    let soql = "SELECT Id FROM PackageInstallRequest ORDER BY CreatedDate";
    assert_eq!(bench.tooling(soql).1[0]["message"], "cannot be sorted");
    assert_eq!(bench.tooling("SELECT Id FROM PackageInstallRequest").0, 200);
    assert_eq!(bench.query("SELECT Id FROM CallCenter")["totalSize"], 1);
}

#[test]
fn answers_over_soap_are_changed_too() {
    let call = |fault: Fault| {
        let bench = Bench::new(Emulator::builder().fault(fault.object("CallCenter")));
        let read =
            "<readMetadata><type>CallCenter</type><fullNames>BrightCTI</fullNames></readMetadata>";
        bench.soap(super::METADATA_PATH, crate::soap::METADATA, read).1
    };
    let whole = call(Fault::delay(std::time::Duration::ZERO));
    assert!(whole.contains("<adapterUrl>"), "{whole}");
    assert!(!call(Fault::unset("adapterUrl")).contains("adapterUrl"));
    assert!(call(Fault::null()).contains("<result xsi:nil=\"true\"/>"));
    assert!(!call(Fault::empty()).contains("records"));
    assert!(call(Fault::set("surprise", "x")).contains("<surprise>x</surprise></records>"));
}

#[test]
fn a_row_is_refused_and_the_others_are_written() {
    let fault = Fault::status(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "Not on Fridays");
    let bench = Bench::new(
        Emulator::builder()
            .fault(fault.object("User").record("grace.hopper@"))
            .fault(Fault::lock().object("PermissionSetAssignment").record("alan.turing@")),
    );
    let users = bench.query("SELECT Id, Username FROM User ORDER BY Username");
    let id = |name: &str| {
        let users = users["records"].as_array().unwrap().iter();
        let mut users = users.filter(|it| it["Username"].as_str().unwrap().starts_with(name));
        users.next().unwrap()["Id"].clone()
    };
    let row = |name: &str| json!({"attributes": {"type": "User"}, "Id": id(name), "Title": "X"});
    let body = json!({"records": [row("grace.hopper@"), row("alan.turing@")]});
    let path = "/services/data/v68.0/composite/sobjects";
    let write = || bench.call("PATCH", path, Some(&body)).1;
    let answer = write();
    assert_eq!(answer[0]["errors"][0]["statusCode"], "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    assert_eq!(answer[1]["success"], true);
    assert_eq!(write()[0]["success"], true, "once, and no more");

    let set = bench.query("SELECT Id FROM PermissionSet WHERE Name = 'Record_View'");
    let set = &set["records"][0]["Id"];
    let given = json!({"AssigneeId": id("alan.turing@"), "PermissionSetId": set});
    let path = "/services/data/v68.0/sobjects/PermissionSetAssignment";
    let (status, answer) = bench.call("POST", path, Some(&given));
    assert_eq!((status, answer[0]["errorCode"].as_str()), (400, Some("UNABLE_TO_LOCK_ROW")));
    assert_eq!(bench.call("POST", path, Some(&given)).0, 201);
}

#[test]
fn a_poll_is_refused_while_the_job_runs_on() {
    let poll = || Fault::status(500, "UNKNOWN_EXCEPTION", "Gack").operation(POLL);
    let lost = "INVALID_CROSS_REFERENCE_KEY";
    let bench = Bench::new(
        Emulator::builder()
            .package_time(JobTime::Seconds(std::time::Duration::from_millis(50)))
            .fault(poll())
            .fault(Fault::status(400, lost, "invalid cross reference id").operation(POLL))
            .fault(Fault::drop_before().operation(POLL)),
    );
    let version = bench.announced()["orgs"][0]["package_version_id"].clone();
    let body = json!({"SubscriberPackageVersionKey": version});
    let path = "/services/data/v68.0/tooling/sobjects/PackageInstallRequest";
    let id = bench.call("POST", path, Some(&body)).1["id"].as_str().unwrap().to_owned();
    let path = format!("{path}/{id}");
    assert_eq!(bench.call("GET", &path, None).0, 500);
    assert_eq!(bench.call("GET", &path, None).1[0]["errorCode"], lost);
    assert!(bench.bytes("GET", &path, "").is_empty());
    std::thread::sleep(std::time::Duration::from_millis(60));
    assert_eq!(bench.get(&path)["Status"], "SUCCESS");
}

const POLL: &str = "tooling/read/PackageInstallRequest";

#[test]
fn many_rows_take_long() {
    let per_row = std::time::Duration::from_millis(40);
    let fault = Fault::delay_per_row(per_row).operation("composite/sobjects").always();
    let bench = Bench::new(Emulator::builder().fault(fault));
    let users = bench.query("SELECT Id FROM User LIMIT 5");
    let rows: Vec<Value> = users["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| json!({"attributes": {"type": "User"}, "Id": user["Id"], "Title": "X"}))
        .collect();
    let begun = std::time::Instant::now();
    let path = "/services/data/v68.0/composite/sobjects";
    assert_eq!(bench.call("PATCH", path, Some(&json!({"records": rows}))).0, 200);
    assert!(begun.elapsed() >= per_row * 5, "{:?}", begun.elapsed());
}

#[test]
fn scripts_say_the_same() {
    let script = r#"{"faults": [
        {"match": {"object": "CallCenter"}, "times": "always", "effect": {"set": {"Name": "N"}}},
        {"match": {"query": "ORDER BY"}, "effect": {"answer": "empty"}},
        {"match": {"object": "User", "record": "ada@"}, "effect": {"lock": true}}]}"#;
    let typed = [
        Fault::set("Name", "N").object("CallCenter").always(),
        Fault::empty().query("ORDER BY"),
        Fault::lock().object("User").record("ada@"),
    ];
    assert_eq!(Fault::parse_script(script).unwrap(), typed);
    let wrong = |text: &str| Fault::parse_script(text).unwrap_err().to_string();
    assert_eq!(
        wrong(r#"{"faults": [{"match": {"record": "x"}, "effect": {"truncate": 3}}]}"#),
        "the faults are wrong: fault 1: \"truncate\" does not happen to single records"
    );
    assert_eq!(
        wrong(r#"{"faults": [{"match": {"query": "x"}, "effect": {"drop": "after"}}]}"#),
        "the faults are wrong: fault 1: \"drop after\" does not happen to single queries"
    );
}
