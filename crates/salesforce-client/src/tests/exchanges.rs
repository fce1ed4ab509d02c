//! Whole exchanges with real orgs: each recorded answer is given to the call it belongs to.

use std::fs;

use serde_json::{Value, json as value};

use super::{beside, org};
use crate::testing::Reply;
use crate::{RowUpdate, Soql};

#[tokio::test]
async fn every_recorded_answer_is_understood() {
    let Some(folder) = beside("samples/recorded/cumulusci") else {
        return;
    };
    let (mut queries, mut creations, mut rows) = (0, 0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_exchange = path.file_name().unwrap().to_string_lossy().starts_with("Test");
        if !is_exchange {
            continue;
        }
        let exchanges: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for exchange in exchanges.as_array().unwrap() {
            let uri = exchange["request"]["uri"].as_str().unwrap_or_default();
            let method = exchange["request"]["method"].as_str().unwrap_or_default();
            let Some(body) = exchange["body"].as_str() else {
                continue;
            };
            let status = u16::try_from(exchange["status"].as_u64().unwrap_or(200)).unwrap();
            let (_server, client) = org(vec![Reply::json(status, body)]).await;
            let parsed = || serde_json::from_str::<Value>(body).unwrap();
            if uri.contains("/query/") {
                let found: Vec<Value> = client.query(&Soql::new("SELECT Id FROM X")).await.unwrap();
                assert_eq!(Value::from(found), parsed()["records"], "{}", path.display());
                queries += 1;
            } else if uri.contains("/composite/sobjects") {
                let results = parsed();
                let sent =
                    vec![RowUpdate::one_field("001", "X", 1); results.as_array().unwrap().len()];
                let done = client.update_collection("X", &sent).await.unwrap();
                for (row, result) in done.iter().zip(results.as_array().unwrap()) {
                    assert_eq!(Value::from(row.success), result["success"], "{}", path.display());
                    rows += 1;
                }
            } else if uri.contains("/sobjects/") && method == "POST" {
                let id = client.create("X", &value!({})).await.unwrap();
                assert_eq!(parsed()["id"], id);
                creations += 1;
            }
        }
    }
    assert!(queries >= 20 && rows >= 20 && creations >= 2, "{queries} {rows} {creations}");
}
