//! Sends requests, again where that is allowed.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Url, redirect};
use secrecy::SecretString;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::attempt::{Lost, chain};
use super::redact::{Secrets, redact};
use super::retry::{self, Verdict};
use super::{
    Answer, Call, Carrier, Certificates, Class, Counters, Error, Proxy, RetryPolicy, Trace,
    address, size,
};

/// How a transport is set up.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The server: scheme, host and port.
    pub base_url: String,
    /// How the program calls itself.
    pub user_agent: String,
    /// How long one try may take, from its start to the last byte of its answer.
    pub timeout: Duration,
    /// How long a connection may take: the name, a proxy and the TLS handshake included.
    pub connect_timeout: Duration,
    /// The largest answer, in bytes, unpacked, where a call does not say of which kind its own is.
    pub max_answer: usize,
    /// How many requests may be under way at once.
    pub concurrency: usize,
    /// What is sent again, and when.
    pub retry: RetryPolicy,
    /// Whom to trust besides those whom the machine trusts. Of a server on this machine nobody is
    /// trusted but these.
    pub certificates: Certificates,
    /// The proxy to servers elsewhere; without one, the system's settings say whether there is any.
    pub proxy: Option<Proxy>,
    /// What may be in requests and must not be in texts, beside the tokens of requests.
    pub secrets: Vec<SecretString>,
    /// Who is told of every try.
    pub trace: Option<Arc<dyn Trace>>,
    /// What carries requests in the place of connections, where something does.
    pub carrier: Option<Arc<dyn Carrier>>,
}

impl Options {
    /// The usual limits. `user_agent` is how the program calls itself, such as `acme/1.0`.
    pub fn new(base_url: impl Into<String>, user_agent: impl Into<String>) -> Options {
        Options {
            base_url: base_url.into(),
            user_agent: user_agent.into(),
            timeout: Duration::from_secs(120),
            connect_timeout: Duration::from_secs(15),
            max_answer: size::PAGE,
            concurrency: 8,
            retry: RetryPolicy::default(),
            certificates: Certificates::default(),
            proxy: None,
            secrets: Vec::new(),
            trace: None,
            carrier: None,
        }
    }
}

/// A connection to one server; clones share its pool and its counters.
#[derive(Clone)]
pub struct Transport {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) client: Client,
    pub(super) base: Url,
    pub(super) options: Options,
    pub(super) counters: Arc<Counters>,
    pub(super) permits: Semaphore,
    pub(super) secrets: Mutex<Secrets>,
}

impl Transport {
    /// Sets up a transport; sends nothing.
    pub fn new(options: Options) -> Result<Transport, Error> {
        let base = address::check(&options.base_url)?;
        let client = http_client(&options, &base)?;
        Ok(Self::of(client, base, options))
    }

    /// A transport to another server, with the same options and over the same HTTP client: its
    /// connections, its trusted certificates and its TLS sessions are shared, while counters, limits
    /// and hidden values are the other's own.
    ///
    /// A server on this machine and one elsewhere trust different certificates, and share nothing.
    pub fn to(&self, base_url: &str) -> Result<Transport, Error> {
        let base = address::check(base_url)?;
        let options = Options { base_url: base_url.to_owned(), ..self.inner.options.clone() };
        let alike = address::is_loopback(&base) == address::is_loopback(&self.inner.base);
        let client = if alike { self.inner.client.clone() } else { http_client(&options, &base)? };
        Ok(Self::of(client, base, options))
    }

    fn of(client: Client, base: Url, options: Options) -> Transport {
        let permits = Semaphore::new(options.concurrency.max(1));
        let counters = Arc::new(Counters::default());
        let secrets = Mutex::new(Secrets::of(&options.secrets));
        let inner = Inner { client, base, options, counters, permits, secrets };
        Transport { inner: Arc::new(inner) }
    }

    /// The server's address.
    pub fn base_url(&self) -> &Url {
        &self.inner.base
    }

    /// What was sent so far.
    pub fn counters(&self) -> &Arc<Counters> {
        &self.inner.counters
    }

    /// Remembers a value that must be in no text, wherever a request or an answer has it: a token
    /// that travels in an envelope, for example.
    pub fn hide(&self, secret: &SecretString) {
        let mut secrets = self.inner.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        *secrets = secrets.with(Some(secret));
    }

    /// A text about a call without that token and whatever else is hidden, however it is written: in an
    /// answer that is a success, a server may quote them too.
    pub fn mask(&self, text: &str, token: Option<&SecretString>) -> String {
        let secrets = self.inner.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.with(token).mask(text)
    }

    /// What no text about a call may hold.
    pub(super) fn secrets(&self, call: &Call) -> Secrets {
        let secrets = self.inner.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.with(call.bearer.as_ref())
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
            // Boxed, so that futures of whole runs stay small.
            let outcome = Box::pin(self.attempt(call, url.clone(), tried)).await;
            let mut wait = policy.wait(tried, fastrand::f64());
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
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("base", &self.inner.base.as_str()).finish_non_exhaustive()
    }
}

/// The HTTP client that reaches a server under these options.
fn http_client(options: &Options, base: &Url) -> Result<Client, Error> {
    let mut builder = Client::builder()
        .user_agent(options.user_agent.clone())
        .timeout(options.timeout)
        .connect_timeout(options.connect_timeout)
        // Shorter than what servers keep, so that a change rarely meets a connection just closed.
        .pool_idle_timeout(Duration::from_secs(20))
        // A redirect would carry the token to another host; a server that has moved is better reported.
        .redirect(redirect::Policy::none())
        .gzip(true);
    let certificates = options.certificates.for_client().map_err(|error| setup_error(&error))?;
    if options.carrier.is_some() {
        // It builds requests, and sends none.
        builder = builder.no_proxy().tls_certs_only([]);
    } else if address::is_loopback(base) {
        // A proxy cannot reach this machine's loopback, and who serves on it is known to nobody
        // else: the system's certificates would be read for nothing.
        builder = builder.no_proxy().tls_certs_only(certificates);
    } else {
        if !certificates.is_empty() {
            // Where the system has none of its own, these are enough.
            builder = builder.tls_certs_merge(certificates);
        }
        if let Some(proxy) = &options.proxy {
            let proxy = proxy.for_client().map_err(|error| setup_error(&error))?;
            builder = builder.proxy(proxy);
        }
    }
    builder.build().map_err(|error| setup_error(&error))
}

fn setup_error(error: &reqwest::Error) -> Error {
    let reason = redact(&chain(error));
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

#[cfg(test)]
mod carried;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod tests;
