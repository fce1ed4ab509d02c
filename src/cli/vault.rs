//! Which vault keeps a login's secret, and how its troubles end a command.

use super::context::Context;
use super::passphrase::Passphrase;
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::vault::{Error, Keyring, MemoryVault, Place, SealedFile, Vault};

/// How a login to Salesforce is used without being kept.
pub(super) const NOTHING_KEPT: &str = "To store nothing on this machine: --vault none";

/// The sealed file's name in the state directory.
const FILE: &str = "vault.json";

/// Opens the vault for a new login: the place that was asked for, else the keyring, else the sealed
/// file. People are told when it is not the keyring, before they are asked for a passphrase, and
/// `without` is what they do to keep nothing.
///
/// It is tried out, so that nobody logs in and then has nowhere to keep the tokens: the keyring may
/// ask to be unlocked, the sealed file for its passphrase. Blocks meanwhile.
pub(super) fn choose(
    context: &Context<'_>,
    asked: Option<Place>,
    store: &Store,
    without: &str,
) -> Result<Box<dyn Vault>, Failure> {
    let keyring = || Ok(Box::new(Keyring::open()?) as Box<dyn Vault>);
    let instead = |file: &dyn Vault| {
        context.terminal.note(&format!(
            "No keyring is available here: the secret is stored in {}, protected by a \
            passphrase.",
            file.describe()
        ));
    };
    chosen(asked, keyring, || sealed(context, store), &instead, without)
}

/// Opens the vault that keeps a known login. Blocks while the keyring is looked for; the sealed file
/// asks for its passphrase when a secret is wanted.
pub(super) fn open(
    context: &Context<'_>,
    place: Place,
    store: &Store,
) -> Result<Box<dyn Vault>, Failure> {
    let keyring = || Ok(Box::new(Keyring::open()?) as Box<dyn Vault>);
    known(place, keyring, || sealed(context, store))
}

/// How a trouble with a vault ends a command.
#[expect(clippy::needless_pass_by_value, reason = "it is what errors are mapped with")]
pub(super) fn failure(error: Error) -> Failure {
    let kind = match error {
        Error::Dismissed => Kind::Interrupted,
        _ => Kind::Refused,
    };
    let hint = error.hint();
    Failure::new(kind, error.to_string()).hints(hint)
}

fn sealed(context: &Context<'_>, store: &Store) -> Box<dyn Vault> {
    let path = store.folder().join(FILE);
    let passphrase = Passphrase::of(context, &path);
    Box::new(SealedFile::at(path, passphrase))
}

fn chosen(
    asked: Option<Place>,
    keyring: impl FnOnce() -> Result<Box<dyn Vault>, Error>,
    file: impl FnOnce() -> Box<dyn Vault>,
    instead: &dyn Fn(&dyn Vault),
    without: &str,
) -> Result<Box<dyn Vault>, Failure> {
    let tried = |vault: Box<dyn Vault>| vault.check_writable().map(|()| vault);
    match asked {
        Some(Place::None) => Ok(Box::new(MemoryVault::default())),
        Some(Place::File) => tried(file()).map_err(failure),
        Some(Place::Keyring) => keyring().and_then(tried).map_err(failure),
        None => match keyring().and_then(tried) {
            Ok(vault) => Ok(vault),
            Err(none) if none.no_keyring() => {
                let file = file();
                instead(&*file);
                tried(file).map_err(|error| failure(error).after(none).hint(without))
            }
            // One that is there and does not open: a person decides.
            Err(error) => Err(failure(error)),
        },
    }
}

fn known(
    place: Place,
    keyring: impl FnOnce() -> Result<Box<dyn Vault>, Error>,
    file: impl FnOnce() -> Box<dyn Vault>,
) -> Result<Box<dyn Vault>, Failure> {
    match place {
        Place::None => Ok(Box::new(MemoryVault::default())),
        Place::File => Ok(file()),
        Place::Keyring => keyring().map_err(|error| {
            let absent = error.no_keyring();
            let mut failure = failure(error);
            if absent {
                // The generic hint is for those who log in; this secret is somewhere already.
                failure.diagnostic.hints = vec![
                    "The login's secret is in the keyring of a desktop session: run provision \
                     there, or log in again with --vault file."
                        .into(),
                ];
            }
            failure
        }),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::cli::exit;
    use crate::vault::{PassphrasePrompt, PassphraseSource};

    struct Says(&'static str);

    impl PassphraseSource for Says {
        fn passphrase(&self, _asking: PassphrasePrompt) -> Result<SecretString, Error> {
            if self.0.is_empty() { Err(Error::NoPassphrase) } else { Ok(self.0.into()) }
        }
    }

    fn no_keyring() -> Result<Box<dyn Vault>, Error> {
        Err(Error::NoKeyring { reason: "nobody answers".to_owned() })
    }

    fn locked() -> Result<Box<dyn Vault>, Error> {
        Err(Error::Locked { reason: "prompt dismissed".to_owned() })
    }

    fn never() -> Box<dyn Vault> {
        panic!("nobody asked for the file")
    }

    #[test]
    fn the_file_takes_the_place_of_a_keyring_that_is_not_there_and_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/vault.json");
        let file = |says| Box::new(SealedFile::at(path.clone(), Says(says))) as Box<dyn Vault>;
        let told = std::cell::Cell::new(false);
        let vault = chosen(
            None,
            no_keyring,
            || file("open sesame"),
            &|file| {
                told.set(file.place() == Place::File);
            },
            NOTHING_KEPT,
        )
        .unwrap();
        assert_eq!(vault.place(), Place::File);
        assert!(told.get(), "nothing falls back silently");
        assert!(!path.exists(), "trying it out makes no file");
        let failure = chosen(None, no_keyring, || file(""), &|_| {}, NOTHING_KEPT).unwrap_err();
        assert_eq!(exit::code_of(failure.kind), 5);
        assert_eq!(
            failure.message(),
            "There is no keyring that can be used here: nobody answers. The sealed file needs a \
             passphrase, and there is nobody to ask for it."
        );
        assert!(failure.advice()[0].contains("PROVISION_VAULT_PASSPHRASE"), "{failure:?}");
        assert!(failure.advice()[1].contains("--vault none"), "{failure:?}");
    }

    #[test]
    fn a_locked_keyring_is_never_replaced() {
        for asked in [None, Some(Place::Keyring)] {
            let failure = chosen(asked, locked, never, &|_| {}, NOTHING_KEPT).unwrap_err();
            assert_eq!(exit::code_of(failure.kind), 5);
            assert!(failure.advice()[0].starts_with("Unlock the keyring"), "{failure:?}");
        }
        assert_eq!(known(Place::Keyring, locked, never).unwrap_err().kind, Kind::Refused);
    }

    #[test]
    fn what_is_asked_for_and_not_there_is_refused() {
        let failure =
            chosen(Some(Place::Keyring), no_keyring, never, &|_| {}, NOTHING_KEPT).unwrap_err();
        assert_eq!(exit::code_of(failure.kind), 5);
        assert!(failure.advice()[0].contains("--vault file"), "{failure:?}");
        let failure = known(Place::Keyring, no_keyring, never).unwrap_err();
        assert!(failure.advice()[0].contains("desktop session"), "{failure:?}");
    }

    #[test]
    fn memory_asks_nobody() {
        let keyring = || -> Result<Box<dyn Vault>, Error> { panic!("nobody asked for it") };
        let vault = chosen(Some(Place::None), keyring, never, &|_| {}, NOTHING_KEPT).unwrap();
        assert_eq!(vault.place(), Place::None);
        assert_eq!(known(Place::None, keyring, never).unwrap().place(), Place::None);
    }

    #[test]
    fn whoever_stops_at_the_prompt_has_interrupted() {
        assert_eq!(exit::code_of(failure(Error::Dismissed).kind), 130);
    }
}
