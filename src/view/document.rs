//! Documents for scripts: one on standard output, with the keys in the documented order.

use serde::Serialize;
use serde_json::Value;

use super::Terminal;
use crate::engine::{OrgReport, Outcome};
use crate::failure::Failure;

/// What every command without items answers with.
#[derive(Debug, Serialize)]
pub struct Document {
    format: u32,
    command: &'static str,
    org: Option<OrgReport>,
    outcome: Outcome,
    data: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure>,
}

impl Document {
    /// A command that did what was asked.
    pub fn done(command: &'static str, data: Value) -> Self {
        Self { format: 1, command, org: None, outcome: Outcome::Done, data, failure: None }
    }

    /// The same about an org.
    #[must_use]
    pub fn about(mut self, org: Option<OrgReport>) -> Self {
        self.org = org;
        self
    }

    /// The same with another ending, which is no failure.
    #[must_use]
    pub fn ending(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }

    /// The same with what went wrong on the way.
    #[must_use]
    pub fn because(mut self, failure: Option<Failure>) -> Self {
        self.failure = failure;
        self
    }

    /// A command that did not.
    pub fn failed(command: &'static str, failure: Failure) -> Self {
        Self {
            format: 1,
            command,
            org: None,
            outcome: Outcome::of(failure.kind),
            data: Value::Null,
            failure: Some(failure),
        }
    }
}

/// Prints a document: over several lines for people who look, or as one line.
pub(super) fn print<T: Serialize>(terminal: &Terminal, document: &T, one_line: bool) {
    let text = if one_line {
        serde_json::to_string(document)
    } else {
        serde_json::to_string_pretty(document)
    };
    match text {
        Ok(text) => terminal.out_json(text + "\n"),
        Err(error) => terminal.err(&format!("error: the document cannot be written: {error}\n")),
    }
}
