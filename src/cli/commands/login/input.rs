//! Secrets that come from outside: standard input, the environment, files.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf, absolute};

use secrecy::{ExposeSecret as _, SecretString};

use crate::cli::context::Context;
use crate::cli::variables;
use crate::failure::{Failure, Kind};
use crate::login::read_private_key;

/// Tokens and auth URLs are far shorter.
const LONGEST: u64 = 64 * 1024;

/// What is read from standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    AccessToken,
    RefreshToken,
    AuthUrl,
}

impl Wanted {
    fn name(self) -> &'static str {
        match self {
            Self::AccessToken => "access token",
            Self::RefreshToken => "refresh token",
            Self::AuthUrl => "auth URL",
        }
    }

    fn with_article(self) -> &'static str {
        match self {
            Self::AccessToken => "an access token",
            Self::RefreshToken => "a refresh token",
            Self::AuthUrl => "an auth URL",
        }
    }

    fn option(self) -> &'static str {
        match self {
            Self::AccessToken => "--access-token-stdin",
            Self::RefreshToken => "--refresh-token-stdin",
            Self::AuthUrl => "--auth-url-stdin",
        }
    }
}

/// One secret from standard input; typed without being shown, where that is a terminal. What is
/// plainly something else is refused here, before it is sent to anybody.
pub(super) fn standard_input(
    context: &Context<'_>,
    wanted: Wanted,
) -> Result<SecretString, Failure> {
    let text = read(context, wanted.name())?;
    plain(wanted, text.expose_secret())
}

/// One secret of Webex from standard input, in the same way. `what` is its name, such as "access token".
pub(super) fn webex(context: &Context<'_>, what: &str) -> Result<SecretString, Failure> {
    let text = read(context, what)?;
    one_word(what, trimmed(text.expose_secret()))
}

/// The client secret of an app of Webex: from the environment, else asked for where somebody is there.
pub(super) fn webex_client_secret(context: &Context<'_>) -> Result<SecretString, Failure> {
    if let Some(secret) = &context.surroundings.webex_client_secret {
        return Ok(secret.clone());
    }
    let missing = || {
        Failure::usage("The app's client secret is missing.").hint(format!(
            "Put it into the environment variable {}, or pipe it into the command with \
             --client-secret-stdin. developer.webex.com shows it once, when the app is created, \
             and can issue a new one.",
            variables::WEBEX_CLIENT_SECRET.name
        ))
    };
    let prompt = context.terminal.prompt().ok_or_else(missing)?;
    let typed = prompt.hidden("The app's client secret (it is not shown)").ok_or_else(stopped)?;
    let text = typed.expose_secret().trim();
    if text.is_empty() { Err(missing()) } else { Ok(text.into()) }
}

/// What stands on standard input.
fn read(context: &Context<'_>, what: &str) -> Result<SecretString, Failure> {
    if context.surroundings.terminal.input {
        let prompt = context.terminal.prompt().ok_or_else(|| nothing(what))?;
        prompt.hidden(&format!("Paste the {what} (it is not shown)")).ok_or_else(stopped)
    } else {
        let mut text = String::new();
        io::stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(|error| {
            Failure::usage(format!("The {what} cannot be read from standard input.")).because(error)
        })?;
        Ok(SecretString::from(text))
    }
}

/// Without what came along when it was copied.
fn trimmed(text: &str) -> &str {
    let quotes = |letter| matches!(letter, '"' | '\'' | '\u{feff}');
    text.trim().trim_matches(quotes).trim()
}

/// The secret without what came along when it was copied.
fn plain(wanted: Wanted, text: &str) -> Result<SecretString, Failure> {
    let text = trimmed(text);
    let looks = if text.starts_with("force://") {
        Some(Wanted::AuthUrl)
    } else if text.starts_with("5Aep") {
        Some(Wanted::RefreshToken)
    } else if text.starts_with("00D") && text.contains('!') {
        Some(Wanted::AccessToken)
    } else {
        None
    };
    if let Some(looks) = looks.filter(|looks| *looks != wanted) {
        return Err(Failure::usage(format!(
            "What is on standard input looks like {}, and not like {}.",
            looks.with_article(),
            wanted.with_article()
        ))
        .hint(format!("Nothing was sent. Use {}.", looks.option())));
    }
    one_word(wanted.name(), text)
}

/// A secret that is one word, and not something that holds one.
fn one_word(what: &str, text: &str) -> Result<SecretString, Failure> {
    if text.is_empty() {
        return Err(nothing(what));
    }
    if text.starts_with('{') {
        return Err(Failure::usage(format!(
            "Standard input holds JSON, and not the {what} alone."
        ))
        .hint("Nothing was sent. Take the value out first, for example with jq -r."));
    }
    if text.contains(char::is_whitespace) {
        return Err(Failure::usage(format!(
            "The {what} on standard input has a blank or a line break in it."
        ))
        .hint("Nothing was sent. It is one word, without \"Bearer\" before it."));
    }
    Ok(text.into())
}

fn nothing(what: &str) -> Failure {
    Failure::usage(format!("There is no {what} on standard input.")).hint(
        "Pipe it into the command, or paste it at a terminal. Secrets are never options, where \
        other users could read them.",
    )
}

fn stopped() -> Failure {
    Failure::new(Kind::Interrupted, "Stopped; not logged in.")
}

/// The app's consumer secret: from the environment, else asked for where somebody is there.
pub(super) fn client_secret(context: &Context<'_>) -> Result<SecretString, Failure> {
    if let Some(secret) = &context.surroundings.client_secret {
        return Ok(secret.clone());
    }
    let missing = || {
        Failure::usage("The consumer secret is missing.").hint(format!(
            "Put it into the environment variable {}.",
            variables::CLIENT_SECRET.name
        ))
    };
    let prompt = context.terminal.prompt().ok_or_else(missing)?;
    let typed = prompt.hidden("The app's consumer secret (it is not shown)").ok_or_else(stopped)?;
    let text = typed.expose_secret().trim();
    if text.is_empty() { Err(missing()) } else { Ok(text.into()) }
}

/// A private key, and where it is from every folder.
pub(super) fn key(path: &Path) -> Result<(SecretString, PathBuf), Failure> {
    let unreadable = |error: io::Error| {
        Failure::usage(format!("The private key `{}` cannot be read.", path.display()))
            .hint("--jwt-key names the file of the key that belongs to the app's certificate.")
            .because(error)
    };
    Ok((read_private_key(path).map_err(unreadable)?, absolute(path).map_err(unreadable)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(wanted: Wanted, text: &str) -> String {
        let failure = plain(wanted, text).unwrap_err();
        let told = format!("{} {}", failure.message(), failure.advice().join(" "));
        assert!(!told.contains("s3cret"), "{told}");
        told
    }

    #[test]
    fn what_was_copied_along_is_taken_off() {
        for text in ["00D1!x", " 00D1!x\n", "\"00D1!x\"\n", "\u{feff}00D1!x\r\n", "'00D1!x'"] {
            assert_eq!(
                plain(Wanted::AccessToken, text).unwrap().expose_secret(),
                "00D1!x",
                "{text}"
            );
        }
        assert_eq!(plain(Wanted::AccessToken, "eyJ.a.b").unwrap().expose_secret(), "eyJ.a.b");
    }

    #[test]
    fn what_is_plainly_something_else_is_not_sent() {
        for (wanted, text, says) in [
            (Wanted::AccessToken, "force://a::s3cret@b", "--auth-url-stdin"),
            (Wanted::AccessToken, "5Aeps3cret", "a refresh token"),
            (Wanted::RefreshToken, "00D1!s3cret", "--access-token-stdin"),
            (Wanted::AuthUrl, "5Aeps3cret", "--refresh-token-stdin"),
            (Wanted::AccessToken, "Bearer 00D1!s3cret", "without \"Bearer\""),
            (Wanted::AccessToken, "00D1!s3\ncret", "line break"),
            (Wanted::AccessToken, "{\"accessToken\": \"s3cret\"}", "jq -r"),
            (Wanted::AccessToken, "\n", "Pipe it"),
        ] {
            let told = told(wanted, text);
            assert!(told.contains(says), "{told}");
        }
    }
}
