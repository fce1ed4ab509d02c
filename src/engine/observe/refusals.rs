//! What a refused look means for whoever looks.

use salesforce_client::{ApiError, Error};

use crate::engine::trouble;
use crate::failure::Failure;
use crate::model::Refused;

/// What becomes of an observation when the org refuses a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Refusals {
    /// The first refusal ends it.
    End,
    /// It is written down, and the rest is looked at all the same.
    WriteDown,
}

/// The org's words, where it refuses one question; other troubles stay troubles.
pub(super) fn of_org(error: Error) -> Result<Refused, Failure> {
    match error.api() {
        Some(api) if !api.is_session_expired() && !api.is_limit() => {
            Ok(Refused { words: api.to_string(), missing: api.is_missing() })
        }
        _ => Err(error.into()),
    }
}

/// A refusal as people read it.
pub(super) fn refused(error: &ApiError) -> Refused {
    Refused { words: gist(error), missing: error.is_missing() }
}

/// The same of whatever kept a request from being answered.
pub(super) fn unanswered(error: &Error) -> Refused {
    match error.api() {
        Some(api) => refused(api),
        None => Refused { words: error.to_string(), missing: false },
    }
}

/// What the org says, without the advice to programmers that follows a type which is not there.
fn gist(error: &ApiError) -> String {
    let text = trouble::gist(error);
    text.split_once(". If you are attempting").map_or_else(|| text.clone(), |(it, _)| it.to_owned())
}
