//! The REST API: from a path below `/services/data/vXX.X` to an answer.
//!
//! A handler takes an authenticated call and a request and hands back a [`Reply`], which stands
//! alone or inside a composite: both ways lead through `single`. What holds several requests is
//! routed here, and is never held by another.

mod batch;
mod collections;
mod composite;
mod describe;
mod lookup;
pub(crate) mod operation;
#[cfg(test)]
mod panics;
mod query;
mod reads;
pub(crate) mod records;
mod references;
mod request;
mod service;
mod single;
mod sobjects;
mod tooling;
mod tree;

pub(crate) use self::request::RestRequest;
pub(crate) use self::service::{is_supported, versions};
use crate::answer::Reply;
use crate::org::Call;
use crate::outcome::Effects;

/// Answers a request and says what it did.
pub(crate) fn handle(call: &mut Call<'_>, request: &RestRequest) -> (Reply, Effects) {
    let mut effects = Effects { api_calls: 1, ..Effects::default() };
    let path: Vec<&str> = request.target.path.iter().map(String::as_str).collect();
    let answered = match (request.method.as_str(), path.as_slice()) {
        ("POST", ["composite"]) => composite::data(call, request, &mut effects),
        ("POST", ["composite", "batch"]) => batch::data(call, request, &mut effects),
        ("POST", ["tooling", "composite"]) => composite::tooling(call, request, &mut effects),
        ("POST", ["tooling", "composite", "batch"])
            if call.org.settings().guesses.tooling_batch =>
        {
            batch::tooling(call, request, &mut effects)
        }
        _ => return single::handle(call, request),
    };
    (answered.unwrap_or_else(Reply::from), effects)
}
