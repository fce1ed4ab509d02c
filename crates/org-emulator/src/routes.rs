//! From a request to the API that answers it.

use serde_json::Value;

use super::answer::HttpAnswer;
use super::apex;
use super::bulk;
use super::clock;
use super::ids::Id;
use super::jobs;
use super::metadata_api;
use super::oauth;
use super::org::Call;
use super::outcome::{Effects, Outcome};
use super::partner;
use super::request::{Request, RequestInfo, Surface};
use super::rest::{self, RestRequest};
use super::setup_pages;
use super::state::State;
use super::url::Target;
use super::world::access::Act;
use super::world::refusal::Refusal;

/// Bytes of the longest URI that a request may have.
const LONGEST_URI: usize = 16_384;

/// Finds out who asks, and lets the right API answer.
pub(crate) fn answer(state: &mut State, request: &Request, info: &RequestInfo) -> Outcome {
    let path = request.path.trim_end_matches('/');
    if request.path.len() + 1 + request.query.len() > LONGEST_URI {
        return Outcome::of(HttpAnswer::refused(&[Refusal::new("URI_TOO_LONG", "URI Too Long")]));
    }
    if path == "/services/data" && request.method == "GET" {
        return Outcome::of(HttpAnswer::json(200, &rest::versions()));
    }
    if info.surface == Surface::OAuth {
        return oauth::answer(state, request, info);
    }
    if info.surface == Surface::Pages {
        return setup_pages::answer(state, request);
    }
    if path.starts_with("/services/async/") {
        return Outcome::of(bulk::no_first_version(&request.content_type));
    }
    if info.envelope.is_some() {
        return soap_call(state, request, info);
    }
    let Some((place, user)) = info.token.as_deref().and_then(|it| state.session(it)) else {
        return Outcome::of(HttpAnswer::refused(&[Refusal::new(
            "INVALID_SESSION_ID",
            "Session expired or invalid",
        )]));
    };
    if !info.token.as_deref().is_some_and(|it| state.opens_apis(it)) {
        let refusal = Refusal::new(
            "INVALID_SESSION_ID",
            "This session is not valid for use with the REST API",
        );
        let answer = HttpAnswer::refused(&[refusal]);
        return Outcome { place: Some(place), answer, effects: Effects::default() };
    }
    let now = clock::now();
    let Some(org) = state.orgs.get_mut(place) else {
        return Outcome::of(HttpAnswer::refused(&[Refusal::not_found()]));
    };
    jobs::advance(org, now);
    let mut call = Call { org, user, version: String::new(), now };
    let (answer, effects) = rest_call(&mut call, request)
        .unwrap_or_else(|refusal| (HttpAnswer::refused(&[refusal]), Effects::default()));
    call.org.api_used += effects.api_calls;
    Outcome { place: Some(place), answer, effects }
}

/// `/services/data/vXX.X/…` of a caller who is known.
fn rest_call(call: &mut Call<'_>, request: &Request) -> Result<(HttpAnswer, Effects), Refusal> {
    let url = format!("{}?{}", request.path, request.query);
    let target = Some(url.as_str())
        .filter(|url| url.starts_with("/services/data/"))
        .and_then(Target::parse)
        .ok_or_else(Refusal::not_found)?;
    rest::is_supported(&target.version).map_err(|status| match status {
        410 => Refusal::new(
            "UNSUPPORTED_API_VERSION",
            "The requested API version is no longer available",
        ),
        _ => Refusal::not_found(),
    })?;
    call.version.clone_from(&target.version);
    if let Some(refusal) = exhausted(call, "The REST API is not enabled for this Organization.") {
        return Err(refusal);
    }
    if let [first, name, rest @ ..] = target.path.as_slice()
        && first == "metadata"
        && name == "deployRequest"
        && rest.len() < 2
    {
        let id = rest.first().map(String::as_str);
        let effects =
            Effects { poll: request.method == "GET" && id.is_some(), api_calls: 1, subrequests: 0 };
        let (method, query) = (&request.method, &request.query);
        let answer = metadata_api::rest_deploy(
            call,
            method,
            id,
            query,
            &request.content_type,
            &request.body,
        );
        return Ok((answer, effects));
    }
    let method = if request.method == "HEAD" { "GET" } else { request.method.as_str() };
    if target.path.first().is_some_and(|first| first == "jobs") {
        let poll = method == "GET" && target.path.len() == 3;
        let effects = Effects { poll, api_calls: 1, subrequests: 0 };
        return Ok((bulk::answer(call, method, &target, &request.body), effects));
    }
    let body = body(&request.body)?;
    let request = RestRequest { method: method.to_owned(), target, body };
    let (reply, effects) = rest::handle(call, &request);
    Ok((reply.into(), effects))
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
///
/// Who lacks "API Enabled" is told that nobody may, in words that differ from API to API.
fn exhausted(call: &Call<'_>, disabled: &str) -> Option<Refusal> {
    if !call.may(Act::CallApi) {
        return Some(Refusal::new("API_DISABLED_FOR_ORG", disabled));
    }
    let max = call.world().features.daily_api_requests;
    (call.org.api_used >= max).then(Refusal::limit_exceeded)
}

/// `/services/Soap/{m|u|s}/{version}[/{org}]`: the session stands in the envelope.
fn soap_call(state: &mut State, request: &Request, info: &RequestInfo) -> Outcome {
    let refused = |code: &str, message: String| info.surface.refuse(&Refusal::new(code, message));
    if request.method != "POST" {
        return Outcome::of(HttpAnswer::refused(&[Refusal::new(
            "METHOD_NOT_ALLOWED",
            format!("HTTP Method '{}' not allowed. Allowed are POST", request.method),
        )]));
    }
    let envelope = match &info.envelope {
        Some(Ok(envelope)) => envelope,
        Some(Err(problem)) => {
            return Outcome::of(refused("MALFORMED_XML", problem.clone()));
        }
        None => return Outcome::of(HttpAnswer::refused(&[Refusal::not_found()])),
    };
    // Empty, `services`, `Soap`, the API, the version, the org.
    let mut segments = request.path.trim_end_matches('/').split('/').skip(4);
    let version = segments.next().unwrap_or_default();
    if rest::is_supported(version).is_err() {
        let message = format!("Invalid Api version specified on URL: {version}");
        return Outcome::of(refused("UNSUPPORTED_API_VERSION", message));
    }
    if info.surface == Surface::Partner && envelope.operation == "login" {
        return Outcome::of(partner::no_login());
    }
    let no_session = "Invalid Session ID found in SessionHeader: Illegal Session";
    let mut outcome = Outcome::of(refused("INVALID_SESSION_ID", no_session.to_owned()));
    let Some((place, user)) = info.token.as_deref().and_then(|token| state.session(token)) else {
        return outcome;
    };
    outcome.place = Some(place);
    if !info.token.as_deref().is_some_and(|it| state.opens_apis(it)) {
        let message = "This session is not valid for use with the API";
        outcome.answer = refused("INVALID_SESSION_ID", message.to_owned());
        return outcome;
    }
    let now = clock::now();
    let Some(org) = state.orgs.get_mut(place) else {
        return outcome;
    };
    // The org's id may follow, or `deployRequest`, which one client adds to its calls.
    if let Some(wanted) = segments.next()
        && !(info.surface == Surface::Metadata && wanted == "deployRequest")
        && Id::parse(wanted).as_ref() != Some(&org.world().organization.id)
    {
        return outcome;
    }
    jobs::advance(org, now);
    let mut call = Call { org, user, version: version.to_owned(), now };
    let disabled = "API is not enabled for this Organization or Partner";
    if let Some(refusal) = exhausted(&call, disabled) {
        outcome.answer = info.surface.refuse(&refusal);
        return outcome;
    }
    call.org.api_used += 1;
    outcome.effects.poll = envelope.operation.starts_with("check");
    outcome.answer = match info.surface {
        Surface::Metadata => metadata_api::soap(&mut call, &envelope.operation, &request.body),
        Surface::Apex => apex::soap(&envelope.operation),
        _ => partner::soap(&mut call, &envelope.operation, &request.body),
    };
    outcome
}
