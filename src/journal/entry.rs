//! The lines of a journal.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Changes;
use crate::model::{OrgId, OrgKind, Organization};

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
    /// The first line. A run is about a Salesforce org, a Webex organization, or both.
    Started {
        /// Format of the whole journal.
        format: u64,
        /// The run's id.
        run: String,
        /// The command.
        command: String,
        /// Version of the program.
        program: String,
        /// Id of the Salesforce org, where the run is about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        org: Option<OrgId>,
        /// What the person called it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alias: Option<String>,
        /// Its name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        org_name: Option<String>,
        /// Its kind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        org_kind: Option<OrgKind>,
        /// Base URL of its APIs.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instance_url: Option<String>,
        /// Id of the Webex organization, where the run is about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tenant: Option<String>,
        /// The first of the runs that this one takes back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        undoes: Option<String>,
        /// The run whose unfinished upgrade this one goes on with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        continues: Option<String>,
        /// Hash of the resolved configuration.
        configuration: String,
    },
    /// What the run found to do.
    Planned {
        /// The changes, as in the JSON document.
        changes: Changes,
    },
    /// A request that changes the org is about to be sent.
    Attempt {
        /// The wave it belongs to.
        wave: String,
        /// What is asked of the org.
        request: String,
        /// What it is to change.
        changes: Changes,
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
        /// Changes that the org rejected one by one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rejected: Vec<Rejection>,
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
        /// Changes that the org rejected one by one before it failed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rejected: Vec<Rejection>,
    },
    /// The last line.
    Finished {
        /// The outcome, as in the JSON document.
        outcome: String,
    },
}

impl Entry {
    /// The Salesforce org, as the first line has it.
    pub(super) fn organization(self) -> Option<Organization> {
        let Self::Started { org, org_name, org_kind, instance_url, .. } = self else { return None };
        Some(Organization {
            id: org?,
            name: org_name?,
            kind: org_kind?,
            instance_url: instance_url?,
        })
    }
}

/// A change that the org did not make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The change, as in the attempt.
    pub change: Changes,
    /// The org's words, redacted.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First lines of version 0.1.0, of a run in an org, and of one about a Webex organization.
    const LINES: [&str; 2] = [
        r#"{"at":"2026-11-22T10:00:00Z","entry":"started","format":1,"run":"01","command":"apply","program":"0.1.0","org":"00D000000000001AAA","org_name":"Acme","org_kind":"sandbox","instance_url":"https://acme.my.salesforce.com","configuration":"c"}"#,
        r#"{"at":"2026-11-22T10:00:00Z","entry":"started","format":1,"run":"01","command":"apply","program":"0.1.0","tenant":"01234567-89ab-cdef-0123-456789abcdef","configuration":"c"}"#,
    ];

    #[test]
    fn a_first_line_names_the_org_or_the_tenant_and_nothing_more() {
        for line in LINES {
            let record: Record = serde_json::from_str(line).unwrap();
            assert_eq!(serde_json::to_string(&record).unwrap(), line);
            let organization = record.entry.organization().map(|org| org.name);
            assert_eq!(organization.as_deref(), line.contains("Acme").then_some("Acme"));
        }
    }
}
