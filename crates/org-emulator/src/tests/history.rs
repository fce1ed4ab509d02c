//! Many records: archived, deleted, in a package's fields and objects, page by page.

use serde_json::{Value, json};

use super::Bench;
use crate::*;

/// An org with the package and so many tasks.
fn worked_in(tasks: usize) -> Bench {
    let changes = Changes::new().installed("04tHp000000wXcZIAU").tasks(tasks);
    Bench::new(Emulator::builder().seed(Seed::number(1).changes(changes)))
}

impl Bench {
    /// Every record of a query, page by page, and how many pages they were.
    fn all(&self, resource: &str, soql: &str) -> (Vec<Value>, usize) {
        let mut path = format!("/services/data/v68.0/{resource}?q={}", soql.replace(' ', "+"));
        let (mut records, mut pages) = (Vec::new(), 0);
        loop {
            let page = self.get(&path);
            records.extend(page["records"].as_array().unwrap().iter().cloned());
            pages += 1;
            match page["nextRecordsUrl"].as_str() {
                Some(next) => next.clone_into(&mut path),
                None => break,
            }
        }
        (records, pages)
    }
}

#[test]
fn only_query_all_sees_what_is_archived_or_deleted() {
    let bench = worked_in(5_000);
    let select = "SELECT Id, IsArchived, IsDeleted, IsClosed FROM Task";
    let (all, pages) = bench.all("queryAll", select);
    assert_eq!((all.len(), pages), (5_000, 3));
    let (seen, _) = bench.all("query", select);
    assert!(seen.iter().all(|row| row["IsArchived"] == false && row["IsDeleted"] == false));
    let archived = all.iter().filter(|row| row["IsArchived"] == true).count();
    let deleted = all.iter().filter(|row| row["IsDeleted"] == true).count();
    assert!(archived > 1_000 && deleted > 50, "{archived} {deleted}");
    assert!(all.iter().all(|row| row["IsArchived"] == false || row["IsClosed"] == true));
    let (none, _) = bench.all("query", "SELECT Id FROM Task WHERE IsArchived = true");
    assert_eq!(none.len(), 0);
    let (some, _) =
        bench.all("queryAll", "SELECT Id FROM Task WHERE IsArchived = true AND IsDeleted = false");
    assert!(some.len() > 1_000);

    let field = "ciscocjs__Contact_Type__c";
    let (valued, _) = bench.all(
        "queryAll",
        &format!("SELECT {field}, ciscocjs__Call_Notes__c FROM Task WHERE {field} != null"),
    );
    assert!((1_800..2_200).contains(&valued.len()), "{}", valued.len());
    let notes = valued.iter().filter_map(|row| row["ciscocjs__Call_Notes__c"].as_str());
    let notes: Vec<&str> = notes.collect();
    assert!(notes.iter().any(|text| text.len() > 5_000));
    assert!(
        notes.iter().any(|text| text.contains("\r\n"))
            && notes.iter().any(|text| text.contains('"'))
    );
    let (status, refused) = bench.call(
        "GET",
        "/services/data/v68.0/query?q=SELECT+Id+FROM+Task+WHERE+ciscocjs__Call_Notes__c+!=+null",
        None,
    );
    assert_eq!((status, &refused[0]["errorCode"]), (400, &json!("INVALID_FIELD")), "{refused}");
}

#[test]
fn many_records_are_a_digest_in_the_world() {
    let bench = worked_in(60);
    let tasks = bench.world()["records"]["Task"].clone();
    let (all, _) = bench.all("queryAll", "SELECT Id FROM Task WHERE IsDeleted = false");
    assert_eq!(tasks["count"], all.len());
    let path = format!("/services/data/v68.0/sobjects/Task/{}", all[0]["Id"].as_str().unwrap());
    let body = json!({"ciscocjs__ANI__c": "+1 555 0199"});
    assert_eq!(bench.call("PATCH", &path, Some(&body)).0, 204);
    let changed = bench.world()["records"]["Task"].clone();
    assert_eq!(changed["count"], tasks["count"]);
    assert_ne!(changed["digest"], tasks["digest"]);
}

#[test]
fn a_deleted_record_lies_in_the_recycle_bin() {
    let bench = Bench::new(Emulator::builder());
    let before = bench.world();
    let path = "/services/data/v68.0/sobjects/Task";
    let (_, made) = bench.call("POST", path, Some(&json!({"Subject": "Call"})));
    let path = format!("{path}/{}", made["id"].as_str().unwrap());
    assert_eq!(bench.call("DELETE", &path, None).0, 204);
    assert_eq!(bench.world(), before);
    for (method, body) in
        [("GET", None), ("DELETE", None), ("PATCH", Some(json!({"Subject": "X"})))]
    {
        let (status, answer) = bench.call(method, &path, body.as_ref());
        assert_eq!(
            (status, &answer[0]["errorCode"]),
            (404, &json!("ENTITY_IS_DELETED")),
            "{method}"
        );
    }
    assert_eq!(bench.query("SELECT Id FROM Task")["totalSize"], 0);
    let (all, _) = bench.all("queryAll", "SELECT Subject, IsDeleted FROM Task");
    assert_eq!((&all[0]["Subject"], &all[0]["IsDeleted"]), (&json!("Call"), &json!(true)));
}

#[test]
fn a_package_brings_objects_formulas_and_checkboxes() {
    let bench = worked_in(30);
    let object = "ciscocjs__Call_Segment__c";
    let kinds = bench.query(
        "SELECT QualifiedApiName FROM EntityDefinition WHERE NamespacePrefix = 'ciscocjs' AND \
         QualifiedApiName LIKE '%25__c'",
    );
    assert_eq!(kinds["records"][0]["QualifiedApiName"], object);
    let (segments, _) =
        bench.all("queryAll", &format!("SELECT Name, ciscocjs__Call_Key__c FROM {object}"));
    assert_eq!(segments.len(), 3);
    let path = format!("/services/data/v68.0/sobjects/{object}");
    let body = json!({"ciscocjs__Call_Key__c": "k", "ciscocjs__Seconds__c": "12"});
    let (status, made) = bench.call("POST", &path, Some(&body));
    assert_eq!(status, 201, "{made}");
    let read = bench.get(&format!("{path}/{}", made["id"].as_str().unwrap()));
    assert_eq!(read["ciscocjs__Seconds__c"], 12.0);

    let described = bench.get("/services/data/v68.0/sobjects/Task/describe");
    let fields = described["fields"].as_array().unwrap();
    let field = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap();
    assert_eq!(field("ciscocjs__Call_Label__c")["calculated"], true);
    assert_eq!(field("ciscocjs__Call_Label__c")["updateable"], false);
    assert_eq!(field("ciscocjs__Call_Notes__c")["filterable"], false);
    assert_eq!(field("ciscocjs__Is_Transferred__c")["type"], "boolean");
    let path = "/services/data/v68.0/sobjects/Task";
    let body =
        json!({"Subject": "Call", "ciscocjs__Agent_Name__c": "Ada", "ciscocjs__ANI__c": "+1"});
    let (_, made) = bench.call("POST", path, Some(&body));
    let read = bench.get(&format!("{path}/{}", made["id"].as_str().unwrap()));
    assert_eq!(read["ciscocjs__Call_Label__c"], "Ada · +1");
    assert_eq!(read["ciscocjs__Is_Transferred__c"], false, "a checkbox is never null");
    let body = json!({"Subject": "Call", "ciscocjs__Call_Label__c": "mine"});
    assert_eq!(bench.call("POST", path, Some(&body)).0, 400);

    // All of it goes with the package.
    let world = bench.world();
    assert_eq!(world["records"][object].as_object().map(serde_json::Map::len), Some(4));
}
