//! How far a retrieve is.

use serde_json::{Value, json};

use super::queue;
use crate::ids::Id;
use crate::org::Call;
use crate::soap::xml::Element;
use crate::soap::{self, Fault, METADATA, boolean};

/// Answers `checkRetrieveStatus`; the zip file is in the answer unless it says otherwise.
pub(super) fn check_retrieve_status(
    call: &mut Call<'_>,
    request: &Element,
) -> Result<String, Fault> {
    let id = Id::parse(request.value("asyncProcessId").unwrap_or_default()).ok_or_else(unknown)?;
    let with_zip = request.value("includeZip").is_none_or(boolean);
    let job = queue::poll_retrieve(call, &id).ok_or_else(unknown)?;
    let outcome = job.outcome.as_ref();
    let detail = |name: &str| outcome.and_then(|outcome| outcome.details.get(name)).cloned();
    let failed = detail("errorStatusCode").is_some();
    let status = match (outcome, job.timer.started()) {
        (Some(_), _) if failed => "Failed",
        (Some(_), _) => "Succeeded",
        (None, Some(_)) => "InProgress",
        (None, None) => "Pending",
    };
    let result = json!({
        "done": outcome.is_some(),
        "errorMessage": detail("errorMessage"),
        "errorStatusCode": detail("errorStatusCode"),
        "fileProperties": detail("fileProperties"),
        "id": job.id.as_str(),
        "messages": detail("messages"),
        "status": status,
        "success": outcome.is_some() && !failed,
    });
    let zip = outcome.and_then(|outcome| outcome.zip.as_deref()).filter(|_| with_zip);
    Ok(soap::answer(METADATA, "checkRetrieveStatus", |xml| {
        xml.open("result", |xml| {
            for (name, value) in result.as_object().into_iter().flatten() {
                xml.json(name, value);
            }
            match zip {
                Some(zip) => xml.leaf("zipFile", zip),
                None => xml.nil("zipFile"),
            }
        });
    }))
}

/// Answers the old `checkStatus`, which some clients still ask before `checkRetrieveStatus`.
pub(super) fn check_status(call: &mut Call<'_>, request: &Element) -> Result<String, Fault> {
    let mut results: Vec<Value> = Vec::new();
    for id in request.all("asyncProcessId") {
        let id = Id::parse(id.text.trim()).ok_or_else(unknown)?;
        let state = if let Some(job) = queue::poll_retrieve(call, &id) {
            match &job.outcome {
                None => "InProgress",
                Some(outcome) if outcome.zip.is_none() => "Error",
                Some(_) => "Completed",
            }
        } else {
            let job = queue::poll_deploy(call, &id).ok_or_else(unknown)?;
            if job.status.is_final() { "Completed" } else { "InProgress" }
        };
        let done = state != "InProgress";
        results.push(json!({"done": done, "id": id.as_str(), "state": state}));
    }
    Ok(soap::answer(METADATA, "checkStatus", |xml| {
        xml.json("result", &Value::Array(results));
    }))
}

/// The fault of an id that leads nowhere.
fn unknown() -> Fault {
    Fault::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
}
