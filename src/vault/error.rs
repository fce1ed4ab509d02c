//! What can go wrong with a vault.
//!
//! Texts are whole sentences, for they are shown as they are. None of them has a secret in it: what
//! the keyring's library says is kept as text, because its errors may hold what was read.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::Owner;
use crate::journal;

/// A trouble with a vault.
#[derive(Debug, Error)]
pub enum Error {
    /// There is no keyring on this machine, or nothing in it to keep a secret in.
    #[error("There is no keyring that can be used here: {reason}.")]
    NoKeyring {
        /// What the system says.
        reason: String,
    },
    /// The keyring is locked, and nobody unlocked it.
    #[error("The operating system's keyring is locked, and was not unlocked ({reason}).")]
    Locked {
        /// What the system says.
        reason: String,
    },
    /// The keyring has not answered in time.
    #[error(
        "The operating system's keyring has not answered for {seconds} seconds: it may be waiting \
         for somebody to unlock it."
    )]
    Silent {
        /// How long it was waited for.
        seconds: u64,
    },
    /// The keyring takes no text of that length.
    #[error(
        "The login's secret has {length} bytes, and the operating system's keyring takes up to \
         {limit}."
    )]
    TooLong {
        /// Of the secret, in bytes.
        length: usize,
        /// Of what the keyring takes, in bytes.
        limit: u32,
    },
    /// What is kept is not what was put there.
    #[error("What is kept for {owner} is not what provision has put there.")]
    NotText {
        /// Whose.
        owner: Owner,
    },
    /// Anything else that a keyring says.
    #[error("The operating system's keyring failed: {reason}.")]
    Keyring {
        /// What it says.
        reason: String,
    },
    /// Nobody knows the passphrase.
    #[error("The sealed file needs a passphrase, and there is nobody to ask for it.")]
    NoPassphrase,
    /// A passphrase without a character.
    #[error("The passphrase of the sealed file is empty.")]
    EmptyPassphrase,
    /// Somebody was asked for the passphrase and stopped the program instead.
    #[error("Stopped while asking for the passphrase of the sealed file.")]
    Dismissed,
    /// The passphrase is another one.
    #[error("The passphrase does not open the sealed file `{}`.", path.display())]
    WrongPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// The file does not hold what was written.
    #[error("The sealed file `{}` is damaged: {reason}.", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file is fine, but for one entry.
    #[error("The secret of {owner} in the sealed file `{}` is damaged.", path.display())]
    DamagedEntry {
        /// The file.
        path: PathBuf,
        /// Whose entry.
        owner: Owner,
    },
    /// A newer version of this program wrote the file.
    #[error(
        "The sealed file `{}` has format {found}, and this version of provision knows formats up \
         to {known}.",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u64,
        /// The newest known format.
        known: u64,
    },
    /// The file belongs to somebody else.
    #[error("The sealed file `{}` belongs to the user with the number {user}, not to you.", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// Whose it is.
        user: u32,
    },
    /// Others may read or write the file.
    #[error("The sealed file `{}` is open to other users (mode {mode:o}).", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// A link, a folder or a device.
    #[error("`{}` is {what}, not the sealed file itself.", path.display())]
    NotAFile {
        /// Where it is.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// More than a vault can have.
    #[error("The sealed file `{}` is larger than the {limit} bytes that a vault may have.", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// Somebody else is changing the file.
    #[error("Another process has been changing the sealed file `{}` for a while.", path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be used.
    #[error("The sealed file `{}` cannot be {what}: {source}.", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What was attempted: "read".
        what: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// The file cannot be replaced.
    #[error("The sealed file could not be replaced: {0}.")]
    Kept(#[from] journal::Error),
    /// The system gives no memory or no random bytes.
    #[error("The sealed file cannot be used: the system gives no {0}.")]
    System(&'static str),
}

impl Error {
    /// Whether there is no keyring at all, so that another place may take its part. Never true of a
    /// keyring that is there and does not open.
    pub fn no_keyring(&self) -> bool {
        matches!(self, Self::NoKeyring { .. })
    }

    /// What to do next.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoKeyring { .. } => {
                "Use the sealed file instead (--vault file), or keep nothing (--vault none)."
            }
            Self::Locked { .. } | Self::Silent { .. } => {
                "Unlock the keyring, for example by logging in to the desktop, and run this again; \
                 or use the sealed file (--vault file)."
            }
            Self::TooLong { .. } => "Use the sealed file for this login (--vault file).",
            Self::NotText { .. } => {
                "Remove that entry from the keyring, where its service name is `provision`, or move the \
                 sealed file away; then log in again."
            }
            Self::Keyring { .. } => {
                "See whether other programs can use the keyring; else use the sealed file (--vault \
                 file)."
            }
            Self::NoPassphrase => {
                "Put the passphrase into the environment variable PROVISION_VAULT_PASSPHRASE, or \
                 run this on a terminal."
            }
            Self::EmptyPassphrase => "Choose a passphrase that is long and used nowhere else.",
            Self::Dismissed => return None,
            Self::WrongPassphrase { path } => {
                return Some(format!(
                    "Give the passphrase that the file was made with. Where nobody knows it, move \
                     `{}` away and log in again: a new file gets a new passphrase.",
                    path.display()
                ));
            }
            Self::Damaged { path, .. } => {
                return Some(format!(
                    "Restore `{}` from a backup, or move it away and log in again.",
                    path.display()
                ));
            }
            Self::DamagedEntry { .. } => {
                "Log in to that org again; the other logins in the file are whole."
            }
            Self::Newer { .. } => "Update provision on this machine.",
            Self::Foreign { path, .. } => {
                return Some(format!(
                    "Run provision as that user, or name a state directory of your own with \
                     --state-dir or PROVISION_STATE_DIR. If the file is yours after all: chown \
                     \"$(id -u)\" '{}'",
                    path.display()
                ));
            }
            Self::Open { path, .. } => {
                return Some(format!(
                    "Where its file system knows no modes, name a state directory on another with \
                     --state-dir or PROVISION_STATE_DIR; else close it: chmod 600 '{}'",
                    path.display()
                ));
            }
            Self::NotAFile { .. } => {
                "Move it away, or name another state directory with --state-dir or \
                 PROVISION_STATE_DIR."
            }
            Self::TooLarge { .. } => "Log out of orgs that are no longer used, or move it away.",
            Self::Busy { .. } => "Wait until it has ended, then run this again.",
            Self::Io { .. } => {
                "Make it yours to read and write, or name another state directory with --state-dir \
                 or PROVISION_STATE_DIR."
            }
            Self::Kept(error) => return Some(error.hint()),
            Self::System(_) => "Opening the file takes 64 MiB of memory: make room and try again.",
        };
        Some(hint.to_owned())
    }
}
