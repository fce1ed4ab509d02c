//! The operating system's keyring.
//!
//! Keychain Services on macOS, the Credential Manager on Windows, elsewhere the Secret Service of
//! the desktop (GNOME Keyring, `KWallet`, `KeePassXC`), which is reached over D-Bus.
//!
//! A locked keyring waits for a person, also where no prompt can be shown, and its library waits with
//! it. So every call runs on a thread of its own and is given up after a while.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use ::keyring::{Entry, Error as Refusal};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use super::{Error, Owner, Place, Vault};

/// What entries are listed under, for people who look into their keyring.
const SERVICE: &str = "provision";

/// The user of entries that hold no secret: to see whether the keyring works.
const PROBE: &str = "probe";

/// How long a keyring may take to answer, with a person who unlocks it.
const PATIENCE: Duration = Duration::from_secs(30);

/// Keeps secrets in the operating system's keyring.
#[derive(Debug)]
pub struct Keyring {
    _opened: (),
}

impl Keyring {
    /// Opens the keyring, and reads in it to see whether there is one: a session without a keyring
    /// is only noticed by the first use.
    pub fn open() -> Result<Self, Error> {
        run_with_timeout(PATIENCE, || read(PROBE))?;
        Ok(Self { _opened: () })
    }
}

impl Vault for Keyring {
    fn place(&self) -> Place {
        Place::Keyring
    }

    fn describe(&self) -> String {
        Place::Keyring.to_string()
    }

    /// Keeps something that is no secret and removes it again: a keyring that can be read may still
    /// be locked, or have no collection to keep anything in.
    fn check_writable(&self) -> Result<(), Error> {
        run_with_timeout(PATIENCE, || {
            let entry = entry(PROBE)?;
            entry.set_secret(PROBE.as_bytes()).map_err(|error| to_error(&error, PROBE.len()))?;
            delete(PROBE)
        })
    }

    fn get(&self, owner: &Owner) -> Result<Option<SecretString>, Error> {
        let user = account_name(owner);
        let Some(bytes) = run_with_timeout(PATIENCE, move || read(&user))? else { return Ok(None) };
        let text =
            std::str::from_utf8(&bytes).map_err(|_| Error::NotText { owner: owner.clone() })?;
        Ok(Some(SecretString::from(text)))
    }

    fn put(&self, owner: &Owner, secret: &SecretString) -> Result<(), Error> {
        let (user, secret) = (account_name(owner), secret.clone());
        run_with_timeout(PATIENCE, move || {
            // As bytes: Windows would store a text with two bytes a letter, and half as many fit.
            let bytes = secret.expose_secret().as_bytes();
            entry(&user)?.set_secret(bytes).map_err(|error| to_error(&error, bytes.len()))
        })
    }

    fn remove(&self, owner: &Owner) -> Result<(), Error> {
        let user = account_name(owner);
        run_with_timeout(PATIENCE, move || delete(&user))
    }
}

/// How an owner is called in the keyring.
fn account_name(owner: &Owner) -> String {
    format!("{}/{}", owner.org_id, owner.user_id)
}

fn entry(user: &str) -> Result<Entry, Error> {
    if let Err(error) = Entry::store_status() {
        // Nothing answers where the keyring should be, whatever the reason.
        return Err(Error::NoKeyring { reason: reason_of(error) });
    }
    Entry::new(SERVICE, user).map_err(|error| to_error(&error, 0))
}

fn read(user: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    match entry(user)?.get_secret() {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(Refusal::NoEntry) => Ok(None),
        Err(error) => Err(to_error(&error, 0)),
    }
}

fn delete(user: &str) -> Result<(), Error> {
    match entry(user)?.delete_credential() {
        Ok(()) | Err(Refusal::NoEntry) => Ok(()),
        Err(error) => Err(to_error(&error, 0)),
    }
}

/// Runs a call on a thread of its own. One that is given up stays behind and ends with the process.
fn run_with_timeout<T: Send + 'static>(
    patience: Duration,
    call: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (answer, answered) = sync_channel(1);
    let failed = |reason: &str| Error::Keyring { reason: reason.to_owned() };
    thread::Builder::new()
        .name("keyring".to_owned())
        // Nobody waits for an answer that comes too late.
        .spawn(move || answer.send(call()).ok())
        .map_err(|error| failed(&error.to_string()))?;
    match answered.recv_timeout(patience) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Timeout) => Err(Error::Silent { seconds: patience.as_secs() }),
        Err(RecvTimeoutError::Disconnected) => Err(failed("its library has broken off")),
    }
}

/// What a refusal of the keyring means; `length` is that of the secret.
fn to_error(error: &Refusal, length: usize) -> Error {
    match error {
        Refusal::NoDefaultStore => Error::NoKeyring { reason: reason_of(error) },
        Refusal::TooLong(_, limit) => Error::TooLong { length, limit: *limit },
        Refusal::PlatformFailure(source) if is_absent(&source.to_string()) => {
            Error::NoKeyring { reason: reason_of(error) }
        }
        // The Secret Service's own word for an alias that names nothing.
        Refusal::NoStorageAccess(source) if source.to_string().contains("result not returned") => {
            Error::NoKeyring { reason: "it has no default collection".to_owned() }
        }
        Refusal::NoStorageAccess(_) => Error::Locked { reason: reason_of(error) },
        Refusal::Ambiguous(entries) => Error::Keyring {
            reason: format!("it has {} entries for one login, and should have one", entries.len()),
        },
        _ => Error::Keyring { reason: reason_of(error) },
    }
}

/// Whether D-Bus says that nobody plays the keyring, or that who should could not be started.
fn is_absent(text: &str) -> bool {
    ["ServiceUnknown", "NameHasNoOwner", "DBus.Error.Spawn.", "no secret service provider"]
        .iter()
        .any(|word| text.contains(word))
}

/// What the keyring says, without what it holds, in one line that goes on in a sentence.
fn reason_of(error: &Refusal) -> String {
    let text = match error {
        Refusal::PlatformFailure(source) | Refusal::NoStorageAccess(source) => source.to_string(),
        // Their sources may quote what was read.
        Refusal::BadEncoding(_) | Refusal::BadDataFormat(..) => "what it holds is damaged".into(),
        other => other.to_string(),
    };
    let line = text.lines().next().unwrap_or_default().trim();
    // Names of libraries tell nobody anything.
    let line = ["zbus error: ", "zbus fdo error: ", "SS error: "]
        .iter()
        .find_map(|library| line.strip_prefix(library))
        .unwrap_or(line);
    line.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    type PlatformError = Box<dyn std::error::Error + Send + Sync>;

    fn platform(text: &str) -> PlatformError {
        io::Error::other(text.to_owned()).into()
    }

    #[test]
    fn no_keyring_a_locked_one_and_a_broken_one_are_told_apart() {
        let unknown = "zbus error: org.freedesktop.DBus.Error.ServiceUnknown: The name \
                       org.freedesktop.secrets was not provided by any .service files.";
        let none = to_error(&Refusal::PlatformFailure(platform(unknown)), 0);
        assert!(none.no_keyring());
        assert_eq!(
            none.to_string(),
            "There is no keyring that can be used here: \
             org.freedesktop.DBus.Error.ServiceUnknown: The name org.freedesktop.secrets was not \
             provided by any .service files."
        );
        let alias = platform("SS error: result not returned from SS API");
        let no_collection = to_error(&Refusal::NoStorageAccess(alias), 0);
        assert!(no_collection.no_keyring());
        assert!(no_collection.to_string().ends_with("here: it has no default collection."));
        let dismissed =
            to_error(&Refusal::NoStorageAccess(platform("SS error: prompt dismissed")), 0);
        assert!(matches!(dismissed, Error::Locked { .. }) && !dismissed.no_keyring());
        assert_eq!(
            dismissed.to_string(),
            "The operating system's keyring is locked, and was not unlocked (prompt dismissed)."
        );
        assert!(dismissed.hint().unwrap().starts_with("Unlock the keyring"));
        let broken =
            to_error(&Refusal::PlatformFailure(platform("the wire is cut\nover there")), 0);
        assert!(matches!(broken, Error::Keyring { .. }) && !broken.no_keyring());
        assert_eq!(broken.to_string(), "The operating system's keyring failed: the wire is cut.");
        let twice = to_error(&Refusal::Ambiguous(Vec::new()), 0);
        assert!(twice.to_string().contains("entries for one login"), "{twice}");
    }

    #[test]
    fn a_secret_that_is_too_long_names_both_lengths() {
        let error = to_error(&Refusal::TooLong("secret".to_owned(), 2560), 4000);
        assert_eq!(
            error.to_string(),
            "The login's secret has 4000 bytes, and the operating system's keyring takes up to 2560."
        );
        assert!(error.hint().unwrap().contains("--vault file"));
    }

    #[test]
    fn what_was_read_is_in_no_error() {
        for refusal in [
            Refusal::BadEncoding(b"canary".to_vec()),
            Refusal::BadDataFormat(b"canary".to_vec(), platform("at `canary`")),
        ] {
            let error = to_error(&refusal, 0);
            assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
        }
    }

    #[test]
    fn a_keyring_that_does_not_answer_is_given_up() {
        let (_never, waiting) = sync_channel::<()>(0);
        let silent =
            run_with_timeout(Duration::from_millis(20), move || Ok(waiting.recv().is_ok()));
        let error = silent.unwrap_err();
        assert!(matches!(error, Error::Silent { .. }) && !error.no_keyring(), "{error:?}");
        let broken =
            run_with_timeout(PATIENCE, || -> Result<(), Error> { panic!("as a library may") });
        assert!(broken.unwrap_err().to_string().contains("broken off"));
    }
}
