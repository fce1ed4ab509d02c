//! What a refused look means for whoever looks.

use salesforce_client::{ApiError, Error};

use crate::engine::trouble;
use crate::failure::{Failure, Kind};
use crate::model::Refused;

/// What becomes of an observation when the org refuses a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Refusals {
    /// The first refusal ends it.
    End,
    /// It is written down, and the rest is looked at all the same: whoever needs what was refused
    /// stands still. A login that ended, a limit that is used up or an org that is not there are no
    /// refusals of one question, and end it.
    WriteDown,
    /// Whatever keeps a question from an answer is written down.
    WriteDownAll,
}

impl Refusals {
    /// Whether that ends the observation.
    pub(super) fn end_with(self, error: &Error) -> bool {
        match self {
            Self::End => true,
            Self::WriteDown => !is_of_one_question(error),
            Self::WriteDownAll => false,
        }
    }

    /// The org's words, where that does not end the observation.
    pub(super) fn read(self, error: Error) -> Result<Refused, Failure> {
        if self.end_with(&error) { Err(error.into()) } else { Ok(unanswered(&error)) }
    }
}

/// Whether an error is about the question, and not about the login, a limit or the way to the org.
fn is_of_one_question(error: &Error) -> bool {
    match error {
        Error::Api { error, .. } => {
            !error.is_session_expired() && !error.is_limit() && !error.is_unavailable()
        }
        Error::Decode { .. } | Error::Protocol { .. } => true,
        _ => false,
    }
}

/// The org's words, where it refuses one question; other troubles stay troubles.
pub(super) fn of_org(error: Error) -> Result<Refused, Failure> {
    Refusals::WriteDown.read(error)
}

/// The same of a question that takes several requests.
pub(super) fn of_failure(failure: Failure) -> Result<Refused, Failure> {
    match failure.kind {
        Kind::Authentication | Kind::Unreachable => Err(failure),
        _ => Ok(Refused::new(failure.message())),
    }
}

/// A refusal as people read it.
pub(super) fn refused(error: &ApiError) -> Refused {
    Refused { words: gist(error), missing: error.is_missing(), forbidden: error.is_permission() }
}

/// The same of whatever kept a request from being answered.
pub(super) fn unanswered(error: &Error) -> Refused {
    match error.api() {
        Some(api) => refused(api),
        None => Refused::new(error.to_string()),
    }
}

/// What the org says, without the advice to programmers that follows a type which is not there.
fn gist(error: &ApiError) -> String {
    let text = trouble::gist(error);
    text.split_once(". If you are attempting").map_or_else(|| text.clone(), |(it, _)| it.to_owned())
}
