//! A request and its answer.

/// A request and its answer, as they went over the wire.
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    /// The HTTP method.
    pub method: String,
    /// The path and the query, as sent.
    pub target: String,
    /// The request's content type; empty where it has none.
    pub request_type: String,
    /// The request's body.
    pub request: Vec<u8>,
    /// The status of the answer.
    pub status: u16,
    /// The answer's content type; empty where it has none.
    pub response_type: String,
    /// The answer's body.
    pub response: Vec<u8>,
}

impl Exchange {
    /// The path and the query.
    pub(crate) fn parts(&self) -> (&str, &str) {
        self.target.split_once('?').unwrap_or((&self.target, ""))
    }
}
