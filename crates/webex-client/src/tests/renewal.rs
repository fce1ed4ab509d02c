//! Tokens that end in the middle of something.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::SecretString;
use serde_json::json as value;

use super::{Reply, Scripted, TOKEN, json, organization};
use crate::{Error, Renewal, Renewing, Session, oauth};

/// Brings numbered tokens, as many as it has.
struct Tokens {
    asked: Arc<AtomicUsize>,
    has: usize,
}

impl Renewal for Tokens {
    fn renew(&self) -> Renewing<'_> {
        Box::pin(async {
            // Long enough for others to come and wait.
            tokio::time::sleep(Duration::from_millis(20)).await;
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            if number > self.has {
                return Err(oauth::Error::local("no more tokens", "log in"));
            }
            Ok(SecretString::from(format!("new{number}")))
        })
    }
}

async fn org(token: Option<&str>, has: usize, script: Vec<Reply>) -> (Scripted, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let renewal = Box::new(Tokens { asked: asked.clone(), has });
    let token = token.map(SecretString::from);
    let session =
        Session::of_login(organization(), token, Some(renewal), "Log in again: acme login");
    (Scripted::of(session, script).await, asked)
}

fn ended() -> Reply {
    Reply::json(
        401,
        r#"{"trackingId":"t1","error":{"key":"401","message":[{"description":"No."}]}}"#,
    )
}

fn empty() -> Reply {
    json(&value!({ "data": [] }))
}

#[tokio::test]
async fn many_calls_at_once_share_one_renewal() {
    let (org, asked) = org(Some("old"), 9, vec![ended(), ended(), empty(), empty()]).await;
    let (teams, sites) =
        tokio::join!(async { org.teams().list().await }, async { org.sites().list().await });
    assert!(teams.unwrap().is_empty() && sites.unwrap().is_empty());
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    let heard = org.server.heard();
    assert_eq!(heard.iter().filter(|it| it.contains("Bearer new1")).count(), 2);
}

#[tokio::test]
async fn the_second_refusal_ends_it() {
    let (org, _) = org(Some("old"), 9, vec![ended(), ended()]).await;
    let error = org.teams().list().await.unwrap_err();
    assert!(
        matches!(&error, Error::SessionEnded { remedy, .. } if remedy == "Log in again: acme login")
    );
    assert!(error.to_string().contains("tracking ID t1"), "{error}");
}

#[tokio::test]
async fn a_renewal_that_fails_says_why() {
    let (org, _) = org(None, 0, vec![]).await;
    assert!(matches!(org.teams().list().await, Err(Error::Login(_))));
}

#[tokio::test]
async fn a_token_that_nobody_renews_ends_the_session() {
    let org = Scripted::new(vec![ended()]).await;
    let error = org.teams().list().await.unwrap_err();
    assert!(
        matches!(&error, Error::SessionEnded { remedy, .. } if remedy.contains("get a new one"))
    );
    assert!(!format!("{error} {error:?} {:?}", org.client).contains("canary"));
    assert!(org.server.heard()[0].contains(&format!("authorization: Bearer {TOKEN}")));
}
