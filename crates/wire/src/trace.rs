//! What a try of a request was and what came of it, told to whoever wants to read along.
//!
//! An [`Entry`] holds no secrets: headers that carry them are masked whole, forms but for harmless
//! fields, texts by [`redact()`](super::redact()) and by the values that are known.

mod body;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName};
use serde::Serialize;

use super::redact::Secrets;
use super::{Answer, Call, redact};

/// Who is told of every try; it must not fail a request, whatever becomes of what it is told.
pub trait Trace: fmt::Debug + Send + Sync {
    /// A try has ended.
    fn record(&self, entry: &Entry);
}

/// One try of a request.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// When it began.
    pub time: jiff::Timestamp,
    /// Which try of the request it was, from 1.
    #[serde(rename = "try")]
    pub tried: u32,
    /// How long it took until the last byte of the answer.
    pub duration_ms: u64,
    /// What was to be done.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: String,
    /// The address.
    pub url: String,
    /// What was sent.
    pub request: Message,
    /// What was answered; none where no whole answer came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Message>,
    /// Why no whole answer came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A request or an answer.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Message {
    /// The HTTP status of an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The headers, several of one name in one.
    pub headers: BTreeMap<String, String>,
    /// The body, or in brackets what it is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
}

/// A try that is under way. One that is given up is told too.
pub(super) struct Record {
    trace: Arc<dyn Trace>,
    secrets: Secrets,
    begun: Instant,
    entry: Entry,
}

impl Record {
    pub(super) fn begin(
        trace: &Arc<dyn Trace>,
        secrets: Secrets,
        call: &Call,
        request: &reqwest::Request,
        tried: u32,
    ) -> Record {
        let clean = |text: &str| secrets.mask(&redact(text));
        let entry = Entry {
            time: jiff::Timestamp::now(),
            tried,
            duration_ms: 0,
            operation: call.operation,
            method: request.method().to_string(),
            url: clean(request.url().as_str()),
            request: Message {
                status: None,
                headers: headers(request.headers(), &secrets),
                body: body::of_request(&call.body, &secrets),
            },
            response: None,
            error: Some("nobody waited for the answer".to_owned()),
        };
        Record { trace: Arc::clone(trace), secrets, begun: Instant::now(), entry }
    }

    /// An answer came.
    pub(super) fn answered(mut self, answer: &Answer) {
        let content_type = answer.headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        self.entry.response = Some(Message {
            status: Some(answer.status.as_u16()),
            headers: headers(&answer.headers, &self.secrets),
            body: body::shown(content_type.unwrap_or_default(), &answer.bytes, &self.secrets),
        });
        self.entry.error = None;
    }

    /// No answer came.
    pub(super) fn lost(mut self, why: &str) {
        self.entry.error = Some(self.secrets.mask(&redact(why)));
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let elapsed = self.begun.elapsed().as_millis();
        self.entry.duration_ms = u64::try_from(elapsed).unwrap_or(u64::MAX);
        self.trace.record(&self.entry);
    }
}

fn headers(headers: &HeaderMap, secrets: &Secrets) -> BTreeMap<String, String> {
    let mut all = BTreeMap::<String, String>::new();
    for (name, value) in headers {
        let value = if is_secret(name) || value.is_sensitive() {
            "***".to_owned()
        } else {
            secrets.mask(&redact(&String::from_utf8_lossy(value.as_bytes())))
        };
        all.entry(name.to_string())
            .and_modify(|before| *before = format!("{before}, {value}"))
            .or_insert(value);
    }
    all
}

/// Whether a header is there to carry a secret.
fn is_secret(name: &HeaderName) -> bool {
    let name = name.as_str();
    ["authorization", "cookie", "token", "secret", "api-key"].iter().any(|it| name.contains(it))
}

#[cfg(test)]
mod tests;
