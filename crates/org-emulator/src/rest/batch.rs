//! `composite/batch`: up to 25 independent requests, one after another.

use serde_json::{Value, json};

use super::request::{RestRequest, is_of_tooling};
use super::single;
use crate::answer::Reply;
use crate::org::Call;
use crate::outcome::Effects;
use crate::url::Target;
use crate::world::refusal::Refusal;

/// Requests in one batch.
const MOST: usize = 25;

/// `POST composite/batch`
pub(super) fn data(
    call: &mut Call<'_>,
    request: &RestRequest,
    effects: &mut Effects,
) -> Result<Reply, Refusal> {
    run(call, request, effects, |path| {
        let first = path.first().map_or("", String::as_str);
        ["limits", "query", "queryAll", "sobjects"].contains(&first)
    })
}

/// `POST tooling/composite/batch`
pub(super) fn tooling(
    call: &mut Call<'_>,
    request: &RestRequest,
    effects: &mut Effects,
) -> Result<Reply, Refusal> {
    run(call, request, effects, is_of_tooling)
}

/// Runs a batch whose requests' paths must be `allowed`.
fn run(
    call: &mut Call<'_>,
    request: &RestRequest,
    effects: &mut Effects,
    allowed: impl Fn(&[String]) -> bool,
) -> Result<Reply, Refusal> {
    let body = request.object()?;
    let parts = body.get("batchRequests").and_then(Value::as_array).ok_or_else(|| {
        Refusal::new("JSON_PARSER_ERROR", "Required field is missing: batchRequests")
    })?;
    effects.subrequests = parts.len();
    effects.api_calls = parts.len().max(1) as u64;
    if parts.len() > MOST {
        return Err(Refusal::new(
            "LIMIT_EXCEEDED",
            "The request can’t contain more than 25 operations.",
        ));
    }
    let halts = body.get("haltOnError") == Some(&Value::Bool(true));
    let mut failed = false;
    let mut results: Vec<Value> = Vec::new();
    for part in parts {
        let reply = if failed && halts {
            Reply {
                status: 412,
                ..Reply::from(Refusal::new(
                    "BATCH_PROCESSING_HALTED",
                    "Batch processing halted per request",
                ))
            }
        } else {
            one(call, part, &allowed).unwrap_or_else(Reply::from)
        };
        failed |= reply.status >= 400;
        results.push(json!({"statusCode": reply.status, "result": reply.body}));
    }
    Ok(Reply::ok(json!({"hasErrors": failed, "results": results})))
}

fn one(
    call: &mut Call<'_>,
    part: &Value,
    allowed: &impl Fn(&[String]) -> bool,
) -> Result<Reply, Refusal> {
    let text = |name: &str| part.get(name).and_then(Value::as_str).unwrap_or_default();
    let outer: f64 = call.version.parse().unwrap_or_default();
    let target = Target::parse(text("url"))
        .filter(|target| allowed(&target.path))
        // A subrequest's version lies between 34.0 and that of the batch.
        .filter(|target| {
            target.version.parse::<f64>().is_ok_and(|version| (34.0..=outer).contains(&version))
        })
        .ok_or_else(Refusal::not_found)?;
    let method = text("method").to_ascii_uppercase();
    let body = part.get("richInput").filter(|body| !body.is_null()).cloned();
    Ok(single::handle(call, &RestRequest { method, target, body }).0)
}
