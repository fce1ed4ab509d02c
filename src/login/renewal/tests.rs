//! Renewals against a scripted token endpoint.

use std::sync::Mutex;
use std::time::Duration;

use salesforce_client::Client;
use salesforce_client::wire::Options;
use scripted_server::{Reply, Server};
use serde_json::json;

use super::*;
use crate::login::logins::tests::login;

/// Keeps secrets for a test, or fails to.
struct Shelf {
    credentials: Mutex<Option<Credentials>>,
    full: bool,
}

impl CredentialStore for Shelf {
    fn lock(&self) -> Result<Option<Lock>, Error> {
        Ok(None)
    }

    fn save(&self, credentials: &Credentials) -> Result<(), Error> {
        if self.full {
            return Err(Error::local("The shelf is full.", "Make room."));
        }
        *self.credentials.lock().unwrap() = Some(credentials.clone());
        Ok(())
    }

    fn load(&self) -> Option<Credentials> {
        self.credentials.lock().unwrap().clone()
    }
}

fn shelf(stored: Option<Credentials>, full: bool) -> Arc<Shelf> {
    Arc::new(Shelf { credentials: Mutex::new(stored), full })
}

fn credentials(access: &str, refresh: &str) -> Credentials {
    Credentials {
        access_token: Some(access.into()),
        refresh_token: Some(refresh.into()),
        client_secret: None,
    }
}

fn refused() -> Reply {
    Reply::json(
        401,
        r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#,
    )
}

/// What the token endpoint gives; the server's address is not known before it listens.
fn issued(org: &str, user: &str, instance_url: &str, refresh: Option<&str>) -> Reply {
    let mut body = json!({
        "access_token": "00D000000000001!new",
        "instance_url": instance_url,
        "id": format!("https://login.salesforce.com/id/{org}/{user}"),
    });
    if let Some(token) = refresh {
        body["refresh_token"] = token.into();
    }
    Reply::json(200, body.to_string())
}

const ORG: &str = "00D000000000001AAA";
const USER: &str = "005000000000001AAA";

/// The command line that a session is used by.
fn invocation() -> Invocation {
    Invocation { state_dir: Some("/tmp/s".to_owned()), ..Invocation::default() }
}

/// Asks for the limits with a token that the org refuses at first.
async fn asked(
    credential_store: Arc<Shelf>,
    answers: impl Fn(&str) -> Vec<Reply>,
) -> (Result<(), salesforce_client::Error>, Vec<String>) {
    asked_so_often(1, credential_store, answers).await
}

/// The same so many times, until one fails.
async fn asked_so_often(
    times: usize,
    credential_store: Arc<Shelf>,
    answers: impl Fn(&str) -> Vec<Reply>,
) -> (Result<(), salesforce_client::Error>, Vec<String>) {
    let address = scripted_server::unused_address();
    let url = format!("http://{address}");
    let server = Server::start_at(address, answers(&url)).await;
    let mut options = Options::new(&server.url, "tests");
    options.retry.base = Duration::from_millis(2);
    let transport = Transport::new(options).unwrap();
    let credentials = credentials("00D000000000001!old", "5Aepold");
    let client = Client::new(
        transport.clone(),
        session(&login("uat"), credentials, transport, credential_store, &invocation()),
    );
    let mut done = Ok(());
    for _ in 0..times {
        done = done.and(client.limits().await.map(drop));
    }
    (done, server.heard())
}

fn limits() -> Reply {
    Reply::json(200, "{}")
}

#[tokio::test]
async fn a_token_is_renewed_at_the_orgs_own_address_and_kept() {
    let shelf = shelf(None, false);
    let (done, heard) = asked(shelf.clone(), |url| {
        vec![refused(), issued(ORG, USER, url, Some("5Aepnew")), limits()]
    })
    .await;
    done.unwrap();
    assert!(heard[1].starts_with("POST /services/oauth2/token"), "{}", heard[1]);
    assert!(heard[1].contains("refresh_token=5Aepold"), "{}", heard[1]);
    assert!(heard[2].contains("00D000000000001!new"), "{}", heard[2]);
    let stored = shelf.load().unwrap();
    assert_eq!(stored.refresh_token.unwrap().expose_secret(), "5Aepnew");
    assert_eq!(stored.access_token.unwrap().expose_secret(), "00D000000000001!new");
}

#[tokio::test]
async fn what_another_command_has_renewed_is_taken_and_not_renewed_again() {
    let shelf = shelf(Some(credentials("00D000000000001!theirs", "5Aeptheirs")), false);
    let (done, heard) = asked(shelf, |_| vec![refused(), limits()]).await;
    done.unwrap();
    assert_eq!(heard.len(), 2, "no request for a token");
    assert!(heard[1].contains("00D000000000001!theirs"), "{}", heard[1]);
}

#[tokio::test]
async fn a_refresh_token_that_cannot_be_kept_ends_the_run_and_an_access_token_does_not() {
    for (rotated, ends) in [(Some("5Aepnew"), true), (None, false)] {
        let (done, _) = asked(shelf(None, true), |url| {
            vec![refused(), issued(ORG, USER, url, rotated), limits()]
        })
        .await;
        assert_eq!(done.is_err(), ends, "{rotated:?}: {done:?}");
    }
}

/// The old token that is kept is not another command's: it is what could not be replaced.
#[tokio::test]
async fn a_token_that_could_not_be_kept_is_asked_for_once_more() {
    let shelf = shelf(Some(credentials("00D000000000001!old", "5Aepold")), true);
    let (done, heard) = asked_so_often(2, shelf, |url| {
        vec![
            refused(),
            issued(ORG, USER, url, None),
            limits(),
            refused(),
            issued(ORG, USER, url, None),
            limits(),
        ]
    })
    .await;
    done.unwrap();
    let tokens = heard.iter().filter(|it| it.starts_with("POST /services/oauth2/token")).count();
    assert_eq!(tokens, 2, "{heard:#?}");
}

#[tokio::test]
async fn a_token_for_somebody_or_somewhere_else_is_refused() {
    let elsewhere = "https://acme.my.salesforce.com";
    for (org, user, at, says) in [
        (
            "00D000000000009AAA",
            USER,
            None,
            "but the new access token is for the org 00D000000000009",
        ),
        (ORG, "005000000000009AAA", None, "for the user 005000000000009AAA"),
        (ORG, USER, Some(elsewhere), "has moved from"),
    ] {
        let shelf = shelf(None, false);
        let (done, heard) = asked(shelf.clone(), |url| {
            vec![refused(), issued(org, user, at.unwrap_or(url), None), limits()]
        })
        .await;
        let error = done.unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        // What a person types has the options of the command line at hand.
        let salesforce_client::Error::Login(ended) = &error else { panic!("{error:?}") };
        let hint = advice::after_login_error(ended).swap_remove(0).to_string();
        assert!(hint.contains("`provision --state-dir /tmp/s login uat "), "{hint}");
        assert_eq!(heard.len(), 2, "the new token is sent nowhere");
        assert!(shelf.load().is_none(), "and not kept");
    }
}
