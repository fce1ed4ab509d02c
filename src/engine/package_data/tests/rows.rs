//! Records as rows.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::row::{cells, holds_something};
use super::tasks;

fn row(record: &Value) -> Vec<String> {
    cells(&tasks(0), record.as_object().unwrap()).collect()
}

#[test]
fn values_keep_their_text() {
    let record = json!({
        "attributes": {"type": "Task", "url": "/x"},
        "Id": "00T1", "Subject": "=\"a\",\r\nб", "IsArchived": true, "ns__ANI__c": null,
        "other__Field__c": "not a column",
    });
    assert_eq!(row(&record), ["00T1", "=\"a\",\r\nб", "true", "", ""]);
    let odd = json!({
        "Id": 12_345_678_901_234_567_u64, "Subject": 0.1, "IsArchived": -5.0,
        "ns__ANI__c": {"street": "x"}, "ns__Done__c": ["a"],
    });
    assert_eq!(row(&odd), ["12345678901234567", "0.1", "-5.0", r#"{"street":"x"}"#, r#"["a"]"#]);
}

#[test]
fn nothing_empty_text_and_no_tick_are_no_values() {
    let holds = |record: Value| holds_something(&tasks(0), record.as_object().unwrap());
    for empty in [
        json!({}),
        json!({"ns__ANI__c": null, "ns__Done__c": false}),
        json!({"ns__ANI__c": "", "ns__Done__c": null}),
        json!({"Subject": "Call", "other__Field__c": "x"}),
    ] {
        assert!(!holds(empty.clone()), "{empty}");
    }
    for value in [
        json!({"ns__ANI__c": "0"}),
        json!({"ns__ANI__c": 0}),
        json!({"ns__ANI__c": " "}),
        json!({"ns__Done__c": true}),
    ] {
        assert!(holds(value.clone()), "{value}");
    }
}

proptest! {
    #[test]
    fn any_text_survives_the_file(texts in prop::collection::vec(any::<String>(), 1..20)) {
        let mut out = csv::Writer::from_writer(Vec::new());
        let mut sent = Vec::new();
        for text in &texts {
            let record = json!({"Id": "00T1", "Subject": text, "ns__ANI__c": text});
            let cells = row(&record);
            out.write_record(&cells).unwrap();
            sent.push(cells);
        }
        let bytes = out.into_inner().unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[..]);
        let read: Vec<Vec<String>> = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect();
        prop_assert_eq!(read, sent);
    }
}
