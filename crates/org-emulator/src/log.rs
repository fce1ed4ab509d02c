//! The request log: what was asked of an org, in order.

use serde::Serialize;

/// One request that an org answered.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LoggedRequest {
    /// Counts from 1 and never starts over, even when the log is emptied.
    pub(crate) seq: u64,
    /// When it came in, milliseconds since the emulator started.
    pub(crate) at_ms: u64,
    pub(crate) duration_ms: u64,
    pub(crate) method: String,
    /// Path and query as they came.
    pub(crate) path: String,
    /// A stable name such as `query` or `metadata/readMetadata`.
    pub(crate) operation: String,
    /// 0 where a fault closed the connection instead of answering.
    pub(crate) status: u16,
    /// Whether it read the status of a job.
    pub(crate) poll: bool,
    pub(crate) subrequests: usize,
    /// The fault that hit it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fault: Option<&'static str>,
}

/// The requests of one org.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: Vec<LoggedRequest>,
    last: u64,
}

impl RequestLog {
    /// Adds a request; its number is given here.
    pub(crate) fn add(&mut self, mut entry: LoggedRequest) {
        self.last += 1;
        entry.seq = self.last;
        self.entries.push(entry);
    }

    /// Requests after that number.
    pub(crate) fn since(&self, seq: u64) -> impl Iterator<Item = &LoggedRequest> {
        self.entries.iter().filter(move |entry| entry.seq > seq)
    }

    /// Forgets every request.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}
