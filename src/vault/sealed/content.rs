//! What the file says.
//!
//! Its owners can be read without the passphrase, their secrets cannot. Two values hold the rest
//! together: the check is sealed with the key and bound to how the key is made and to the list of
//! owners, so that nobody adds or drops one unnoticed; the digest needs no key, so that a damaged
//! file is not taken for a wrong passphrase.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::base64::Base64;
use super::key::{Derivation, Key, Sealed};
use crate::vault::{Error, Owner};

/// The format that this version writes.
pub(super) const FORMAT: u64 = 1;

/// The content of a sealed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    format: u64,
    key: Derivation,
    check: Sealed,
    /// By org, then by user.
    secrets: BTreeMap<String, BTreeMap<String, Sealed>>,
    digest: Base64<[u8; 32]>,
}

#[derive(Deserialize)]
struct Head {
    format: u64,
}

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ContentError {
    Newer(u64),
    Damaged(String),
}

impl Content {
    /// A file without a secret.
    pub(super) fn new(key: &Key) -> Result<Self, Error> {
        let derivation = key.derivation().clone();
        let secrets = BTreeMap::new();
        let check = key.seal(&[], &outline(FORMAT, &derivation, &secrets))?;
        let digest = compute_digest(FORMAT, &derivation, &secrets, &check);
        Ok(Self { format: FORMAT, key: derivation, check, secrets, digest })
    }

    /// Reads a file, and trusts nothing that it says.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, ContentError> {
        let damaged = |error: serde_json::Error| ContentError::Damaged(error.to_string());
        let head: Head = serde_json::from_slice(bytes).map_err(damaged)?;
        if head.format > FORMAT {
            return Err(ContentError::Newer(head.format));
        }
        let content: Self = serde_json::from_slice(bytes).map_err(damaged)?;
        let Self { format, key, check, secrets, digest } = &content;
        if let Some(objection) = key.find_weakness() {
            return Err(ContentError::Damaged(objection));
        }
        if *format != FORMAT || compute_digest(*format, key, secrets, check) != *digest {
            return Err(ContentError::Damaged("its digest is that of another content".to_owned()));
        }
        Ok(content)
    }

    /// The bytes of the file.
    pub(super) fn bytes(&self) -> serde_json::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// How the file's key is made.
    pub(super) fn derivation(&self) -> &Derivation {
        &self.key
    }

    /// Whether it is the file's key.
    pub(super) fn opens_with(&self, key: &Key) -> bool {
        let outline = outline(self.format, &self.key, &self.secrets);
        *key.derivation() == self.key && key.open(&self.check, &outline).is_some()
    }

    /// An owner's sealed secret.
    pub(super) fn sealed(&self, owner: &Owner) -> Option<&Sealed> {
        self.secrets.get(&owner.org_id)?.get(&owner.user_id)
    }

    /// Whether it has no secret at all.
    pub(super) fn is_empty(&self) -> bool {
        self.secrets.values().all(BTreeMap::is_empty)
    }

    /// Puts an owner's secret into the place of any that is there.
    pub(super) fn put(
        &mut self,
        key: &Key,
        owner: &Owner,
        secret: &SecretString,
    ) -> Result<(), Error> {
        let sealed = key.seal(secret.expose_secret().as_bytes(), &bound_to(owner))?;
        let users = self.secrets.entry(owner.org_id.clone()).or_default();
        users.insert(owner.user_id.clone(), sealed);
        self.update_check(key)
    }

    /// Takes an owner's secret out.
    pub(super) fn remove(&mut self, key: &Key, owner: &Owner) -> Result<(), Error> {
        if let Some(users) = self.secrets.get_mut(&owner.org_id) {
            users.remove(&owner.user_id);
        }
        self.secrets.retain(|_, users| !users.is_empty());
        self.update_check(key)
    }

    /// Writes check and digest anew.
    fn update_check(&mut self, key: &Key) -> Result<(), Error> {
        self.check = key.seal(&[], &outline(self.format, &self.key, &self.secrets))?;
        self.digest = compute_digest(self.format, &self.key, &self.secrets, &self.check);
        Ok(())
    }
}

/// Opens a sealed secret for its owner, and for nobody else.
pub(super) fn open(key: &Key, sealed: &Sealed, owner: &Owner) -> Option<SecretString> {
    let bytes = key.open(sealed, &bound_to(owner))?;
    std::str::from_utf8(&bytes).ok().map(SecretString::from)
}

/// What an owner's secret is bound to.
fn bound_to(owner: &Owner) -> Vec<u8> {
    let format = FORMAT.to_le_bytes();
    concat_with_lengths([
        &b"provision-vault secret"[..],
        &format,
        owner.org_id.as_bytes(),
        owner.user_id.as_bytes(),
    ])
}

/// Everything but the secrets.
fn outline(
    format: u64,
    key: &Derivation,
    secrets: &BTreeMap<String, BTreeMap<String, Sealed>>,
) -> Vec<u8> {
    let numbers = [key.memory_kib, key.passes, key.lanes].map(u32::to_le_bytes).concat();
    let format = format.to_le_bytes();
    let head: [&[u8]; 5] =
        [b"provision-vault", &format, key.name.as_bytes(), &numbers, &key.salt.0];
    let owners = secrets.iter().flat_map(|(org, users)| {
        users.keys().flat_map(move |user| [org.as_bytes(), user.as_bytes()])
    });
    concat_with_lengths(head.into_iter().chain(owners))
}

/// The digest of everything but the secrets, which say themselves whether they are whole.
fn compute_digest(
    format: u64,
    key: &Derivation,
    secrets: &BTreeMap<String, BTreeMap<String, Sealed>>,
    check: &Sealed,
) -> Base64<[u8; 32]> {
    let outline = outline(format, key, secrets);
    let all = concat_with_lengths([&outline[..], &check.nonce.0, &check.text.0]);
    let mut sum = [0; 32];
    sum.copy_from_slice(digest(&SHA256, &all).as_ref());
    Base64(sum)
}

/// Parts one behind the other, each with its length, so that no two lists look the same.
fn concat_with_lengths<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}
