//! Why there is no token.

use super::Denial;
use crate::wire;

/// Why a login did not come about, or could not be renewed.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No answer came.
    #[error(transparent)]
    Wire(#[from] wire::Error),
    /// Salesforce refused.
    #[error("{0}")]
    Denied(Denial),
    /// Salesforce cannot answer for now.
    #[error("Salesforce gives no access token for now: {0}.")]
    Busy(String),
    /// The private key cannot sign the assertion.
    #[error("The private key cannot sign: {reason}.")]
    CannotSign {
        /// What is wrong with the key, or what the signing library said.
        reason: String,
    },
    /// A token came, but for another org than the login's.
    #[error("{message}")]
    WrongOrg {
        /// What, in a sentence.
        message: String,
        /// What to do next.
        hint: String,
    },
    /// Something that is needed on this machine is not there or not usable.
    #[error("{message}")]
    Local {
        /// What, in a sentence.
        message: String,
        /// What to do next, one sentence each.
        hints: Vec<String>,
    },
}

impl Error {
    /// An error of this machine: what is in the way, and what to do about it.
    pub fn local(message: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::Local { message: message.into(), hints: vec![hint.into()] }
    }
}
