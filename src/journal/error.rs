//! What can go wrong with the state directory.

use std::io;
use std::path::{Path, PathBuf};

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
        /// What it held before it was last written, where that is known and whole.
        copy: Option<PathBuf>,
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
    pub fn hint(&self) -> String {
        match self {
            Self::Io { .. } => {
                "provision keeps baselines and journals there: make sure that it is writable and has room, or name \
                 another folder with --state-dir or PROVISION_STATE_DIR."
                    .to_owned()
            }
            Self::Damaged { path, copy, .. } => after_damage(path, copy.as_deref()),
            Self::Newer { .. } => "Update provision on this machine.".to_owned(),
            Self::Locked { .. } => "Wait until it has ended, then run this again.".to_owned(),
        }
    }
}

/// What to do about a file that is damaged; each says what is lost without it.
fn after_damage(path: &Path, copy: Option<&Path>) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let lost = match &*name {
        "logins.json" | "webex-logins.json" => {
            "move it away and log in again; baselines and secrets are elsewhere"
        }
        "default-org.json" => "move it away and choose again by `provision orgs default`",
        "confirmations.json" => "move it away and confirm again what `provision todo` names",
        "unfinished.json" => {
            "go on with the uninstall by `provision uninstall`, or give it up by `provision \
             uninstall --abandon`: neither needs what is in it"
        }
        "journal.jsonl" => "move its folder away; no other run needs it",
        _ => "move it away; without it, what was in the org before is no longer known",
    };
    let Some(copy) = copy else {
        // Nobody has a backup of what is there for a few minutes.
        let first =
            if name == "unfinished.json" { "" } else { "Restore the file from a backup, or " };
        return upper_case(&format!("{first}{lost}."));
    };
    format!(
        "What it held before it was last written is whole: put {} in its place, or a backup. What was \
         written since is not in it. Without either, {lost}.",
        copy.display()
    )
}

fn upper_case(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}
