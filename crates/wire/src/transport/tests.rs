//! Tests of the transport against a scripted server.

use secrecy::SecretString;

use super::*;
use crate::testing::{self, Reply, Server};
use crate::{Body, ErrorKind, LimitInfo, Part};
use reqwest::Method;

fn read() -> Call {
    Call::get("/x", "read a thing")
}

fn write() -> Call {
    Call::new(Method::POST, "/x", "change a thing", Class::Write)
        .with_body("text/plain", b"body".to_vec())
}

fn ok() -> Reply {
    Reply::json(200, "{}")
}

#[tokio::test]
async fn reads_are_repeated_and_changes_are_not() {
    let slow = || Reply::Slow(Duration::from_secs(20));
    let page = || Reply::Say(503, vec![], b"<html>busy</html>".to_vec());
    let busy = || Reply::json(503, r#"[{"errorCode":"SERVER_UNAVAILABLE"}]"#);
    for (name, trouble, change_is_repeated) in [
        ("dropped", Reply::Drop, false),
        ("half an answer", Reply::Half, false),
        ("slow", slow(), false),
        ("502", Reply::Say(502, vec![], vec![]), false),
        ("504", Reply::Say(504, vec![], vec![]), false),
        ("503 page", page(), false),
        ("503 by the org", busy(), true),
        ("420", Reply::Say(420, vec![], vec![]), true),
        ("429", Reply::Say(429, vec![], vec![]), true),
    ] {
        let server = Server::start(vec![trouble.clone(), ok()]).await;
        let transport = testing::transport(&server);
        let limit = (name == "slow").then(|| Duration::from_millis(800));
        let limited = |call: Call| Call { timeout: limit, ..call };
        let answer = transport.send(&limited(read())).await;
        assert_eq!(answer.unwrap().status, 200, "{name}");
        assert_eq!(server.heard().len(), 2, "{name}");
        assert_eq!(transport.counters().read().repeats, 1, "{name}");

        let server = Server::start(vec![trouble, ok()]).await;
        let answer = testing::transport(&server).send(&limited(write())).await;
        if change_is_repeated {
            assert_eq!(answer.unwrap().status, 200, "{name}");
        } else {
            let error = answer.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Ambiguous, "{name}: {error}");
            assert_eq!(server.heard().len(), 1, "{name}");
        }
    }
}

#[tokio::test]
async fn a_bad_status_is_an_answer_once_tries_are_used_up() {
    let busy = || Reply::Say(503, vec![], b"still busy".to_vec());
    let server = Server::start(vec![busy(), busy(), busy(), ok()]).await;
    let answer = testing::transport(&server).send(&read()).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.text().as_ref()), (503, "still busy"));
    assert_eq!(server.heard().len(), 3);
}

#[tokio::test]
async fn retry_after_is_honoured_up_to_the_cap() {
    let wait = |seconds: &str| {
        Reply::Say(503, vec![("retry-after", seconds.to_owned())], b"later".to_vec())
    };
    let server = Server::start(vec![wait("1"), ok()]).await;
    let begun = Instant::now();
    assert_eq!(testing::transport(&server).send(&read()).await.unwrap().status, 200);
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let server = Server::start(vec![wait("3600"), ok()]).await;
    assert_eq!(testing::transport(&server).send(&read()).await.unwrap().status, 503);
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test]
async fn no_server_is_unreachable_for_reads_and_changes_alike() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let retry = RetryPolicy { tries: 2, base: Duration::from_millis(1), ..RetryPolicy::default() };
    let transport = Transport::new(Options { retry, ..Options::new(url, "tests") }).unwrap();
    for call in [read(), write()] {
        let error = transport.send(&call).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{error}");
        assert!(error.to_string().contains("tried twice"), "{error}");
        assert!(error.to_string().contains(call.operation), "{error}");
    }
}

#[tokio::test]
async fn a_read_that_is_never_answered_times_out() {
    let slow = || Reply::Slow(Duration::from_secs(20));
    let server = Server::start(vec![slow(), slow(), slow()]).await;
    let mut call = read();
    call.timeout = Some(Duration::from_millis(50));
    let error = testing::transport(&server).send(&call).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimedOut, "{error}");
}

#[tokio::test]
async fn answers_have_a_size_limit() {
    let server = Server::start(vec![Reply::Say(200, vec![], vec![b'x'; 5000])]).await;
    let options = Options { max_answer: 4000, ..testing::options(&server) };
    let error = Transport::new(options).unwrap().send(&read()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(
        error.to_string().ends_with(
            "is larger than 4000 bytes, which no such answer is; it was not read to the end"
        ),
        "{error}"
    );
}

#[tokio::test]
async fn an_answer_is_limited_by_its_kind_and_not_by_the_usual_limit() {
    let page = || Reply::Say(200, vec![], vec![b'x'; 5000]);
    let server = Server::start(vec![page(), page()]).await;
    let options = Options { max_answer: 4000, ..testing::options(&server) };
    let transport = Transport::new(options).unwrap();
    assert_eq!(transport.send(&read().at_most(6000)).await.unwrap().bytes.len(), 5000);
    let error = transport.send(&read().at_most(2048)).await.unwrap_err();
    assert!(error.to_string().contains("is larger than 2 KB, which no such answer is"), "{error}");
}

#[tokio::test]
async fn redirects_are_not_followed_and_limits_are_kept() {
    let reply = Reply::Say(
        302,
        vec![
            ("location", "https://elsewhere.example/".to_owned()),
            ("sforce-limit-info", "api-usage=18/15000".to_owned()),
        ],
        vec![],
    );
    let server = Server::start(vec![reply]).await;
    let transport = testing::transport(&server);
    assert_eq!(transport.send(&read()).await.unwrap().status, 302);
    assert_eq!(transport.counters().limit(), Some(LimitInfo { used: 18, max: 15_000 }));
}

#[tokio::test]
async fn the_token_travels_and_is_never_printed() {
    let server = Server::start(vec![ok(), Reply::Drop]).await;
    let transport = testing::transport(&server);
    let mut call = write();
    call.bearer = Some(SecretString::from("00Dx0000000BV7z!canary"));
    call.path = "/x?q=InstallationKey%3D%27canary%27".to_owned();
    transport.send(&call).await.unwrap();
    assert!(server.heard()[0].contains("authorization: Bearer 00Dx0000000BV7z!canary"));
    let error = transport.send(&call).await.unwrap_err();
    let texts = format!("{call:?} {transport:?} {error} {error:?}");
    assert!(!texts.contains("canary"), "{texts}");
}

#[tokio::test]
async fn forms_are_sent_part_by_part() {
    let server = Server::start(vec![ok()]).await;
    let part = |name, file_name| Part {
        name,
        file_name,
        content_type: "application/json",
        bytes: b"{}".to_vec(),
    };
    let mut call = write();
    call.body = Body::Multipart(vec![part("one", None), part("two", Some("a.zip"))]);
    testing::transport(&server).send(&call).await.unwrap();
    let heard = server.heard().remove(0);
    assert!(heard.contains("content-type: multipart/form-data; boundary="), "{heard}");
    assert!(heard.contains("name=\"two\"; filename=\"a.zip\""), "{heard}");
}

#[test]
fn plain_http_to_another_machine_is_refused() {
    let error = Transport::new(Options::new("http://acme.my.salesforce.com", "tests")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Address);
}

#[tokio::test]
async fn a_change_with_an_endless_answer_is_ambiguous() {
    let server = Server::start(vec![Reply::Say(200, vec![], vec![b'x'; 5000])]).await;
    let options = Options { max_answer: 4000, ..testing::options(&server) };
    let error = Transport::new(options).unwrap().send(&write()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
}

#[tokio::test]
async fn many_servers_share_a_client_and_not_their_counters() {
    let (one, other) = (Server::start(vec![ok(), ok()]).await, Server::start(vec![ok()]).await);
    let first = testing::transport(&one);
    first.hide(&SecretString::from("a-token-of-the-first"));
    let second = first.to(&other.url).unwrap();
    second.send(&read()).await.unwrap();
    first.send(&read()).await.unwrap();
    first.send(&read()).await.unwrap();
    assert_eq!((one.heard().len(), other.heard().len()), (2, 1));
    let requests = |transport: &Transport| transport.counters().read().requests;
    assert_eq!((requests(&first), requests(&second)), (2, 1));
    assert!(second.to("http://elsewhere.example").is_err(), "addresses are checked as ever");
}
