//! Logins, scripted.

use std::time::{Duration, UNIX_EPOCH};

use secrecy::ExposeSecret as _;
use wire::{Transport, Url};

use super::*;
use crate::tests::{ORGANIZATION, Reply, Server, TOKEN, organization, transport};
use crate::{Scope, SecretString};

const SECRET: &str = "a+client/secret=";

fn refresh() -> Grant {
    Grant::Refresh {
        client_id: "C1".to_owned(),
        client_secret: SECRET.into(),
        refresh_token: "r3fresh".into(),
    }
}

async fn scripted(replies: Vec<Reply>) -> (Server, Transport) {
    let server = Server::start(replies).await;
    let transport = transport(&server);
    (server, transport)
}

fn issued() -> Reply {
    Reply::json(
        200,
        format!(
            r#"{{"access_token":"{TOKEN}","expires_in":1209599,"refresh_token":"r2","refresh_token_expires_in":7776000,
            "token_type":"Bearer","scope":"cjp:config_read cjp:config_write"}}"#
        ),
    )
}

#[tokio::test]
async fn a_refresh_token_brings_the_next_access_token() {
    let (server, transport) = scripted(vec![issued()]).await;
    let issued = token(&transport, &refresh()).await.unwrap();
    assert_eq!(issued.organization(), Some(organization()));
    assert_eq!(issued.expires_in, Some(Duration::from_secs(1_209_599)));
    assert_eq!(issued.refresh_token.as_ref().unwrap().expose_secret(), "r2");
    assert!(!format!("{issued:?}").contains("canary"));
    let heard = &server.heard()[0];
    assert!(heard.starts_with("POST /v1/access_token HTTP/1.1"), "{heard}");
    assert!(
        heard.ends_with(
            "grant_type=refresh_token&client_id=C1&client_secret=a%2Bclient%2Fsecret%3D&refresh_token=r3fresh"
        ),
        "{heard}"
    );
}

fn begun() -> Authorization {
    let scopes = [Scope::ReadConfiguration, Scope::WriteConfiguration];
    let url = Url::parse(URL).unwrap();
    Authorization::begin(&url, "C1", SECRET.into(), "http://localhost:1717/callback", &scopes)
        .unwrap()
}

fn asked(authorization: &Authorization, name: &str) -> String {
    authorization.url().query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

#[tokio::test]
async fn a_code_of_the_browser_is_exchanged_with_its_verifier() {
    let one = begun();
    assert!(
        one.url().as_str().starts_with("https://webexapis.com/v1/authorize?response_type=code")
    );
    assert_eq!(asked(&one, "scope"), "cjp:config_read cjp:config_write");
    assert_eq!(asked(&one, "code_challenge_method"), "S256");
    let grant = one.answered(&format!("code=c0de&state={}", asked(&one, "state"))).unwrap();
    assert!(!format!("{grant:?} {one:?}").contains("c0de"));
    let (server, transport) = scripted(vec![issued()]).await;
    token(&transport, &grant).await.unwrap();
    let heard = &server.heard()[0];
    for field in [
        "grant_type=authorization_code",
        "code=c0de",
        "code_verifier=",
        "redirect_uri=http%3A%2F%2Flocalhost",
    ] {
        assert!(heard.contains(field), "{field} is missing: {heard}");
    }
}

#[test]
fn only_an_answer_with_the_right_state_counts() {
    let one = begun();
    let state = asked(&one, "state");
    assert_ne!(state, asked(&begun(), "state"));
    for query in ["code=c", "code=c&state=", &format!("code=c&state={state}x"), ""] {
        assert!(matches!(one.answered(query), Err(Error::Local { .. })), "{query}");
    }
    let denied =
        one.answered(&format!("error=access_denied&error_description=no%20way&state={state}"));
    let Err(Error::Denied(denial)) = denied else { panic!("{denied:?}") };
    assert_eq!(denial.reason(), Reason::AccessDenied);
    assert_eq!(denial.to_string(), "Webex gives no access token: access_denied, \"no way\".");
}

#[tokio::test]
async fn a_code_whose_answer_is_lost_is_not_sent_again() {
    let one = begun();
    let grant = one.answered(&format!("code=c0de&state={}", asked(&one, "state"))).unwrap();
    let (server, transport) = scripted(vec![Reply::Drop]).await;
    let error = token(&transport, &grant).await.unwrap_err();
    assert!(matches!(&error, Error::Local { hint, .. } if hint.contains("again")), "{error:?}");
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test]
async fn refusals_are_told_in_both_forms_and_without_secrets() {
    for (status, body, reason, words) in [
        (
            400,
            r#"{"error":"invalid_grant","error_description":"The refresh token r3fresh is over."}"#,
            Reason::GrantEnded,
            "invalid_grant, \"The refresh token *** is over\".",
        ),
        (
            401,
            r#"{"message":"The client is unknown.","errors":[{"description":"Unknown a+client/secret="}],"trackingId":"ROUTERGW_1"}"#,
            Reason::InvalidClient,
            "Unknown *** [tracking ID ROUTERGW_1].",
        ),
        (
            400,
            r#"{"error":"redirect_uri_mismatch"}"#,
            Reason::RedirectUriMismatch,
            "redirect_uri_mismatch.",
        ),
        (400, "{}", Reason::Unknown, "{}."),
    ] {
        let (_server, transport) = scripted(vec![Reply::json(status, body)]).await;
        let error = token(&transport, &refresh()).await.unwrap_err();
        let Error::Denied(denial) = error else { panic!("{error:?}") };
        assert_eq!(denial.reason(), reason, "{body}");
        assert_eq!(denial.to_string(), format!("Webex gives no access token: {words}"));
    }
}

#[tokio::test]
async fn refusals_that_nobody_reads_to_their_end_are_cut() {
    let long = "word ".repeat(4_000);
    let body = serde_json::json!({ "error": long, "error_description": long, "trackingId": long });
    let (_server, transport) = scripted(vec![Reply::json(400, body.to_string())]).await;
    let error = token(&transport, &refresh()).await.unwrap_err().to_string();
    assert!(error.len() < 2_600 && error.contains("(19999 bytes in all)"), "{}", error.len());
    let one = begun();
    let state = asked(&one, "state");
    let query = format!("error={long}&error_description={long}&state={state}").replace(' ', "+");
    let error = one.answered(&query).unwrap_err().to_string();
    assert!(error.len() < 2_600 && error.contains("bytes in all"), "{}", error.len());
}

#[tokio::test]
async fn trouble_at_webex_is_no_refusal_of_the_login() {
    let down = Reply::json(500, "{}");
    let (_server, transport) = scripted(vec![down]).await;
    assert!(matches!(token(&transport, &refresh()).await, Err(Error::Busy(_))));
    let (_server, transport) = scripted(vec![Reply::json(200, "<html>Log in</html>")]).await;
    let error = token(&transport, &refresh()).await.unwrap_err();
    assert!(error.to_string().contains("is no token endpoint"), "{error}");
}

#[tokio::test]
async fn a_service_app_gets_tokens_of_its_own() {
    let (server, transport) =
        scripted(vec![issued(), Reply::json(403, r#"{"message":"Not authorized"}"#)]).await;
    let app = ServiceApp {
        application_id: "Y2lz/b3NwYXJr".to_owned(),
        client_id: "C2".to_owned(),
        client_secret: SECRET.into(),
    };
    let bearer = SecretString::from("integration-token");
    assert!(
        mint(&transport, &bearer, &app, &organization()).await.unwrap().refresh_token.is_some()
    );
    let heard = &server.heard()[0];
    assert!(heard.starts_with("POST /v1/applications/Y2lz%2Fb3NwYXJr/token "), "{heard}");
    assert!(heard.contains("authorization: Bearer integration-token"), "{heard}");
    let body =
        format!(r#"{{"clientId":"C2","clientSecret":"{SECRET}","targetOrgId":"{ORGANIZATION}"}}"#);
    assert!(heard.ends_with(&body), "{heard}");
    let error = mint(&transport, &bearer, &app, &organization()).await.unwrap_err();
    let Error::Denied(denial) = error else { panic!("{error:?}") };
    assert_eq!(denial.reason(), Reason::NotAuthorized);
    assert!(!format!("{app:?}").contains("secret="));
}

#[tokio::test]
async fn a_token_tells_when_it_ends() {
    let (server, transport) =
        scripted(vec![Reply::json(200, r#"{"exp":1768630439322}"#), Reply::json(200, "{}")]).await;
    let ends = expiry(&transport, &TOKEN.into()).await.unwrap();
    assert_eq!(ends.duration_since(UNIX_EPOCH).unwrap().as_secs(), 1_768_630_439);
    assert!(server.heard()[0].starts_with("GET /v1/authorizations/tokenExpiry "));
    assert!(expiry(&transport, &TOKEN.into()).await.is_err());
}
