//! Exporting, against servers that play an org.

use std::sync::Mutex;

use salesforce_client::Client;
use scripted_server::Reply;
use serde_json::{Value, json};

use super::super::table::{of_object, unreadable};
use super::super::{Exported, export};
use super::{Memory, described, field, org, reply, tasks};
use crate::failure::Failure;
use crate::model::{DataTable, Records};

const NEXT: &str = "/services/data/v68.0/queryAll/01g-2000";

fn record(id: &str, ani: &str) -> Value {
    json!({"attributes": {"type": "Task"}, "Id": id, "Subject": "Call", "IsArchived": false,
           "ns__ANI__c": ani, "ns__Done__c": false})
}

fn page(total: u64, records: &[Value], next: Option<&str>) -> Reply {
    let done = next.is_none();
    reply(&json!({"totalSize": total, "done": done, "nextRecordsUrl": next, "records": records}))
}

fn forgotten() -> Reply {
    let body = r#"[{"errorCode":"INVALID_QUERY_LOCATOR","message":"invalid query locator"}]"#;
    Reply::json(400, body)
}

async fn exported(
    client: &Client,
    tables: &[DataTable],
    sink: &Memory,
) -> Result<Vec<Exported>, Failure> {
    export(client, tables, sink, &|_, _| {}).await
}

/// The queries of first pages, and the addresses of the others.
fn asked(heard: &[String]) -> Vec<String> {
    let line = |request: &String| {
        let line = request.lines().next().unwrap();
        line.trim_start_matches("GET ").trim_end_matches(" HTTP/1.1").replace("%20", " ")
    };
    heard.iter().map(line).collect()
}

#[tokio::test]
async fn pages_are_written_as_they_come() {
    let script = vec![
        page(3, &[record("1", "a"), record("2", "b")], Some(NEXT)),
        page(3, &[record("3", "c")], None),
    ];
    let (server, client) = org(script).await;
    let (sink, seen) = (Memory::default(), Mutex::new(Vec::new()));
    let note = |table: &DataTable, done| seen.lock().unwrap().push((table.object.clone(), done));
    let done = export(&client, &[tasks(3)], &sink, &note).await.unwrap();
    insta::assert_snapshot!(sink.text("Task.csv"), @r"
    Id,Subject,IsArchived,ns__ANI__c,ns__Done__c
    1,Call,false,a,false
    2,Call,false,b,false
    3,Call,false,c,false
    ");
    let expected = Exported {
        object: "Task".to_owned(),
        file: Some("Task.csv".to_owned()),
        records: 3,
        warning: None,
    };
    assert_eq!(done, [expected]);
    let seen: Vec<u64> = seen.into_inner().unwrap().into_iter().map(|(_, done)| done).collect();
    assert_eq!(seen, [0, 2, 3]);
    assert_eq!(asked(&server.heard())[1], NEXT);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_written_once() {
    let script = vec![
        page(2, &[record("1", "a")], Some(NEXT)),
        Reply::Drop,
        Reply::Half,
        page(2, &[record("2", "b")], None),
    ];
    let (_server, client) = org(script).await;
    let sink = Memory::default();
    assert_eq!(exported(&client, &[tasks(2)], &sink).await.unwrap()[0].records, 2);
    let ids: Vec<String> = sink.rows("Task.csv").into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(ids, ["Id", "1", "2"]);
}

#[tokio::test]
async fn a_query_that_the_org_forgot_goes_on_behind_the_last_record() {
    let script = vec![
        page(4, &[record("00T1", "a"), record("00T2", "b")], Some(NEXT)),
        forgotten(),
        page(2, &[record("00T3", "c")], Some(NEXT)),
        forgotten(),
        page(1, &[record("00T4", "d")], None),
    ];
    let (server, client) = org(script).await;
    let sink = Memory::default();
    let done = exported(&client, &[tasks(4)], &sink).await.unwrap();
    assert_eq!((done[0].records, &done[0].warning), (4, &None));
    let asked = asked(&server.heard());
    assert!(asked[2].contains("Id %3E %2700T2%27"), "{}", asked[2]);
    assert!(asked[4].contains("Id %3E %2700T3%27"), "{}", asked[4]);
}

#[tokio::test]
async fn an_org_that_forgets_at_once_is_a_failure_and_no_whole_file() {
    let script = vec![page(2, &[record("1", "a")], Some(NEXT)), forgotten(), forgotten()];
    let (_server, client) = org(script).await;
    let sink = Memory::default();
    let failure = exported(&client, &[tasks(2)], &sink).await.unwrap_err();
    assert!(failure.message().starts_with("Task could not be exported."), "{failure}");
    assert!(failure.message().contains("INVALID_QUERY_LOCATOR"), "{failure}");
    assert!(!sink.files.lock().unwrap()["Task.csv"].1);
}

#[tokio::test]
async fn records_without_a_value_are_dropped_where_the_org_cannot_tell() {
    let mut table = tasks(0);
    table.records = Records::AtMost(3);
    let ticked = json!({"Id": "3", "ns__Done__c": true, "ns__ANI__c": null});
    let script = vec![page(3, &[record("1", ""), record("2", "b"), ticked], None)];
    let (_server, client) = org(script).await;
    let (sink, seen) = (Memory::default(), Mutex::new(0));
    let done = export(&client, &[table], &sink, &|_, done| *seen.lock().unwrap() = done).await;
    assert_eq!(done.unwrap()[0].records, 2);
    assert_eq!(seen.into_inner().unwrap(), 3, "the bar goes by what was looked at");
    assert_eq!(sink.rows("Task.csv").len(), 3);
}

#[tokio::test]
async fn another_number_than_counted_is_told() {
    for (counted, words) in [
        (Records::Exactly(2), "Task had 2 records, but `Task.csv` holds 1:"),
        (Records::Exactly(0), "Task had 0 records"),
        (Records::AtMost(0), "at most 0 records"),
    ] {
        let mut table = tasks(0);
        table.records = counted;
        let (_server, client) = org(vec![page(1, &[record("1", "a")], None)]).await;
        let done = exported(&client, &[table], &Memory::default()).await.unwrap();
        assert!(done[0].warning.as_ref().unwrap().contains(words), "{done:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_has_no_file_and_is_told() {
    let (server, client) = org(vec![]).await;
    let hidden = unreadable("ns__Call__c", "Call", "the org says no");
    let sink = Memory::default();
    let done = exported(&client, &[hidden], &sink).await.unwrap();
    assert_eq!(done[0].file, None);
    let warning = done[0].warning.as_deref();
    assert_eq!(warning, Some("ns__Call__c is not exported: the org says no"));
    assert!(sink.files.lock().unwrap().is_empty() && server.heard().is_empty());
}

#[tokio::test]
async fn a_query_longer_than_an_address_travels_in_a_body() {
    let fields: Vec<Value> =
        (0..400).map(|n| field(&format!("ns__A_rather_long_name_{n:0>20}__c"), "string")).collect();
    let mut table = of_object(&described("ns__Wide__c", &fields));
    table.records = Records::Exactly(2);
    let first = json!({"totalSize": 2, "done": false, "nextRecordsUrl": NEXT,
                       "records": [{"Id": "1"}]});
    let answer = json!({"results": [{"statusCode": 200, "result": first}]});
    let (server, client) = org(vec![reply(&answer), page(2, &[json!({"Id": "2"})], None)]).await;
    let sink = Memory::default();
    assert_eq!(exported(&client, &[table], &sink).await.unwrap()[0].records, 2);
    assert_eq!(sink.rows("ns__Wide__c.csv")[0].len(), 400);
    let heard = server.heard();
    assert!(heard[0].starts_with("POST /services/data/v68.0/composite/batch "), "{}", heard[0]);
    assert_eq!(asked(&heard)[1], NEXT);
}

#[tokio::test]
async fn long_texts_are_asked_for_in_small_pages() {
    let mut long = field("ns__Transcript__c", "textarea");
    long["length"] = 131_072.into();
    let mut table = of_object(&described("ns__Call__c", &[field("Id", "id"), long]));
    table.records = Records::Exactly(0);
    let (server, client) = org(vec![page(0, &[], None)]).await;
    exported(&client, &[table], &Memory::default()).await.unwrap();
    assert!(server.heard()[0].contains("sforce-query-options: batchSize=200"));
}

#[tokio::test]
async fn pages_that_go_round_in_a_circle_end() {
    let script = (0..9).map(|_| page(2, &[record("1", "a")], Some(NEXT))).collect();
    let (server, client) = org(script).await;
    let failure = exported(&client, &[tasks(2)], &Memory::default()).await.unwrap_err();
    assert!(failure.message().contains("more records than it says"), "{failure}");
    assert_eq!(server.heard().len(), 2);
}

#[tokio::test]
async fn a_full_disk_is_told_with_what_helps() {
    let (_server, client) = org(vec![page(1, &[record("1", "a")], None)]).await;
    let sink = Memory { full: true, ..Memory::default() };
    let failure = exported(&client, &[tasks(1)], &sink).await.unwrap_err();
    assert!(failure.message().contains("`Task.csv` could not be written"), "{failure}");
    assert!(failure.advice()[0].contains("room"), "{failure:?}");
}
