//! What can go wrong with the state directory.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A trouble with the state directory.
#[derive(Debug, Error)]
pub enum Error {
    /// A file cannot be read or written.
    #[error("cannot {verb} {}: {source}", path.display())]
    Io {
        /// What was attempted.
        verb: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file does not hold what it should.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file was written by a newer version of this program.
    #[error("{} has format {found}, and this version of provision knows formats up to {known}", path.display())]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its format.
        found: u64,
        /// The newest known format.
        known: u64,
    },
    /// Another run is at work on the same org.
    #[error("another run is at work on this org{}", who.as_deref().map(|who| format!(" ({who})")).unwrap_or_default())]
    Locked {
        /// What the lock says of it.
        who: Option<String>,
    },
}

impl Error {
    /// An input or output error at a path.
    pub(super) fn io(verb: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self::Io { verb, path: path.into(), source }
    }

    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Io { .. } => {
                "provision keeps baselines and journals there: make it writable and roomy, or name \
                 another folder with --state-dir or PROVISION_STATE_DIR."
            }
            Self::Damaged { path, .. }
                if path.ends_with("logins.json") || path.ends_with("webex-logins.json") =>
            {
                "Restore the file from a backup, or move it away and log in again; baselines and \
                 secrets are elsewhere."
            }
            Self::Damaged { .. } => {
                "Restore the file from a backup, or move it away; without it, what was in the org \
                 before is no longer known."
            }
            Self::Newer { .. } => "Update provision on this machine.",
            Self::Locked { .. } => "Wait until it has ended, then run this again.",
        }
    }
}
