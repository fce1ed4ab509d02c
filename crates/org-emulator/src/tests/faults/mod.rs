//! Faults over real sockets: what a client gets, and what the org has afterwards.

mod jobs;
mod parts;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Bench;
use crate::soap::METADATA;
use crate::*;

const QUERY: &str = "/services/data/v68.0/query?q=SELECT+Id+FROM+User+LIMIT+1";
const METADATA_PATH: &str = "/services/Soap/m/68.0";

/// An emulator whose first org has these faults.
fn bench(faults: &Value) -> Bench {
    let bench = Bench::new(Emulator::builder());
    bench.faults(faults);
    bench
}

/// One fault without a pattern.
fn any(effect: &Value) -> Value {
    json!([{"effect": effect}])
}

impl Bench {
    fn faults(&self, faults: &Value) {
        let path = format!("/_emulator/orgs/{}/faults", self.org);
        let (status, answer) = self.call("PUT", &path, Some(&json!({"faults": faults})));
        assert_eq!(status, 204, "{answer}");
    }

    /// Calls a SOAP API.
    pub(super) fn soap(&self, path: &str, namespace: &str, body: &str) -> (u16, String) {
        let envelope = format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" \
             xmlns=\"{namespace}\"><e:Header><SessionHeader><sessionId>{}</sessionId>\
             </SessionHeader></e:Header><e:Body>{body}</e:Body></e:Envelope>",
            self.token
        );
        let url = format!("{}{path}", self.emulator.url());
        self.runtime.block_on(async {
            let request = self.client.post(url).header("content-type", "text/xml").body(envelope);
            let response = request.send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        })
    }

    /// Every byte that the server sends for a request, until it closes the connection.
    fn bytes(&self, method: &str, path: &str, body: &str) -> Vec<u8> {
        let address = self.emulator.url().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: org\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        // A connection that is reset has ended too.
        let _end = stream.read_to_end(&mut bytes);
        bytes
    }

    fn last(&self) -> Value {
        self.requests().pop().unwrap()
    }

    /// The path and the title of the first user.
    fn user(&self) -> (String, Value) {
        let found = self.query("SELECT Id, Title FROM User LIMIT 1");
        let row = &found["records"][0];
        let path = format!("/services/data/v68.0/sobjects/User/{}", row["Id"].as_str().unwrap());
        (path, row["Title"].clone())
    }
}

#[test]
fn a_status_comes_in_the_apis_own_shape() {
    let status = json!({"status": 503, "code": "SERVER_UNAVAILABLE", "message": "Busy & late",
                        "retry_after": 7});
    let bench = bench(&json!([{"times": 3, "effect": status}]));
    let (code, body) = bench.call("GET", QUERY, None);
    assert_eq!(code, 503);
    assert_eq!(body, json!([{"message": "Busy & late", "errorCode": "SERVER_UNAVAILABLE"}]));
    let (code, text) = bench.soap(METADATA_PATH, METADATA, "<describeMetadata/>");
    assert_eq!(code, 503);
    assert!(text.contains("<faultcode>sf:SERVER_UNAVAILABLE</faultcode>"), "{text}");
    assert!(text.contains("SERVER_UNAVAILABLE: Busy &amp; late"), "{text}");
    let head = String::from_utf8(bench.bytes("GET", QUERY, "")).unwrap().to_lowercase();
    assert!(head.contains("retry-after: 7\r\n"), "{head}");
    assert_eq!(bench.call("GET", QUERY, None).0, 200, "three times were three times");
    let faults: Vec<Value> = bench.requests().iter().map(|it| it["fault"].clone()).collect();
    assert_eq!(faults, [json!("status"), json!("status"), json!("status"), Value::Null]);
    assert_eq!(bench.requests()[1]["operation"], "metadata/describeMetadata");
}

#[test]
fn dropped_before_nothing_has_happened_and_dropped_after_it_has() {
    let bench = Bench::new(Emulator::builder());
    let (path, title) = bench.user();
    let wanted = r#"{"Title": "Changed"}"#;
    bench.faults(&json!([{"match": {"method": "PATCH"}, "effect": {"drop": "before"}},
                         {"match": {"method": "PATCH"}, "effect": {"drop": "after"}}]));
    assert_eq!(bench.bytes("PATCH", &path, wanted), b"");
    assert_eq!(bench.user().1, title);
    assert_eq!(bench.bytes("PATCH", &path, wanted), b"");
    assert_eq!(bench.user().1, "Changed");
    let log = bench.requests();
    let hit: Vec<&Value> = log.iter().filter(|it| it["fault"].is_string()).collect();
    assert_eq!(hit[0]["fault"], "drop before");
    assert_eq!(hit[1]["fault"], "drop after");
    assert_eq!((&hit[0]["status"], &hit[1]["status"]), (&json!(0), &json!(0)));
    assert_eq!(hit[1]["operation"], "update/User");
}

#[test]
fn a_cut_answer_promises_more_than_it_brings() {
    let bench = bench(&any(&json!({"truncate": 10})));
    let answer = String::from_utf8(bench.bytes("GET", QUERY, "")).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(body.len(), 10, "{body}");
    let whole = bench.text("GET", QUERY, None).1;
    assert!(whole.starts_with(body));
    let promised = format!("content-length: {}", whole.len());
    assert!(head.to_lowercase().contains(&promised), "{head}");
    bench.faults(&any(&json!({"truncate": 100_000})));
    assert_eq!(bench.text("GET", QUERY, None), (200, whole), "there is nothing to cut");
}

#[test]
fn a_late_answer_was_carried_out_at_once() {
    let bench = Bench::new(Emulator::builder());
    let (path, _) = bench.user();
    bench.faults(&json!([{"match": {"method": "PATCH"}, "effect": {"delay": "300ms"}}]));
    let began = Instant::now();
    assert_eq!(bench.call("PATCH", &path, Some(&json!({"Title": "Slow"}))).0, 204);
    assert!(began.elapsed() >= Duration::from_millis(300));
    assert!(bench.last()["duration_ms"].as_u64().unwrap() >= 300);
    // A client that gives up has changed the org all the same.
    bench.faults(&json!([{"match": {"method": "PATCH"}, "effect": {"delay": "60s"}}]));
    let url = format!("{}{path}", bench.emulator.url());
    let given_up = bench.runtime.block_on(async {
        let body = json!({"Title": "Given up"});
        let request = bench.client.patch(url).bearer_auth(&bench.token).json(&body);
        request.timeout(Duration::from_millis(200)).send().await
    });
    assert!(given_up.unwrap_err().is_timeout());
    assert_eq!(bench.user().1, "Given up");
}

#[test]
fn a_web_page_stands_in_front_of_the_org() {
    let bench = Bench::new(Emulator::builder());
    let (path, title) = bench.user();
    bench.faults(&json!([{"match": {"method": "PATCH"}, "effect": {"html": 200}}]));
    let (status, text) = bench.text("PATCH", &path, Some(&json!({"Title": "X"})));
    assert_eq!(status, 200);
    assert!(text.starts_with("<!DOCTYPE html>"), "{text}");
    assert_eq!(bench.user().1, title);
}

#[test]
fn a_session_stays_expired_until_the_faults_are_put_away() {
    let bench = bench(&json!([{"skip": 1, "effect": {"expire_session": true}}]));
    assert_eq!(bench.call("GET", QUERY, None).0, 200);
    for _ in 0..2 {
        let (status, body) = bench.call("GET", QUERY, None);
        assert_eq!((status, &body[0]["errorCode"]), (401, &json!("INVALID_SESSION_ID")));
    }
    let (status, text) = bench.soap(METADATA_PATH, METADATA, "<describeMetadata/>");
    assert_eq!(status, 500);
    assert!(text.contains("sf:INVALID_SESSION_ID"), "{text}");
    assert_eq!(bench.text("GET", "/services/oauth2/userinfo", None).0, 403);
    let log = bench.requests();
    assert!(log[1..].iter().all(|request| request["fault"] == "expire_session"), "{log:?}");
    // Others go on working.
    let other = bench.announced()["orgs"][0]["users"][1]["access_token"].clone();
    let bench = Bench { token: other.as_str().unwrap().to_owned(), ..bench };
    assert_eq!(bench.call("GET", QUERY, None).0, 200);
    let first = bench.announced()["orgs"][0]["users"][0]["access_token"].clone();
    let bench = Bench { token: first.as_str().unwrap().to_owned(), ..bench };
    assert_eq!(bench.call("GET", QUERY, None).0, 401);
    bench.faults(&json!([]));
    assert_eq!(bench.call("GET", QUERY, None).0, 200);
}

#[test]
fn locked_records_fail_row_by_row_in_composites_too() {
    let bench = Bench::new(Emulator::builder());
    let (path, title) = bench.user();
    let id = path.rsplit('/').next().unwrap();
    let rows = json!({"records": [{"attributes": {"type": "User"}, "Id": id, "Title": "X"}]});
    let collections = "/services/data/v68.0/composite/sobjects";
    bench.faults(&json!([{"times": 3, "effect": {"lock": true}}]));
    let (status, answer) = bench.call("PATCH", collections, Some(&rows));
    assert_eq!((status, &answer[0]["success"]), (200, &json!(false)));
    assert_eq!(answer[0]["errors"][0]["statusCode"], "UNABLE_TO_LOCK_ROW");
    let read = json!({"method": "GET", "url": QUERY, "referenceId": "read"});
    let write = json!({"method": "PATCH", "url": collections, "referenceId": "w", "body": rows});
    let composite = |parts: &[&Value]| {
        let body = json!({"compositeRequest": parts});
        bench.call("POST", "/services/data/v68.0/composite", Some(&body)).1["compositeResponse"]
            .clone()
    };
    assert_eq!(composite(&[&read])[0]["httpStatusCode"], 200);
    assert_eq!(bench.last()["fault"], Value::Null, "reads take no lock");
    let both = composite(&[&write, &read]);
    assert_eq!(both[0]["body"][0]["errors"][0]["statusCode"], "UNABLE_TO_LOCK_ROW");
    assert_eq!(both[1]["httpStatusCode"], 200);
    let (status, answer) = bench.call("PATCH", &path, Some(&json!({"Title": "X"})));
    assert_eq!((status, &answer[0]["errorCode"]), (400, &json!("UNABLE_TO_LOCK_ROW")));
    assert_eq!(bench.user().1, title);
}

#[test]
fn the_daily_limit_is_reached_for_a_while() {
    let bench = bench(&json!([{"times": 2, "effect": {"limit": true}}]));
    let (status, body) = bench.call("GET", QUERY, None);
    assert_eq!((status, &body[0]["errorCode"]), (403, &json!("REQUEST_LIMIT_EXCEEDED")));
    let partner = "urn:partner.soap.sforce.com";
    let (status, text) = bench.soap("/services/Soap/u/68.0", partner, "<getUserInfo/>");
    assert_eq!(status, 500);
    assert!(text.contains("<sf:exceptionCode>REQUEST_LIMIT_EXCEEDED</sf:exceptionCode>"), "{text}");
    assert_eq!(bench.call("GET", QUERY, None).0, 200);
}

#[test]
fn reads_lag_behind_a_write() {
    let bench = Bench::new(Emulator::builder());
    let (path, title) = bench.user();
    bench.faults(&any(&json!({"lag": 2})));
    assert_eq!(bench.call("PATCH", &path, Some(&json!({"Title": "New"}))).0, 204);
    assert_eq!(bench.world()["users"]["ada.lovelace@northwind.example"]["Title"], "New");
    assert_eq!(bench.user().1, title);
    assert_eq!(bench.last()["fault"], "lag");
    // A write in between is a write to the org as it is.
    assert_eq!(bench.call("PATCH", &path, Some(&json!({"Department": "D"}))).0, 204);
    assert_eq!(bench.user().1, title);
    assert_eq!(bench.user().1, "New");
    assert_eq!(bench.last()["fault"], Value::Null);
    assert_eq!(bench.world()["users"]["ada.lovelace@northwind.example"]["Department"], "D");
}

#[test]
fn faults_are_no_part_of_the_world_and_belong_to_one_org() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("faults.toml");
    std::fs::write(&file, "[[faults]]\neffect = { limit = true }\n").unwrap();
    let plain = Bench::new(Emulator::builder().orgs(2));
    let faults = Fault::read_script(&file).unwrap();
    let bench = Bench::new(Emulator::builder().orgs(2).faults(faults));
    assert_eq!(bench.world(), plain.world());
    assert_eq!(bench.call("GET", QUERY, None).0, 403);
    assert_eq!(bench.call("GET", QUERY, None).0, 200);
    let reset = format!("/_emulator/orgs/{}/reset", bench.org);
    assert_eq!(bench.call("POST", &reset, None).0, 204);
    assert_eq!(bench.call("GET", QUERY, None).0, 403, "the file's script begins again");
    let other = bench.announced()["orgs"][1]["users"][0]["access_token"].clone();
    let bench = Bench { token: other.as_str().unwrap().to_owned(), ..bench };
    assert_eq!(bench.call("GET", QUERY, None).0, 403, "each org has the script for itself");

    let path = format!("/_emulator/orgs/{}/faults", plain.org);
    let wrong = json!({"faults": [{"effect": {"lock": false}}]});
    let (status, answer) = plain.call("PUT", &path, Some(&wrong));
    assert_eq!(status, 400);
    assert_eq!(answer["error"], "fault 1: lock can only be true: leave it out instead");
    std::fs::write(&file, "faults = 1").unwrap();
    assert!(matches!(Fault::read_script(&file), Err(Error::Faults(_))));
    std::fs::remove_file(&file).unwrap();
    assert!(matches!(Fault::read_script(&file), Err(Error::FaultFile { .. })));
}
