//! REST deploys: `/services/data/vXX.X/metadata/deployRequest[/{id}]`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{multipart, queue, quick};
use crate::answer::HttpAnswer;
use crate::ids::Id;
use crate::metadata::result;
use crate::org::Call;
use crate::world::access::Act;
use crate::world::jobs::DeployJob;
use crate::world::refusal::Refusal;

/// Answers `/services/data/vXX.X/metadata/deployRequest[/{id}]`: POST, GET and PATCH.
///
/// `id` is what follows `deployRequest/`, `query` the URL's query, `content_type` the header's
/// value, which holds the boundary of a multipart body.
pub(crate) fn rest_deploy(
    call: &mut Call<'_>,
    method: &str,
    id: Option<&str>,
    query: &str,
    content_type: &str,
    body: &[u8],
) -> HttpAnswer {
    let id = id.map(str::trim).filter(|id| !id.is_empty());
    let answer = if call.may(Act::UseMetadata) {
        match (method, id) {
            ("POST", None) => start(call, content_type, body),
            ("GET", Some(id)) => status(call, id, query),
            ("PATCH", Some(id)) => cancel(call, id, body),
            _ => Err(Refusal::new(
                "METHOD_NOT_ALLOWED",
                format!("HTTP Method '{method}' not allowed. Allowed are GET,PATCH,POST"),
            )),
        }
    } else {
        Err(Refusal::new(
            "INSUFFICIENT_ACCESS",
            "use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata \
             permissions",
        ))
    };
    answer.unwrap_or_else(|refusal| HttpAnswer::refused(&[refusal]))
}

/// Queues a deploy.
fn start(call: &mut Call<'_>, content_type: &str, body: &[u8]) -> Result<HttpAnswer, Refusal> {
    let wrong = |message: String| Refusal::new("INVALID_INPUT", message);
    if content_type.starts_with("application/json") {
        let wanted: Value = serde_json::from_slice(body)
            .map_err(|error| Refusal::new("JSON_PARSER_ERROR", error.to_string()))?;
        let id = wanted.get("validatedDeployRequestId").and_then(Value::as_str);
        let id = quick::deploy(call, id.unwrap_or_default())?;
        let job = find(call, &id)?;
        return Ok(HttpAnswer::json(201, &shown(call, &job, true)));
    }
    let parts = multipart::parts(content_type, body).map_err(wrong)?;
    let part = |name: &str| {
        let part = parts.iter().find(|part| part.name == name);
        part.ok_or_else(|| Refusal::new("INVALID_INPUT", format!("Missing part {name}")))
    };
    let settings: Value = serde_json::from_slice(part("entity_content")?.content)
        .map_err(|error| Refusal::new("JSON_PARSER_ERROR", error.to_string()))?;
    let options = settings.get("deployOptions").cloned().unwrap_or_else(|| json!({}));
    if !options.is_object() {
        return Err(wrong("deployOptions must be an object".to_owned()));
    }
    call.org.script.trouble.check_setup()?;
    let id = queue::queue_deploy(call, STANDARD.encode(part("file")?.content), options);
    let job = find(call, &id)?;
    Ok(HttpAnswer::json(201, &shown(call, &job, true)))
}

/// How far a deploy is.
fn status(call: &mut Call<'_>, id: &str, query: &str) -> Result<HttpAnswer, Refusal> {
    let id = Id::parse(id).ok_or_else(Refusal::not_found)?;
    let job = queue::poll_deploy(call, &id).cloned().ok_or_else(Refusal::not_found)?;
    let details = query.split('&').any(|pair| {
        pair.split_once('=').is_some_and(|(name, value)| {
            name.eq_ignore_ascii_case("includeDetails") && value.eq_ignore_ascii_case("true")
        })
    });
    Ok(HttpAnswer::json(200, &shown(call, &job, details)))
}

/// Asks a deploy to stop.
fn cancel(call: &mut Call<'_>, id: &str, body: &[u8]) -> Result<HttpAnswer, Refusal> {
    let id = Id::parse(id).ok_or_else(Refusal::not_found)?;
    let wanted: Value = serde_json::from_slice(body)
        .map_err(|error| Refusal::new("JSON_PARSER_ERROR", error.to_string()))?;
    if wanted.pointer("/deployResult/status").and_then(Value::as_str) != Some("Canceling") {
        let message = "deployResult.status can only be set to Canceling";
        return Err(Refusal::new("INVALID_INPUT", message));
    }
    if find(call, &id)?.status.is_final() {
        return Err(Refusal::new("INVALID_ID_FIELD", "Deployment already completed"));
    }
    let job = queue::cancel_deploy(call, &id).cloned().ok_or_else(Refusal::not_found)?;
    Ok(HttpAnswer::json(202, &shown(call, &job, false)))
}

/// A job, without counting as a poll.
fn find(call: &Call<'_>, id: &Id) -> Result<DeployJob, Refusal> {
    let job = call.world().jobs.deploys.iter().find(|job| job.id == *id);
    job.cloned().ok_or_else(Refusal::not_found)
}

/// A deploy as REST shows it.
fn shown(call: &Call<'_>, job: &DeployJob, details: bool) -> Value {
    json!({
        "id": job.id.as_str(),
        "url": format!(
            "{}/services/data/v{}/metadata/deployRequest/{}",
            call.org.settings().url, call.version, job.id
        ),
        "validatedDeployRequestId": job.validation.as_ref().map(Id::as_str),
        "deployOptions": job.options,
        "deployResult": result::of(call.world(), job, details),
    })
}
