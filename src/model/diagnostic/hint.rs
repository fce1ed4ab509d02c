//! What a person does next.

use std::fmt;

use serde::{Serialize, Serializer};

use super::clean::clean_lines;
use super::command::{Command, Invocation};

/// What a person does next: one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// A sentence.
    Text(String),
    /// A command to type.
    Command {
        /// The words before it: "Run".
        before: String,
        /// The command.
        command: Command,
        /// The words right behind it: ": it does what is left."
        after: String,
    },
    /// The word that was probably meant.
    Meant(String),
    /// The words that are allowed.
    Allowed(Vec<String>),
}

impl Hint {
    /// A sentence that may have something in it that comes from outside.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(clean_lines(text.as_ref()).into_owned())
    }

    /// A command between words: "Run", `apply`, ": it applies what is configured."
    pub fn command(before: &str, command: Command, after: &str) -> Self {
        Self::Command { before: before.to_owned(), command, after: after.to_owned() }
    }

    /// The same for the command line at hand.
    #[must_use]
    pub fn within(self, invocation: &Invocation) -> Self {
        match self {
            Self::Command { before, command, after } => {
                Self::Command { before, command: command.within(invocation), after }
            }
            other => other,
        }
    }

    /// The same with every text changed, a command's words included.
    #[must_use]
    pub(super) fn map_texts(self, change: &impl Fn(&str) -> String) -> Self {
        match self {
            Self::Text(text) => Self::Text(change(&text)),
            Self::Command { before, command, after } => Self::Command {
                before: change(&before),
                command: command.map_words(change),
                after: change(&after),
            },
            Self::Meant(word) => Self::Meant(change(&word)),
            Self::Allowed(words) => Self::Allowed(words.iter().map(|word| change(word)).collect()),
        }
    }

    /// The command that it advises.
    pub fn advised(&self) -> Option<&Command> {
        match self {
            Self::Command { command, .. } => Some(command),
            Self::Text(_) | Self::Meant(_) | Self::Allowed(_) => None,
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(text),
            Self::Command { before, command, after } => {
                let blank = if before.is_empty() { "" } else { " " };
                write!(formatter, "{before}{blank}`{command}`{after}")
            }
            Self::Meant(word) => write!(formatter, "Did you mean `{word}`?"),
            Self::Allowed(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                write!(formatter, "Allowed here: {}.", words.join(", "))
            }
        }
    }
}

impl Serialize for Hint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<&str> for Hint {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Hint {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<&String> for Hint {
    fn from(text: &String) -> Self {
        Self::text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_a_sentence_whatever_it_holds() {
        let invocation = Invocation { org: Some("uat".to_owned()), ..Invocation::default() };
        let apply = |before| Hint::command(before, Command::of_org("apply"), ": it helps.");
        for (hint, sentence) in [
            (Hint::text("Look at\u{1b}[2J Setup."), "Look at\u{fffd}[2J Setup."),
            (apply("Run"), "Run `provision --org uat apply`: it helps."),
            (apply(""), "`provision --org uat apply`: it helps."),
            (Hint::Meant("us1".to_owned()), "Did you mean `us1`?"),
            (Hint::Allowed(vec!["a".to_owned(), "b".to_owned()]), "Allowed here: `a`, `b`."),
        ] {
            assert_eq!(hint.within(&invocation).to_string(), sentence);
        }
    }
}
