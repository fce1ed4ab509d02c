//! Bulk jobs.

use serde_json::{Value, json};

use super::Bench;
use crate::Emulator;

const JOBS: &str = "/services/data/v68.0/jobs/";

impl Bench {
    fn upload(&self, path: &str, csv: &str) -> u16 {
        let request = self
            .client
            .put(format!("{}{path}", self.emulator.url()))
            .bearer_auth(&self.token)
            .header("content-type", "text/csv")
            .body(csv.to_owned());
        self.runtime.block_on(request.send()).unwrap().status().as_u16()
    }

    /// Runs a job; what it says at the end, and its successful and failed rows.
    fn ingest(&self, settings: &Value, csv: &str) -> (Value, String, String) {
        let (status, job) = self.call("POST", &format!("{JOBS}ingest"), Some(settings));
        assert_eq!((status, job["state"].as_str()), (200, Some("Open")), "{job}");
        let path = format!("{JOBS}ingest/{}", job["id"].as_str().unwrap());
        assert_eq!(format!("/{}", job["contentUrl"].as_str().unwrap()), format!("{path}/batches"));
        assert_eq!(self.upload(&format!("{path}/batches"), csv), 201);
        assert_eq!(self.upload(&format!("{path}/batches"), csv), 400);
        let (_, closed) = self.call("PATCH", &path, Some(&json!({"state": "UploadComplete"})));
        assert_eq!(closed["state"], "UploadComplete");
        let results = |which: &str| self.text("GET", &format!("{path}/{which}/"), None).1;
        (self.get(&path), results("successfulResults"), results("failedResults"))
    }
}

#[test]
fn rows_are_written_one_by_one() {
    let bench = Bench::new(Emulator::builder());
    let settings = json!({"object": "Contact", "operation": "insert", "lineEnding": "LF"});
    let (job, good, bad) =
        bench.ingest(&settings, "LastName,Email\nHopper,grace@example.com\n\"\",x@example.com\n");
    assert_eq!(job["state"], "JobComplete");
    assert_eq!([&job["numberRecordsProcessed"], &job["numberRecordsFailed"]], [2, 1]);
    assert!(good.starts_with("\"sf__Id\",\"sf__Created\",\"LastName\",\"Email\"\n\"003"), "{good}");
    assert!(
        bad.contains("REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]"),
        "{bad}"
    );

    let settings = json!({
        "object": "Contact", "operation": "upsert", "externalIdFieldName": "Email",
        "columnDelimiter": "SEMICOLON",
    });
    let (job, ..) = bench.ingest(&settings, "Email;LastName\r\ngrace@example.com;Murray\r\n");
    assert_eq!(job["numberRecordsFailed"], 0);
    let found = bench.query("SELECT Id, LastName FROM Contact");
    assert_eq!(found["records"][0]["LastName"], "Murray");

    let id = found["records"][0]["Id"].as_str().unwrap();
    let settings = json!({"object": "Contact", "operation": "update"});
    let (job, ..) = bench.ingest(&settings, &format!("Id,Email\n{id},#N/A\n"));
    assert_eq!(job["numberRecordsFailed"], 0);
    assert_eq!(bench.query("SELECT Email FROM Contact")["records"][0]["Email"], Value::Null);
    let settings = json!({"object": "Contact", "operation": "delete"});
    bench.ingest(&settings, &format!("Id\n{id}\n"));
    assert_eq!(bench.query("SELECT Id FROM Contact")["totalSize"], 0);
}

#[test]
fn a_job_that_makes_no_sense_is_refused_or_fails() {
    let bench = Bench::new(Emulator::builder());
    let refused = |settings: Value| {
        let (status, body) = bench.call("POST", &format!("{JOBS}ingest"), Some(&settings));
        assert_eq!((status, body[0]["errorCode"].as_str()), (400, Some("INVALIDJOB")), "{body}");
    };
    refused(json!({"object": "Nothing", "operation": "insert"}));
    refused(json!({"object": "Contact", "operation": "invent"}));
    refused(json!({"object": "Contact", "operation": "upsert", "externalIdFieldName": "LastName"}));
    refused(json!({"object": "Contact", "operation": "insert", "columnDelimiter": "DOT"}));
    let settings = json!({"object": "Contact", "operation": "insert"});
    let (job, ..) = bench.ingest(&settings, "Nonsense\nx\n");
    assert_eq!(job["state"], "Failed");
    assert_eq!(job["errorMessage"], "InvalidBatch : Field name not found : Nonsense");
}

#[test]
fn the_first_bulk_api_says_that_it_is_not_here() {
    let bench = Bench::new(Emulator::builder());
    let (status, body) = bench.call("POST", "/services/async/66.0/job", Some(&json!({})));
    assert_eq!((status, body["exceptionCode"].as_str()), (400, Some("FeatureNotEnabled")));
}

#[test]
fn a_query_comes_in_pages() {
    let bench = Bench::new(Emulator::builder().users(5));
    let body = json!({"operation": "query", "query": "SELECT Username, Profile.Name FROM User"});
    let (status, job) = bench.call("POST", &format!("{JOBS}query"), Some(&body));
    assert_eq!(status, 200, "{job}");
    let path = format!("{JOBS}query/{}", job["id"].as_str().unwrap());
    assert_eq!(bench.get(&path)["numberRecordsProcessed"], 5);
    let first = bench.text("GET", &format!("{path}/results?maxRecords=3"), None).1;
    let second = bench.text("GET", &format!("{path}/results?maxRecords=3&locator=3"), None).1;
    assert_eq!((first.lines().count(), second.lines().count()), (4, 3));
    assert!(second.starts_with("\"Username\",\"Profile.Name\"\n"), "{second}");
    assert_eq!(bench.call("DELETE", &path, None).0, 204);
    assert_eq!(bench.call("GET", &path, None).0, 404);
}
