//! The lines of a journal.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
