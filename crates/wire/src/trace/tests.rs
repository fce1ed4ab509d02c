//! Tests of traces, with canaries.

use std::sync::Mutex;

use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::*;
use crate::testing::{self, Reply, Server};
use crate::{Body, Class, Options, Part, Transport};

#[derive(Debug, Default)]
struct Kept(Mutex<Vec<Value>>);

impl Trace for Kept {
    fn record(&self, entry: &Entry) {
        self.0.lock().unwrap().push(serde_json::to_value(entry).unwrap());
    }
}

/// Sends a call to a server that answers so, and gives back what was traced of it.
async fn traced(call: &Call, script: Vec<Reply>) -> Vec<Value> {
    let server = Server::start(script).await;
    let kept = Arc::new(Kept::default());
    let trace: Arc<dyn Trace> = Arc::clone(&kept) as Arc<dyn Trace>;
    let secrets = vec![SecretString::from("kéy'canary\"")];
    let options = Options { trace: Some(trace), secrets, ..testing::options(&server) };
    let transport = Transport::new(options).unwrap();
    transport.hide(&SecretString::from("later, another/canary"));
    drop(transport.send(call).await);
    let entries = kept.0.lock().unwrap().clone();
    for entry in &entries {
        assert!(!entry.to_string().contains("canary"), "{entry:#}");
    }
    entries
}

#[tokio::test]
async fn every_try_is_told_with_what_came_of_it() {
    let mut call = Call::get("/x?q=InstallationKey%3D%27canary%27", "read a thing");
    call.bearer = Some(SecretString::from("canary-token"));
    call.headers.push(("sforce-call-options", "client=acme".to_owned()));
    let answer = Reply::Say(
        200,
        vec![
            ("content-type", "application/json".to_owned()),
            ("set-cookie", "sid=canary; Secure".to_owned()),
            ("location", "/secur/frontdoor.jsp?sid=canary".to_owned()),
        ],
        json!({"told": "canary-token", "key": "kéy'canary\"", "new": "later, another/canary"})
            .to_string()
            .into_bytes(),
    );
    let entries = traced(&call, vec![Reply::Say(503, vec![], vec![]), Reply::Drop, answer]).await;
    assert_eq!(entries.len(), 3);
    let tries: Vec<&Value> = entries.iter().map(|entry| &entry["try"]).collect();
    assert_eq!(tries, [1, 2, 3]);
    assert_eq!(entries[0]["response"]["status"], 503);
    assert!(entries[1]["error"].as_str().unwrap().starts_with("the answer was lost: "));
    assert_eq!(entries[1]["response"], Value::Null);
    let last = &entries[2];
    assert_eq!(last["operation"], "read a thing");
    assert_eq!(last["method"], "GET");
    assert!(last["url"].as_str().unwrap().ends_with("/x?q=InstallationKey%3D%27***%27"));
    assert_eq!(last["request"]["headers"]["authorization"], "***");
    assert_eq!(last["request"]["headers"]["sforce-call-options"], "client=acme");
    assert_eq!(last["response"]["headers"]["set-cookie"], "***");
    assert_eq!(last["response"]["headers"]["location"], "/secur/frontdoor.jsp?sid=***");
    assert_eq!(last["response"]["body"], r#"{"told":"***","key":"***","new":"***"}"#);
}

#[tokio::test]
async fn a_try_that_is_given_up_is_told() {
    let server = Server::start(vec![Reply::Slow(std::time::Duration::from_secs(20))]).await;
    let kept = Arc::new(Kept::default());
    let trace: Arc<dyn Trace> = Arc::clone(&kept) as Arc<dyn Trace>;
    let transport =
        Transport::new(Options { trace: Some(trace), ..testing::options(&server) }).unwrap();
    let call = Call::get("/x", "read a thing");
    let limit = std::time::Duration::from_millis(200);
    assert!(tokio::time::timeout(limit, transport.send(&call)).await.is_err());
    assert_eq!(kept.0.lock().unwrap()[0]["error"], "nobody waited for the answer");
}

#[tokio::test]
async fn logins_show_harmless_fields_only() {
    let form = b"grant_type=refresh_token&client_id=PlatformCLI&refresh_token=5Aep861canary\
        &code=canary&code_verifier=canary&password=canary&anything_new=canary&client_secret=";
    let call = Call::new(Method::POST, "/services/oauth2/token", "log in", Class::Read)
        .with_body("application/x-www-form-urlencoded", form.to_vec());
    let answer = json!({
        "access_token": "00Dx0000000BV7z!AQcanary", "refresh_token": "5Aep861canary",
        "id_token": "eyJh.eyJz.canary", "signature": "canary+/=", "scope": "api",
        "frontdoor_uri": "https://a.example/secur/frontdoor.jsp?otp=canary&cshc=1",
        "id": "https://login.salesforce.com/id/00Dx/005x",
    });
    let entries = traced(&call, vec![Reply::json(200, answer.to_string())]).await;
    assert_eq!(
        entries[0]["request"]["body"],
        "grant_type=refresh_token&client_id=PlatformCLI&refresh_token=***&code=***\
         &code_verifier=***&password=***&anything_new=***&client_secret="
    );
    let body: Value =
        serde_json::from_str(entries[0]["response"]["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["scope"], "api");
    assert_eq!(body["frontdoor_uri"], "https://a.example/secur/frontdoor.jsp?otp=***&cshc=1");
    assert_eq!(body["id"], "https://login.salesforce.com/id/00Dx/005x");
}

#[tokio::test]
async fn archives_are_named_by_their_size() {
    let envelope = "<e><m:sessionId>canary</m:sessionId><met:ZipFile>Y2FuYXJ5canary</met:ZipFile>\
        <zipFile/><x>zipFile</x></e>";
    let mut call = Call::new(Method::POST, "/soap", "deploy", Class::Read)
        .with_body("text/xml; charset=UTF-8", envelope.as_bytes().to_vec());
    let zip =
        Reply::Say(200, vec![("content-type", "application/zip".to_owned())], vec![b'x'; 300]);
    let entries = traced(&call, vec![zip.clone()]).await;
    assert_eq!(
        entries[0]["request"]["body"],
        "<e><m:sessionId>***</m:sessionId><met:ZipFile>[an archive of 14 bytes as base64]\
         </met:ZipFile><zipFile/><x>zipFile</x></e>"
    );
    assert_eq!(entries[0]["response"]["body"], "[300 bytes of application/zip]");
    let part = |name, content_type, bytes: &[u8]| Part {
        name,
        file_name: None,
        content_type,
        bytes: bytes.to_vec(),
    };
    call.body = Body::Multipart(vec![
        part("json", "application/json", br#"{"password":"canary"}"#),
        part("file", "application/zip", &[80, 75, 3, 4]),
    ]);
    let entries = traced(&call, vec![zip]).await;
    assert_eq!(
        entries[0]["request"]["body"],
        "[part json]\n{\"password\":\"***\"}\n[part file]\n[4 bytes of application/zip]"
    );
}

#[tokio::test]
async fn long_texts_are_cut_and_say_so() {
    for size in [70_000, 3_000_000] {
        let text = "ä".repeat(size / 2);
        let call = Call::get("/x", "read a thing");
        let entries = traced(&call, vec![Reply::json(200, text)]).await;
        let body = entries[0]["response"]["body"].as_str().unwrap();
        assert!(body.ends_with(&format!("ä… [cut: {size} bytes in all]")), "{size}");
        assert!(body.len() < 66_000);
    }
}
