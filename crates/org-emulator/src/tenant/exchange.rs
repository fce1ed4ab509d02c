//! What went over the wire, for whoever judges it.

/// A request and its answer, whole, as they went over the wire. They hold tokens and secrets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
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
    /// How many requests went one after another up to this one: one more than the deepest that was answered
    /// before this one came. It means something where every answer takes its time ([`Traps::latency`]).
    ///
    /// [`Traps::latency`]: super::Traps::latency
    pub depth: usize,
}
