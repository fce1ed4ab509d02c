//! Records: queries, writes, collections, composites.

use serde_json::{Value, json};

use super::Bench;
use crate::*;

#[test]
fn queries_page_at_two_thousand() {
    let bench = Bench::new(Emulator::builder().users(4_500));
    let first = bench.query("SELECT Id FROM User");
    assert_eq!(first["totalSize"], 4_500);
    assert_eq!(first["done"], false);
    assert_eq!(first["records"].as_array().unwrap().len(), 2_000);
    let second = bench.get(first["nextRecordsUrl"].as_str().unwrap());
    let third = bench.get(second["nextRecordsUrl"].as_str().unwrap());
    assert_eq!(third["done"], true);
    assert_eq!(third["records"].as_array().unwrap().len(), 500);
    let (status, body) = bench.call("GET", "/services/data/v68.0/query/0r8-2000", None);
    assert_eq!((status, &body[0]["errorCode"]), (400, &json!("INVALID_QUERY_LOCATOR")));
}

#[test]
fn a_users_call_center_is_set_and_read_back() {
    let bench = Bench::new(Emulator::builder());
    let users = bench.query("SELECT Id FROM User WHERE CallCenterId = null AND IsActive = true");
    let id = users["records"][0]["Id"].as_str().unwrap().to_owned();
    let center = bench.query("SELECT Id FROM CallCenter")["records"][0]["Id"].clone();
    let path = format!("/services/data/v68.0/sobjects/User/{id}");
    assert_eq!(bench.call("PATCH", &path, Some(&json!({"CallCenterId": center}))).0, 204);
    assert_eq!(bench.get(&path)["CallCenterId"], center);

    let wrong = json!({"CallCenterId": "04v000000000000AAA"});
    let (status, body) = bench.call("PATCH", &path, Some(&wrong));
    assert_eq!(status, 400);
    assert_eq!(body[0]["errorCode"], "INVALID_CROSS_REFERENCE_KEY");
    let (_, body) = bench.call("PATCH", &path, Some(&json!({"Nonsense": 1})));
    assert_eq!(body[0]["message"], "No such column 'Nonsense' on sobject of type User");

    // The object's own page has no edit: only the Metadata API changes a call center.
    let path = format!("/services/data/v68.0/sobjects/CallCenter/{}", center.as_str().unwrap());
    assert_eq!(bench.call("DELETE", &path, None).0, 400);
}

#[test]
fn collections_answer_row_by_row() {
    let bench = Bench::new(Emulator::builder());
    let users = bench.query("SELECT Id FROM User LIMIT 2");
    let record = |place: usize, center: Value| {
        let id = &users["records"][place]["Id"];
        json!({"attributes": {"type": "User"}, "id": id, "CallCenterId": center})
    };
    let wrong = json!("04v000000000000AAA");
    let center = bench.query("SELECT Id FROM CallCenter")["records"][0]["Id"].clone();
    let path = "/services/data/v68.0/composite/sobjects";
    let body =
        json!({"allOrNone": false, "records": [record(0, center.clone()), record(1, wrong)]});
    let (status, rows) = bench.call("PATCH", path, Some(&body));
    assert_eq!(status, 200);
    assert_eq!(rows[0]["success"], true);
    assert_eq!(rows[1]["errors"][0]["statusCode"], "INVALID_CROSS_REFERENCE_KEY");
    assert_eq!(rows[1]["errors"][0]["fields"], json!(["CallCenterId"]));

    let before = bench.world();
    let body = json!({"allOrNone": true, "records": [
        record(0, Value::Null), record(1, json!("04v000000000000AAA")),
    ]});
    let (_, rows) = bench.call("PATCH", path, Some(&body));
    assert_eq!(rows[0]["errors"][0]["statusCode"], "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assert_eq!(bench.world(), before);

    let body = json!({"records": [
        record(0, center), {"attributes": {"type": "Contact"}, "LastName": "X"},
    ]});
    let (_, rows) = bench.call("POST", path, Some(&body));
    assert_eq!(rows[1]["errors"][0]["statusCode"], "MIXED_DML_OPERATION");
}

#[test]
fn a_composite_refers_to_its_own_answers_and_rolls_back() {
    let bench = Bench::new(Emulator::builder());
    let base = "/services/data/v68.0";
    let body = json!({"allOrNone": true, "compositeRequest": [
        {"method": "POST", "url": format!("{base}/sobjects/Account"), "referenceId": "account",
         "body": {"Name": "Acme"}},
        {"method": "POST", "url": format!("{base}/sobjects/Contact"), "referenceId": "contact",
         "body": {"LastName": "Doe", "AccountId": "@{account.id}"}},
        {"method": "GET", "url": format!("{base}/query?q=SELECT Account.Name FROM Contact"),
         "referenceId": "found"},
    ]});
    let (status, answer) = bench.call("POST", &format!("{base}/composite"), Some(&body));
    assert_eq!(status, 200);
    let last = &answer["compositeResponse"][2];
    assert_eq!(last["body"]["records"][0]["Account"]["Name"], "Acme", "{answer}");

    let before = bench.world();
    let mut body = body;
    body["compositeRequest"][1]["body"]["AccountId"] = json!("@{nobody.id}");
    let (_, answer) = bench.call("POST", &format!("{base}/composite"), Some(&body));
    let statuses: Vec<&Value> = answer["compositeResponse"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["httpStatusCode"])
        .collect();
    assert_eq!(statuses, [400, 400, 400]);
    assert_eq!(bench.world(), before);
}

#[test]
fn composites_and_batches_have_their_limits() {
    let bench = Bench::new(Emulator::builder());
    let base = "/services/data/v68.0";
    let many = |count: usize, url: &str| -> Vec<Value> {
        (0..count)
            .map(|place| json!({"method": "GET", "url": url, "referenceId": format!("r{place}")}))
            .collect()
    };
    let post = |path: &str, parts: Vec<Value>| {
        let body = json!({"compositeRequest": parts});
        bench.call("POST", &format!("{base}/{path}"), Some(&body)).1
    };
    let code = |answer: &Value, place: usize| {
        answer["compositeResponse"][place]["body"][0]["errorCode"].clone()
    };
    let describe = format!("{base}/sobjects/Task/describe");
    let query = format!("{base}/query?q=SELECT+Id+FROM+User+LIMIT+1");
    assert_eq!(code(&post("composite", many(26, &describe)), 0), "LIMIT_EXCEEDED");
    assert_eq!(code(&post("composite", many(6, &query)), 0), "LIMIT_EXCEEDED");
    assert_eq!(code(&post("composite", many(5, &query)), 0), Value::Null);
    // Each of the two wants URLs of its own API only.
    let tooling = format!("{base}/tooling/query?q=SELECT+Id+FROM+Layout+LIMIT+1");
    assert_eq!(code(&post("composite", many(1, &tooling)), 0), "NOT_FOUND");
    assert_eq!(code(&post("tooling/composite", many(1, &query)), 0), "NOT_FOUND");
    assert_eq!(code(&post("tooling/composite", many(1, &tooling)), 0), Value::Null);

    let batch = |parts: Vec<Value>, halt: bool| {
        let body = json!({"batchRequests": parts, "haltOnError": halt});
        bench.call("POST", &format!("{base}/composite/batch"), Some(&body))
    };
    let part = |url: &str| json!({"method": "GET", "url": url});
    let good = part("v68.0/query?q=SELECT+Id+FROM+User+LIMIT+1");
    let (status, answer) = batch(vec![good.clone(); 25], false);
    assert_eq!(status, 200);
    assert_eq!(answer["hasErrors"], false);
    assert_eq!(batch(vec![good.clone(); 26], false).0, 400);
    let (_, answer) =
        batch(vec![part("v68.0/tooling/query?q=SELECT+Id+FROM+Layout"), good.clone()], true);
    assert_eq!(answer["hasErrors"], true);
    assert_eq!(answer["results"][0]["statusCode"], 404);
    assert_eq!(answer["results"][1]["statusCode"], 412);
}
