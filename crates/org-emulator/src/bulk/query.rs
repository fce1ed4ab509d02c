//! `jobs/query`: a query whose answer is a file, in pages.

use serde_json::Value;

use super::csv;
use super::jobs::{known, shown};
use crate::answer::HttpAnswer;
use crate::org::Call;
use crate::org::bulk_job::{BulkJob, Format};
use crate::rest::records;
use crate::url::Target;
use crate::world::refusal::Refusal;

/// `POST jobs/query`
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Result<HttpAnswer, Refusal> {
    let text = body["query"].as_str().unwrap_or_default();
    let format = Format::of(body)?;
    let answer = records::query(call, text, body["operation"] == "queryAll")?;
    if answer.count_only {
        return Err(Refusal::new("API_ERROR", "Aggregate queries are not supported in bulk jobs"));
    }
    let names: Vec<String> = answer.columns.iter().map(|column| column.path.join(".")).collect();
    let mut data = csv::line(names.iter().map(String::as_str), format);
    for record in &answer.records {
        let values: Vec<String> =
            answer.columns.iter().map(|column| value(record, &column.path)).collect();
        data += &csv::line(values.iter().map(String::as_str), format);
    }
    let job = BulkJob {
        id: call.org.world_mut().new_id("750"),
        kind: "query",
        user: call.user.clone(),
        created: call.now,
        version: call.version.clone(),
        operation: body["operation"].as_str().unwrap_or("query").to_owned(),
        object: answer.object,
        lookup: None,
        format,
        state: "JobComplete",
        data,
        processed: answer.records.len(),
        failed: 0,
        results: Default::default(),
        problem: None,
    };
    call.org.bulk_jobs.insert(job.id.clone(), job.clone());
    Ok(shown(&BulkJob { state: "UploadComplete", processed: 0, ..job }))
}

/// `GET jobs/query/ID/results?maxRecords=N&locator=…`
pub(super) fn results(call: &Call<'_>, id: &str, target: &Target) -> Result<HttpAnswer, Refusal> {
    let job = known(call, "query", id)?;
    let number = |name: &str, default: usize| match target.parameter(name) {
        None => Ok(default),
        Some(text) => text
            .parse()
            .map_err(|_| Refusal::new("INVALID_QUERY_LOCATOR", format!("invalid {name}: {text}"))),
    };
    let from = number("locator", 0)?;
    let to = from.saturating_add(number("maxRecords", usize::MAX)?.max(1)).min(job.processed);
    let mut rows = csv::rows(&job.data, job.format.delimiter).into_iter();
    let header = rows.next().unwrap_or_default();
    let page: Vec<Vec<String>> = rows.skip(from).take(to.saturating_sub(from)).collect();
    let lines = std::iter::once(&header).chain(&page);
    let text: String =
        lines.map(|row| csv::line(row.iter().map(String::as_str), job.format)).collect();
    let next = if to < job.processed { to.to_string() } else { "null".to_owned() };
    Ok(HttpAnswer::csv(&text)
        .with("sforce-locator", next)
        .with("sforce-numberofrecords", page.len().to_string()))
}

/// A value as a file has it.
fn value(record: &Value, path: &[String]) -> String {
    let found = path.iter().try_fold(record, |value, name| value.get(name));
    match found.unwrap_or(&Value::Null) {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
