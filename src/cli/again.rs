//! The command line that a person types next, ready to be copied.

use std::path::PathBuf;

use super::globals::Globals;
use crate::failure::Failure;

/// How the person starts the program for the same org again.
pub(super) fn again(globals: &Globals) -> String {
    let mut words = String::from("provision");
    let mut add = |option: &str, value: Option<String>| {
        if let Some(value) = value {
            words = format!("{words} {option} {}", word(&value));
        }
    };
    let path = |path: &PathBuf| path.display().to_string();
    add("--org", globals.org.clone());
    add("--instance-url", globals.instance_url.clone());
    add("--config", globals.config.as_ref().map(path));
    add("--state-dir", globals.state_dir.as_ref().map(path));
    add("--ca-cert", globals.ca_cert.as_ref().map(path));
    words
}

/// Commands that need to know for which org.
const OF_AN_ORG: [&str; 9] =
    ["apply", "plan", "verify", "export", "uninstall", "confirm", "status", "baseline", "doctor"];

/// A text whose commands can be copied: rooms below know no org, so that they name a command only.
pub(super) fn copied(text: &str, again: &str) -> String {
    OF_AN_ORG.iter().fold(text.to_owned(), |text, command| {
        text.replace(&format!("`provision {command}"), &format!("`{again} {command}"))
    })
}

/// The same of all that a failure says.
pub(super) fn told(mut failure: Failure, again: &str) -> Failure {
    failure.message = copied(&failure.message, again);
    for hint in &mut failure.hints {
        *hint = copied(hint, again);
    }
    failure
}

/// One word of a command line: quoted where a shell would take it apart.
pub(super) fn word(text: &str) -> String {
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
    fn commands_are_named_for_the_org_at_hand() {
        let again = "provision --org uat";
        for (text, shown) in [
            ("Run `provision apply`: it helps.", "Run `provision --org uat apply`: it helps."),
            (
                "`provision uninstall --abandon` first",
                "`provision --org uat uninstall --abandon` first",
            ),
            ("`provision login uat` logs in", "`provision login uat` logs in"),
            ("`provision runs` lists them", "`provision runs` lists them"),
        ] {
            assert_eq!(copied(text, again), shown);
            assert_eq!(copied(shown, again), shown, "once is enough");
            assert_eq!(copied(text, "provision"), text);
        }
    }

    #[test]
    fn what_a_shell_leaves_alone_is_not_quoted() {
        for plain in ["demo", "./a/b.toml", "https://acme--uat.sandbox.my.salesforce.com", "été"]
        {
            assert_eq!(word(plain), plain);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        for (text, quoted) in [
            ("my plan.json", "'my plan.json'"),
            ("it's", r"'it'\''s'"),
            ("$HOME", "'$HOME'"),
            ("", "''"),
        ] {
            assert_eq!(word(text), quoted);
        }
    }
}
