//! Measuring, against servers that play an org.

use scripted_server::Reply;
use serde_json::{Value, json};

use super::super::measure;
use super::{field, object, org, reply, task};
use crate::failure::Kind;
use crate::model::Records;

fn batch(results: &[(u16, Value)]) -> Reply {
    let results: Vec<Value> = results
        .iter()
        .map(|(status, result)| json!({"statusCode": status, "result": result}))
        .collect();
    reply(&json!({"hasErrors": false, "results": results}))
}

fn count(number: u64) -> (u16, Value) {
    (200, json!({"totalSize": number, "done": true, "records": []}))
}

fn objects(names: &[&str]) -> (u16, Value) {
    let rows: Vec<Value> = names.iter().map(|name| json!({"QualifiedApiName": name})).collect();
    (200, json!({"totalSize": rows.len(), "done": true, "records": rows}))
}

fn missing(name: &str) -> (u16, Value) {
    (404, json!([{"errorCode": "NOT_FOUND", "message": format!("{name} does not exist")}]))
}

/// The addresses that a batch asked.
fn asked(request: &str) -> Vec<String> {
    let body = request.split_once("\r\n\r\n").unwrap().1;
    let body: Value = serde_json::from_str(body).unwrap();
    let parts = body["batchRequests"].as_array().unwrap();
    parts.iter().map(|part| part["url"].as_str().unwrap().replace("%20", " ")).collect()
}

#[tokio::test]
async fn two_requests_find_all_and_count_it() {
    let event = object("Event", &[field("Id", "id"), field("ns__ANI__c", "phone")]);
    let first = batch(&[
        (200, task()),
        (200, event),
        objects(&["ns__Call__c", "ns__Setting__mdt", "nsx__Other__c", "ns__Heard__e", "nsXY__c"]),
    ]);
    let call = object("ns__Call__c", &[field("Id", "id"), field("Name", "string")]);
    let second = batch(&[count(12), count(0), (200, call), count(345)]);
    let (server, client) = org(vec![first, second]).await;
    let tables = measure(&client, "ns").await.unwrap();
    let found: Vec<(&str, &Records)> =
        tables.iter().map(|table| (table.object.as_str(), &table.records)).collect();
    let expected = [
        ("Task", &Records::Exactly(12)),
        ("Event", &Records::Exactly(0)),
        ("ns__Call__c", &Records::Exactly(345)),
    ];
    assert_eq!(found, expected);
    assert!(tables[1].is_empty() && !tables[2].is_empty());
    let heard = server.heard();
    assert_eq!(heard.len(), 2);
    insta::assert_snapshot!(asked(&heard[1]).join("\n"), @r"
    v68.0/queryAll?q=SELECT COUNT%28%29 FROM Task WHERE IsDeleted %3D false AND %28ns__ANI__c %21%3D null OR ns__Done__c %3D true%29
    v68.0/query?q=SELECT COUNT%28%29 FROM Event WHERE %28ns__ANI__c %21%3D null%29
    v68.0/sobjects/ns__Call__c/describe
    v68.0/query?q=SELECT COUNT%28%29 FROM ns__Call__c
    ");
}

#[tokio::test]
async fn a_package_without_data_costs_one_request() {
    let bare = object("Task", &[field("Id", "id")]);
    let first = batch(&[(200, bare), missing("Event"), objects(&[])]);
    let (server, client) = org(vec![first]).await;
    assert_eq!(measure(&client, "ns").await.unwrap(), []);
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_counted_or_seen_is_kept_with_the_orgs_words() {
    let slow = json!([{"errorCode": "QUERY_TIMEOUT", "message": "Your query took too long"}]);
    let first = batch(&[(200, task()), missing("Event"), objects(&["ns__A__c", "ns__B__c"])]);
    let own = object("ns__B__c", &[field("Id", "id")]);
    let no_access = (403, json!([{"errorCode": "INSUFFICIENT_ACCESS", "message": "not you"}]));
    let second = batch(&[(400, slow), missing("ns__A__c"), no_access, (200, own), count(2)]);
    let (_server, client) = org(vec![first, second]).await;
    let tables = measure(&client, "ns").await.unwrap();
    let unknown = |place: usize| match &tables[place].records {
        Records::Unknown(why) => why.as_str(),
        other => panic!("{other:?}"),
    };
    assert!(unknown(0).contains("Your query took too long") && tables[0].is_readable());
    assert!(unknown(1).contains("ns__A__c does not exist") && !tables[1].is_readable());
    assert_eq!(tables[2].records, Records::Exactly(2));
}

#[tokio::test]
async fn what_cannot_be_searched_is_counted_as_a_most() {
    let notes = object("Task", &[field("Id", "id"), field("ns__Notes__c", "textarea")]);
    let first = batch(&[(200, notes), missing("Event"), objects(&[])]);
    let (_server, client) = org(vec![first, batch(&[count(900)])]).await;
    let tables = measure(&client, "ns").await.unwrap();
    assert_eq!(tables[0].records, Records::AtMost(900));
}

#[tokio::test]
async fn an_org_that_refuses_to_describe_tasks_is_a_failure() {
    let no = (403, json!([{"errorCode": "INSUFFICIENT_ACCESS", "message": "not you"}]));
    let (_server, client) = org(vec![batch(&[no, missing("Event"), objects(&[])])]).await;
    let failure = measure(&client, "ns").await.unwrap_err();
    assert_eq!(failure.kind, Kind::Refused);
}
