//! Records with their children, and records that are known by what people know of them.

use serde_json::{Value, json};

use super::Bench;
use crate::Emulator;

const TREE: &str = "/services/data/v68.0/composite/tree/Account";

fn contact(reference: &str, fields: &Value) -> Value {
    let mut record = json!({"attributes": {"type": "Contact", "referenceId": reference}});
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    record
}

fn family(children: &[Value]) -> Value {
    json!({"records": [{
        "attributes": {"type": "Account", "referenceId": "parent"}, "Name": "Acme",
        "Contacts": {"records": children},
    }]})
}

#[test]
fn a_tree_is_made_with_its_children_or_not_at_all() {
    let bench = Bench::new(Emulator::builder());
    let good = contact("first", &json!({"LastName": "Hopper"}));
    let bad = contact("second", &json!({"FirstName": "Ada"}));
    let (status, body) = bench.call("POST", TREE, Some(&family(&[good.clone(), bad])));
    assert_eq!(status, 400);
    assert_eq!(body["hasErrors"], true);
    let [wrong] = body["results"].as_array().unwrap().as_slice() else { panic!("{body}") };
    assert_eq!(wrong["referenceId"], "second");
    assert_eq!(wrong["errors"][0]["statusCode"], "REQUIRED_FIELD_MISSING");
    assert_eq!(bench.query("SELECT Id FROM Account")["totalSize"], 0);

    let (status, body) = bench.call("POST", TREE, Some(&family(std::slice::from_ref(&good))));
    assert_eq!(status, 201, "{body}");
    let found = bench.query("SELECT Account.Name FROM Contact WHERE LastName = 'Hopper'");
    assert_eq!(found["records"][0]["Account"]["Name"], "Acme");
    assert_eq!(body["results"][0]["referenceId"], "parent");

    let twice = bench.call("POST", TREE, Some(&family(&[good.clone(), good]))).1;
    let told = &twice["results"][0]["errors"][0]["message"];
    assert_eq!(told, "Duplicate ReferenceId provided in the request: first");
    let many: Vec<Value> =
        (0..200).map(|it| contact(&format!("c{it}"), &json!({"LastName": "X"}))).collect();
    assert_eq!(bench.call("POST", TREE, Some(&family(&many))).0, 400);
    assert_eq!(bench.call("GET", TREE, None).0, 405);
}

#[test]
fn a_describe_names_the_children_as_a_tree_does() {
    let bench = Bench::new(Emulator::builder());
    let described = bench.get("/services/data/v68.0/sobjects/Account/describe");
    let children: Vec<String> = described["childRelationships"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{}.{}", it["childSObject"], it["relationshipName"]).replace('"', ""))
        .collect();
    for wanted in ["Contact.Contacts", "Account.ChildAccounts", "Opportunity.Opportunities"] {
        assert!(children.iter().any(|it| it == wanted), "{children:?}");
    }
}

#[test]
fn a_record_is_known_by_a_lookup_field() {
    let bench = Bench::new(Emulator::builder());
    let path = "/services/data/v68.0/sobjects/Contact/Email/ada%40example.com";
    assert_eq!(bench.call("GET", path, None).0, 404);
    let (status, first) = bench.call("PATCH", path, Some(&json!({"LastName": "Lovelace"})));
    assert_eq!((status, &first["created"]), (201, &json!(true)));
    let (status, second) = bench.call("PATCH", path, Some(&json!({"LastName": "King"})));
    assert_eq!((status, &second["created"], &second["id"]), (200, &json!(false), &first["id"]));
    assert_eq!(bench.get(path)["LastName"], "King");

    let (status, body) = bench.call("PATCH", path, Some(&json!({"Email": "x@example.com"})));
    assert_eq!((status, body[0]["errorCode"].as_str()), (400, Some("INVALID_FIELD")));
    let (status, _) =
        bench.call("GET", "/services/data/v68.0/sobjects/Contact/LastName/King", None);
    assert_eq!(status, 404);

    let rows = "/services/data/v68.0/composite/sobjects/Contact/Email";
    let body = json!({"records": [
        {"attributes": {"type": "Contact"}, "Email": "ada@example.com", "LastName": "Byron"},
        {"attributes": {"type": "Contact"}, "Email": "grace@example.com", "LastName": "Hopper"},
        {"attributes": {"type": "Contact"}, "LastName": "Nobody"},
    ]});
    let (_, results) = bench.call("PATCH", rows, Some(&body));
    assert_eq!([&results[0]["created"], &results[1]["created"]], [false, true]);
    assert_eq!(results[2]["errors"][0]["statusCode"], "MISSING_ARGUMENT");

    let twin = json!({"Email": "ada@example.com", "LastName": "Twin"});
    bench.call("POST", "/services/data/v68.0/sobjects/Contact", Some(&twin));
    let (status, list) = bench.call("GET", path, None);
    assert_eq!((status, list.as_array().map(Vec::len)), (300, Some(2)));
    let (_, results) = bench.call("PATCH", rows, Some(&body));
    assert_eq!(results[0]["errors"][0]["statusCode"], "DUPLICATE_EXTERNAL_ID");
    assert_eq!(bench.call("DELETE", path, None).0, 300);
}
