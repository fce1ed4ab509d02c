//! Refusals in every shape they come in.

use serde_json::json as value;
use wire::{Answer, HeaderMap, HeaderValue, StatusCode};

use super::{Reply, Scripted};
use crate::{ApiError, CadVariable, Error, Id, Scope, VariableType};

fn refusal(status: u16, body: &str) -> ApiError {
    let mut headers = HeaderMap::new();
    headers.insert("trackingid", HeaderValue::from_static("header_1"));
    let status = StatusCode::from_u16(status).unwrap();
    ApiError::from_answer(&Answer::new(status, headers, body.as_bytes().to_vec()))
}

#[test]
fn every_shape_is_read_in_the_services_own_words() {
    let application = value!({
        "trackingId": "ccconfig_1",
        "error": { "key": "412", "reason": "Precondition Failed", "message": [{
            "description": "The entity is in use.", "code": 1412, "entity": "team",
            "references": [{ "id": "u1", "name": "Ada Lovelace" }, { "id": "u2" }],
        }] },
    });
    for (status, body, text) in [
        (
            412,
            application.to_string(),
            "The entity is in use (used by Ada Lovelace, u2) [HTTP 412, tracking ID ccconfig_1]",
        ),
        (
            412,
            value!({ "trackingId": "ccconfig_2", "error": { "key": "412", "message": [] },
                "meta": { "referencedEntities": ["user"] } }).to_string(),
            "(used by: user) [HTTP 412, tracking ID ccconfig_2]",
        ),
        (
            400,
            value!({ "timestamp": "2026-11-01T00:00:00", "status": 400, "error": "Bad Request",
                "message": "Failed to read request", "path": "/x" }).to_string(),
            "Failed to read request [HTTP 400, tracking ID header_1]",
        ),
        (
            401,
            value!({ "message": "The request requires a valid access token.", "trackingId": "ROUTERGW_3",
                "errors": [{ "description": "Invalid access token." }] }).to_string(),
            "Invalid access token [HTTP 401, tracking ID ROUTERGW_3]",
        ),
        (404, String::new(), "HTTP 404 without a word of explanation [HTTP 404, tracking ID header_1]"),
        (
            502,
            "<!DOCTYPE html><html><body>Bad gateway</body></html>".to_owned(),
            "HTTP 502: a web page came instead of an answer of the API [HTTP 502, tracking ID header_1]",
        ),
        (500, "oh no".to_owned(), "oh no [HTTP 500, tracking ID header_1]"),
        (
            400,
            r#"{"error":{"message":"bad token eyJh.eyJz.canary"}}"#.to_owned(),
            "bad token *** [HTTP 400, tracking ID header_1]",
        ),
    ] {
        let error = refusal(status, &body);
        assert!(error.to_string().ends_with(text), "{error}");
    }
}

#[test]
fn what_a_refusal_means_is_read_from_its_words() {
    let of = |status: u16, words: &str| {
        let body = value!({ "trackingId": "t", "error": { "key": "x", "message": [{ "description": words }] } });
        refusal(status, &body.to_string())
    };
    let work_item = of(400, "workItem is not allowed when feature flag is disabled");
    assert_eq!(work_item.refused_field(), Some("workItem"));
    assert_eq!(of(400, "Field: 'a.workItem' is not allowed").refused_field(), Some("workItem"));
    assert_eq!(of(409, "workItem is not allowed").refused_field(), None);
    assert_eq!(of(400, "What you do is not allowed!").refused_field(), Some("do"));
    let internal = of(409, "Internal error. Please contact Cisco Support Team");
    assert!(internal.is_conflict() && internal.is_internal_conflict());
    assert!(!of(409, "There is one already").is_internal_conflict());
    assert!(
        of(400, "Teams assigned are already assigned to another desktop layout").is_team_taken()
    );
    assert!(of(412, "").is_referenced() && of(429, "").is_limit());
}

#[tokio::test]
async fn a_refused_right_names_what_the_token_needs() {
    let forbidden = || Reply::json(403, r#"{"trackingId":"t","error":{"key":"403","message":[]}}"#);
    let org = Scripted::new(vec![forbidden(), forbidden()]).await;
    let read = org.teams().list().await.unwrap_err();
    assert_eq!(read.lacks(), Some(Scope::ReadConfiguration));
    let write = org.teams().delete(&Id::new("t1")).await.unwrap_err();
    assert_eq!(write.lacks().map(Scope::name), Some("cjp:config_write"));
    assert!(write.to_string().contains("Could not delete a team"), "{write}");
}

#[tokio::test]
async fn an_answer_of_another_shape_names_its_place() {
    let org =
        Scripted::new(vec![super::json(&value!({ "data": [{ "id": "1", "name": 7 }] }))]).await;
    let error = org.teams().list().await.unwrap_err();
    assert!(matches!(&error, Error::Decode { path, .. } if path == "name"), "{error:?}");
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_ambiguous() {
    let org = Scripted::new(vec![Reply::Drop]).await;
    let error = org.cad_variables().delete(&Id::new("v1")).await.unwrap_err();
    assert!(error.is_ambiguous(), "{error}");
    assert_eq!(org.lines().len(), 1);
}

#[test]
fn what_nobody_reads_to_its_end_is_cut() {
    let detail = value!({
        "description": "word ".repeat(50_000),
        "references": (0..500).map(|number| value!({ "name": format!("user {number}") })).collect::<Vec<_>>(),
    });
    let body = value!({ "error": { "key": "412", "message": vec![detail; 500] } });
    let error = refusal(412, &body.to_string());
    let text = error.to_string();
    assert!(text.len() < 3_000, "{}", text.len());
    assert!(text.contains("user 9 and 4990 more"), "{text}");
}

#[test]
fn what_is_no_message_is_cut_and_without_secrets_too() {
    let token = super::TOKEN;
    let long = "x".repeat(200_000);
    for word in [token, &long] {
        let body = value!({
            "trackingId": word,
            "error": { "reason": word, "message": [{
                "description": "no", "code": word, "entity": word,
                "references": [{ "id": word, "name": word }, word],
            }] },
            "meta": { "referencedEntities": [word] },
        });
        let error = refusal(412, &body.to_string());
        let text = format!("{error} {error:?}");
        assert!(text.len() < 4_000 && !text.contains(token), "{text}");
    }
    let mut headers = HeaderMap::new();
    headers.insert("trackingid", HeaderValue::from_str(&long).unwrap());
    let answer = Answer::new(StatusCode::from_u16(500).unwrap(), headers, Vec::new());
    assert!(ApiError::from_answer(&answer).to_string().len() < 300);
}

/// What a redirect says.
fn redirect(location: &str) -> String {
    let mut headers = HeaderMap::new();
    headers.insert("location", HeaderValue::from_str(location).unwrap());
    let body = br#"{"message":"Moved to https://evil.example/"}"#.to_vec();
    let mut answer = Answer::new(StatusCode::from_u16(307).unwrap(), headers, body);
    answer.host = "api.wxcc-us1.cisco.com".to_owned();
    ApiError::from_answer(&answer).to_string()
}

#[test]
fn a_redirect_is_recommended_to_ciscos_own_hosts_only() {
    for (location, says) in [
        (
            "https://api.wxcc-eu1.cisco.com/canary?token=canary",
            "another address now: https://api.wxcc-eu1.cisco.com; use that one [HTTP 307]",
        ),
        (
            "https://evil.example/canary",
            "the answer leads to evil.example, which is no host of Webex's; it was not followed",
        ),
        (
            "https://api.wxcc-us1.cisco.com.evil.example/",
            "leads to api.wxcc-us1.cisco.com.evil.example,",
        ),
        ("https://api.wxcc-us1.cisco.com@evil.example/canary", "leads to evil.example,"),
        ("http://api.wxcc-eu1.cisco.com/", "leads to api.wxcc-eu1.cisco.com,"),
        ("//evil.example/canary", "leads to nowhere,"),
        ("", "leads to nowhere,"),
        ("/canary", "shows another page instead of an answer of the API [HTTP 307]"),
        ("https://api.wxcc-us1.cisco.com/canary", "shows another page"),
    ] {
        let text = redirect(location);
        assert!(text.contains(says) && !text.contains("canary"), "{location}: {text}");
        assert_eq!(text.contains("use that one"), says.contains("use that one"), "{text}");
    }
}

#[tokio::test]
async fn a_change_whose_answer_cannot_be_read_may_have_been_made() {
    let variable = CadVariable::new("caseId", VariableType::Text, "");
    for body in ["<html></html>", "{}", "[]", r#"{"id":7}"#, r#"{"id":"v1","name":7}"#, ""] {
        let mut stored = serde_json::to_value(&variable).unwrap();
        stored.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        stored["id"] = "v1".into();
        let replies = vec![Reply::json(200, body), super::json(&stored), Reply::json(200, body)];
        let org = Scripted::new(replies).await;
        let created = org.cad_variables().create(&variable).await.unwrap_err();
        let mut stored = org.cad_variables().get(&Id::new("v1")).await.unwrap();
        stored.description = Some("A case".to_owned());
        let updated = org.cad_variables().update(&stored).await.unwrap_err();
        for error in [created, updated] {
            assert!(error.is_ambiguous(), "{body}: {error}");
            assert!(error.to_string().contains("may or may not have been done"), "{error}");
        }
        assert_eq!(org.lines().len(), 3, "nothing is sent again");
    }
    // What cannot be read of what changes nothing is in no doubt.
    let org = Scripted::new(vec![Reply::json(200, "{}")]).await;
    let read = org.cad_variables().get(&Id::new("v1")).await.unwrap_err();
    assert!(matches!(read, Error::Decode { .. }), "{read:?}");
}

#[tokio::test]
async fn secrets_that_a_success_quotes_back_are_masked_however_they_are_written() {
    use base64::Engine as _;
    let secret = "9f3c51d0canary";
    let written = [super::TOKEN, secret].map(|it| base64::prelude::BASE64_STANDARD.encode(it));
    for quoted in [super::TOKEN, secret, &written[0], &written[1]] {
        let odd = Reply::json(200, value!({ "id": "v1", "active": quoted }).to_string());
        let list = super::json(&value!({ "data": [{ "id": "1", "active": quoted }] }));
        let other = super::json(&value!({ "id": quoted }));
        let org = Scripted::new(vec![odd.clone(), odd, list, other]).await;
        org.transport().hide(&secret.into());
        let variable = CadVariable::new("caseId", VariableType::Text, "");
        for error in [
            org.cad_variables().get(&Id::new("v1")).await.unwrap_err(),
            org.cad_variables().create(&variable).await.unwrap_err(),
            org.cad_variables().list().await.unwrap_err(),
            org.organization().await.unwrap_err(),
        ] {
            let text = format!("{error} {error:?}");
            assert!(!text.contains(quoted.trim_end_matches('=')), "{text}");
        }
    }
}
