//! Tokens that end in the middle of something.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::SecretString;

use crate::oauth::{self, Denial};
use crate::testing::{self, Reply, Server};
use crate::wire::Url;
use crate::{Client, Error, Renewal, Renewing, Session};

/// Brings numbered tokens, as many as it has.
struct Tokens {
    asked: Arc<AtomicUsize>,
    has: usize,
}

impl Renewal for Tokens {
    fn renew(&self) -> Renewing<'_> {
        Box::pin(async {
            // Long enough for others to come and wait.
            tokio::time::sleep(Duration::from_millis(30)).await;
            let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            if number > self.has {
                let words = "expired access/refresh token";
                return Err(oauth::Error::Denied(Denial::new("invalid_grant", words)));
            }
            Ok(SecretString::from(format!("00D000000000001!new{number}")))
        })
    }
}

fn client(server: &Server, token: Option<&str>, has: usize) -> (Client, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let renewal = Box::new(Tokens { asked: asked.clone(), has });
    let url = Url::parse(&server.url).unwrap();
    let remedy = "Log in again: acme login";
    let token = token.map(SecretString::from);
    let session = Session::of_login(url, token, Some(renewal), "00D000000000001AAA", remedy);
    (Client::new(testing::transport(server), session), asked)
}

fn ended() -> Reply {
    Reply::json(
        401,
        r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#,
    )
}

fn fault() -> Reply {
    let text = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><e:Fault>\
                <faultcode>INVALID_SESSION_ID</faultcode><faultstring>INVALID_SESSION_ID: Illegal \
                Session</faultstring></e:Fault></e:Body></e:Envelope>";
    Reply::Say(500, vec![("content-type", "text/xml".to_owned())], text.as_bytes().to_vec())
}

fn limits() -> Reply {
    Reply::json(200, r#"{"DailyApiRequests":{"Max":15000,"Remaining":14998}}"#)
}

#[tokio::test]
async fn many_calls_at_once_share_one_renewal() {
    let server = Server::start(vec![ended(), ended(), ended(), limits(), limits(), limits()]).await;
    let (client, asked) = client(&server, Some("00D000000000001!old"), 9);
    let (one, two, three) = tokio::join!(client.limits(), client.limits(), client.limits());
    for answer in [one, two, three] {
        assert_eq!(answer.unwrap()["DailyApiRequests"].remaining, 14_998);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    let heard = server.heard();
    assert_eq!(heard.iter().filter(|it| it.contains("!old")).count(), 3);
    assert_eq!(heard.iter().filter(|it| it.contains("!new1")).count(), 3);
}

#[tokio::test]
async fn soap_calls_are_written_anew_with_the_new_token() {
    let nothing = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>\
                   <listMetadataResponse/></e:Body></e:Envelope>";
    let good =
        Reply::Say(200, vec![("content-type", "text/xml".to_owned())], nothing.as_bytes().to_vec());
    let server = Server::start(vec![fault(), good]).await;
    let (client, asked) = client(&server, Some("00D000000000001!old"), 1);
    assert!(client.metadata().list("Profile").await.unwrap().is_empty());
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert!(server.heard()[1].contains("<sessionId>00D000000000001!new1</sessionId>"));
}

#[tokio::test]
async fn a_login_without_a_token_gets_one_first() {
    let server = Server::start(vec![limits()]).await;
    let (client, asked) = client(&server, None, 1);
    client.limits().await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test]
async fn the_second_refusal_ends_it() {
    let server = Server::start(vec![ended(), ended()]).await;
    let (client, asked) = client(&server, Some("00D000000000001!old"), 9);
    let error = client.limits().await.unwrap_err();
    let Error::SessionEnded { remedy, .. } = &error else { panic!("{error}") };
    assert_eq!(&**remedy, "Log in again: acme login");
    assert_eq!(asked.load(Ordering::SeqCst), 1, "a token that was just made is not renewed");
    assert_eq!(server.heard().len(), 2);
}

#[tokio::test]
async fn a_renewal_that_is_refused_ends_it_in_the_words_of_the_token_endpoint() {
    let server = Server::start(vec![ended()]).await;
    let (client, _) = client(&server, Some("00D000000000001!old"), 0);
    let error = client.limits().await.unwrap_err();
    assert!(error.to_string().contains("expired access/refresh token"), "{error}");
    assert!(matches!(error, Error::Login(_)));
}

#[tokio::test]
async fn what_no_token_mends_is_not_renewed() {
    let lasting = Reply::json(
        401,
        r#"[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]"#,
    );
    let server = Server::start(vec![lasting]).await;
    let (client, asked) = client(&server, Some("00D000000000001!old"), 9);
    client.limits().await.unwrap_err();
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    let denied = Reply::json(403, r#"[{"message":"no","errorCode":"INSUFFICIENT_ACCESS"}]"#);
    let server = Server::start(vec![denied]).await;
    let (client, asked) = client_of(&server);
    assert!(matches!(client.limits().await.unwrap_err(), Error::Api { .. }));
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

fn client_of(server: &Server) -> (Client, Arc<AtomicUsize>) {
    client(server, Some("00D000000000001!old"), 9)
}
