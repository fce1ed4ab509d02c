//! From a passphrase to a key, and what the key seals.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use aws_lc_rs::rand;
use chacha20poly1305::{AeadInOut as _, KeyInit as _, XChaCha20Poly1305};
use secrecy::zeroize::{Zeroize as _, Zeroizing};
use secrecy::{ExposeSecret as _, ExposeSecretMut as _, SecretBox, SecretString};
use serde::{Deserialize, Serialize};

use super::base64::Base64;
use crate::vault::Error;

/// The one way from a passphrase to a key that this version knows.
pub(super) const ARGON2ID: &str = "argon2id";

/// How the key is made from the passphrase; it stands in the file, and is no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Derivation {
    /// Its name.
    pub(super) name: String,
    /// Memory, in KiB.
    pub(super) memory_kib: u32,
    /// Passes over it.
    pub(super) passes: u32,
    /// Lanes in it.
    pub(super) lanes: u32,
    /// What makes the key of one file useless for every other.
    pub(super) salt: Base64<[u8; 16]>,
}

/// Sealed bytes, and the number that was used once for sealing them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sealed {
    pub(super) nonce: Base64<[u8; 24]>,
    pub(super) text: Base64<Vec<u8>>,
}

/// The key of one file. It is wiped when it is dropped, and does not print.
#[derive(Debug)]
pub(super) struct Key {
    derivation: Derivation,
    bytes: SecretBox<[u8; 32]>,
}

impl Derivation {
    /// A new one, with a salt of its own.
    pub(super) fn new() -> Result<Self, Error> {
        Ok(Self {
            name: ARGON2ID.to_owned(),
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 1,
            salt: Base64(random()?),
        })
    }

    /// Why a file that asks for this is not trusted: with less, a stolen file would be guessed
    /// sooner; with much more, a file that somebody put there would take the machine's memory.
    pub(super) fn find_weakness(&self) -> Option<String> {
        let Self { name, memory_kib, passes, lanes, .. } = self;
        if name != ARGON2ID {
            return Some(format!("it makes its key with `{name}`, not with {ARGON2ID}"));
        }
        let bounds = [
            ("KiB of memory", *memory_kib, 64 * 1024..=256 * 1024),
            ("passes", *passes, 3..=16),
            ("lanes", *lanes, 1..=4),
        ];
        bounds.into_iter().find(|(_, value, range)| !range.contains(value)).map(
            |(what, value, range)| {
                let (least, most) = (range.start(), range.end());
                format!("its key takes {value} {what}, not {least} to {most}")
            },
        )
    }
}

impl Key {
    /// Makes the key, which takes a moment on purpose.
    pub(super) fn derive(
        derivation: &Derivation,
        passphrase: &SecretString,
    ) -> Result<Self, Error> {
        let refused = |_| Error::System("room for its key");
        let Derivation { memory_kib, passes, lanes, salt, .. } = derivation;
        let params = Params::new(*memory_kib, *passes, *lanes, Some(32)).map_err(refused)?;
        let mut memory = Zeroizing::new(Vec::new());
        memory.try_reserve_exact(params.block_count()).map_err(|_| Error::System("memory"))?;
        memory.resize(params.block_count(), Block::default());
        let mut bytes = SecretBox::new(Box::new([0; 32]));
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(
                passphrase.expose_secret().as_bytes(),
                &salt.0,
                bytes.expose_secret_mut(),
                memory.as_mut_slice(),
            )
            .map_err(refused)?;
        Ok(Self { derivation: derivation.clone(), bytes })
    }

    /// How it was made.
    pub(super) fn derivation(&self) -> &Derivation {
        &self.derivation
    }

    /// Seals bytes so that they open only with this key and for what they are bound to.
    pub(super) fn seal(&self, plain: &[u8], bound_to: &[u8]) -> Result<Sealed, Error> {
        let nonce: [u8; 24] = random()?;
        // Room for the tag, so that the plain text is not copied while the buffer grows.
        let mut text = Zeroizing::new(Vec::with_capacity(plain.len() + 16));
        text.extend_from_slice(plain);
        self.cipher()
            .encrypt_in_place(&nonce.into(), bound_to, &mut *text)
            .map_err(|_| Error::System("room for the secret"))?;
        Ok(Sealed { nonce: Base64(nonce), text: Base64(std::mem::take(&mut *text)) })
    }

    /// Opens what was sealed; `None` where it was sealed with another key, for something else, or
    /// was changed since.
    pub(super) fn open(&self, sealed: &Sealed, bound_to: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let mut text = Zeroizing::new(sealed.text.0.clone());
        let opened = self.cipher().decrypt_in_place(&sealed.nonce.0.into(), bound_to, &mut *text);
        opened.ok().map(|()| text)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let mut key = (*self.bytes.expose_secret()).into();
        let cipher = XChaCha20Poly1305::new(&key);
        key.zeroize();
        cipher
    }
}

#[cfg(test)]
impl Key {
    /// Its bytes, to be compared with those of another version.
    pub(super) fn exposed(&self) -> &[u8; 32] {
        self.bytes.expose_secret()
    }
}

/// Bytes that nobody can foretell.
fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| Error::System("random bytes"))?;
    Ok(bytes)
}
