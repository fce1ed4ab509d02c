//! Why there is no token.

use super::Denial;
use crate::wire;

/// Why a login did not come about, or could not be renewed.
#[derive(Debug, Clone, thiserror::Error)]
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
    /// A token came, and it opens something else than it should.
    #[error("{message}")]
    Elsewhere {
        /// What, in a sentence.
        message: String,
        /// What to do next.
        hint: String,
    },
    /// Something that is needed on this machine is not there or not usable.
    #[error("{message}")]
    Here {
        /// What, in a sentence.
        message: String,
        /// What to do next, one sentence each.
        hints: Vec<String>,
    },
}

impl Error {
    /// Something on this machine that is in the way, and what to do about it.
    pub fn here(message: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::Here { message: message.into(), hints: vec![hint.into()] }
    }

    /// What to do next, one sentence each.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Error::Wire(_) => Vec::new(),
            Error::Busy(_) => {
                vec!["Run this again later. status.salesforce.com shows maintenance.".to_owned()]
            }
            Error::Denied(denial) => denial.hints(),
            Error::Here { hints, .. } => hints.clone(),
            Error::Elsewhere { hint, .. } => vec![hint.clone()],
        }
    }
}
