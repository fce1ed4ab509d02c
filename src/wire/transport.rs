//! Sends requests.

use std::error::Error as _;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Url, multipart, redirect};
use secrecy::ExposeSecret;
use tokio::sync::Semaphore;

use super::retry::{self, Verdict};
use super::{Answer, Body, Call, Class, Counters, Error, LimitInfo, RetryPolicy, address, redact};

/// How a transport is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// The server: scheme, host and port.
    pub base_url: String,
    /// How the program calls itself.
    pub user_agent: String,
    /// How long one try may take, from its start to the last byte of its answer.
    pub timeout: Duration,
    /// How long a connection may take.
    pub connect_timeout: Duration,
    /// The largest answer, in bytes, unpacked.
    pub max_answer: usize,
    /// How many requests may be under way at once.
    pub concurrency: usize,
    /// What is sent again, and when.
    pub retry: RetryPolicy,
}

impl Options {
    /// Limits that fit the Salesforce APIs.
    pub fn new(base_url: impl Into<String>) -> Options {
        Options {
            base_url: base_url.into(),
            user_agent: concat!("provision/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeout: Duration::from_secs(120),
            connect_timeout: Duration::from_secs(15),
            max_answer: 64 * 1024 * 1024,
            concurrency: 8,
            retry: RetryPolicy::default(),
        }
    }
}

/// A connection to one server; clones share its pool and its counters.
#[derive(Clone)]
pub struct Transport {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    base: Url,
    options: Options,
    counters: Arc<Counters>,
    permits: Semaphore,
}

/// Why one try brought no answer.
enum Lost {
    /// Nothing was sent.
    NotSent(Reason),
    /// It was sent, and what became of it is unknown.
    Unknown(Reason),
    /// No other try can change it.
    Final(Error),
}

struct Reason {
    text: String,
    timed_out: bool,
}

impl Transport {
    /// Sets up a transport; sends nothing.
    pub fn new(options: Options) -> Result<Transport, Error> {
        let base = address::check(&options.base_url)?;
        let mut builder = Client::builder()
            .user_agent(options.user_agent.clone())
            .timeout(options.timeout)
            .connect_timeout(options.connect_timeout)
            // Shorter than what servers keep, so that a change rarely meets a connection just closed.
            .pool_idle_timeout(Duration::from_secs(20))
            // A redirect would carry the token to another host; a renamed org is better reported.
            .redirect(redirect::Policy::none())
            .gzip(true);
        if address::is_loopback(&base) {
            // A proxy cannot reach this machine's loopback, and plain http needs no certificates.
            builder = builder.no_proxy().tls_certs_only([]);
        }
        let client = builder.build().map_err(|error| setup_error(&error))?;
        let permits = Semaphore::new(options.concurrency.max(1));
        let counters = Arc::new(Counters::default());
        Ok(Transport {
            inner: Arc::new(Inner {
                client,
                base,
                options,
                counters,
                permits,
            }),
        })
    }

    /// The server's address.
    pub fn base_url(&self) -> &Url {
        &self.inner.base
    }

    /// What was sent so far.
    pub fn counters(&self) -> &Arc<Counters> {
        &self.inner.counters
    }

    /// Sends a request and waits for its answer, whatever its status.
    ///
    /// Repeats it by the table in [`retry`]; an answer that stays bad after the last try is handed over.
    pub async fn send(&self, call: &Call) -> Result<Answer, Error> {
        let url = address::join(&self.inner.base, &call.path)?;
        let policy = &self.inner.options.retry;
        let begun = Instant::now();
        let mut tried = 0;
        loop {
            tried += 1;
            let outcome = self.attempt(call, url.clone(), tried > 1).await;
            let mut wait = policy.wait(tried, jitter());
            let out_of_tries = tried >= policy.tries;
            let last = match outcome {
                Ok(answer) => match retry::judge(call.class, &answer) {
                    Verdict::Keep => return Ok(answer),
                    Verdict::Ambiguous => {
                        return Err(self.ambiguous(call, format!("HTTP {}", answer.status)));
                    }
                    Verdict::Again => {
                        if let Some(asked) = asked_to_wait(&answer) {
                            wait = asked;
                        }
                        Ok(answer)
                    }
                },
                Err(Lost::Final(error)) => return Err(error),
                Err(Lost::Unknown(reason)) if call.class == Class::Write => {
                    return Err(self.ambiguous(call, reason.text));
                }
                Err(Lost::NotSent(reason) | Lost::Unknown(reason)) => {
                    Err(self.gone(call, reason, tried))
                }
            };
            let too_long = wait > policy.cap || begun.elapsed() + wait > policy.total;
            if out_of_tries || too_long {
                return last;
            }
            tokio::time::sleep(wait).await;
        }
    }

    async fn attempt(&self, call: &Call, url: Url, repeated: bool) -> Result<Answer, Lost> {
        let inner = &self.inner;
        // The semaphore is never closed, so this only fails when it cannot matter.
        let _permit = inner.permits.acquire().await.ok();
        inner.counters.count(call.class, call.api_calls, repeated);
        let request = self.build(call, url)?;
        let mut response = inner
            .client
            .execute(request)
            .await
            .map_err(|e| self.lost(call, e))?;
        let status = response.status();
        let headers = response.headers().clone();
        let info = headers
            .get("sforce-limit-info")
            .and_then(|value| value.to_str().ok());
        if let Some(info) = info.and_then(LimitInfo::parse) {
            inner.counters.keep_limit(info);
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| self.lost(call, e))? {
            if bytes.len() + chunk.len() > inner.options.max_answer {
                return Err(Lost::Final(Error::TooLarge {
                    operation: call.operation,
                    host: self.host(),
                    limit: inner.options.max_answer,
                }));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status,
            headers,
            bytes,
        })
    }

    fn build(&self, call: &Call, url: Url) -> Result<reqwest::Request, Lost> {
        let mut request = self.inner.client.request(call.method.clone(), url);
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if let Some(token) = &call.bearer {
            let text = format!("Bearer {}", token.expose_secret());
            let mut value = HeaderValue::try_from(text).map_err(|_| {
                Lost::Final(Error::Setup {
                    reason: "the access token holds characters that no token has".to_owned(),
                })
            })?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        request = match &call.body {
            Body::Empty => request,
            Body::Bytes {
                content_type,
                bytes,
            } => request
                .header(CONTENT_TYPE, *content_type)
                .body(bytes.clone()),
            Body::Multipart(parts) => request.multipart(form(parts).map_err(setup)?),
        };
        if let Some(limit) = call.timeout {
            request = request.timeout(limit);
        }
        request.build().map_err(setup)
    }

    fn lost(&self, call: &Call, error: reqwest::Error) -> Lost {
        let timed_out = error.is_timeout();
        let not_sent = error.is_connect() || error.is_builder();
        // The address can hold an installation key, and says nothing that the operation does not.
        let text = redact(&chain(&error.without_url()));
        if not_sent && is_about_certificates(&text) {
            return Lost::Final(Error::Tls {
                operation: call.operation,
                host: self.host(),
                reason: text,
            });
        }
        let reason = Reason { text, timed_out };
        if not_sent {
            Lost::NotSent(reason)
        } else {
            Lost::Unknown(reason)
        }
    }

    fn gone(&self, call: &Call, reason: Reason, tries: u32) -> Error {
        let (operation, host) = (call.operation, self.host());
        if reason.timed_out {
            let after = call.timeout.unwrap_or(self.inner.options.timeout);
            Error::TimedOut {
                operation,
                host,
                after,
                tries,
            }
        } else {
            Error::Unreachable {
                operation,
                host,
                reason: reason.text,
                tries,
            }
        }
    }

    fn ambiguous(&self, call: &Call, reason: String) -> Error {
        Error::Ambiguous {
            operation: call.operation,
            host: self.host(),
            reason,
        }
    }

    fn host(&self) -> String {
        let host = self.inner.base.host_str().unwrap_or_default();
        match self.inner.base.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base", &self.inner.base.as_str())
            .finish_non_exhaustive()
    }
}

fn form(parts: &[super::Part]) -> Result<multipart::Form, reqwest::Error> {
    let mut form = multipart::Form::new();
    for part in parts {
        let mut piece = multipart::Part::bytes(part.bytes.clone()).mime_str(part.content_type)?;
        if let Some(name) = part.file_name {
            piece = piece.file_name(name);
        }
        form = form.part(part.name, piece);
    }
    Ok(form)
}

fn setup(error: reqwest::Error) -> Lost {
    Lost::Final(Error::Setup {
        reason: redact(&chain(&error.without_url())),
    })
}

fn setup_error(error: &reqwest::Error) -> Error {
    let reason = chain(error);
    if reason.contains("CA certificates") {
        Error::NoCertificates { reason }
    } else {
        Error::Setup { reason }
    }
}

fn asked_to_wait(answer: &Answer) -> Option<Duration> {
    let header = answer.headers.get(RETRY_AFTER)?.to_str().ok()?;
    retry::retry_after(header, jiff::Timestamp::now())
}

/// An error with all that it was caused by, each said once.
fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let more = cause.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        source = cause.source();
    }
    text
}

fn is_about_certificates(text: &str) -> bool {
    ["certificate", "HandshakeFailure", "UnknownIssuer"]
        .iter()
        .any(|sign| text.contains(sign))
}

/// A number in 0..1 that differs from call to call; the hasher's keys are random.
fn jitter() -> f64 {
    let bits = RandomState::new().hash_one(Instant::now()) >> 40;
    f64::from(u32::try_from(bits).unwrap_or(0)) / f64::from(1_u32 << 24)
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::super::testing::{Reply, Server};
    use super::super::{ErrorKind, Part};
    use super::*;
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
        let slow = || Reply::Slow(Duration::from_secs(2));
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
            let transport = server.transport();
            assert_eq!(transport.send(&read()).await.unwrap().status, 200, "{name}");
            assert_eq!(server.heard().len(), 2, "{name}");
            assert_eq!(transport.counters().read().repeats, 1, "{name}");

            let server = Server::start(vec![trouble, ok()]).await;
            let answer = server.transport().send(&write()).await;
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
        let answer = server.transport().send(&read()).await.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.text().as_ref()),
            (503, "still busy")
        );
        assert_eq!(server.heard().len(), 3);
    }

    #[tokio::test]
    async fn retry_after_is_honoured_up_to_the_cap() {
        let wait = |seconds: &str| {
            Reply::Say(
                503,
                vec![("retry-after", seconds.to_owned())],
                b"later".to_vec(),
            )
        };
        let server = Server::start(vec![wait("1"), ok()]).await;
        let begun = Instant::now();
        assert_eq!(server.transport().send(&read()).await.unwrap().status, 200);
        assert!(begun.elapsed() >= Duration::from_secs(1));
        let server = Server::start(vec![wait("3600"), ok()]).await;
        assert_eq!(server.transport().send(&read()).await.unwrap().status, 503);
        assert_eq!(server.heard().len(), 1);
    }

    #[tokio::test]
    async fn no_server_is_unreachable_for_reads_and_changes_alike() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let retry = RetryPolicy {
            tries: 2,
            base: Duration::from_millis(1),
            ..RetryPolicy::default()
        };
        let transport = Transport::new(Options {
            retry,
            ..Options::new(url)
        })
        .unwrap();
        for call in [read(), write()] {
            let error = transport.send(&call).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unreachable, "{error}");
            assert!(error.to_string().contains("tried twice"), "{error}");
            assert!(error.to_string().contains(call.operation), "{error}");
        }
    }

    #[tokio::test]
    async fn a_read_that_is_never_answered_times_out() {
        let slow = || Reply::Slow(Duration::from_secs(2));
        let server = Server::start(vec![slow(), slow(), slow()]).await;
        let mut call = read();
        call.timeout = Some(Duration::from_millis(50));
        let error = server.transport().send(&call).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut, "{error}");
    }

    #[tokio::test]
    async fn answers_have_a_size_limit() {
        let server = Server::start(vec![Reply::Say(200, vec![], vec![b'x'; 5000])]).await;
        let options = Options {
            max_answer: 4000,
            ..server.options()
        };
        let error = Transport::new(options)
            .unwrap()
            .send(&read())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
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
        let transport = server.transport();
        assert_eq!(transport.send(&read()).await.unwrap().status, 302);
        assert_eq!(
            transport.counters().limit(),
            Some(LimitInfo {
                used: 18,
                max: 15_000
            })
        );
    }

    #[tokio::test]
    async fn the_token_travels_and_is_never_printed() {
        let server = Server::start(vec![ok(), Reply::Drop]).await;
        let transport = server.transport();
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
        server.transport().send(&call).await.unwrap();
        let heard = server.heard().remove(0);
        assert!(
            heard.contains("content-type: multipart/form-data; boundary="),
            "{heard}"
        );
        assert!(
            heard.contains("name=\"two\"; filename=\"a.zip\""),
            "{heard}"
        );
    }

    #[test]
    fn plain_http_to_another_machine_is_refused() {
        let error = Transport::new(Options::new("http://acme.my.salesforce.com")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Address);
    }

    #[test]
    fn jitter_stays_in_its_bounds() {
        assert!((0..1000).map(|_| jitter()).all(|x| (0.0..1.0).contains(&x)));
    }
}
