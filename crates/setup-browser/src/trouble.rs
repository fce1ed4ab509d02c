//! Why the browser did not do it.

use std::path::PathBuf;

use thiserror::Error;

/// What went wrong, in words for a person. Whatever it is, nothing was saved unless it says so.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Trouble {
    /// There is no browser that can be driven.
    #[error("No Chrome, Chromium or Edge was found on this machine.")]
    NoBrowser,
    /// The browser named does not start.
    #[error("The browser {} does not start: {reason}.", path.display())]
    Launch {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The debugging connection has a problem.
    #[error("The browser does not answer as it should: {0}.")]
    Browser(String),
    /// Somebody closed the browser.
    #[error("The browser was closed.")]
    Closed,
    /// Nobody did what a page asked a person for.
    #[error("Nobody finished the {0} in the browser in time.")]
    Unattended(&'static str),
    /// A page does not look as it should.
    #[error(
        "The page in the browser is not the expected one: {wanted} is not there. It shows \"{seen}\"."
    )]
    Unexpected {
        /// What was looked for.
        wanted: String,
        /// The first words of the page.
        seen: String,
    },
    /// Something on the page does not do what it should.
    #[error("The page does not take {what}: {why}.")]
    NotTaken {
        /// The label, and what was to go there.
        what: String,
        /// What happened instead.
        why: String,
    },
    /// Setup refused to save.
    #[error("Setup did not save it: {0}")]
    Refused(String),
    /// Setup looked as if it had saved, and has not.
    #[error("Setup said nothing against it, but {0}.")]
    NotKept(String),
    /// What was there before cannot be written down.
    #[error("Nothing was saved, because what was there before cannot be written down: {0}")]
    Unrecorded(String),
    /// The person said no.
    #[error("Nothing was saved: you said no.")]
    Declined,
}

impl Trouble {
    /// Whether something was sent to the org before this happened.
    pub fn may_have_saved(&self) -> bool {
        matches!(self, Self::NotKept(_))
    }
}
