//! Scripts as values: what they say, which requests they are about, how they count.

use axum::body::Bytes;

use super::effect::{Effect, writes};
use super::script::Script;
use super::written::parse;
use crate::request::{Request, RequestInfo, Surface};

fn request(method: &str, url: &str, body: &str) -> Request {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    Request {
        credentials: None,
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        token: None,
        content_type: String::new(),
        host: String::new(),
        sid: None,
        body: Bytes::from(body.to_owned()),
    }
}

fn info(operation: &str) -> RequestInfo {
    let surface = match operation {
        "metadata/deploy" | "metadata/readMetadata" => Surface::Metadata,
        _ => Surface::Rest,
    };
    RequestInfo { operation: operation.to_owned(), surface, token: None, envelope: None }
}

/// Which requests of a row are hit, as the log would name the faults.
fn story(script: &str, requests: &[(&str, &str, &str, &str)]) -> Vec<&'static str> {
    let mut script = Script::new(&parse(script).unwrap());
    let hit = |(operation, method, url, body): &(&str, &str, &str, &str)| {
        let effect = script.strike(&request(method, url, body), &info(operation));
        effect.as_ref().map_or("-", Effect::name)
    };
    requests.iter().map(hit).collect()
}

const QUERY: (&str, &str, &str, &str) =
    ("query", "GET", "/services/data/v68.0/query?q=SELECT+Id+FROM+User", "");

#[test]
fn json_and_toml_say_the_same() {
    let json = r#"{"faults": [
        {"match": {"operation": "query", "path": "FROM User"}, "skip": 1, "times": 2,
         "effect": {"status": 503, "code": "SERVER_UNAVAILABLE", "message": "Busy",
                    "retry_after": 1}},
        {"effect": {"delay": "250ms"}}]}"#;
    let toml = r#"
        [[faults]]
        match = { operation = "query", path = "FROM User" }
        skip = 1
        times = 2
        [faults.effect]
        status = 503
        code = "SERVER_UNAVAILABLE"
        message = "Busy"
        retry_after = 1
        [[faults]]
        effect = { delay = "250ms" }"#;
    assert_eq!(parse(json), parse(toml));
    assert_eq!(parse(json).unwrap().len(), 2);
    assert_eq!(parse(r#"{"faults": []}"#), Ok(Vec::new()));
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    for (effect, problem) in [
        ("", "fault 1: the effect says nothing"),
        (r#""lock": true, "limit": true"#, "an effect is one thing"),
        (r#""lock": false"#, "lock can only be true"),
        (r#""status": 503"#, "a status needs the code and the message"),
        (r#""code": "X", "html": 200"#, "code, message and retry_after belong to status"),
        (r#""html": 42"#, "42 is no status of an answer"),
        (r#""delay": "soon""#, "\"soon\" is no time"),
        (r#""drop": "midway""#, "unknown variant `midway`"),
        (r#""explode": true"#, "unknown field `explode`"),
        (r#""fail_deploy": {"component": "X"}"#, "missing field `problem`"),
    ] {
        let script = format!("{{\"faults\": [{{\"effect\": {{{effect}}}}}]}}");
        let refused = parse(&script).unwrap_err();
        assert!(refused.contains(problem), "{effect}: {refused}");
    }
    for (script, problem) in [
        (r#"{"faults": [{"times": 0, "effect": {"lock": true}}]}"#, "times is 0"),
        (r#"{"faults": [{"match": {"verb": "GET"}, "effect": {"lock": true}}]}"#, "`verb`"),
        ("{}", "missing field `faults`"),
        ("", "missing field `faults`"),
        ("{", "EOF"),
    ] {
        let refused = parse(script).unwrap_err();
        assert!(refused.contains(problem), "{script}: {refused}");
    }
}

#[test]
fn a_fault_skips_and_counts() {
    let script = r#"{"faults": [{"skip": 1, "times": 2, "effect": {"limit": true}}]}"#;
    assert_eq!(story(script, &[QUERY; 5]), ["-", "limit", "limit", "-", "-"]);
}

#[test]
fn faults_below_do_not_see_what_one_above_took() {
    let script = r#"{"faults": [
        {"effect": {"drop": "before"}}, {"effect": {"drop": "after"}},
        {"skip": 1, "effect": {"html": 200}}, {"effect": {"truncate": 3}}]}"#;
    assert_eq!(story(script, &[QUERY; 5]), ["drop before", "drop after", "truncate", "html", "-"],);
}

#[test]
fn every_part_of_a_pattern_must_fit() {
    let of = |pattern: &str| {
        let script =
            format!("{{\"faults\": [{{\"match\": {pattern}, \"effect\": {{\"limit\": true}}}}]}}");
        story(&script, &[("update/User", "PATCH", "/services/data/v68.0/sobjects/User/1", "{}")])
            == ["limit"]
    };
    assert!(of("{}"));
    assert!(of(r#"{"operation": "update/User", "method": "patch", "path": "/User/"}"#));
    assert!(of(r#"{"body": "{"}"#));
    assert!(!of(r#"{"operation": "update"}"#));
    assert!(!of(r#"{"operation": "update/User", "method": "POST"}"#));
    assert!(!of(r#"{"path": "Task"}"#));
    assert!(!of(r#"{"body": "CallCenterId"}"#));
    let decoded = r#"{"faults": [{"match": {"path": "FROM User"}, "effect": {"limit": true}}]}"#;
    assert_eq!(story(decoded, &[QUERY]), ["limit"], "paths are also looked at decoded");
}

#[test]
fn effects_wait_for_a_request_that_they_can_happen_to() {
    let create = (
        "tooling/create/PackageInstallRequest",
        "POST",
        "/services/data/v68.0/tooling/sobjects/PackageInstallRequest",
        "{}",
    );
    let poll = ("metadata/deployRequest", "GET", "/services/data/v68.0/metadata/x/0Af", "");
    let deploy = ("metadata/deployRequest", "POST", "/services/data/v68.0/metadata/x", "");
    let install = r#"{"faults": [{"effect": {"fail_install": "No."}}]}"#;
    assert_eq!(story(install, &[QUERY, deploy, create]), ["-", "-", "fail_install"]);
    let fail = r#"{"faults": [{"effect": {"fail_deploy": {"component": "X", "problem": "No."}}}]}"#;
    assert_eq!(story(fail, &[QUERY, poll, create, deploy]), ["-", "-", "-", "fail_deploy"]);
    let lock = r#"{"faults": [{"effect": {"lock": true}}]}"#;
    assert_eq!(story(lock, &[QUERY, poll, deploy]), ["-", "-", "lock"]);
}

#[test]
fn many_reads_in_one_post_are_no_write() {
    let writes = |operation: &str, method: &str, path: &str, body: &str| {
        writes(&request(method, path, body), &info(operation))
    };
    let composite =
        |method: &str| format!("{{\"compositeRequest\": [{{\"method\": \"{method}\"}}]}}");
    assert!(!writes("tooling/composite", "POST", "/tooling/composite", &composite("GET")));
    assert!(writes("composite", "POST", "/composite", &composite("PATCH")));
    assert!(!writes("composite/batch", "POST", "/composite/batch", "not JSON"));
    assert!(!writes("composite/sobjects", "POST", "/composite/sobjects/User", "{}"));
    assert!(writes("composite/sobjects", "POST", "/composite/sobjects", "{}"));
    assert!(writes("metadata/deploy", "POST", "/services/Soap/m/68.0", ""));
    assert!(!writes("metadata/readMetadata", "POST", "/services/Soap/m/68.0", ""));
}
