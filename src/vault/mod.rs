//! Where secrets of logins are kept: the operating system's keyring, a sealed file, or memory.
//!
//! Rules of this room:
//! - Plain text is never at rest, and a key is never beside what it opens.
//! - Nothing falls back by itself: whoever opens a vault is told that there is no keyring
//!   ([`Error::no_keyring`]), decides, and says where the secret went ([`Vault::describe`]).
//! - A trouble never costs a secret: what cannot be read is not overwritten.
//! - Errors carry no secret, neither in their text nor in their sources.
//! - Calls block, for as long as a person looks for a passphrase or a system shows a prompt: an
//!   asynchronous caller gives them a thread of their own.
//!
//! What is protected against what: docs/vault.md.

mod error;
mod keyring;
mod memory;
mod passphrase;
mod sealed;

use std::fmt::{self, Debug};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

pub use error::Error;
pub use keyring::Keyring;
pub use memory::MemoryVault;
pub use passphrase::{PassphrasePrompt, PassphraseSource};
pub use sealed::SealedFile;

/// Whose secret it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    /// Id of the org, with 18 characters.
    pub org_id: String,
    /// Id of the user, with 18 characters.
    pub user_id: String,
}

impl fmt::Display for Owner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "user {} of org {}", self.user_id, self.org_id)
    }
}

/// Where secrets are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The operating system's store for secrets.
    Keyring,
    /// A file that a passphrase opens.
    File,
    /// Nowhere: in memory, until the process ends.
    None,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Keyring => "the operating system's keyring",
            Self::File => "the sealed file",
            Self::None => "memory only",
        })
    }
}

/// A place for secrets: opaque texts of up to a few kilobytes, one an owner.
///
/// Every call may block for as long as somebody is asked.
pub trait Vault: Send + Sync + Debug {
    /// What sort of place it is.
    fn place(&self) -> Place;

    /// Where exactly, for people: "the sealed file /home/ada/…/vault.json".
    fn describe(&self) -> String;

    /// Sees whether a secret could be kept, which may ask for a passphrase or to be unlocked: whoever
    /// logs in first and then has nowhere to keep the tokens has lost them.
    fn check_writable(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The owner's secret; `None` where there is none.
    fn get(&self, owner: &Owner) -> Result<Option<SecretString>, Error>;

    /// Keeps the owner's secret, in the place of any that is there.
    fn put(&self, owner: &Owner, secret: &SecretString) -> Result<(), Error>;

    /// Forgets the owner's secret; one that is not there is forgotten already.
    fn remove(&self, owner: &Owner) -> Result<(), Error>;
}
