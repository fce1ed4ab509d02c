//! Questions whose answers must not be seen.

use dialoguer::Password;
use dialoguer::console::Term;
use indicatif::MultiProgress;
use secrecy::SecretString;

/// Asks for what must not be seen, on the terminal that it was taken from.
///
/// It can be handed to another thread, where a vault waits for its passphrase.
#[derive(Debug, Clone)]
pub struct Prompt {
    bars: Option<MultiProgress>,
}

impl Prompt {
    /// A prompt that moving lines step aside for.
    pub(super) fn beside(bars: Option<MultiProgress>) -> Self {
        Self { bars }
    }

    /// Says something before a question.
    pub fn say(&self, text: &str) {
        let say = || {
            // A terminal that cannot be written to is told nothing, and cannot be asked either.
            Term::stderr().write_line(text).ok();
        };
        match &self.bars {
            Some(bars) => bars.suspend(say),
            None => say(),
        }
    }

    /// Asks for a text that is not shown; `None` where the terminal is closed or interrupted.
    pub fn hidden(&self, question: &str) -> Option<SecretString> {
        self.ask(Password::new().with_prompt(question))
    }

    /// Asks for it twice, until both are the same.
    pub fn hidden_twice(&self, question: &str, again: &str) -> Option<SecretString> {
        let differ = "The two do not match. Try again:";
        self.ask(Password::new().with_prompt(question).with_confirmation(again, differ))
    }

    fn ask(&self, password: Password<'_>) -> Option<SecretString> {
        // Else the end of the input would be asked for another answer, for ever.
        let password = password.allow_empty_password(true);
        let ask = || {
            password.interact().map(SecretString::from).ok().or_else(|| {
                // The prompt was not there to show the cursor again and to end its line. A terminal
                // that cannot be written to is not asked either.
                let term = Term::stderr();
                term.show_cursor().and_then(|()| term.write_line("")).ok();
                None
            })
        };
        match &self.bars {
            Some(bars) => bars.suspend(ask),
            None => ask(),
        }
    }
}
