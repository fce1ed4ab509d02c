//! The journal of one run: JSON Lines, each synced before what it announces happens.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Error, durable};
use crate::model::{OrgId, OrgKind};

/// One line of a journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// When it was written.
    pub at: Timestamp,
    /// What happened, or is about to.
    #[serde(flatten)]
    pub entry: Entry,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "kebab-case")]
pub enum Entry {
    /// The first line.
    Started {
        /// Format of the whole journal.
        format: u64,
        /// The run's id.
        run: String,
        /// The command.
        command: String,
        /// Version of the program.
        program: String,
        /// Id of the org.
        org: OrgId,
        /// Its name.
        org_name: String,
        /// Its kind.
        org_kind: OrgKind,
        /// Base URL of its APIs.
        instance_url: String,
        /// Hash of the resolved configuration.
        configuration: String,
    },
    /// What the run found to do.
    Planned {
        /// The changes, as in the JSON document.
        changes: Value,
    },
    /// A request that changes the org is about to be sent.
    Attempt {
        /// The wave it belongs to.
        wave: String,
        /// What is asked of the org.
        request: String,
        /// What it is to change.
        changes: Value,
    },
    /// Something is about to be destroyed: this is what it holds.
    Recorded {
        /// What it is: `CallCenter WebexCCAgentDesktopV2`.
        subject: String,
        /// All that it holds.
        content: Value,
    },
    /// The org gave the work an id.
    Job {
        /// The wave it belongs to.
        wave: String,
        /// The id, such as `0Hf…` or `0Af…`.
        id: String,
    },
    /// The org is about to be asked to stop a job.
    Cancel {
        /// The job's id.
        id: String,
    },
    /// A wave is through.
    Done {
        /// Which.
        wave: String,
        /// How many changes the org kept.
        #[serde(default)]
        made: usize,
    },
    /// A wave failed.
    Failed {
        /// Which.
        wave: String,
        /// How many changes the org kept nevertheless.
        #[serde(default)]
        made: usize,
        /// The org's words, redacted.
        message: String,
    },
    /// The last line.
    Finished {
        /// The outcome, as in the JSON document.
        outcome: String,
    },
}

/// A journal being written.
#[derive(Debug)]
pub struct RunLog {
    id: String,
    path: PathBuf,
    file: File,
}

impl RunLog {
    /// Begins a journal in a folder of its own.
    pub(super) fn create(runs: &Path, id: &str) -> Result<Self, Error> {
        let folder = runs.join(id);
        durable::private_folder(&folder)?;
        let path = folder.join(FILE);
        let file = OpenOptions::new()
            .create_new(true)
            .append(true)
            .open(&path)
            .map_err(|error| Error::io("create", &path, error))?;
        durable::sync_folder(&folder)?;
        durable::sync_folder(runs)?;
        Ok(Self { id: id.to_owned(), path, file })
    }

    /// The run's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Writes a line and waits until it is on the disk.
    pub fn record(&mut self, entry: Entry) -> Result<(), Error> {
        let failed = |error| Error::io("write", &self.path, error);
        let record = Record { at: Timestamp::now(), entry };
        let mut line = serde_json::to_vec(&record).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        self.file.write_all(&line).and_then(|()| self.file.sync_data()).map_err(failed)
    }
}

/// Name of the journal in a run's folder.
const FILE: &str = "journal.jsonl";

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
    /// Id of the org.
    pub org: OrgId,
    /// Name of the org.
    pub org_name: String,
    /// The outcome; `None` where the run never came to its end.
    pub outcome: Option<String>,
    /// How many changes it set out to make.
    pub planned: usize,
    /// How many changes it made, as far as it came to say so.
    pub changes: usize,
}

/// Reads a journal. A last line that a crash cut short is left out; anything else that does not
/// parse is an error.
pub(super) fn records(folder: &Path) -> Result<Vec<Record>, Error> {
    let path = folder.join(FILE);
    // Where there is none, a crash came between the folder and its first line: nothing had happened
    // yet.
    let text = durable::bytes(&path)?.unwrap_or_default();
    let lines: Vec<&[u8]> =
        text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let mut records = Vec::with_capacity(lines.len());
    for (number, line) in lines.iter().enumerate() {
        match serde_json::from_slice(line) {
            Ok(record) => records.push(record),
            Err(_) if number + 1 == lines.len() => break,
            Err(error) => {
                let reason = format!("line {}: {error}", number + 1);
                return Err(Error::Damaged { path, reason });
            }
        }
    }
    Ok(records)
}

/// Sums a journal up; `None` where a crash left no whole first line.
pub fn summary(records: &[Record]) -> Option<RunSummary> {
    let (first, last) = (records.first()?, records.last()?);
    let Entry::Started { run, command, org, org_name, .. } = &first.entry else {
        return None;
    };
    let planned = records.iter().find_map(|record| match &record.entry {
        Entry::Planned { changes } => changes.as_array().map(Vec::len),
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
        org: org.clone(),
        org_name: org_name.clone(),
        outcome,
        planned: planned.unwrap_or(0),
        changes: made.sum(),
    })
}
