//! Secrets that come from outside: standard input, the environment, files.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, absolute};

use secrecy::{ExposeSecret as _, SecretString};

use crate::cli::context::Context;
use crate::cli::variables;
use crate::failure::{Failure, Kind};

/// Tokens and auth URLs are far shorter.
const LONGEST: u64 = 64 * 1024;

/// One secret from standard input; typed without being shown, where that is a terminal.
pub(super) fn standard_input(context: &Context<'_>, what: &str) -> Result<SecretString, Failure> {
    let text = if context.surroundings.terminal.input {
        let prompt = context.terminal.prompt().ok_or_else(|| nothing(what))?;
        prompt.hidden(&format!("Paste the {what} (it is not shown)")).ok_or_else(stopped)?
    } else {
        let mut text = String::new();
        io::stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(|error| {
            Failure::usage(format!("The {what} cannot be read from standard input.")).because(error)
        })?;
        SecretString::from(text)
    };
    trimmed(&text).ok_or_else(|| nothing(what))
}

fn nothing(what: &str) -> Failure {
    Failure::usage(format!("There is no {what} on standard input."))
        .hint("Pipe it into the command. It is never an option: other users could read it there.")
}

fn stopped() -> Failure {
    Failure::new(Kind::Interrupted, "Stopped at the question; nobody was logged in.")
}

fn trimmed(text: &SecretString) -> Option<SecretString> {
    let text = text.expose_secret().trim();
    (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| text.into())
}

/// The app's consumer secret: from the environment, else asked for where somebody is there.
pub(super) fn client_secret(context: &Context<'_>) -> Result<SecretString, Failure> {
    if let Some(secret) = &context.surroundings.client_secret {
        return Ok(secret.clone());
    }
    let typed = match context.terminal.prompt() {
        Some(prompt) => {
            let typed = prompt.hidden("The app's consumer secret (it is not shown)");
            trimmed(&typed.ok_or_else(stopped)?)
        }
        None => None,
    };
    typed.ok_or_else(|| {
        Failure::usage("There is no consumer secret.").hint(format!(
            "Put it into the environment variable {}.",
            variables::CLIENT_SECRET.name
        ))
    })
}

/// A private key, and where it is from every folder.
pub(super) fn key(path: &Path) -> Result<(SecretString, std::path::PathBuf), Failure> {
    let unreadable = |error: io::Error| {
        Failure::usage(format!("The private key `{}` cannot be read.", path.display()))
            .hint("--jwt-key names the file of the key that belongs to the app's certificate.")
            .because(error)
    };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    Ok((text.into(), absolute(path).map_err(unreadable)?))
}
