//! Past runs, as their journals tell them.

use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::files::Files;
use super::run_log::FILE;
use super::{Entry, Error, Record, document};
use crate::model::OrgId;

/// A past run, as its journal tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunSummary {
    /// Its id.
    pub run: String,
    /// When it began.
    pub started: Timestamp,
    /// When its last line was written.
    pub last: Timestamp,
    /// The command.
    pub command: String,
    /// Id of the Salesforce org, where it was about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// What the person called that org.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Name of that org.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_name: Option<String>,
    /// Id of the Webex organization, where it was about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// The outcome; `None` where the run never came to its end.
    pub outcome: Option<String>,
    /// How many changes it set out to make.
    pub planned: usize,
    /// How many changes it made, as far as it came to say so.
    pub changes: usize,
}

/// Reads a journal. A last line that a crash cut short is left out; anything else that does not
/// parse is an error.
pub(super) fn records(files: &Files, folder: &Path) -> Result<Vec<Record>, Error> {
    let path = folder.join(FILE);
    // Where there is none, a crash came between the folder and its first line: nothing had happened
    // yet.
    let text = files.bytes(&path)?.unwrap_or_default();
    let lines: Vec<&[u8]> =
        text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let mut records = Vec::with_capacity(lines.len());
    for (number, line) in lines.iter().enumerate() {
        let read = match document::read_line(line) {
            Some(line) => serde_json::from_slice(&line).map_err(|error| error.to_string()),
            None => Err("its checksum is not that of what it holds".to_owned()),
        };
        match read {
            Ok(record) => records.push(record),
            Err(_) if number + 1 == lines.len() => break,
            Err(reason) => {
                let reason = format!("line {}: {reason}", number + 1);
                return Err(Error::Damaged { path, reason, copy: None });
            }
        }
    }
    Ok(records)
}

/// Sums a journal up; `None` where a crash left no whole first line.
pub fn summary(records: &[Record]) -> Option<RunSummary> {
    let (first, last) = (records.first()?, records.last()?);
    let Entry::Started { run, command, org, alias, org_name, tenant, .. } = &first.entry else {
        return None;
    };
    let planned = records.iter().find_map(|record| match &record.entry {
        Entry::Planned { changes } => Some(changes.count()),
        _ => None,
    });
    let made = records.iter().map(|record| match &record.entry {
        Entry::Done { made, .. } | Entry::Failed { made, .. } => *made,
        _ => 0,
    });
    let outcome = match &last.entry {
        Entry::Finished { outcome } => Some(outcome.clone()),
        _ => None,
    };
    Some(RunSummary {
        run: run.clone(),
        started: first.at,
        last: last.at,
        command: command.clone(),
        org: *org,
        alias: alias.clone(),
        org_name: org_name.clone(),
        tenant: tenant.clone(),
        outcome,
        planned: planned.unwrap_or(0),
        changes: made.sum(),
    })
}
