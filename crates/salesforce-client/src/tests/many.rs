//! Batches, composites and collections.

use serde_json::{Value, json as value};

use super::{body, json, line, org};
use crate::testing::Reply;
use crate::{Batch, Composite, Error, Fields, RowUpdate, Soql};

fn records(ids: &[&str]) -> Value {
    let records: Vec<_> = ids.iter().map(|id| value!({ "Id": id })).collect();
    value!({ "totalSize": ids.len(), "done": true, "records": records })
}

fn user_query() -> Soql {
    Soql::new("SELECT Id FROM User")
}

#[tokio::test]
async fn a_batch_answers_by_name_and_keeps_refusals_apart() {
    let first_page = value!({
        "totalSize": 2, "done": false, "records": [{"Id": "1"}],
        "nextRecordsUrl": "/services/data/v68.0/query/01g-1",
    });
    let refused =
        value!([{ "errorCode": "INVALID_TYPE", "message": "sObject type 'X' is not supported" }]);
    let reply = value!({ "hasErrors": true, "results": [
        { "statusCode": 200, "result": first_page },
        { "statusCode": 404, "result": refused },
        { "statusCode": 200, "result": { "name": "Task", "fields": [] } },
    ]});
    let (server, client) = org(vec![json(&reply), json(&records(&["2"]))]).await;
    let batch =
        Batch::new().query("users", user_query()).describe("x", "X").describe("task", "Task");
    let answers = client.batch(&batch).await.unwrap();
    let users: Vec<Value> = answers.records("users").unwrap();
    assert_eq!(users, [value!({"Id": "1"}), value!({"Id": "2"})]);
    assert!(answers.refusal("x").unwrap().is_missing());
    assert!(matches!(answers.records::<Value>("x"), Err(Error::Api { .. })));
    assert!(matches!(answers.records::<Value>("nobody"), Err(Error::Protocol { .. })));
    let heard = server.heard();
    assert_eq!(line(&heard[0]), "POST /services/data/v68.0/composite/batch");
    let sent: Value = serde_json::from_str(body(&heard[0])).unwrap();
    assert_eq!(sent["batchRequests"][0]["url"], "v68.0/query?q=SELECT%20Id%20FROM%20User");
    assert_eq!(sent["batchRequests"][1]["url"], "v68.0/sobjects/X/describe");
    let counted = client.transport().counters().read();
    assert_eq!((counted.requests, counted.api_calls), (2, 4));
}

#[tokio::test]
async fn a_large_batch_travels_in_several_requests() {
    let answers = |n: usize| {
        json(
            &value!({ "results": vec![value!({ "statusCode": 200, "result": records(&["1"]) }); n] }),
        )
    };
    let (server, client) = org(vec![answers(25), answers(25)]).await;
    let batch = (0..50).fold(Batch::new(), |batch, n| batch.query(format!("q{n}"), user_query()));
    let all = client.batch(&batch).await.unwrap();
    assert_eq!(all.names().count(), 50);
    assert_eq!(server.heard().len(), 2);
    let (_server, client) = org(vec![answers(3)]).await;
    let short = client.batch(&Batch::new().query("a", user_query())).await;
    assert!(matches!(short, Err(Error::Protocol { .. })));
}

#[tokio::test]
async fn a_composite_answers_by_reference() {
    let reply = value!({ "compositeResponse": [
        { "body": { "id": "001A", "success": true }, "httpStatusCode": 201, "referenceId": "account" },
        { "body": null, "httpHeaders": {}, "httpStatusCode": 204, "referenceId": "changed" },
        { "body": [{ "errorCode": "NOT_FOUND", "message": "no" }], "httpStatusCode": 404, "referenceId": "gone" },
        { "body": records(&["1"]), "httpStatusCode": 200, "referenceId": "users" },
    ]});
    let (server, client) = org(vec![json(&reply)]).await;
    let steps = Composite::new()
        .all_or_none()
        .create("account", "Account", value!({ "Name": "x" }))
        .update("changed", "Contact", "003A", value!({ "AccountId": "@{account.id}" }))
        .delete("gone", "Account", "001B")
        .query("users", user_query());
    let answers = client.composite(&steps).await.unwrap();
    assert_eq!(answers.value::<Value>("account").unwrap()["id"], "001A");
    assert!(answers.is_answered("changed"));
    assert_eq!(answers.refusal("gone").unwrap().code, "NOT_FOUND");
    assert_eq!(answers.total("users").unwrap(), 1);
    let heard = server.heard();
    assert_eq!(line(&heard[0]), "POST /services/data/v68.0/composite");
    let sent: Value = serde_json::from_str(body(&heard[0])).unwrap();
    assert_eq!(sent["allOrNone"], true);
    let step = &sent["compositeRequest"][1];
    assert_eq!(step["method"], "PATCH");
    assert_eq!(step["url"], "/services/data/v68.0/sobjects/Contact/003A");
    assert_eq!(client.transport().counters().read().api_calls, 1);
}

#[tokio::test]
async fn the_tooling_composite_has_its_own_paths() {
    let reply = value!({ "compositeResponse": [
        { "body": records(&["1"]), "httpStatusCode": 200, "referenceId": "layouts" },
    ]});
    let (server, client) = org(vec![json(&reply)]).await;
    let query = Composite::new().query("layouts", Soql::new("SELECT Id FROM Layout"));
    client.tooling().composite(&query).await.unwrap();
    let heard = server.heard();
    assert_eq!(line(&heard[0]), "POST /services/data/v68.0/tooling/composite");
    assert!(body(&heard[0]).contains("/services/data/v68.0/tooling/query?q=SELECT"));
}

#[tokio::test]
async fn limits_are_kept_before_anything_is_sent() {
    let queries = (0..6).fold(Composite::new(), |c, n| c.query(format!("q{n}"), user_query()));
    let steps = (0..26).fold(Composite::new(), |c, n| c.get(format!("r{n}"), "User", "005A"));
    let (server, client) = org(vec![]).await;
    for composite in [
        queries,
        steps,
        Composite::new().query("not a name", user_query()),
        Composite::new().get("a", "User", "1").get("a", "User", "2"),
    ] {
        let result = client.composite(&composite).await;
        assert!(matches!(result, Err(Error::Protocol { .. })), "{result:?}");
    }
    let twice = Batch::new().limits("a").query("a", user_query());
    assert!(matches!(client.batch(&twice).await, Err(Error::Protocol { .. })));
    let rows = vec![RowUpdate::one_field("005A", "CallCenterId", Value::Null); 801];
    assert!(client.update_collection("User", &rows[..201]).await.is_err());
    assert!(client.update_and_read::<Value>("User", &rows, Some(user_query())).await.is_err());
    assert!(client.update_collection("User", &[]).await.unwrap().is_empty());
    assert!(server.heard().is_empty());
}

#[tokio::test]
async fn reads_in_a_composite_are_repeated_and_changes_are_not() {
    let reply = value!({ "compositeResponse": [
        { "body": records(&[]), "httpStatusCode": 200, "referenceId": "q" },
    ]});
    let (_server, client) = org(vec![Reply::Drop, json(&reply)]).await;
    client.composite(&Composite::new().query("q", user_query())).await.unwrap();
    let (_server, client) = org(vec![Reply::Drop, json(&reply)]).await;
    let change = Composite::new().delete("q", "Account", "001A");
    assert!(client.composite(&change).await.unwrap_err().is_ambiguous());
}

#[tokio::test]
async fn rows_keep_their_ids_and_their_own_results() {
    let reply = value!([
        { "id": "005A", "success": true, "errors": [] },
        { "success": false, "errors": [
            { "statusCode": "UNABLE_TO_LOCK_ROW", "message": "locked", "fields": ["X"] },
        ] },
    ]);
    let (server, client) = org(vec![json(&reply)]).await;
    let rows = ["005A", "005B"].map(|id| RowUpdate::one_field(id, "CallCenterId", "04vA"));
    let results = client.update_collection("User", &rows).await.unwrap();
    assert!(results[0].success && !results[1].success);
    assert_eq!(results[1].id, "005B");
    let error = &results[1].errors[0];
    assert_eq!((&*error.status_code, &*error.message), ("UNABLE_TO_LOCK_ROW", "locked"));
    assert_eq!(error.fields, ["X"]);
    let heard = server.heard();
    assert_eq!(line(&heard[0]), "PATCH /services/data/v68.0/composite/sobjects");
    let sent: Value = serde_json::from_str(body(&heard[0])).unwrap();
    let row = value!({ "attributes": { "type": "User" }, "id": "005B", "CallCenterId": "04vA" });
    assert_eq!(sent["records"][1], row);
    assert_eq!(sent["allOrNone"], false);
}

#[tokio::test]
async fn a_collection_that_is_locked_as_a_whole_is_locked_rows() {
    let refused = |code: &str| {
        let body = value!([{ "errorCode": code, "message": "unable to obtain it" }]);
        Reply::json(400, body.to_string())
    };
    let rows = ["005A", "005B"].map(|id| RowUpdate::one_field(id, "CallCenterId", "04vA"));
    let (_server, client) = org(vec![refused("UNABLE_TO_LOCK_ROW")]).await;
    let results = client.update_collection("User", &rows).await.unwrap();
    let told: Vec<(&str, bool, &str)> = results
        .iter()
        .map(|row| (row.id.as_str(), row.success, row.errors[0].status_code.as_str()))
        .collect();
    assert_eq!(
        told,
        [("005A", false, "UNABLE_TO_LOCK_ROW"), ("005B", false, "UNABLE_TO_LOCK_ROW")]
    );
    let (_server, client) = org(vec![refused("INVALID_FIELD")]).await;
    assert!(client.update_collection("User", &rows).await.is_err());
}

#[tokio::test]
async fn many_rows_and_their_read_back_are_one_request() {
    let good = vec![value!({ "id": "005", "success": true, "errors": [] }); 200];
    let reply = value!({ "compositeResponse": [
        { "body": good, "httpStatusCode": 200, "referenceId": "rows0" },
        { "body": [{ "errorCode": "TOO_BAD", "message": "no" }], "httpStatusCode": 400, "referenceId": "rows1" },
        { "body": records(&["005A"]), "httpStatusCode": 200, "referenceId": "readBack" },
    ]});
    let (server, client) = org(vec![json(&reply)]).await;
    let rows: Vec<RowUpdate> =
        (0..250).map(|n| RowUpdate::one_field(format!("005{n}"), "CallCenterId", "04vA")).collect();
    let done = client.update_and_read::<Value>("User", &rows, Some(user_query())).await.unwrap();
    assert_eq!(done.rows.len(), 250);
    assert_eq!(done.rows.iter().filter(|row| row.success).count(), 200);
    assert_eq!(done.rows[249].errors[0].status_code, "TOO_BAD");
    assert_eq!(done.rows[249].id, "005249");
    assert_eq!(done.records.unwrap().len(), 1);
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test]
async fn records_are_made_and_removed_and_read_back_in_one_request() {
    let part = |name: &str, body: Value| value!({ "referenceId": name, "httpStatusCode": 200, "body": body, "httpHeaders": {} });
    let refused = value!({ "success": false, "errors": [
        { "statusCode": "DUPLICATE_VALUE", "message": "duplicate value found", "fields": [] },
    ]});
    let reply = value!({ "compositeResponse": [
        part("created0", value!([{ "id": "0PaA", "success": true, "errors": [] }, refused])),
        part("deleted0", value!([{ "id": "0PaB", "success": true, "errors": [] }])),
        part("readBack", records(&["0PaA"])),
    ]});
    let (server, client) = org(vec![json(&reply)]).await;
    let fields = |user: &str| Fields::from_iter([("AssigneeId".to_owned(), user.into())]);
    let made = client
        .make_and_read::<Value>(
            "PermissionSetAssignment",
            &[fields("005A"), fields("005B")],
            &["0PaB".to_owned()],
            Some(user_query()),
        )
        .await
        .unwrap();
    assert_eq!((made.created[0].id.as_str(), made.created[0].success), ("0PaA", true));
    assert_eq!(made.created[1].errors[0].status_code, "DUPLICATE_VALUE");
    assert_eq!((made.deleted[0].id.as_str(), made.deleted[0].success), ("0PaB", true));
    assert_eq!(made.records.unwrap().len(), 1);
    let sent: Value = serde_json::from_str(body(&server.heard()[0])).unwrap();
    let steps = &sent["compositeRequest"];
    assert_eq!((&steps[0]["method"], &steps[1]["method"]), (&value!("POST"), &value!("DELETE")));
    assert_eq!(
        steps[0]["body"]["records"][1],
        value!({ "attributes": { "type": "PermissionSetAssignment" }, "AssigneeId": "005B" })
    );
    assert_eq!(steps[1]["url"], "/services/data/v68.0/composite/sobjects?ids=0PaB&allOrNone=false");
}

/// What stands on a second page says nothing of the rows that were changed before it was asked for.
#[tokio::test]
async fn changes_stand_where_the_org_does_not_show_all_that_it_holds_afterwards() {
    let first_page = value!({
        "totalSize": 2, "done": false, "records": [{"Id": "1"}],
        "nextRecordsUrl": "/services/data/v68.0/query/01g-1",
    });
    let reply = value!({ "compositeResponse": [
        { "body": [{ "id": "005A", "success": true, "errors": [] }], "httpStatusCode": 200, "referenceId": "rows0" },
        { "body": first_page, "httpStatusCode": 200, "referenceId": "readBack" },
    ]});
    let refused = value!([{ "errorCode": "INVALID_QUERY_LOCATOR", "message": "gone" }]);
    let (_server, client) = org(vec![json(&reply), Reply::json(400, refused.to_string())]).await;
    let rows = [RowUpdate::one_field("005A", "CallCenterId", "04vA")];
    let done = client.update_and_read::<Value>("User", &rows, Some(user_query())).await.unwrap();
    assert!(done.rows[0].success);
    let words = done.records.unwrap_err().to_string();
    assert!(words.contains("read the org") && words.contains("gone"), "{words}");
}

#[tokio::test]
async fn a_list_that_goes_on_is_read_to_its_end_however_odd_its_pages_are() {
    let next = "/services/data/v68.0/query/01g-1";
    for done in [value!(null), value!("false"), value!(false)] {
        let first = value!({ "done": done, "records": [{"Id": "1"}], "nextRecordsUrl": next });
        let (_server, client) = org(vec![json(&first), json(&records(&["2"]))]).await;
        let found: Vec<Value> = client.query(&user_query()).await.unwrap();
        assert_eq!(found.len(), 2, "{done}");
        // A page without records is none, and not the end.
        let (_server, client) = org(vec![json(&first), json(&value!({ "done": true }))]).await;
        let missing = client.query::<Value>(&user_query()).await;
        assert!(matches!(missing, Err(Error::Decode { .. })), "{missing:?}");
    }
}
