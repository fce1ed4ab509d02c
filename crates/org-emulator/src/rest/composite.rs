//! `composite`: up to 25 requests in one, which may refer to each other's answers.

use serde_json::{Value, json};

use super::references::{Answers, filled, filled_body};
use super::request::{RestRequest, is_of_tooling};
use super::{service, single};
use crate::answer::Reply;
use crate::org::Call;
use crate::outcome::Effects;
use crate::url::Target;
use crate::world::refusal::Refusal;

/// Requests in one composite.
const MOST: usize = 25;
/// Of which so many may be queries or collections.
const MOST_QUERIES: usize = 5;

/// `POST composite`
pub(super) fn data(
    call: &mut Call<'_>,
    request: &RestRequest,
    effects: &mut Effects,
) -> Result<Reply, Refusal> {
    run(call, request, effects, |path| {
        !matches!(path.first().map(String::as_str), Some("tooling" | "composite" | "metadata"))
            || path.get(1).is_some_and(|part| part == "sobjects") && path[0] == "composite"
    })
}

/// `POST tooling/composite`
pub(super) fn tooling(
    call: &mut Call<'_>,
    request: &RestRequest,
    effects: &mut Effects,
) -> Result<Reply, Refusal> {
    run(call, request, effects, is_of_tooling)
}

/// Runs a composite whose requests' paths must be `allowed`.
fn run(
    call: &mut Call<'_>,
    request: &RestRequest,
    effects: &mut Effects,
    allowed: impl Fn(&[String]) -> bool,
) -> Result<Reply, Refusal> {
    let body = request.object()?;
    let parts = body.get("compositeRequest").and_then(Value::as_array).ok_or_else(|| {
        Refusal::new("JSON_PARSER_ERROR", "Required field is missing: compositeRequest")
    })?;
    effects.subrequests = parts.len();
    if parts.len() > MOST {
        return Ok(too_many("The request can’t contain more than 25 operations."));
    }
    if parts.iter().filter(|part| is_query(part)).count() > MOST_QUERIES {
        return Ok(too_many(
            "The request can’t contain more than 5 query or sObject Collections operations.",
        ));
    }
    check_references(parts)?;
    let all_or_none = body.get("allOrNone") == Some(&Value::Bool(true));
    let before = all_or_none.then(|| call.world().clone());
    let mut answers = Answers::new();
    let mut polls = 0;
    let mut results: Vec<(Reply, String)> = Vec::new();
    for part in parts {
        let id = text(part, "referenceId").to_owned();
        let (reply, poll) =
            one(call, part, &answers, &allowed).unwrap_or_else(|it| (Reply::from(it), false));
        polls += usize::from(poll);
        if reply.status < 300
            && let Some(body) = &reply.body
        {
            answers.insert(id.clone(), body.clone());
        }
        results.push((reply, id));
    }
    effects.poll = polls > 0 && polls == results.len();
    if let Some(before) = before
        && results.iter().any(|(reply, _)| reply.status >= 300)
    {
        *call.org.world_mut() = before;
        for (reply, _) in results.iter_mut().filter(|(reply, _)| reply.status < 300) {
            *reply = Reply::from(Refusal::new(
                "PROCESSING_HALTED",
                "The transaction was rolled back since another operation in the same transaction \
                 failed.",
            ));
        }
    }
    let results: Vec<Value> = results.into_iter().map(|(reply, id)| entry(&reply, &id)).collect();
    Ok(Reply::ok(json!({"compositeResponse": results})))
}

fn text<'a>(part: &'a Value, name: &str) -> &'a str {
    part.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a request counts towards the five.
fn is_query(part: &Value) -> bool {
    let path = text(part, "url").split('?').next().unwrap_or_default();
    path.split('/').any(|segment| segment == "query" || segment == "queryAll")
        || path.contains("/composite/sobjects")
}

/// Every request has a reference id of its own, of letters, digits and underscores.
fn check_references(parts: &[Value]) -> Result<(), Refusal> {
    let mut seen: Vec<&str> = Vec::new();
    for part in parts {
        let id = text(part, "referenceId");
        let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if id.is_empty() || !plain || id.starts_with('_') {
            return Err(Refusal::new(
                "INVALID_INPUT",
                format!(
                    "Provided referenceId ('{id}') must start with a letter or a number, and it \
                     can contain only letters, numbers and underscores ('_')."
                ),
            ));
        }
        if seen.contains(&id) {
            return Err(Refusal::new(
                "INVALID_INPUT",
                format!("Duplicate referenceId provided ('{id}'); please provide a unique value."),
            ));
        }
        seen.push(id);
        let headers = part.get("httpHeaders").and_then(Value::as_object);
        let forbidden = headers.and_then(|headers| {
            headers.keys().find(|name| {
                ["accept", "authorization", "content-type"]
                    .contains(&name.to_ascii_lowercase().as_str())
            })
        });
        if let Some(name) = forbidden {
            return Err(Refusal::new(
                "INVALID_INPUT",
                format!("The header {name} can't be specified in a subrequest"),
            ));
        }
    }
    Ok(())
}

fn one(
    call: &mut Call<'_>,
    part: &Value,
    answers: &Answers,
    allowed: &impl Fn(&[String]) -> bool,
) -> Result<(Reply, bool), Refusal> {
    let method = text(part, "method").to_owned();
    if !["DELETE", "GET", "PATCH", "POST", "PUT"].contains(&method.as_str()) {
        return Err(Refusal::new(
            "JSON_PARSER_ERROR",
            format!("Invalid value for HTTP method: {method}"),
        ));
    }
    let url = filled(text(part, "url"), answers)?;
    // Unlike those of a batch, these URLs begin at the root.
    let target = Some(url.as_str())
        .filter(|url| url.starts_with("/services/data/"))
        .and_then(Target::parse)
        .filter(|target| allowed(&target.path))
        .ok_or_else(Refusal::not_found)?;
    if service::is_supported(&target.version).is_err() {
        return Err(Refusal::not_found());
    }
    let body = part.get("body").filter(|body| !body.is_null());
    let body = body.map(|body| filled_body(body, answers)).transpose()?;
    let (reply, effects) = single::handle(call, &RestRequest { method, target, body });
    Ok((reply, effects.poll))
}

fn entry(reply: &Reply, id: &str) -> Value {
    json!({
        "body": reply.body,
        "httpHeaders": {},
        "httpStatusCode": reply.status,
        "referenceId": id,
    })
}

/// A composite that is refused as a whole still answers 200, with one entry and no reference.
fn too_many(message: &str) -> Reply {
    let error = json!([{"errorCode": "LIMIT_EXCEEDED", "message": message}]);
    Reply::ok(json!({"compositeResponse": [
        {"body": error, "httpHeaders": {}, "httpStatusCode": 400, "referenceId": null},
    ]}))
}
