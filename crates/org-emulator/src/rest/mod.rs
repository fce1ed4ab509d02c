//! The REST API: from a path below `/services/data/vXX.X` to an answer.
//!
//! A handler takes an authenticated call and a request and hands back a [`Reply`], which stands
//! alone or inside a composite: both ways lead through [`handle`].

mod batch;
mod collections;
mod composite;
mod describe;
mod lookup;
pub(crate) mod operation;
#[cfg(test)]
mod panics;
mod query;
pub(super) mod records;
mod references;
mod service;
mod sobjects;
mod tooling;
mod tree;
pub(crate) mod url;

use serde_json::Value;

pub(crate) use self::service::{is_supported, versions};
use self::url::Target;
use super::answer::Reply;
use super::org::Call;
use super::world::refusal::Refusal;
use super::world::writes::Writer;

/// A request to the REST API, or one inside a composite.
#[derive(Debug, Clone)]
pub(crate) struct RestRequest {
    /// Upper case.
    pub(crate) method: String,
    /// What follows `/services/data/vXX.X`.
    pub(crate) target: Target,
    pub(crate) body: Option<Value>,
}

/// What a request did, for the log and the counters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Effects {
    /// Whether it read the status of a job.
    pub(crate) poll: bool,
    pub(crate) subrequests: usize,
    /// How many API calls it counts as.
    pub(crate) api_calls: u64,
}

impl RestRequest {
    /// The body, which must be a JSON object.
    fn object(&self) -> Result<&serde_json::Map<String, Value>, Refusal> {
        self.body.as_ref().and_then(Value::as_object).ok_or_else(|| {
            Refusal::new(
                "JSON_PARSER_ERROR",
                "The HTTP entity body is required, but this request has no entity body.",
            )
        })
    }
}

/// Who writes, for the rules of the world.
fn writer(call: &Call<'_>) -> Writer {
    Writer { user: call.user.clone(), now: call.now, guesses: call.org.settings().guesses }
}

/// Answers a request and says what it did.
pub(crate) fn handle(call: &mut Call<'_>, request: &RestRequest) -> (Reply, Effects) {
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
        ("POST", ["composite"]) => composite::data(call, request, effects),
        ("POST", ["composite", "batch"]) => batch::data(call, request, effects),
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

fn method_not_allowed(method: &str, allowed: &str) -> Refusal {
    Refusal::new(
        "METHOD_NOT_ALLOWED",
        format!("HTTP Method '{method}' not allowed. Allowed are {allowed}"),
    )
}
