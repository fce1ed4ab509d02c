//! What came of a request: the answer, who gave it, and what the log and the counters must know.

use crate::answer::HttpAnswer;

/// What a request did, for the log and the counters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Effects {
    /// Whether it read the status of a job.
    pub(crate) poll: bool,
    pub(crate) subrequests: usize,
    /// How many API calls it counts as.
    pub(crate) api_calls: u64,
}

/// What came of a request.
pub(crate) struct Outcome {
    /// The org that answered.
    pub(crate) place: Option<usize>,
    pub(crate) answer: HttpAnswer,
    pub(crate) effects: Effects,
}

impl Outcome {
    /// An answer that no org gave.
    pub(crate) fn of(answer: HttpAnswer) -> Self {
        Self { place: None, answer, effects: Effects::default() }
    }
}
