//! What a command says that has a shape of its own.

use serde_json::Value;

use crate::engine::{OrgReport, Outcome};

/// What a command says that has neither items nor checks nor findings.
#[derive(Debug)]
pub struct Answer {
    /// What scripts get.
    pub data: Value,
    /// What people read.
    pub text: String,
    /// The org that it is about, where it is about one.
    pub org: Option<OrgReport>,
    /// How it ended.
    pub outcome: Outcome,
}

impl Answer {
    /// An answer of a command that did what was asked.
    pub fn new(data: Value, text: impl Into<String>) -> Self {
        Self { data, text: text.into(), org: None, outcome: Outcome::Done }
    }

    /// The same about an org.
    #[must_use]
    pub fn about(self, org: Option<OrgReport>) -> Self {
        Self { org, ..self }
    }

    /// The same with another ending.
    #[must_use]
    pub fn ending(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }
}

impl From<(Value, String)> for Answer {
    fn from((data, text): (Value, String)) -> Self {
        Self::new(data, text)
    }
}
