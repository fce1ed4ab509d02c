//! Requests that stand alone or inside a composite: everything but what holds several.

use std::mem;

use super::request::{RestRequest, method_not_allowed};
use super::{collections, operation, query, service, sobjects, tooling, tree};
use crate::answer::Reply;
use crate::faults::{Effect, Part, Trouble, collected};
use crate::org::Call;
use crate::outcome::Effects;
use crate::world::refusal::Refusal;

/// Answers a request and says what it did.
pub(super) fn handle(call: &mut Call<'_>, request: &RestRequest) -> (Reply, Effects) {
    let mut effects = Effects { api_calls: 1, ..Effects::default() };
    let effect = fault(call, request);
    let (mut edit, mut locked) = (None, None);
    let trouble = &mut call.org.script.trouble;
    match effect {
        Some(Effect::Status { status, code, message, .. }) => {
            let reply = Reply::from(Refusal::new(&code, message));
            return (Reply { status, ..reply }, effects);
        }
        Some(Effect::Limit) => return (Refusal::limit_exceeded().into(), effects),
        Some(Effect::Html(status)) => return (Reply::page(status), effects),
        Some(Effect::Lock) => locked = Some(mem::replace(trouble, Trouble::Lock)),
        Some(Effect::Edit(changes)) => edit = Some(changes),
        _ => {}
    }
    let mut reply = route(call, request, &mut effects).unwrap_or_else(Reply::from);
    if let Some(before) = locked {
        call.org.script.trouble = before;
    }
    if let Some(edit) = edit {
        let mut body = reply.body.unwrap_or_default();
        edit.json(&mut body);
        reply.body = Some(body);
    }
    (reply, effects)
}

/// What goes wrong with this request, wherever it travels.
fn fault(call: &mut Call<'_>, request: &RestRequest) -> Option<Effect> {
    if !call.org.script.looks_inside() {
        return None;
    }
    let path: Vec<&str> = request.target.path.iter().map(String::as_str).collect();
    let object = match path.as_slice() {
        ["tooling" | "composite", "sobjects", object, ..]
        | ["sobjects", object, ..]
        | ["composite", "tree", object] => Some(*object),
        ["composite", "sobjects"] => collected(request.body.as_ref()),
        _ => None,
    };
    let query = request.target.parameter("q");
    let part = Part {
        operation: operation::name(Some(call.org.world()), &request.method, &request.target.path),
        method: &request.method,
        path: format!("{}?q={}", path.join("/"), query.unwrap_or_default()),
        query,
        object,
        body: request.body.as_ref().map(ToString::to_string).unwrap_or_default(),
    };
    call.org.script.strike_part(&part)
}

fn route(
    call: &mut Call<'_>,
    request: &RestRequest,
    effects: &mut Effects,
) -> Result<Reply, Refusal> {
    let segments: Vec<&str> = request.target.path.iter().map(String::as_str).collect();
    let method = request.method.as_str();
    match (method, segments.as_slice()) {
        ("GET", []) => Ok(service::resources(call)),
        ("GET", ["limits"]) => service::limits(call),
        ("GET", [operation @ ("query" | "queryAll")]) => query::data(call, request, operation),
        ("GET", [operation @ ("query" | "queryAll"), locator]) => {
            query::more(call, request, operation, locator)
        }
        ("POST", ["composite", "tree", object]) => tree::create(call, request, object),
        ("PATCH", ["composite", "sobjects", object, field]) => {
            collections::upserted(call, request, object, field)
        }
        (_, ["composite", "sobjects", rest @ ..]) if rest.len() < 2 => {
            collections::handle(call, request, rest.first().copied())
        }
        (_, ["sobjects", rest @ ..]) => sobjects::handle(call, request, rest),
        (_, ["tooling", rest @ ..]) => tooling::handle(call, request, rest, effects),
        _ => Err(known(&segments)
            .map_or_else(Refusal::not_found, |allowed| method_not_allowed(method, allowed))),
    }
}

/// The methods of a resource that exists but was asked with another.
fn known(segments: &[&str]) -> Option<&'static str> {
    match segments {
        [] | ["limits" | "query" | "queryAll"] => Some("GET, HEAD"),
        ["composite"] | ["composite", "batch" | "tree", ..] => Some("POST"),
        _ => None,
    }
}
