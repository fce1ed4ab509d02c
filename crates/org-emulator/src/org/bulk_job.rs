//! A bulk job, and how it is shown.

use serde_json::{Value, json};

use crate::clock::{Millis, rest_time};
use crate::ids::Id;
use crate::world::refusal::Refusal;

/// A bulk job.
#[derive(Debug, Clone)]
pub(crate) struct BulkJob {
    pub(crate) id: Id,
    /// `ingest` or `query`
    pub(crate) kind: &'static str,
    pub(crate) user: Id,
    pub(crate) created: Millis,
    /// E.g. `66.0`.
    pub(crate) version: String,
    pub(crate) operation: String,
    pub(crate) object: String,
    /// What an upsert knows records by.
    pub(crate) lookup: Option<String>,
    pub(crate) format: Format,
    /// `Open`, `UploadComplete`, `Aborted`, `JobComplete` or `Failed`.
    pub(crate) state: &'static str,
    /// What was uploaded; of a query, its answer.
    pub(crate) data: String,
    pub(crate) processed: usize,
    pub(crate) failed: usize,
    /// CSV of the rows that went well, of those that did not, and of those that nobody looked at.
    pub(crate) results: [String; 3],
    /// Why it failed as a whole.
    pub(crate) problem: Option<String>,
}

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Format {
    pub(crate) delimiter: u8,
    pub(crate) crlf: bool,
}

/// Delimiters by name.
const DELIMITERS: [(&str, u8); 6] = [
    ("COMMA", b','),
    ("SEMICOLON", b';'),
    ("TAB", b'\t'),
    ("PIPE", b'|'),
    ("CARET", b'^'),
    ("BACKQUOTE", b'`'),
];

impl Format {
    /// What a request asks for.
    pub(crate) fn of(body: &Value) -> Result<Self, Refusal> {
        let text = |name: &str, default: &'static str| {
            body[name].as_str().map_or(default.to_owned(), str::to_owned)
        };
        let wanted = text("columnDelimiter", "COMMA");
        let known = DELIMITERS.iter().find(|(name, _)| *name == wanted);
        let content = text("contentType", "CSV");
        let Some((_, delimiter)) = known.filter(|_| content == "CSV") else {
            return Err(Refusal::new(
                "INVALIDJOB",
                format!("InvalidJob : {wanted} {content} is not supported"),
            ));
        };
        Ok(Self { delimiter: *delimiter, crlf: text("lineEnding", "LF") == "CRLF" })
    }

    fn delimiter_name(self) -> &'static str {
        DELIMITERS.iter().find(|(_, it)| *it == self.delimiter).map_or("COMMA", |(name, _)| name)
    }
}

impl BulkJob {
    /// Whether it is this one.
    pub(crate) fn is(&self, kind: &str, id: &str) -> bool {
        self.kind == kind && Id::parse(id).as_ref() == Some(&self.id)
    }

    /// What is told of it.
    pub(crate) fn info(&self) -> Value {
        let mut info = json!({
            "id": self.id,
            "operation": self.operation,
            "object": self.object,
            "createdById": self.user,
            "createdDate": rest_time(self.created),
            "systemModstamp": rest_time(self.created),
            "state": self.state,
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": self.version.parse::<f64>().unwrap_or_default(),
            "jobType": if self.kind == "ingest" { "V2Ingest" } else { "V2Query" },
            "lineEnding": if self.format.crlf { "CRLF" } else { "LF" },
            "columnDelimiter": self.format.delimiter_name(),
        });
        if let Some(lookup) = &self.lookup {
            info["externalIdFieldName"] = lookup.as_str().into();
        }
        if self.state == "Open" {
            let path = format!("services/data/v{}/jobs/ingest/{}/batches", self.version, self.id);
            info["contentUrl"] = path.into();
        } else {
            info["retries"] = 0.into();
            info["totalProcessingTime"] = 1.into();
            info["numberRecordsProcessed"] = self.processed.into();
        }
        if self.kind == "ingest" && self.state != "Open" {
            info["numberRecordsFailed"] = self.failed.into();
            info["apiActiveProcessingTime"] = 1.into();
            info["apexProcessingTime"] = 0.into();
        }
        if let Some(problem) = &self.problem {
            info["errorMessage"] = problem.as_str().into();
        }
        info
    }
}
