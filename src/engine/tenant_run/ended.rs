//! What ends all questions, and what is an answer to one.

use std::sync::OnceLock;

use webex_client::Error;

use super::told;
use crate::failure::Failure;
use crate::model::Observed;

/// What is not about one question, and ends all of them: it is told once.
#[derive(Default)]
pub(super) struct Ended(OnceLock<Failure>);

impl Ended {
    /// What an answer shows; an error that is about everything is kept.
    pub(super) fn seen<T>(&self, answer: Result<T, Error>) -> Observed<T> {
        let error = match answer {
            Ok(found) => return Observed::Seen(found),
            Err(error) => error,
        };
        let is_limit = error.api().is_some_and(webex_client::ApiError::is_limit);
        let is_about_all = is_limit
            || matches!(error, Error::SessionEnded { .. } | Error::Login(_) | Error::Wire(_));
        let failure = told(error);
        let refused = Observed::refused(failure.message());
        if is_about_all {
            self.0.set(failure).ok();
        }
        refused
    }

    pub(super) fn into_result<T>(self, found: T) -> Result<T, Failure> {
        self.0.into_inner().map_or(Ok(found), Err)
    }
}
