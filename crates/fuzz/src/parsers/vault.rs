//! The file that a passphrase opens.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use provision::vault::{Error, Owner, PassphrasePrompt, PassphraseSource, SealedFile, Vault as _};
use secrecy::SecretString;
use tempfile::TempDir;

/// A passphrase that is known.
struct Known;

impl PassphraseSource for Known {
    fn passphrase(&self, _: PassphrasePrompt) -> Result<SecretString, Error> {
        Ok(SecretString::from("open sesame"))
    }
}

thread_local! {
    static FOLDER: TempDir = TempDir::new().expect("a folder");
}

/// Reads it for somebody who has nothing in it: whatever can be known of it without the passphrase, for making the
/// key is slow on purpose.
pub(super) fn sealed_vault(bytes: &[u8]) {
    let path: PathBuf = FOLDER.with(|folder| folder.path().join("vault.json"));
    fs::remove_file(&path).ok();
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(&path);
    file.and_then(|mut file| std::io::Write::write_all(&mut file, bytes)).expect("a file");
    let owner = Owner { org_id: "nobody".to_owned(), user_id: "grace".to_owned() };
    let found = SealedFile::at(path.clone(), Known).get(&owner);
    assert!(!matches!(found, Ok(Some(_))), "a secret that nobody put there");
    assert!(fs::read(&path).is_ok_and(|now| now == bytes), "reading has changed it");
}
