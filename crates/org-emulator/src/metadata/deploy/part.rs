//! What came of each component while a deploy is applied.

use super::super::schema::Problem;
use super::message::Outcome;
use crate::ids::Id;

/// What came of a component, or of one that lives in its file.
pub(crate) struct Part {
    pub(super) type_name: &'static str,
    pub(super) full_name: String,
    pub(super) result: Outcome,
}

impl Part {
    /// What came of a component of that name.
    pub(super) fn of(type_name: &'static str, full_name: &str, result: Outcome) -> Self {
        Self { type_name, full_name: full_name.to_owned(), result }
    }

    /// Why it was refused.
    pub(crate) fn problem(self) -> Option<Problem> {
        match self.result {
            Outcome::Failed(problem) => Some(problem),
            _ => None,
        }
    }
}

impl From<Result<Applied, Problem>> for Outcome {
    fn from(result: Result<Applied, Problem>) -> Self {
        match result {
            Ok(Applied { id, created, changed }) => {
                Self::Applied { id: Some(id), created, changed }
            }
            Err(problem) => Self::Failed(problem),
        }
    }
}

/// What a component's deployment did.
#[derive(Debug)]
pub(super) struct Applied {
    pub(super) id: Id,
    pub(super) created: bool,
    pub(super) changed: bool,
}
