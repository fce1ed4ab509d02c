//! A line to a service in this process, which breaks as a [`Fate`] says.

use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use org_emulator::{Emulator, hold_clock};
use salesforce_client::wire::{Carried, Carrier, NotCarried};
use tokio::time::{Instant, sleep};

use crate::fate::{Fate, hash};
use crate::trouble::{Break, Half};

/// What time it is in a story.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    begun: Instant,
    /// When it began, in milliseconds since 1970.
    at: u64,
}

impl Clock {
    /// A clock that begins at that moment.
    pub(crate) fn at(at: u64) -> Self {
        hold_clock(Some(at));
        Self { begun: Instant::now(), at }
    }

    /// Milliseconds since 1970.
    pub(crate) fn millis(&self) -> u64 {
        self.at + u64::try_from(self.begun.elapsed().as_millis()).expect("not that long")
    }
}

/// The line of one run to one half.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) half: Half,
    pub(crate) emulator: Arc<Emulator>,
    pub(crate) fate: Arc<Fate>,
    pub(crate) clock: Clock,
}

impl Carrier for Line {
    fn carry(&self, request: Request<Bytes>) -> Pin<Box<dyn Future<Output = Carried> + Send + '_>> {
        Box::pin(self.carried(request))
    }
}

impl Line {
    async fn carried(&self, request: Request<Bytes>) -> Carried {
        if self.fate.ended().is_some() {
            return pending().await;
        }
        let way = self.fate.request(self.half);
        let (now, half, number) = (self.clock.millis(), self.half, way.number);
        let (method, target) = (request.method(), request.uri().path_and_query());
        let sent = hash(&without_boundary(&request));
        let target = target.map_or("/", |it| it.as_str());
        self.fate.log(format!("{now} {half:?} {number} {method} {target} {sent:x}"));
        let outcome = self.on_its_way(request, way).await;
        let now = self.clock.millis();
        let told = match &outcome {
            Ok(answer) => format!("{} {:x}", answer.status().as_u16(), hash(answer.body())),
            Err(error) => error.to_string(),
        };
        self.fate.log(format!("{now} {half:?} {number} {told}"));
        outcome
    }

    async fn on_its_way(&self, request: Request<Bytes>, way: crate::fate::Way) -> Carried {
        if let Some((how, false)) = way.ends {
            self.fate.end(how);
            return pending().await;
        }
        match way.breaks {
            Some(Break::Refuse) => return Err(NotCarried::NotSent("refused".to_owned())),
            Some(Break::LoseRequest) => return Err(lost()),
            Some(Break::SlowRequest(seconds)) => sleep(Duration::from_secs(seconds)).await,
            Some(Break::Instead(status)) => return Ok(instead(status, "text/html", PAGE)),
            Some(Break::Storm) => {
                let mut answer = instead(503, "text/html", "");
                answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("0"));
                return Ok(answer);
            }
            Some(Break::Redirect) => {
                let mut answer = instead(302, "text/html", "");
                let to = HeaderValue::from_static("http://127.0.0.1:9/elsewhere");
                answer.headers_mut().insert(header::LOCATION, to);
                return Ok(answer);
            }
            Some(Break::EndSession) => return Ok(session_ended(&request)),
            _ => {}
        }
        sleep(way.there).await;
        let answer = self.answer(request).await;
        if let Some((how, true)) = way.ends {
            self.fate.end(how);
            return pending().await;
        }
        let mut answer = answer.ok_or_else(lost)?;
        match way.breaks {
            Some(Break::LoseAnswer) => return Err(lost()),
            Some(Break::SlowAnswer(seconds)) => sleep(Duration::from_secs(seconds)).await,
            Some(Break::Garble) => {
                let mut bytes = answer.body().to_vec();
                bytes.iter_mut().step_by(7).for_each(|byte| *byte ^= 0x55);
                *answer.body_mut() = bytes.into();
            }
            Some(Break::WrongType) => {
                let kind = HeaderValue::from_static("text/html");
                answer.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            _ => {}
        }
        sleep(way.back).await;
        Ok(answer)
    }

    /// The service answers, at this moment.
    async fn answer(&self, request: Request<Bytes>) -> Option<Response<Bytes>> {
        hold_clock(Some(self.clock.millis()));
        match self.half {
            Half::Salesforce => self.emulator.answer(request).await,
            Half::Webex => Some(self.emulator.tenant().answer(request).await),
        }
    }
}

const PAGE: &str = "<html><body>A gateway speaks.</body></html>";

fn lost() -> NotCarried {
    NotCarried::Lost("the connection was closed".to_owned())
}

fn instead(status: u16, kind: &'static str, body: &'static str) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from_static(body.as_bytes()));
    *answer.status_mut() = StatusCode::from_u16(status).expect("a status");
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// What a service says to whose token has ended: the Metadata API in XML, others in JSON.
fn session_ended(request: &Request<Bytes>) -> Response<Bytes> {
    if request.headers().contains_key("soapaction") {
        return instead(
            500,
            "text/xml",
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
             xmlns:sf=\"http://soap.sforce.com/2006/04/metadata\"><soapenv:Body><soapenv:Fault>\
             <faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>INVALID_SESSION_ID: Session \
             expired or invalid</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>",
        );
    }
    instead(
        401,
        "application/json",
        r#"[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]"#,
    )
}

/// A request's body. What parts a multipart body is a text that the HTTP library makes up anew each time.
fn without_boundary(request: &Request<Bytes>) -> Vec<u8> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let boundary = kind.and_then(|kind| kind.split_once("boundary=")).map(|(_, it)| it.as_bytes());
    let mut body = request.body().to_vec();
    if let Some(boundary) = boundary {
        let mut at = 0;
        while let Some(found) = body[at..].windows(boundary.len()).position(|it| it == boundary) {
            at += found;
            body[at..at + boundary.len()].fill(b'-');
        }
    }
    body
}
