//! Which words may be an alias.

use super::LoginArguments;
use crate::cli::context::Context;
use crate::cli::demos::Demo;
use crate::failure::Failure;
use crate::model::{Command, Hint};

/// The word after `login` that means Webex.
const WEBEX: &str = "webex";

/// Longer ones break tables and nobody types them.
const LONGEST: usize = 64;

/// The alias that the command line names.
pub(super) fn chosen(context: &Context<'_>, own: &LoginArguments) -> Result<String, Failure> {
    let named = own.alias.as_ref().or(context.globals.org.as_ref());
    let alias = named.ok_or_else(|| {
        Failure::usage("No alias is given.").hint(Hint::command(
            "Give the org an alias:",
            Command::of_machine("login uat --sandbox …"),
            "",
        ))
    })?;
    check(alias).map(|()| alias.clone())
}

pub(super) fn check(alias: &str) -> Result<(), Failure> {
    let fine = |letter: char| letter.is_alphanumeric() || "-_.@+".contains(letter);
    if Demo::of(alias).is_some() {
        return Err(Failure::usage(format!(
            "`{alias}` is reserved for the emulated org inside this program."
        ))
        .hint(Hint::command(
            "It needs no login:",
            Command::alone(format!("--org {alias}")),
            ". Choose another alias for your org.",
        )));
    }
    if alias == WEBEX {
        return Err(Failure::usage(
            "`webex` cannot be an alias: it is the command for logging in to Webex.",
        )
        .hint(Hint::command(
            "For a Webex organization:",
            Command::of_machine("login webex ALIAS"),
            ". Choose another alias for an org.",
        )));
    }
    let first = alias.chars().next().is_some_and(char::is_alphanumeric);
    if first && alias.chars().all(fine) && alias.chars().count() <= LONGEST {
        return Ok(());
    }
    Err(Failure::usage(format!("`{}` cannot be an alias.", alias.escape_debug())).hint(format!(
        "An alias begins with a letter or digit, contains only letters, digits and -_.@+, and has at most {LONGEST} characters."
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_can_be_typed_and_tell_apart() {
        for good in ["uat", "prod-eu", "ada@example.com", "münchen", "7", "a.b_c+d"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in ["", "demo", "webex", "-x", "a b", "a/b", "a\n", "../x", &"x".repeat(65)] {
            assert!(check(bad).is_err(), "{bad:?}");
        }
    }
}
