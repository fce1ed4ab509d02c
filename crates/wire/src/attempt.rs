//! One try of a request: building it, sending it, and telling what became of it when no answer came.

use std::error::Error as _;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Url, multipart};
use secrecy::ExposeSecret;

use super::size::{Bytes, REFUSAL};
use super::trace::Record;
use super::{
    Answer, Body, Call, Class, Error, LimitInfo, NotCarried, ProxyCause, TlsCause, Transport,
    carrier, redact,
};

/// Longer than any secret, in bytes: where a refusal is cut, so much before the cut may be half of one.
const LONGEST_SECRET: usize = 16 * 1024;

/// Why one try brought no answer.
pub(super) enum Lost {
    /// Nothing was sent.
    NotSent(Reason),
    /// It was sent, and what became of it is unknown.
    Unknown(Reason),
    /// No other try can change it.
    Final(Error),
}

#[derive(Default)]
pub(super) struct Reason {
    pub(super) text: String,
    timed_out: bool,
    proxy: Option<ProxyCause>,
}

impl Lost {
    /// What happened, for a trace.
    fn told(&self) -> String {
        match self {
            Lost::NotSent(reason) => format!("nothing was sent: {}", reason.text),
            Lost::Unknown(reason) => format!("the answer was lost: {}", reason.text),
            Lost::Final(error) => error.to_string(),
        }
    }
}

impl Transport {
    /// Sends the request once: the try of that number, from 1.
    pub(super) async fn attempt(&self, call: &Call, url: Url, tried: u32) -> Result<Answer, Lost> {
        let inner = &self.inner;
        // The semaphore is never closed, so this only fails when it cannot matter.
        let _permit = inner.permits.acquire().await.ok();
        inner.counters.count(call.class, call.api_calls, tried > 1);
        let request = self.build(call, url)?;
        let record = inner
            .options
            .trace
            .as_ref()
            .map(|trace| Record::begin(trace, self.secrets(call), call, &request, tried));
        let outcome = self.exchange(call, request).await;
        if let Some(record) = record {
            match &outcome {
                Ok(answer) => record.answered(answer),
                Err(lost) => record.lost(&lost.told()),
            }
        }
        outcome
    }

    /// Sends a request and reads its answer to the end.
    async fn exchange(&self, call: &Call, request: reqwest::Request) -> Result<Answer, Lost> {
        let inner = &self.inner;
        let mut response = self.carried(call, request).await?;
        let status = response.status();
        let headers = response.headers().clone();
        let info = headers.get("sforce-limit-info").and_then(|value| value.to_str().ok());
        if let Some(info) = info.and_then(LimitInfo::parse) {
            inner.counters.keep_limit(info);
        }
        let announced = response.content_length().unwrap_or_default();
        if status.is_success() && announced > self.largest(call) as u64 {
            return Err(self.too_large(call));
        }
        let (mut bytes, mut is_cut) = (Vec::new(), false);
        while let Some(chunk) = response.chunk().await.map_err(|e| self.lost(call, e))? {
            if !status.is_success() && bytes.len() + chunk.len() > REFUSAL {
                bytes.extend(chunk.iter().take(REFUSAL - bytes.len()));
                is_cut = true;
                break;
            }
            if bytes.len() + chunk.len() > self.largest(call) {
                return Err(self.too_large(call));
            }
            bytes.extend_from_slice(&chunk);
        }
        if !status.is_success() && !status.is_redirection() {
            // A refusal is told to people in the server's words, and some quote what they refuse.
            let text = String::from_utf8_lossy(&bytes);
            bytes = self.secrets(call).mask(&text).into_bytes();
            if is_cut {
                bytes.truncate(bytes.len().saturating_sub(LONGEST_SECRET));
            }
        }
        Ok(Answer { status, headers, bytes, host: self.host() })
    }

    /// The head of the answer, over a connection or by whoever takes its place.
    async fn carried(
        &self,
        call: &Call,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, Lost> {
        let inner = &self.inner;
        let Some(carrier) = &inner.options.carrier else {
            return inner.client.execute(request).await.map_err(|e| self.lost(call, e));
        };
        let limit = call.timeout.unwrap_or(inner.options.timeout);
        let request = carrier::whole(request).await.map_err(setup)?;
        let reason = |text: &str| self.secrets(call).mask(&redact(text));
        match tokio::time::timeout(limit, carrier.carry(request)).await {
            Ok(Ok(response)) => Ok(response.into()),
            Ok(Err(NotCarried::NotSent(why))) => {
                Err(Lost::NotSent(Reason { text: reason(&why), ..Reason::default() }))
            }
            Ok(Err(NotCarried::Lost(why))) => {
                Err(Lost::Unknown(Reason { text: reason(&why), ..Reason::default() }))
            }
            Err(_) => {
                let text = "operation timed out".to_owned();
                Err(Lost::Unknown(Reason { text, timed_out: true, proxy: None }))
            }
        }
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
            Body::Bytes { content_type, bytes } => {
                request.header(CONTENT_TYPE, *content_type).body(bytes.clone())
            }
            Body::Multipart(parts) => request.multipart(form(parts).map_err(setup)?),
        };
        if let Some(limit) = call.timeout {
            request = request.timeout(limit);
        }
        request.build().map_err(setup)
    }

    fn lost(&self, call: &Call, error: reqwest::Error) -> Lost {
        let not_sent = error.is_connect();
        // A connection that takes too long is no slow answer, and has a limit of its own.
        let timed_out = error.is_timeout() && !not_sent;
        // The address can hold an installation key, and says nothing that the operation does not.
        let error = error.without_url();
        let mut text = self.secrets(call).mask(&redact(&chain(&error)));
        let known = self.inner.options.proxy.as_ref();
        let proxy = ProxyCause::of(&text, &error, known.is_some_and(super::Proxy::knows_user));
        if let Some(known) = known.filter(|_| not_sent && error.is_timeout()) {
            // Who did not answer, the proxy or the server behind it, nobody has told.
            text = format!("{text}; the proxy {} is set", known.name());
        }
        let reason = Reason { text, timed_out, proxy };
        if not_sent
            && reason.proxy.is_none()
            && let Some(cause) = TlsCause::of(&error)
        {
            let (operation, host) = (call.operation, self.host());
            return Lost::Final(Error::Tls { operation, host, cause });
        }
        if reason.proxy.as_ref().is_some_and(|cause| !cause.may_pass()) {
            return Lost::Final(self.gone(call, reason, 1));
        }
        if not_sent { Lost::NotSent(reason) } else { Lost::Unknown(reason) }
    }

    /// The largest answer that is taken, in bytes.
    fn largest(&self, call: &Call) -> usize {
        call.max_answer.unwrap_or(self.inner.options.max_answer)
    }

    fn too_large(&self, call: &Call) -> Lost {
        let limit = self.largest(call);
        match call.class {
            // The change was made or refused, and this answer does not tell which.
            Class::Write => Lost::Unknown(Reason {
                text: format!("the answer is larger than {}", Bytes(limit)),
                ..Reason::default()
            }),
            Class::Read | Class::Poll => {
                Lost::Final(Error::TooLarge { operation: call.operation, host: self.host(), limit })
            }
        }
    }

    /// The failure of a request that changed nothing.
    pub(super) fn gone(&self, call: &Call, reason: Reason, tries: u32) -> Error {
        let (operation, host) = (call.operation, self.host());
        if let Some(cause) = reason.proxy {
            let named = self.inner.options.proxy.as_ref().map(super::Proxy::name);
            let proxy = named.unwrap_or_else(|| "of this machine's settings".to_owned());
            Error::Proxy { operation, host, proxy, cause, tries }
        } else if reason.timed_out {
            let after = call.timeout.unwrap_or(self.inner.options.timeout);
            Error::TimedOut { operation, host, after, tries }
        } else if let Some((_, words)) = reason.text.split_once("dns error: ") {
            let reason = words.to_owned();
            Error::NoSuchHost { operation, host, reason, tries }
        } else {
            Error::Unreachable { operation, host, reason: reason.text, tries }
        }
    }

    /// The failure of a change that may have happened.
    pub(super) fn ambiguous(&self, call: &Call, reason: String) -> Error {
        Error::Ambiguous { operation: call.operation, host: self.host(), reason }
    }

    fn host(&self) -> String {
        let host = self.inner.base.host_str().unwrap_or_default();
        match self.inner.base.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
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
    Lost::Final(Error::Setup { reason: redact(&chain(&error.without_url())) })
}

/// An error with all that it was caused by, each said once.
pub(super) fn chain(error: &reqwest::Error) -> String {
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
