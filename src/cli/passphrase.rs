//! The passphrase of the sealed file: from the environment, else from whoever sits at the terminal.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};

use super::context::Context;
use crate::vault::{Error, PassphrasePrompt, PassphraseSource};
use crate::view::Prompt;

/// Where the passphrase comes from. It can be taken to another thread.
#[derive(Debug)]
pub(super) struct Passphrase {
    file: PathBuf,
    variable: Option<SecretString>,
    prompt: Option<Prompt>,
}

impl Passphrase {
    /// The one of that file.
    pub(super) fn of(context: &Context<'_>, file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            variable: context.surroundings.vault_passphrase.clone(),
            prompt: context.terminal.prompt(),
        }
    }
}

impl PassphraseSource for Passphrase {
    fn passphrase(&self, asking: PassphrasePrompt) -> Result<SecretString, Error> {
        if let Some(passphrase) = &self.variable {
            return Ok(passphrase.clone());
        }
        let prompt = self.prompt.as_ref().ok_or(Error::NoPassphrase)?;
        let file = self.file.display();
        // A prompt that wraps is drawn twice: what is long stands on a line before it.
        match asking {
            PassphrasePrompt::New => {
                prompt.say(&format!("Choose a passphrase for the sealed file {file}"));
                prompt.hidden_twice("Passphrase", "Once more").ok_or(Error::Dismissed)
            }
            PassphrasePrompt::Known => {
                prompt.say(&format!("Passphrase of the sealed file {file}"));
                not_empty(|| prompt.hidden("Passphrase"))
            }
            PassphrasePrompt::Again => {
                prompt.say("That does not open it.");
                not_empty(|| prompt.hidden("Once more"))
            }
        }
    }

    fn tries(&self) -> u32 {
        if self.variable.is_none() && self.prompt.is_some() { TRIES } else { 1 }
    }
}

/// An answer that is one: Enter alone is asked again, as often as a wrong passphrase.
fn not_empty(ask: impl Fn() -> Option<SecretString>) -> Result<SecretString, Error> {
    for _ in 0..TRIES {
        let answer = ask().ok_or(Error::Dismissed)?;
        if !answer.expose_secret().is_empty() {
            return Ok(answer);
        }
    }
    Err(Error::Dismissed)
}

/// How often a person may mistype.
const TRIES: u32 = 3;

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::cli::globals::Globals;
    use crate::cli::surroundings::Surroundings;
    use crate::cli::trace::Tracing;
    use crate::view::Terminal;

    fn source(surroundings: &Surroundings) -> Passphrase {
        let terminal =
            Terminal::new(surroundings.settings(), Box::new(io::sink()), Box::new(io::sink()));
        let tracing = Tracing::default();
        let context = Context {
            globals: Globals::bare(),
            surroundings,
            terminal: &terminal,
            tracing: &tracing,
        };
        Passphrase::of(&context, Path::new("vault.json"))
    }

    #[test]
    fn the_variable_answers_before_anybody_is_asked() {
        let mut surroundings = Surroundings::bare();
        surroundings.terminal.input = true;
        surroundings.terminal.error.terminal = true;
        assert_eq!(source(&surroundings).tries(), 3);
        surroundings.vault_passphrase = Some(SecretString::from("open sesame"));
        let source = source(&surroundings);
        assert_eq!(source.tries(), 1, "a variable does not mistype");
        for asking in [PassphrasePrompt::New, PassphrasePrompt::Known, PassphrasePrompt::Again] {
            assert_eq!(source.passphrase(asking).unwrap().expose_secret(), "open sesame");
        }
        assert!(!format!("{source:?}").contains("sesame"));
    }

    #[test]
    fn where_nobody_can_be_asked_it_says_what_to_do() {
        let error = source(&Surroundings::bare()).passphrase(PassphrasePrompt::Known).unwrap_err();
        assert!(matches!(error, Error::NoPassphrase), "{error:?}");
        assert!(error.hint().unwrap().contains("PROVISION_VAULT_PASSPHRASE"));
    }
}
