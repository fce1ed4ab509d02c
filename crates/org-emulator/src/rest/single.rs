//! Requests that stand alone or inside a composite: everything but what holds several.

use super::request::{RestRequest, method_not_allowed};
use super::{collections, query, service, sobjects, tooling, tree};
use crate::answer::Reply;
use crate::org::Call;
use crate::outcome::Effects;
use crate::world::refusal::Refusal;

/// Answers a request and says what it did.
pub(super) fn handle(call: &mut Call<'_>, request: &RestRequest) -> (Reply, Effects) {
    let mut effects = Effects { api_calls: 1, ..Effects::default() };
    let reply = route(call, request, &mut effects).unwrap_or_else(Reply::from);
    (reply, effects)
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
