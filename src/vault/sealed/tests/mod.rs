//! The sealed file: what comes back, and what never opens.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use tempfile::TempDir;

use super::content::{self, Content, ContentError};
use super::key::{Derivation, Key};
use super::lock::Lock;
use super::*;

mod damage;
mod properties;
mod trust;

const SECRET: &str = "{\"refresh_token\":\"canary-of-ada\"}";

/// Says the same passphrase whenever it is asked, and counts.
#[derive(Clone)]
struct Says {
    words: Vec<&'static str>,
    asked: Arc<AtomicU32>,
}

impl Says {
    fn these(words: &[&'static str]) -> Self {
        Self { words: words.to_vec(), asked: Arc::default() }
    }
}

impl PassphraseSource for Says {
    fn passphrase(&self, asking: PassphrasePrompt) -> Result<SecretString, Error> {
        let before = self.asked.fetch_add(1, Ordering::Relaxed) as usize;
        let again = before > 0 && self.words.len() > 1;
        assert_eq!(asking == PassphrasePrompt::Again, again, "{asking:?} after {before}");
        Ok(SecretString::from(self.words[before.min(self.words.len() - 1)]))
    }

    fn tries(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap()
    }
}

fn ada() -> Owner {
    Owner { org_id: "00D000000000001EAA".to_owned(), user_id: "005000000000001AAA".to_owned() }
}

fn grace() -> Owner {
    Owner { user_id: "005000000000002AAA".to_owned(), ..ada() }
}

fn vault(folder: &TempDir, passphrase: &'static str) -> SealedFile {
    SealedFile::at(folder.path().join("state/vault.json"), Says::these(&[passphrase]))
}

/// A folder with a file that holds Ada's secret.
fn filled() -> TempDir {
    let folder = TempDir::new().unwrap();
    vault(&folder, "open sesame").put(&ada(), &SecretString::from(SECRET)).unwrap();
    folder
}

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("state/vault.json")
}

fn exposed(secret: Option<SecretString>) -> Option<String> {
    secret.map(|secret| secret.expose_secret().to_owned())
}

/// A key that takes no time, for what is not about deriving keys.
fn quick(passphrase: &str) -> Key {
    let derivation = Derivation { memory_kib: 8, passes: 1, ..Derivation::new().unwrap() };
    Key::derive(&derivation, &SecretString::from(passphrase)).unwrap()
}

/// Whether every use of the vault ends with an error of that text, and the file stays as it is.
#[track_caller]
fn refuses(vault: &SealedFile, text: &str) {
    let before = fs::read(&vault.path).ok();
    let secret = SecretString::from("another");
    for (what, error) in [
        ("get", vault.get(&ada()).err()),
        ("put", vault.put(&ada(), &secret).err()),
        ("remove", vault.remove(&ada()).err()),
    ] {
        let error = error.unwrap_or_else(|| panic!("{what} worked"));
        assert!(error.to_string().contains(text), "{what}: {error}");
        assert!(error.hint().is_some_and(|hint| hint.ends_with(['.', '\''])), "{error:?}");
    }
    assert_eq!(fs::read(&vault.path).ok(), before, "the file is as it was");
}

#[test]
fn secrets_come_back_in_another_process_for_their_owners() {
    let folder = TempDir::new().unwrap();
    let first = vault(&folder, "open sesame");
    assert!(first.get(&ada()).unwrap().is_none());
    first.remove(&ada()).unwrap();
    assert!(!file(&folder).exists(), "looking makes nothing");
    first.put(&ada(), &SecretString::from("old")).unwrap();
    first.put(&ada(), &SecretString::from(SECRET)).unwrap();
    first.put(&grace(), &SecretString::from("")).unwrap();
    let second = vault(&folder, "open sesame");
    assert_eq!(exposed(second.get(&ada()).unwrap()).as_deref(), Some(SECRET));
    assert_eq!(exposed(second.get(&grace()).unwrap()).as_deref(), Some(""));
    second.remove(&ada()).unwrap();
    assert!(first.get(&ada()).unwrap().is_none());
    assert_eq!(exposed(first.get(&grace()).unwrap()).as_deref(), Some(""));
    assert_eq!(first.place(), Place::File);
    assert_eq!(first.describe(), format!("the sealed file {}", file(&folder).display()));
}

#[test]
fn the_passphrase_is_asked_for_once_and_only_when_it_is_needed() {
    let folder = filled();
    let says = Says::these(&["open sesame"]);
    let vault = SealedFile::at(file(&folder), says.clone());
    let asked = || says.asked.load(Ordering::Relaxed);
    vault.get(&grace()).unwrap();
    vault.remove(&grace()).unwrap();
    assert_eq!(asked(), 0, "what is not there needs no passphrase");
    vault.get(&ada()).unwrap();
    vault.put(&grace(), &SecretString::from("x")).unwrap();
    vault.remove(&ada()).unwrap();
    vault.remove(&grace()).unwrap();
    assert!(!file(&folder).exists(), "without a secret there is no file");
    vault.put(&ada(), &SecretString::from("x")).unwrap();
    assert_eq!(asked(), 1);
}

#[test]
fn whoever_types_may_mistype() {
    let folder = filled();
    let says = Says::these(&["open sesami", "", "open sesame"]);
    let vault = SealedFile::at(file(&folder), says);
    let error = vault.get(&ada()).unwrap_err();
    assert!(matches!(error, Error::EmptyPassphrase), "an empty one is no mistyped one: {error:?}");
    let says = Says::these(&["open sesami", "open sesame"]);
    let vault = SealedFile::at(file(&folder), says);
    assert_eq!(exposed(vault.get(&ada()).unwrap()).as_deref(), Some(SECRET));
}

#[test]
fn nothing_at_rest_is_plain_and_nobody_else_may_look() {
    let folder = filled();
    for entry in fs::read_dir(folder.path().join("state")).unwrap() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert!(!text.contains("canary") && !text.contains("sesame"), "{}", path.display());
        #[cfg(unix)]
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    #[cfg(unix)]
    assert_eq!(mode(&folder.path().join("state")), 0o700);
    let vault = vault(&folder, "open sesame");
    vault.get(&ada()).unwrap();
    let shown = format!("{vault:?} {:?}", vault.key(None).unwrap());
    assert!(!shown.contains("sesame") && shown.contains("REDACTED"), "{shown}");
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_file_that_another_process_made_meanwhile_is_added_to() {
    let folder = TempDir::new().unwrap();
    let slow = vault(&folder, "open sesame");
    // Its key is made while there is no file, and then there is one with a salt of its own.
    slow.key(None).unwrap();
    vault(&folder, "open sesame").put(&ada(), &SecretString::from("first")).unwrap();
    let slow = SealedFile { source: Box::new(Says::these(&["open sesame"])), ..slow };
    slow.put(&grace(), &SecretString::from("second")).unwrap();
    let fresh = vault(&folder, "open sesame");
    assert_eq!(exposed(fresh.get(&ada()).unwrap()).as_deref(), Some("first"));
    assert_eq!(exposed(fresh.get(&grace()).unwrap()).as_deref(), Some("second"));
}

#[test]
fn many_at_once_lose_nothing() {
    let folder = filled();
    std::thread::scope(|scope| {
        for number in 0..4 {
            let vault = vault(&folder, "open sesame");
            scope.spawn(move || {
                for round in 0..5 {
                    let owner = Owner { user_id: format!("{number}-{round}"), ..ada() };
                    vault.put(&owner, &SecretString::from(owner.user_id.clone())).unwrap();
                    assert!(vault.get(&ada()).unwrap().is_some());
                }
            });
        }
    });
    let vault = vault(&folder, "open sesame");
    for number in 0..4 {
        for round in 0..5 {
            let owner = Owner { user_id: format!("{number}-{round}"), ..ada() };
            assert_eq!(exposed(vault.get(&owner).unwrap()), Some(owner.user_id));
        }
    }
}

#[test]
fn a_lock_that_is_held_is_waited_for_and_given_up() {
    let folder = filled();
    let held = Lock::take(&file(&folder)).unwrap();
    let error = Lock::within(Duration::from_millis(50), &file(&folder)).unwrap_err();
    assert!(matches!(&error, Error::Busy { .. }), "{error:?}");
    drop(held);
    Lock::within(Duration::ZERO, &file(&folder)).unwrap();
}

#[test]
fn a_key_does_not_change_between_versions() {
    let derivation: Derivation = serde_json::from_str(
        r#"{"name":"argon2id","memory_kib":65536,"passes":3,"lanes":1,"salt":"AAECAwQFBgcICQoLDA0ODw=="}"#,
    )
    .unwrap();
    let key = Key::derive(&derivation, &SecretString::from("open sesame")).unwrap();
    let expected = [
        0x02, 0x3a, 0x55, 0xaa, 0x3a, 0x47, 0x69, 0xb0, 0xf1, 0x0a, 0x44, 0xfa, 0x37, 0x8d, 0xda,
        0x5f, 0xe2, 0xcf, 0xc0, 0x23, 0x9e, 0xc8, 0x5f, 0xb1, 0xb2, 0x77, 0x41, 0xaf, 0x6a, 0xdf,
        0x9a, 0xd7,
    ];
    // As argon2-cffi, which has nothing in common with this code, makes it too.
    assert_eq!(*key.exposed(), expected);
}

/// A file that another program made by what docs/vault.md says (libsodium and argon2-cffi).
#[test]
fn a_file_made_by_the_documentation_opens() {
    let folder = TempDir::new().unwrap();
    let made = vault(&folder, "öffne dich");
    Files::local().private_folder(made.folder()).unwrap();
    Files::local().write_bytes(&made.path, include_bytes!("format-1.json")).unwrap();
    let other_org = Owner { org_id: "00D000000000002EAA".to_owned(), ..ada() };
    for (owner, secret) in [(ada(), "of ada"), (grace(), "of grace é"), (other_org, "")] {
        assert_eq!(exposed(made.get(&owner).unwrap()).as_deref(), Some(secret));
    }
    made.put(&ada(), &SecretString::from("new")).unwrap();
    assert_eq!(exposed(made.get(&grace()).unwrap()).as_deref(), Some("of grace é"));
}
