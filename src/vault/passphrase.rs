//! Who knows the passphrase of a sealed file.

use secrecy::SecretString;

use super::Error;

/// Why a passphrase is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PassphrasePrompt {
    /// There is no file yet: whoever types a passphrase types it twice.
    New,
    /// There is a file that it must open.
    Known,
    /// The last answer did not open the file.
    Again,
}

/// Knows the passphrase, or asks for it.
pub trait PassphraseSource: Send + Sync {
    /// The passphrase.
    fn passphrase(&self, asking: PassphrasePrompt) -> Result<SecretString, Error>;

    /// How often it may be asked for one file: more than once only where a person types, who may
    /// have mistyped.
    fn tries(&self) -> u32 {
        1
    }
}
