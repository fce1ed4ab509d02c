//! Refusals in every shape they come in.

use crate::ApiError;
use crate::wire::{Answer, HeaderMap, HeaderValue, StatusCode};

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

#[test]
fn a_moved_org_says_where_it_is() {
    let mut moved = answer(302, "");
    let to = HeaderValue::from_static("https://new.my.salesforce.com/x?sid=canary");
    moved.headers.insert("location", to);
    let text = ApiError::from_answer(&moved).to_string();
    assert!(text.contains("https://new.my.salesforce.com/x") && !text.contains("canary"), "{text}");
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
