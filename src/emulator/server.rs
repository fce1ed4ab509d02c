//! HTTP: from bytes to a call, and back.
//!
//! A request is authenticated, answered under one lock and written to its org's log. Latency is
//! awaited before the lock is taken, so that requests sent together wait together.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::response::Response;
use serde_json::Value;

use super::answer::HttpAnswer;
use super::clock;
use super::control;
use super::error::Error;
use super::jobs;
use super::log::LoggedRequest;
use super::metadata;
use super::org::Call;
use super::partner;
use super::rest::{self, Effects, RestRequest};
use super::soap;
use super::state::State;
use super::world::refusal::Refusal;

/// Bytes of the longest URI that a request may have.
const LONGEST_URI: usize = 16_384;
/// Bytes of the largest body: a 39 MB archive in base64, and its envelope.
const LARGEST_BODY: usize = 60_000_000;

/// The state, as handlers share it.
pub(crate) type SharedState = Arc<Mutex<State>>;

/// A request, read whole.
struct Request {
    method: String,
    /// Path without its query.
    path: String,
    query: String,
    token: Option<String>,
    content_type: String,
    body: Bytes,
}

/// The router: one handler, for the paths hold more than patterns can say.
pub(crate) fn router(state: SharedState) -> Router {
    Router::new()
        .fallback(answer)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(state)
}

async fn answer(
    Shared(state): Shared<SharedState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let arrived = Instant::now();
    let header = |name: header::HeaderName| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let request = Request {
        method: method.as_str().to_owned(),
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        token: header(header::AUTHORIZATION)
            .split_once(' ')
            .filter(|(scheme, _)| {
                scheme.eq_ignore_ascii_case("Bearer") || scheme.eq_ignore_ascii_case("OAuth")
            })
            .map(|(_, token)| token.trim().to_owned()),
        content_type: header(header::CONTENT_TYPE).to_owned(),
        body,
    };
    if let Some(path) = request.path.strip_prefix("/_emulator/") {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = control::handle(
            &mut state,
            &request.method,
            path,
            &request.query,
            &request.body,
        );
        let answer = saved(&mut state, answer);
        return response(answer, None);
    }
    let latency = {
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.settings.latency
    };
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    let uri_length = uri.path().len() + uri.query().map_or(0, |query| query.len() + 1);
    let outcome = if uri_length > LONGEST_URI {
        Outcome::of(HttpAnswer::refused(&[Refusal::new(
            "URI_TOO_LONG",
            "URI Too Long",
        )]))
    } else {
        authenticate(&mut state, &request)
    };
    let Outcome {
        place,
        answer,
        effects,
    } = outcome;
    let mut usage = None;
    let answer = saved(&mut state, answer);
    let since = state.started;
    // What belongs to no org is written to the first: a wrong token is worth seeing there.
    let answer_status = answer.status;
    if let Some(org) = state.orgs.get_mut(place.unwrap_or(0)) {
        let millis = |time: std::time::Duration| u64::try_from(time.as_millis()).unwrap_or(0);
        let query = if request.query.is_empty() { "" } else { "?" };
        org.log.add(LoggedRequest {
            seq: 0,
            at_ms: millis(arrived.duration_since(since)),
            duration_ms: millis(arrived.elapsed()),
            method: request.method.clone(),
            path: format!("{}{query}{}", request.path, request.query),
            operation: effects.operation,
            status: answer_status,
            poll: effects.poll,
            subrequests: effects.subrequests,
        });
        if place.is_some() && request.path.starts_with("/services/data/") {
            let max = org.world().features.daily_api_requests;
            usage = Some(format!("api-usage={}/{max}", org.api_used));
        }
    }
    drop(state);
    response(answer, usage)
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

fn response(answer: HttpAnswer, usage: Option<String>) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = axum::http::StatusCode::from_u16(answer.status)
        .unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(answer.content_type),
    );
    if let Some(usage) = usage.and_then(|usage| HeaderValue::from_str(&usage).ok()) {
        headers.insert("sforce-limit-info", usage);
    }
    response
}

/// What came of a request.
struct Outcome {
    /// The org that answered.
    place: Option<usize>,
    answer: HttpAnswer,
    effects: Effects,
}

impl Outcome {
    /// An answer that no org gave.
    fn of(answer: HttpAnswer) -> Self {
        let effects = Effects {
            operation: "unknown".to_owned(),
            ..Effects::default()
        };
        Self {
            place: None,
            answer,
            effects,
        }
    }

    fn named(mut self, operation: &str) -> Self {
        operation.clone_into(&mut self.effects.operation);
        self
    }
}

/// Finds out who asks, and lets the right API answer.
fn authenticate(state: &mut State, request: &Request) -> Outcome {
    let path = request.path.trim_end_matches('/');
    if path == "/services/data" && request.method == "GET" {
        return Outcome::of(HttpAnswer::json(200, &rest::versions())).named("versions");
    }
    if let Some(rest) = path.strip_prefix("/services/Soap/") {
        return soap_call(state, request, rest);
    }
    let Some((place, user)) = request.token.as_deref().and_then(|it| state.session(it)) else {
        if path == "/services/oauth2/userinfo" {
            let text = b"Bad_OAuth_Token".to_vec();
            let answer = HttpAnswer {
                status: 403,
                content_type: "text/html;charset=UTF-8",
                body: text,
            };
            return Outcome::of(answer).named("userinfo");
        }
        return Outcome::of(HttpAnswer::refused(&[Refusal::new(
            "INVALID_SESSION_ID",
            "Session expired or invalid",
        )]));
    };
    let mut outcome = Outcome::of(HttpAnswer::refused(&[Refusal::not_found()]));
    outcome.place = Some(place);
    let now = clock::now();
    let Some(org) = state.orgs.get_mut(place) else {
        return outcome;
    };
    jobs::advance(org, now);
    let mut call = Call {
        org,
        user,
        version: String::new(),
        now,
    };
    if path == "/services/oauth2/userinfo" {
        outcome.answer = HttpAnswer::json(200, &rest::identity::userinfo(&call));
        return outcome.named("userinfo");
    }
    let url = format!("{}?{}", request.path, request.query);
    let Some(target) =
        rest::url::Target::parse(&url).filter(|_| path.starts_with("/services/data"))
    else {
        return outcome;
    };
    if let Err(status) = rest::is_supported(&target.version) {
        if status == 410 {
            outcome.answer = HttpAnswer::refused(&[Refusal::new(
                "UNSUPPORTED_API_VERSION",
                "The requested API version is no longer available",
            )]);
        }
        return outcome;
    }
    call.version.clone_from(&target.version);
    if let Some(refusal) = exhausted(&call) {
        outcome.answer = HttpAnswer::refused(&[refusal]);
        return outcome;
    }
    if target.path.first().is_some_and(|part| part == "metadata") {
        call.org.api_used += 1;
        let id = match target.path.get(1..).unwrap_or_default() {
            [name] if name == "deployRequest" => None,
            [name, id] if name == "deployRequest" => Some(id.as_str()),
            _ => return outcome,
        };
        outcome.effects.poll = request.method == "GET" && id.is_some();
        outcome.answer = metadata::rest_deploy(
            &mut call,
            &request.method,
            id,
            &request.query,
            &request.content_type,
            &request.body,
        );
        return outcome.named("metadata/deployRequest");
    }
    let method = if request.method == "HEAD" {
        "GET"
    } else {
        request.method.as_str()
    };
    let body = match body(&request.body) {
        Ok(body) => body,
        Err(refusal) => {
            outcome.answer = HttpAnswer::refused(&[refusal]);
            return outcome;
        }
    };
    let asked = RestRequest {
        method: method.to_owned(),
        target,
        body,
    };
    let (reply, effects) = rest::handle(&mut call, &asked);
    call.org.api_used += effects.api_calls;
    Outcome {
        place: Some(place),
        answer: reply.into(),
        effects,
    }
}

/// A JSON body; nothing where there is none.
fn body(bytes: &[u8]) -> Result<Option<Value>, Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(None);
    }
    serde_json::from_slice(bytes)
        .map(Some)
        .map_err(|error| Refusal::new("JSON_PARSER_ERROR", error.to_string()))
}

/// Why this caller may not use the API now.
fn exhausted(call: &Call<'_>) -> Option<Refusal> {
    if !call.permits("ApiEnabled") {
        return Some(Refusal::new(
            "API_DISABLED_FOR_ORG",
            "API is disabled for this User",
        ));
    }
    let max = call.world().features.daily_api_requests;
    (call.org.api_used >= max)
        .then(|| Refusal::new("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."))
}

/// `/services/Soap/{m|u}/{version}[/{org}]`: the session stands in the envelope.
fn soap_call(state: &mut State, request: &Request, rest: &str) -> Outcome {
    let segments: Vec<&str> = rest.split('/').collect();
    let (api, version) = match segments.as_slice() {
        ["m", version, ..] => ("metadata", *version),
        ["u", version, ..] => ("partner", *version),
        _ => return Outcome::of(HttpAnswer::refused(&[Refusal::not_found()])),
    };
    if request.method != "POST" {
        return Outcome::of(HttpAnswer::refused(&[Refusal::new(
            "METHOD_NOT_ALLOWED",
            format!(
                "HTTP Method '{}' not allowed. Allowed are POST",
                request.method
            ),
        )]))
        .named(api);
    }
    let envelope = match soap::envelope(&request.body) {
        Ok(envelope) => envelope,
        Err(problem) => {
            return Outcome::of(soap::fault("MALFORMED_XML", &problem)).named(api);
        }
    };
    let operation = format!("{api}/{}", envelope.operation);
    if rest::is_supported(version).is_err() {
        let message = format!("Invalid Api version specified on URL: {version}");
        return Outcome::of(soap::fault("UNSUPPORTED_API_VERSION", &message)).named(&operation);
    }
    let token = envelope.session.or_else(|| request.token.clone());
    let Some((place, user)) = token.as_deref().and_then(|token| state.session(token)) else {
        return Outcome::of(soap::invalid_session()).named(&operation);
    };
    let mut outcome = Outcome::of(soap::invalid_session()).named(&operation);
    outcome.place = Some(place);
    let now = clock::now();
    let Some(org) = state.orgs.get_mut(place) else {
        return outcome;
    };
    if let Some(wanted) = segments.get(2)
        && super::ids::Id::parse(wanted).as_ref() != Some(&org.world().organization.id)
    {
        return outcome;
    }
    jobs::advance(org, now);
    let mut call = Call {
        org,
        user,
        version: version.to_owned(),
        now,
    };
    if let Some(refusal) = exhausted(&call) {
        outcome.answer = soap::fault(&refusal.code, &refusal.message);
        return outcome;
    }
    call.org.api_used += 1;
    outcome.effects.poll = envelope.operation.starts_with("check");
    outcome.answer = if api == "metadata" {
        metadata::soap(&mut call, &envelope.operation, &request.body)
    } else {
        partner::soap(&mut call, &envelope.operation, &request.body)
    };
    outcome
}
