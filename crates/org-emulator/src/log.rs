//! The request log: what was asked of an org, in order.

use axum::body::Bytes;
use serde::Serialize;

/// Of how many requests the bodies are kept; of older ones only the rest is.
const BODIES: usize = 1_000;

/// One request that an org answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Counts from 1 and never starts over, even when the log is emptied.
    pub seq: u64,
    /// When it came in, milliseconds since the emulator started.
    pub at_ms: u64,
    /// How long the answer took.
    pub duration_ms: u64,
    /// In upper case.
    pub method: String,
    /// Path and query as they came.
    pub path: String,
    /// A stable name such as `query` or `metadata/readMetadata`.
    pub operation: String,
    /// 0 where a fault closed the connection instead of answering.
    pub status: u16,
    /// Whether it read the status of a job.
    pub poll: bool,
    /// How many requests a composite or a batch holds.
    pub subrequests: usize,
    /// What was sent, of the last thousand requests; not part of the JSON.
    #[serde(skip)]
    pub body: Bytes,
    /// The fault that hit it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<&'static str>,
}

/// The requests of one org.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: Vec<RecordedRequest>,
    last: u64,
}

impl RequestLog {
    /// Adds a request; its number is given here.
    pub(crate) fn add(&mut self, mut entry: RecordedRequest) {
        self.last += 1;
        entry.seq = self.last;
        self.entries.push(entry);
        if let Some(old) = self.entries.len().checked_sub(BODIES + 1) {
            self.entries[old].body = Bytes::new();
        }
    }

    /// Requests after that number.
    pub(crate) fn since(&self, seq: u64) -> impl Iterator<Item = &RecordedRequest> {
        self.entries.iter().filter(move |entry| entry.seq > seq)
    }

    /// Forgets every request.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}
