//! Why there is no token.

use super::Denial;

/// Why a login did not come about, or could not be renewed.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No answer came.
    #[error(transparent)]
    Wire(#[from] wire::Error),
    /// Webex refused.
    #[error("{0}")]
    Denied(Denial),
    /// Webex cannot answer for now.
    #[error("Webex gives no access token for now: {0}")]
    Busy(Denial),
    /// Something that is needed on this machine is not there or not usable.
    #[error("{message}")]
    Local {
        /// What, in a sentence.
        message: String,
        /// What to do next, in a sentence.
        hint: String,
    },
}

impl Error {
    /// An error of this machine: what is in the way, and what to do about it.
    pub fn local(message: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::Local { message: message.into(), hint: hint.into() }
    }
}
