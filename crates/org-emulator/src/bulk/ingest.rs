//! `jobs/ingest`: a file is uploaded, and each of its rows written.

use serde_json::{Map, Value};

use super::csv;
use super::jobs::{known, shown};
use crate::answer::HttpAnswer;
use crate::ids::Id;
use crate::org::Call;
use crate::org::bulk_job::{BulkJob, Format};
use crate::rest::records;
use crate::schema::{self, Api, SObject};
use crate::world::refusal::Refusal;

const OPERATIONS: [&str; 5] = ["insert", "update", "upsert", "delete", "hardDelete"];

/// `POST jobs/ingest`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Result<HttpAnswer, Refusal> {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let wrong = |message: String| Refusal::new("INVALIDJOB", format!("InvalidJob : {message}"));
    let (operation, object) = (text("operation"), text("object"));
    if !OPERATIONS.contains(&operation.as_str()) {
        return Err(wrong(format!("{operation} is not an operation")));
    }
    let object = schema::object(call.world(), Api::Data, &object)
        .ok_or_else(|| wrong(format!("Unable to find object: {object}")))?;
    let lookup = body["externalIdFieldName"].as_str().map(str::to_owned);
    if operation == "upsert" {
        let name = lookup.as_deref().unwrap_or_default();
        if !object.field(name).is_some_and(|field| field.id_lookup) {
            return Err(wrong(format!("Field name not found : {name}")));
        }
    }
    let format = Format::of(body)?;
    let job = BulkJob {
        id: call.org.world_mut().new_id("750"),
        kind: "ingest",
        user: call.user.clone(),
        created: call.now,
        version: call.version.clone(),
        operation,
        object: object.name,
        lookup,
        format,
        state: "Open",
        data: String::new(),
        processed: 0,
        failed: 0,
        results: Default::default(),
        problem: None,
    };
    call.org.bulk_jobs.insert(job.id.clone(), job.clone());
    Ok(shown(&job))
}

/// `PUT jobs/ingest/ID/batches`: the file, once.
pub(super) fn upload(call: &mut Call<'_>, id: &str, body: &[u8]) -> Result<HttpAnswer, Refusal> {
    let mut job = known(call, "ingest", id)?;
    if job.state != "Open" || !job.data.is_empty() {
        return Err(Refusal::new(
            "INVALIDJOBSTATE",
            format!("Found invalid job state {} for job id {}", job.state, job.id),
        ));
    }
    String::from_utf8_lossy(body).as_ref().clone_into(&mut job.data);
    call.org.bulk_jobs.insert(job.id.clone(), job);
    Ok(HttpAnswer::empty(201))
}

/// `PATCH jobs/ingest/ID`: the file is complete, or is not to be looked at.
pub(super) fn close(call: &mut Call<'_>, id: &str, body: &Value) -> Result<HttpAnswer, Refusal> {
    let mut job = known(call, "ingest", id)?;
    match (body["state"].as_str(), job.state) {
        (Some("UploadComplete"), "Open") => run(call, &mut job),
        (Some("Aborted"), "Open") => job.state = "Aborted",
        (wanted, state) => {
            return Err(Refusal::new(
                "INVALIDJOBSTATE",
                format!("{} cannot follow {state}", wanted.unwrap_or("nothing")),
            ));
        }
    }
    call.org.bulk_jobs.insert(job.id.clone(), job.clone());
    // The client is told that its file was taken; that the job is done, when it asks.
    Ok(shown(&BulkJob {
        state: if job.state == "Aborted" { "Aborted" } else { "UploadComplete" },
        processed: 0,
        failed: 0,
        problem: None,
        ..job
    }))
}

/// `GET jobs/ingest/ID/successfulResults` and its sisters.
pub(super) fn results(call: &Call<'_>, id: &str, which: &str) -> Result<HttpAnswer, Refusal> {
    let job = known(call, "ingest", id)?;
    let [good, bad, rest] = &job.results;
    match which.to_ascii_lowercase().as_str() {
        "successfulresults" => Ok(HttpAnswer::csv(good)),
        "failedresults" => Ok(HttpAnswer::csv(bad)),
        "unprocessedrecords" => Ok(HttpAnswer::csv(rest)),
        _ => Err(Refusal::not_found()),
    }
}

/// Writes every row.
fn run(call: &mut Call<'_>, job: &mut BulkJob) {
    let format = job.format;
    let mut rows = csv::rows(&job.data, format.delimiter).into_iter();
    let header = rows.next().unwrap_or_default();
    let Some(object) = schema::object(call.world(), Api::Data, &job.object) else {
        return;
    };
    let unknown = header.iter().find(|name| object.field(name).is_none());
    if header.is_empty() || unknown.is_some() {
        job.state = "Failed";
        job.problem = Some(match unknown {
            Some(name) => format!("InvalidBatch : Field name not found : {name}"),
            None => "InvalidBatch : Failed to parse CSV header. The upload was empty.".to_owned(),
        });
        job.results[2].clone_from(&job.data);
        return;
    }
    let lead = |second: &'static str| {
        let columns = ["sf__Id", second].into_iter().chain(header.iter().map(String::as_str));
        csv::line(columns, format)
    };
    let (mut good, mut bad) = (lead("sf__Created"), lead("sf__Error"));
    for row in rows {
        job.processed += 1;
        let sent = row.iter().map(String::as_str);
        let written = fields(&header, &row)
            .and_then(|fields| write(call, &object, &job.operation, job.lookup.as_deref(), fields));
        match written {
            Ok((id, created)) => {
                let told = [id.as_str(), if created { "true" } else { "false" }];
                good += &csv::line(told.into_iter().chain(sent), format);
            }
            Err(refusal) => {
                job.failed += 1;
                let Refusal { code, message, fields } = refusal;
                let told = format!("{code}:{message}:{} --", fields.join(","));
                bad += &csv::line(["", told.as_str()].into_iter().chain(sent), format);
            }
        }
    }
    job.results = [good, bad, csv::line(header.iter().map(String::as_str), format)];
    job.state = "JobComplete";
}

/// The fields of a row: what is empty is left as it is, `#N/A` empties a field.
fn fields(header: &[String], row: &[String]) -> Result<Map<String, Value>, Refusal> {
    if header.len() != row.len() {
        return Err(Refusal::new(
            "INVALID_INPUT",
            format!("The row has {} columns instead of {}", row.len(), header.len()),
        ));
    }
    let given = header.iter().zip(row).filter(|(_, value)| !value.is_empty());
    Ok(given
        .map(|(name, value)| {
            let value = if value == "#N/A" { Value::Null } else { value.as_str().into() };
            (name.clone(), value)
        })
        .collect())
}

/// Writes one row; says whose record it is, and whether it is a new one.
fn write(
    call: &mut Call<'_>,
    object: &SObject,
    operation: &str,
    lookup: Option<&str>,
    mut fields: Map<String, Value>,
) -> Result<(Id, bool), Refusal> {
    match operation {
        "insert" => records::create(call, object, &fields).map(|id| (id, true)),
        "upsert" => records::upsert_by(call, object, lookup.unwrap_or("Id"), fields),
        _ => {
            let key = fields.keys().find(|name| name.eq_ignore_ascii_case("Id")).cloned();
            let id = key.and_then(|key| fields.remove(&key));
            let id = id.as_ref().and_then(Value::as_str).and_then(Id::parse).ok_or_else(|| {
                Refusal::new("MISSING_ARGUMENT", format!("Id not specified in an {operation} call"))
                    .about("Id")
            })?;
            if operation == "update" {
                records::update(call, object, &id, &fields)?;
            } else {
                records::delete(call, object, &id)?;
            }
            Ok((id, false))
        }
    }
}
