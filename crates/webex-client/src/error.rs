//! Why a call brought no result.

use crate::{ApiError, Scope, oauth};

/// Why a call to the service brought no result.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No answer came.
    #[error("{}{}", .0, look_first(.0))]
    Wire(#[from] wire::Error),
    /// The service refused.
    #[error("Could not {operation}: {error}")]
    Api {
        /// What was to be done.
        operation: &'static str,
        /// What the token needs for it.
        scope: Scope,
        /// The service's own words.
        error: Box<ApiError>,
    },
    /// The service no longer accepts the login, and a renewal did not help.
    #[error("Could not {operation}: {error}")]
    SessionEnded {
        /// What was to be done.
        operation: &'static str,
        /// The service's own words.
        error: Box<ApiError>,
        /// What a person does about it, in a sentence.
        remedy: String,
    },
    /// There is no access token to be had.
    #[error(transparent)]
    Login(#[from] oauth::Error),
    /// The answer does not have the shape it should have.
    #[error("Could not {operation}: the service's answer is not as documented at {path}: {reason}")]
    Decode {
        /// What was to be done.
        operation: &'static str,
        /// Where in the answer.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// A rule of the API was broken, by the service's answer or by the request before it was sent.
    #[error("Could not {operation}: {reason}")]
    Protocol {
        /// What was to be done.
        operation: &'static str,
        /// Which rule.
        reason: String,
    },
}

/// What the transport cannot know: where a change that may have happened shows.
fn look_first(error: &wire::Error) -> &'static str {
    match error.kind() {
        wire::ErrorKind::Ambiguous => "; look at the organization before trying again",
        _ => "",
    }
}

impl Error {
    /// What was to be done.
    pub fn operation(&self) -> Option<&'static str> {
        match self {
            Error::Wire(error) => error.operation(),
            Error::Login(_) => None,
            Error::Api { operation, .. }
            | Error::SessionEnded { operation, .. }
            | Error::Decode { operation, .. }
            | Error::Protocol { operation, .. } => Some(operation),
        }
    }

    /// The service's refusal, when it is one.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Error::Api { error, .. } | Error::SessionEnded { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Whether a change may or may not have happened.
    pub fn is_ambiguous(&self) -> bool {
        matches!(self, Error::Wire(error) if error.kind() == wire::ErrorKind::Ambiguous)
    }

    /// Whether what was asked for is not there.
    pub fn is_missing(&self) -> bool {
        self.api().is_some_and(|error| error.status == 404)
    }

    /// The scope that the login seems to lack: the service answered 403.
    ///
    /// It answers the same where the user's role does not reach that far, so a program names both.
    pub fn lacks(&self) -> Option<Scope> {
        match self {
            Error::Api { scope, error, .. } if error.status == 403 => Some(*scope),
            _ => None,
        }
    }

    /// The same with other words.
    pub(crate) fn map_words(mut self, change: impl Fn(&str) -> String) -> Error {
        match &mut self {
            Error::Api { error, .. } | Error::SessionEnded { error, .. } => {
                error.map_words(change);
            }
            Error::Decode { path, reason, .. } => {
                *path = change(path);
                *reason = change(reason);
            }
            Error::Protocol { reason, .. } | Error::Wire(wire::Error::Ambiguous { reason, .. }) => {
                *reason = change(reason);
            }
            Error::Wire(_) | Error::Login(_) => {}
        }
        self
    }

    /// The same of a change that the service has accepted: it may or may not have happened.
    pub(crate) fn in_doubt(self, host: &str) -> Error {
        let (operation, reason) = match self {
            Error::Decode { operation, path, reason } => {
                (operation, format!("it cannot be read at {path}: {reason}"))
            }
            Error::Protocol { operation, reason } => (operation, reason),
            other => return other,
        };
        Error::Wire(wire::Error::Ambiguous { operation, host: host.to_owned(), reason })
    }

    pub(crate) fn protocol(operation: &'static str, reason: impl AsRef<str>) -> Error {
        Error::Protocol { operation, reason: wire::redact(reason.as_ref()) }
    }
}
