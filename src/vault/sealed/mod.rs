//! A file that a passphrase opens: Argon2id makes the key, XChaCha20-Poly1305 seals each secret for
//! its owner.
//!
//! Nobody is asked for the passphrase before it is needed, and then once a process. What cannot be
//! read, for whatever reason, is never written over.

mod base64;
mod content;
mod key;
mod lock;
mod reading;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};

use self::content::{Content, ContentError};
use self::key::{Derivation, Key};
use self::lock::Lock;
use super::{Error, Owner, PassphrasePrompt, PassphraseSource, Place, Vault};
use crate::journal::Files;

/// Keeps secrets in a sealed file.
pub struct SealedFile {
    path: PathBuf,
    source: Box<dyn PassphraseSource>,
    key: Mutex<Option<Arc<Key>>>,
}

impl SealedFile {
    /// The sealed file at a path. Nothing is read, asked or made before it is used.
    pub fn at(path: PathBuf, passphrase: impl PassphraseSource + 'static) -> Self {
        Self { path, source: Box::new(passphrase), key: Mutex::new(None) }
    }

    fn read(&self) -> Result<Option<Content>, Error> {
        let Some(bytes) = reading::read(&self.path)? else { return Ok(None) };
        let path = self.path.clone();
        Content::parse(&bytes).map(Some).map_err(|wrong| match wrong {
            ContentError::Newer(found) => Error::Newer { path, found, known: content::FORMAT },
            ContentError::Damaged(reason) => Error::Damaged { path, reason },
        })
    }

    /// The key of the file, or of one that is to be made.
    fn key(&self, content: Option<&Content>) -> Result<Arc<Key>, Error> {
        // Held while somebody is asked, so that nobody is asked twice.
        let mut known = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = known.as_ref() {
            match content {
                None => return Ok(Arc::clone(key)),
                Some(content) if content.opens_with(key) => return Ok(Arc::clone(key)),
                Some(content) if content.derivation() == key.derivation() => {
                    return Err(Error::Damaged {
                        path: self.path.clone(),
                        reason: "it was changed by somebody without the passphrase".to_owned(),
                    });
                }
                // Somebody has put another file into its place.
                Some(_) => {}
            }
        }
        let key = Arc::new(match content {
            Some(content) => self.key_of(content)?,
            None => Key::derive(&Derivation::new()?, &self.passphrase(PassphrasePrompt::New)?)?,
        });
        *known = Some(Arc::clone(&key));
        Ok(key)
    }

    fn key_of(&self, content: &Content) -> Result<Key, Error> {
        for again in 0..self.source.tries().max(1) {
            let asking = if again == 0 { PassphrasePrompt::Known } else { PassphrasePrompt::Again };
            let key = Key::derive(content.derivation(), &self.passphrase(asking)?)?;
            if content.opens_with(&key) {
                return Ok(key);
            }
        }
        Err(Error::WrongPassphrase { path: self.path.clone() })
    }

    fn passphrase(&self, asking: PassphrasePrompt) -> Result<SecretString, Error> {
        let passphrase = self.source.passphrase(asking)?;
        if passphrase.expose_secret().is_empty() {
            Err(Error::EmptyPassphrase)
        } else {
            Ok(passphrase)
        }
    }

    /// Changes the file, with the right to do so. The key is there before, for whoever is asked for
    /// a passphrase takes their time; a file that has come into being meanwhile has another key.
    fn change(
        &self,
        change: impl Fn(&mut Content, &Key) -> Result<(), Error>,
    ) -> Result<(), Error> {
        Files::local().private_folder(self.folder())?;
        for _ in 0..3 {
            let key = self.key(self.read()?.as_ref())?;
            let _lock = Lock::take(&self.path)?;
            let mut content = match self.read()? {
                None => Content::new(&key)?,
                Some(content) if content.opens_with(&key) => content,
                Some(_) => continue,
            };
            change(&mut content, &key)?;
            return self.write(&content);
        }
        Err(Error::Busy { path: self.path.clone() })
    }

    fn write(&self, content: &Content) -> Result<(), Error> {
        if content.is_empty() {
            // The next login may choose its passphrase.
            return Ok(Files::local().remove(&self.path)?);
        }
        let failed = |error: serde_json::Error| Error::Io {
            path: self.path.clone(),
            what: "written",
            source: error.into(),
        };
        let bytes = content.bytes().map_err(failed)?;
        if bytes.len() as u64 > reading::LIMIT {
            return Err(Error::TooLarge { path: self.path.clone(), limit: reading::LIMIT });
        }
        // A new file is made with mode 0600, and takes the old one's name when it is whole.
        Ok(Files::local().write_bytes(&self.path, &bytes)?)
    }

    fn folder(&self) -> &Path {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new("."))
    }
}

impl Vault for SealedFile {
    fn place(&self) -> Place {
        Place::File
    }

    fn describe(&self) -> String {
        format!("{} {}", Place::File, self.path.display())
    }

    /// Finds the key, the right to change the file, and whether a file there would be closed to
    /// others: some file systems know no modes, and what was written would not be read again.
    fn check_writable(&self) -> Result<(), Error> {
        let before = self.read()?;
        Files::local().private_folder(self.folder())?;
        reading::check_new_file(&self.path, self.folder())?;
        self.key(before.as_ref())?;
        Lock::take(&self.path).map(drop)
    }

    fn get(&self, owner: &Owner) -> Result<Option<SecretString>, Error> {
        let Some(content) = self.read()? else { return Ok(None) };
        let Some(sealed) = content.sealed(owner) else { return Ok(None) };
        let key = self.key(Some(&content))?;
        let damaged = || Error::DamagedEntry { path: self.path.clone(), owner: owner.clone() };
        content::open(&key, sealed, owner).map(Some).ok_or_else(damaged)
    }

    fn put(&self, owner: &Owner, secret: &SecretString) -> Result<(), Error> {
        self.change(|content, key| content.put(key, owner, secret))
    }

    fn remove(&self, owner: &Owner) -> Result<(), Error> {
        let there = self.read()?.is_some_and(|content| content.sealed(owner).is_some());
        if there { self.change(|content, key| content.remove(key, owner)) } else { Ok(()) }
    }
}

impl fmt::Debug for SealedFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SealedFile").field("path", &self.path).finish_non_exhaustive()
    }
}
