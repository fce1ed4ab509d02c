//! A command line of this program that a person types next, as a value.

use std::fmt;

use serde::{Serialize, Serializer};

/// A command line of this program.
///
/// Whoever advises one knows what is to be done; which org, configuration and state directory are at
/// hand, only the command line at hand knows. It is added where the command is shown
/// ([`Command::within`]), so that the line can be copied as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Everything behind the options for every command: `uninstall --abandon`.
    words: String,
    reach: Reach,
    /// What was added for the command line at hand.
    globals: String,
}

/// What a command has to do with, which tells the options that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The org at hand.
    Org,
    /// What this machine keeps: logins, runs, baselines.
    Machine,
    /// Nothing but what its own words name.
    Nothing,
}

/// The options for every command that the program was started with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invocation {
    /// `--org`
    pub org: Option<String>,
    /// `--instance-url`
    pub instance_url: Option<String>,
    /// `--config`
    pub config: Option<String>,
    /// `--state-dir`
    pub state_dir: Option<String>,
    /// `--ca-cert`
    pub ca_cert: Option<String>,
}

impl Command {
    /// A command for the org at hand: `apply`.
    pub fn of_org(words: impl Into<String>) -> Self {
        Self::new(words.into(), Reach::Org)
    }

    /// A command about what this machine keeps: `runs`, `orgs`, `login uat`.
    pub fn of_machine(words: impl Into<String>) -> Self {
        Self::new(words.into(), Reach::Machine)
    }

    /// A command that stands for itself: `lint FILE`.
    pub fn alone(words: impl Into<String>) -> Self {
        Self::new(words.into(), Reach::Nothing)
    }

    fn new(words: String, reach: Reach) -> Self {
        Self { words, reach, globals: String::new() }
    }

    /// The same with an argument, quoted where a shell would take it apart.
    #[must_use]
    pub fn argument(mut self, argument: &str) -> Self {
        self.words.extend([" ", &quoted(argument)]);
        self
    }

    /// The same with an option that needs no value: `--replace`.
    #[must_use]
    pub fn option(mut self, option: &str) -> Self {
        self.words.extend([" ", option]);
        self
    }

    /// Whether it is that command of the program, whatever follows.
    pub fn begins_with(&self, word: &str) -> bool {
        self.words.split(' ').next() == Some(word)
    }

    /// The same with other words, its options' included.
    #[must_use]
    pub(super) fn map_words(mut self, change: &impl Fn(&str) -> String) -> Self {
        self.words = change(&self.words);
        self.globals = change(&self.globals);
        self
    }

    /// The same with the options that it needs to mean what is at hand.
    #[must_use]
    pub fn within(mut self, invocation: &Invocation) -> Self {
        self.globals = match self.reach {
            Reach::Org => invocation.options(),
            Reach::Machine => Invocation {
                state_dir: invocation.state_dir.clone(),
                ca_cert: invocation.ca_cert.clone(),
                ..Invocation::default()
            }
            .options(),
            Reach::Nothing => String::new(),
        };
        self
    }
}

impl Invocation {
    /// The options as they are typed, each after a blank.
    fn options(&self) -> String {
        let Self { org, instance_url, config, state_dir, ca_cert } = self;
        let named = [
            ("--org", org),
            ("--instance-url", instance_url),
            ("--config", config),
            ("--state-dir", state_dir),
            ("--ca-cert", ca_cert),
        ];
        let typed = |(option, value): (&str, &Option<String>)| {
            value.as_deref().map(|value| format!(" {option} {}", quoted(value)))
        };
        named.into_iter().filter_map(typed).collect()
    }
}

impl fmt::Display for Command {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "provision{}", self.globals)?;
        if self.words.is_empty() { Ok(()) } else { write!(formatter, " {}", self.words) }
    }
}

impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One word of a command line: quoted where a shell would take it apart.
pub fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./:=@%+,~\\".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    if cfg!(windows) { format!("\"{text}\"") } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_names_what_is_at_hand_and_what_it_has_to_do_with() {
        let invocation = Invocation {
            org: Some("uat".to_owned()),
            config: Some("my orgs.toml".to_owned()),
            state_dir: Some("/tmp/s".to_owned()),
            ..Invocation::default()
        };
        let quote = if cfg!(windows) { '"' } else { '\'' };
        let of_org = format!(
            "provision --org uat --config {quote}my orgs.toml{quote} --state-dir /tmp/s apply"
        );
        let apply = Command::of_org("apply");
        assert_eq!(apply.to_string(), "provision apply");
        assert_eq!(apply.clone().within(&invocation).to_string(), of_org);
        assert_eq!(
            apply.within(&invocation).within(&invocation).to_string(),
            of_org,
            "once is enough"
        );
        let runs = Command::of_machine("runs").within(&invocation);
        assert_eq!(runs.to_string(), "provision --state-dir /tmp/s runs");
        let demo = Command::alone("--org demo").within(&invocation);
        assert_eq!(demo.to_string(), "provision --org demo");
    }

    #[test]
    fn what_a_shell_leaves_alone_is_not_quoted() {
        for plain in ["demo", "./a/b.toml", "https://acme--uat.sandbox.my.salesforce.com", "été"]
        {
            assert_eq!(quoted(plain), plain);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        for (text, shown) in [
            ("my plan.json", "'my plan.json'"),
            ("it's", r"'it'\''s'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(text), shown);
        }
    }
}
