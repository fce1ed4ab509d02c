//! Why the browser did not do it.

use std::path::PathBuf;

use thiserror::Error;

/// What went wrong, in words for a person. What was saved before is in [`Stopped`](crate::Stopped).
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
    /// Somebody closed the browser, or its page.
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
    /// Somebody is logged in, and the org shows no Setup.
    #[error(
        "The org shows its home page in the browser where its Setup is asked for. The user who is logged in \
         there may need the permission \"View Setup and Configuration\"."
    )]
    NoSetup,
    /// Setup refuses the page.
    #[error(
        "Setup does not show softphone layouts to the user who is logged in to the browser: it says \"{seen}\". \
         Give that user the permission \"Manage Call Centers\", or log in as one who has it."
    )]
    NoAccess {
        /// The page's own words.
        seen: String,
    },
    /// Setup is another org's.
    #[error(
        "The browser is in another org: it shows Setup of {seen}, and {wanted} is the one that is \
         set up. Log in there as a user of that org."
    )]
    OtherOrg {
        /// The org that is set up.
        wanted: String,
        /// The one in the browser.
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
    /// Setup refused to save: it shows the form again, and says why.
    #[error("Setup did not save it: {0}")]
    Refused(String),
    /// Nobody knows what became of what was sent.
    #[error("Setup does not go on: {0}")]
    Hanging(String),
    /// Setup looked as if it had saved, and has not.
    #[error("Setup said nothing against it, but {0}.")]
    NotKept(String),
    /// What was there before cannot be written down.
    #[error("It was not saved, because what was there before cannot be written down: {0}")]
    Unrecorded(String),
    /// The person said no.
    #[error("You said no, so it was not saved.")]
    Declined,
}
