//! HTTP: from bytes to a call, and back.
//!
//! A request is authenticated, answered under one lock and written to its org's log. Latency is
//! awaited before the lock is taken, so that requests sent together wait together; what a fault does
//! to the answer happens after the lock is released.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::answer::HttpAnswer;
use super::classify::classify;
use super::control;
use super::dispatch::{self, Answered};
use super::error::Error;
use super::faults::Delivery;
use super::log::RecordedRequest;
use super::outcome::Outcome;
use super::request::Request;
use super::state::State;
use super::world::refusal::Refusal;

/// Bytes of the largest body: a 39 MB archive in base64, and its envelope.
const LARGEST_BODY: usize = 60_000_000;

/// The state, as handlers share it.
pub(crate) type SharedState = Arc<Mutex<State>>;

/// The router: one handler, for the paths hold more than patterns can say.
pub(crate) fn router(state: SharedState) -> Router {
    Router::new().fallback(answer).layer(DefaultBodyLimit::max(LARGEST_BODY)).with_state(state)
}

async fn answer(
    Shared(state): Shared<SharedState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let arrived = Instant::now();
    let request = request(&method, &uri, &headers, body);
    if let Some(path) = request.path.strip_prefix("/_emulator/") {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let answer =
            control::handle(&mut state, &request.method, path, &request.query, &request.body);
        let answer = saved(&mut state, answer);
        return head(&answer, None).map(|()| Body::from(answer.body));
    }
    let latency = state.lock().unwrap_or_else(PoisonError::into_inner).settings.latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let (answer, usage, delivery) = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        carried_out(&mut state, &request, arrived)
    };
    let head = head(&answer, usage);
    delivery.send(head, answer.body).await
}

/// The same without a connection.
pub(crate) async fn answer_here(
    state: &SharedState,
    request: axum::http::Request<Bytes>,
) -> Option<axum::http::Response<Bytes>> {
    let (head, body) = request.into_parts();
    let state = Shared(Arc::clone(state));
    whole(answer(state, head.method, head.uri, head.headers, body).await).await
}

/// An answer with its whole body, unless that breaks off.
pub(crate) async fn whole(response: Response) -> Option<axum::http::Response<Bytes>> {
    let (head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.ok()?;
    Some(axum::http::Response::from_parts(head, bytes))
}

/// What came over the wire, as the APIs want it.
fn request(method: &Method, uri: &Uri, headers: &HeaderMap, body: Bytes) -> Request {
    let header = |name: header::HeaderName| {
        headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    };
    Request {
        method: method.as_str().to_owned(),
        // An instance URL that ends with a slash makes two of them, which real orgs do not mind.
        path: format!("/{}", uri.path().trim_start_matches('/')),
        query: uri.query().unwrap_or_default().to_owned(),
        token: header(header::AUTHORIZATION)
            .split_once(' ')
            .filter(|(scheme, _)| {
                scheme.eq_ignore_ascii_case("Bearer") || scheme.eq_ignore_ascii_case("OAuth")
            })
            .map(|(_, token)| token.trim().to_owned()),
        credentials: credentials(header(header::AUTHORIZATION)),
        content_type: header(header::CONTENT_TYPE).to_owned(),
        host: header(header::HOST).to_owned(),
        sid: sid(header(header::COOKIE)),
        body,
    }
}

/// The session among the cookies of a browser.
fn sid(header: &str) -> Option<String> {
    let mut cookies = header.split(';').filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(name, _)| *name == "sid").map(|(_, value)| value.to_owned())
}

/// Name and secret, as an app sends them in a header.
fn credentials(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let text = BASE64_STANDARD.decode(encoded.trim()).ok()?;
    let text = String::from_utf8(text).ok()?;
    let (name, secret) = text.split_once(':').filter(|_| scheme.eq_ignore_ascii_case("Basic"))?;
    Some((name.to_owned(), secret.to_owned()))
}

/// Answers a request of an API, saves what it changed and writes it to the log.
fn carried_out(
    state: &mut State,
    request: &Request,
    arrived: Instant,
) -> (HttpAnswer, Option<String>, Delivery) {
    let info = classify(state, request);
    let Answered { outcome, home, fault, delivery } = dispatch::answer(state, request, &info);
    let Outcome { place, answer, effects } = outcome;
    let answer = saved(state, answer);
    let since = state.started;
    let mut usage = None;
    if let Some(org) = state.orgs.get_mut(home) {
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(0);
        let query = if request.query.is_empty() { "" } else { "?" };
        org.log.add(RecordedRequest {
            seq: 0,
            at_ms: millis(arrived.duration_since(since)),
            duration_ms: millis(arrived.elapsed() + delivery.delay()),
            method: request.method.clone(),
            path: format!("{}{query}{}", request.path, request.query),
            operation: info.operation,
            status: if delivery == Delivery::Never { 0 } else { answer.status },
            poll: effects.poll,
            subrequests: effects.subrequests,
            body: request.body.clone(),
            fault,
        });
        if place.is_some() && request.path.starts_with("/services/data/") {
            let max = org.world().features.daily_api_requests;
            usage = Some(format!("api-usage={}/{max}", org.api_used));
        }
    }
    (answer, usage, delivery)
}

/// Saves what a request changed; an org that cannot be kept must not look as if it were.
fn saved(state: &mut State, answer: HttpAnswer) -> HttpAnswer {
    match state.save_changes() {
        Ok(()) => answer,
        Err(error) => unsaved(&error),
    }
}

fn unsaved(error: &Error) -> HttpAnswer {
    HttpAnswer::refused(&[Refusal::new("UNKNOWN_EXCEPTION", error.to_string())])
}

/// Status and headers of an answer.
fn head(answer: &HttpAnswer, usage: Option<String>) -> Response<()> {
    let mut response = Response::new(());
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    if let Some(usage) = usage.and_then(|usage| HeaderValue::from_str(&usage).ok()) {
        headers.insert("sforce-limit-info", usage);
    }
    for (name, value) in &answer.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(*name, value);
        }
    }
    if let Some(seconds) = answer.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
