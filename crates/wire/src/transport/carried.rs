//! Requests that something carries in the place of connections.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use reqwest::Method;
use tokio::time::{Instant, sleep};

use crate::{
    Body, Call, Carried, Carrier, Class, Error, ErrorKind, NotCarried, Options, Part, Transport,
};

/// Gives these answers, each after so many seconds, and remembers what it was asked.
#[derive(Debug, Default)]
struct Script {
    answers: Mutex<Vec<(u64, Carried)>>,
    asked: Mutex<Vec<Request<Bytes>>>,
}

impl Carrier for Script {
    fn carry(&self, request: Request<Bytes>) -> Pin<Box<dyn Future<Output = Carried> + Send + '_>> {
        self.asked.lock().unwrap().push(request);
        let (seconds, answer) = self.answers.lock().unwrap().remove(0);
        Box::pin(async move {
            sleep(Duration::from_secs(seconds)).await;
            answer
        })
    }
}

fn script(answers: impl IntoIterator<Item = (u64, Carried)>) -> (Arc<Script>, Transport) {
    let answers = Mutex::new(answers.into_iter().collect());
    let script = Arc::new(Script { answers, asked: Mutex::default() });
    // Nobody is there, and nobody is called.
    let mut options = Options::new("https://acme.example", "tests");
    options.carrier = Some(script.clone());
    (script, Transport::new(options).unwrap())
}

fn fine() -> Response<Bytes> {
    Response::new(Bytes::from_static(b"{}"))
}

fn status(status: u16) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status.try_into().unwrap();
    response
}

fn write() -> Call {
    Call::new(Method::POST, "/records", "create a record", Class::Write)
}

fn read() -> Call {
    Call::new(Method::GET, "/records?all=true", "read the records", Class::Read)
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_one_like_any_other() {
    let (carrier, transport) = script([(0, Ok(fine()))]);
    let parts = vec![Part {
        name: "file",
        file_name: Some("one.zip"),
        content_type: "application/zip",
        bytes: b"PK".to_vec(),
    }];
    let answer = transport.send(&Call { body: Body::Multipart(parts), ..write() }).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.bytes.as_slice()), (200, b"{}".as_slice()));
    let asked = carrier.asked.lock().unwrap();
    assert_eq!(asked[0].uri(), "https://acme.example/records");
    let body = String::from_utf8_lossy(asked[0].body());
    assert!(body.contains("filename=\"one.zip\"") && body.contains("PK"), "{body}");
    assert_eq!(transport.counters().read().requests, 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_lost_on_the_way_is_sent_again_where_that_is_allowed() {
    let lost = || (0, Err(NotCarried::Lost("cut".to_owned())));
    let not_sent = || (0, Err(NotCarried::NotSent("no line".to_owned())));
    let (carrier, transport) = script([lost()]);
    let error = transport.send(&write()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
    assert_eq!(carrier.asked.lock().unwrap().len(), 1, "it may have been done");
    for (call, answers) in [
        (write(), vec![not_sent(), (0, Ok(fine()))]),
        (read(), vec![lost(), not_sent(), (0, Ok(fine()))]),
    ] {
        let count = answers.len();
        let (carrier, transport) = script(answers);
        transport.send(&call).await.unwrap();
        assert_eq!(carrier.asked.lock().unwrap().len(), count);
    }
}

#[tokio::test(start_paused = true)]
async fn all_waiting_goes_by_the_clock_of_the_runtime() {
    let begun = Instant::now();
    let (_, transport) = script((0..9).map(|_| (1_000, Ok(fine()))));
    let error = transport.send(&read()).await.unwrap_err();
    let Error::TimedOut { after, tries, .. } = error else { panic!("{error:?}") };
    assert_eq!(after, Duration::from_secs(120));
    assert_eq!(begun.elapsed().as_secs() / 120, u64::from(tries));

    // Tries have a time of their own together, too, and it is no time of the machine.
    let (carrier, transport) = script((0..9).map(|_| (100, Ok(status(503)))));
    let answer = transport.send(&read()).await.unwrap();
    assert_eq!(answer.status.as_u16(), 503);
    assert!(carrier.asked.lock().unwrap().len() < 9);
}
