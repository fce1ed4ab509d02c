//! Bulk API 2.0: rows of a file, and queries whose answer is one. Jobs end as soon as they begin.
//!
//! Jobs are kept while the emulator runs; what they wrote is the world's.

mod csv;
mod ingest;
mod jobs;
mod query;

use serde_json::{Value, json};

use self::jobs::{known, shown};
use super::answer::HttpAnswer;
use super::org::Call;
use super::org::bulk_job::BulkJob;
use super::world::refusal::Refusal;
use crate::url::Target;

/// Answers a request below `jobs`.
pub(crate) fn answer(
    call: &mut Call<'_>,
    method: &str,
    target: &Target,
    body: &[u8],
) -> HttpAnswer {
    let path: Vec<&str> = target.path.iter().map(String::as_str).collect();
    let answered = match (method, path.get(1..).unwrap_or_default()) {
        ("POST", ["ingest"]) => object(body).and_then(|body| ingest::create(call, &body)),
        ("POST", ["query"]) => object(body).and_then(|body| query::create(call, &body)),
        ("GET", [kind @ ("ingest" | "query")]) => Ok(list(call, kind)),
        ("GET", [kind @ ("ingest" | "query"), id]) => known(call, kind, id).map(|job| shown(&job)),
        ("PUT", ["ingest", id, "batches"]) => ingest::upload(call, id, body),
        ("PATCH", ["ingest", id]) => object(body).and_then(|body| ingest::close(call, id, &body)),
        ("GET", ["ingest", id, results]) => ingest::results(call, id, results),
        ("GET", ["query", id, "results"]) => query::results(call, id, target),
        ("DELETE", [kind @ ("ingest" | "query"), id]) => known(call, kind, id).map(|job| {
            call.org.bulk_jobs.remove(&job.id);
            HttpAnswer::empty(204)
        }),
        _ => Err(Refusal::not_found()),
    };
    answered.unwrap_or_else(|refusal| HttpAnswer::refused(&[refusal]))
}

/// Answers what belongs to Bulk API 1.0, which is not here, in the form that it was asked in.
pub(crate) fn no_first_version(content_type: &str) -> HttpAnswer {
    let code = "FeatureNotEnabled";
    let message =
        "The emulator has no Bulk API 1.0. Version 2.0 is at /services/data/vXX.X/jobs/ingest.";
    if content_type.contains("xml") {
        let error = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><error \
             xmlns=\"http://www.force.com/2009/06/asyncapi/dataload\"><exceptionCode>{code}\
             </exceptionCode><exceptionMessage>{message}</exceptionMessage></error>"
        );
        return HttpAnswer::xml(400, error);
    }
    HttpAnswer::json(400, &json!({"exceptionCode": code, "exceptionMessage": message}))
}

/// The JSON object of a request.
fn object(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice::<Value>(body)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| Refusal::new("JSON_PARSER_ERROR", "The request has no JSON object"))
}

fn list(call: &Call<'_>, kind: &str) -> HttpAnswer {
    let jobs = call.org.bulk_jobs.values().filter(|job| job.kind == kind && job.user == call.user);
    let records: Vec<Value> = jobs.map(BulkJob::info).collect();
    HttpAnswer::json(200, &json!({"done": true, "records": records, "nextRecordsUrl": null}))
}
