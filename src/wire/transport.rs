//! Sends requests, again where that is allowed.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Url, redirect};
use tokio::sync::Semaphore;

use super::attempt::{Lost, chain};
use super::retry::{self, Verdict};
use super::{Answer, Call, Class, Counters, Error, RetryPolicy, address};

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
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) client: Client,
    pub(super) base: Url,
    pub(super) options: Options,
    pub(super) counters: Arc<Counters>,
    pub(super) permits: Semaphore,
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
        Ok(Transport { inner: Arc::new(Inner { client, base, options, counters, permits }) })
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
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("base", &self.inner.base.as_str()).finish_non_exhaustive()
    }
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

/// A number in 0..1 that differs from call to call; the hasher's keys are random.
fn jitter() -> f64 {
    let bits = RandomState::new().hash_one(Instant::now()) >> 40;
    f64::from(u32::try_from(bits).unwrap_or(0)) / f64::from(1_u32 << 24)
}

#[cfg(test)]
mod tests;
