//! Refusals in every shape they come in.

use crate::testing::Reply;
use crate::wire::{Answer, HeaderMap, HeaderValue, StatusCode};
use crate::{ApiError, Obstacle};

fn answer(status: u16, body: &str) -> Answer {
    let status = StatusCode::from_u16(status).unwrap();
    Answer::new(status, HeaderMap::new(), body.as_bytes().to_vec())
}

fn error(status: u16, body: &str) -> ApiError {
    ApiError::from_answer(&answer(status, body))
}

#[test]
fn every_shape_is_read_in_the_orgs_own_words() {
    let fault = r#"<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"
        xmlns:sf="urn:fault"><e:Body><e:Fault><faultcode>sf:INVALID_TYPE</faultcode>
        <faultstring>INVALID_TYPE: INVALID_TYPE: Cannot use it</faultstring></e:Fault></e:Body></e:Envelope>"#;
    let page = "<!DOCTYPE html><html><head><title>x</title></head><body><h1>Down</h1><p>for maintenance</p></body></html>";
    for (status, body, text) in [
        (
            400,
            r#"[{"message":"No such column 'x'","errorCode":"INVALID_FIELD"}]"#,
            "INVALID_FIELD: No such column 'x'",
        ),
        (400, r#"[{"message":"bad","errorCode":"A","fields":["X","Y"]}]"#, "A: bad (fields: X, Y)"),
        (
            400,
            r#"[{"message":"one","errorCode":"A"},{"message":"two","errorCode":"B"}]"#,
            "A: one; B: two",
        ),
        (
            400,
            r#"{"error":"invalid_grant","error_description":"expired"}"#,
            "invalid_grant: expired",
        ),
        (500, fault, "INVALID_TYPE: INVALID_TYPE: Cannot use it"),
        (
            503,
            page,
            "HTTP 503: a web page came instead of an answer of the API: \"Down for maintenance\"",
        ),
        (403, "Bad_OAuth_Token", "Bad_OAuth_Token"),
        (500, "", "HTTP 500 without a word of explanation"),
        (500, "[]", "HTTP 500 without a word of explanation"),
        (500, "null", "HTTP 500 without a word of explanation"),
        (500, "{}", "{}"),
        (502, "upstream  broke\nit", "upstream broke it"),
    ] {
        assert_eq!(error(status, body).to_string(), text);
    }
}

/// The refusal of an answer that sends its caller elsewhere.
fn redirect(location: &str) -> ApiError {
    let mut moved = answer(301, "");
    moved.host = "acme.my.salesforce.com".to_owned();
    moved.headers.insert("location", HeaderValue::from_str(location).unwrap());
    ApiError::from_answer(&moved)
}

#[test]
fn a_redirect_is_recommended_to_salesforces_own_hosts_only() {
    let moved = redirect("https://new.my.salesforce.com/x?sid=canary");
    let to = "https://new.my.salesforce.com".to_owned();
    assert_eq!(moved.obstacle(), Some(Obstacle::Moved { to }));
    assert!(!moved.to_string().contains("canary"), "{moved}");
    for (location, host) in [
        ("https://acme.my.salesforce.com.evil.example/", "acme.my.salesforce.com.evil.example"),
        ("//evil.example/", "nowhere"),
        ("http://new.my.salesforce.com/", "new.my.salesforce.com"),
        ("https://salesforce.com@evil.example/", "evil.example"),
        ("", "nowhere"),
    ] {
        let error = redirect(location);
        let host = host.to_owned();
        assert!(error.to_string().contains("not followed"), "{error}");
        assert_eq!(error.obstacle(), Some(Obstacle::LedElsewhere { host }), "{location}");
    }
}

#[test]
fn login_and_passkey_pages_are_known() {
    for (location, place) in [
        ("/?ec=302&startURL=%2Fservices", Obstacle::LoginPage),
        ("https://acme.my.salesforce.com/?ec=302", Obstacle::LoginPage),
        ("/_ui/identity/webauthn/Add", Obstacle::PasskeyPage),
        ("https://acme.my.salesforce.com/_ui/identity/webauthn/Add?x=1", Obstacle::PasskeyPage),
    ] {
        assert_eq!(redirect(location).obstacle(), Some(place), "{location}");
    }
    let page = r#"<html><body><form action="/_ui/identity/webauthn/Add">Create a Passkey</form>"#;
    assert_eq!(error(200, page).obstacle(), Some(Obstacle::PasskeyPage));
}

#[test]
fn texts_of_an_org_are_cut_with_their_beginning_and_their_end() {
    let long = format!("beginning {} end", "é".repeat(3_000_000));
    let message = ApiError::new(400, "X", &long).message;
    assert!(message.starts_with("beginning") && message.ends_with(" end"), "{message}");
    assert!(message.chars().count() < 2_200 && message.contains("6000014 bytes in all"));
}

#[test]
fn a_code_that_is_a_session_is_masked() {
    let session = "00Dx0000000BV7z!AR8AQAxo9UfVkh8AlV0Gomt9Czx9LjHnSSpwBMmbRcgKFmxOtvxjTrKW19ye6";
    let body = format!(r#"[{{"errorCode":"{session}","message":"no"}}]"#);
    for text in [error(403, &body).to_string(), error(403, session).to_string()] {
        assert!(!text.contains("AR8AQAxo9"), "{text}");
    }
}

#[test]
fn refusals_quote_no_secrets() {
    let quoted = r#"[{"errorCode":"MALFORMED_QUERY","message":"\nWHERE Id='04t' AND InstallationKey ='can\\'ary'\n ^\nERROR at Row:1"}]"#;
    let text = format!("{0} {0:?}", error(400, quoted));
    assert!(!text.contains("ary'") && text.contains("MALFORMED_QUERY"), "{text}");
}

#[test]
fn refusals_are_classified() {
    type Is = fn(&ApiError) -> bool;
    let classes: [(&str, Is); 6] = [
        ("session", ApiError::is_session_expired),
        ("limit", ApiError::is_limit),
        ("unavailable", ApiError::is_unavailable),
        ("lock", ApiError::is_lock),
        ("permission", ApiError::is_permission),
        ("missing", ApiError::is_missing),
    ];
    for (status, code, message, class) in [
        (401, "INVALID_SESSION_ID", "", "session"),
        (403, "Bad_OAuth_Token", "", "session"),
        (401, "", "", "session"),
        (403, "REQUEST_LIMIT_EXCEEDED", "", "limit"),
        (429, "", "", "limit"),
        (503, "", "", "unavailable"),
        (400, "SERVER_UNAVAILABLE", "", "unavailable"),
        (400, "UNABLE_TO_LOCK_ROW", "", "lock"),
        (500, "ALREADY_IN_PROCESS", "", "lock"),
        (400, "", "unable to obtain exclusive access to this record", "lock"),
        (403, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "", "permission"),
        (403, "API_DISABLED_FOR_ORG", "", "permission"),
        (404, "NOT_FOUND", "", "missing"),
        (400, "INVALID_FIELD", "", "none"),
    ] {
        let error = ApiError::new(status, code, message);
        for (name, is) in classes {
            assert_eq!(is(&error), name == class, "{code} {message}: {name}");
        }
    }
}

#[tokio::test]
async fn tokens_that_a_success_quotes_back_are_masked_however_they_are_written() {
    use base64::Engine as _;
    let token = super::TOKEN;
    let half = token.split_once('!').unwrap().1;
    let coded = base64::prelude::BASE64_STANDARD.encode(token);
    for quoted in [token, half, coded.as_str()] {
        let page = format!("<html><body>{quoted}</body></html>");
        let odd = format!(r#"{{"limit":"{quoted}"}}"#);
        let inner = format!(
            r#"{{"hasErrors":true,"results":[{{"statusCode":400,"result":[{{"errorCode":"X","message":"{quoted}"}}]}}]}}"#
        );
        for body in [page, odd] {
            let (_server, client) = super::org(vec![Reply::json(200, body)]).await;
            let text = client.limits().await.unwrap_err().to_string();
            assert!(!text.contains(quoted), "{text}");
        }
        let install = format!(
            r#"{{"Id":"0Hf","Status":"ERROR","Errors":{{"errors":[{{"message":"{quoted}"}}]}}}}"#
        );
        let (_server, client) = super::org(vec![Reply::json(200, install)]).await;
        let status = client.packages().install_status("0Hf").await.unwrap();
        assert!(!status.errors[0].contains(quoted), "{status:?}");
        let deploy = format!(
            r#"{{"deployResult":{{"id":"0Af","done":true,"errorMessage":"{quoted}","details":{{
                "componentFailures":[{{"fullName":"A","problem":"{quoted}"}}],
                "runTestResult":{{"failures":[{{"message":"{quoted}","stackTrace":"{quoted}"}}]}}}}}}}}"#
        );
        let (_server, client) = super::org(vec![Reply::json(200, deploy)]).await;
        let id = crate::metadata::DeployId("0Af".to_owned());
        let result = client.metadata().deploy_status(&id).await.unwrap();
        assert!(!format!("{result:?}").contains(quoted), "{result:?}");
        let (_server, client) = super::org(vec![Reply::json(200, inner)]).await;
        let batch = crate::Batch::new().query("a", crate::Soql::new("SELECT Id FROM User"));
        let text = format!("{:?}", client.batch(&batch).await.unwrap());
        assert!(!text.contains(quoted), "{text}");
    }
}
