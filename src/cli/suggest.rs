//! The option that was meant, where clap's own guess is none or a poor one.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::model::nearest;

/// Ways to log in that other tools have, and why there are none here.
const NOT_OFFERED: [(&str, &str); 5] = [
    ("password", PASSWORD),
    ("soap", "SOAP login() is gone from API version 65 on, and older versions retire in June 2027"),
    ("device", "Salesforce blocks the device flow: log in in the browser, or with --jwt-key"),
    (
        "access-token",
        "secrets are never options, where others could read them; use --access-token-stdin",
    ),
    (
        "refresh-token",
        "secrets are never options, where others could read them; use --refresh-token-stdin",
    ),
];

const PASSWORD: &str =
    "Salesforce blocks logins by password in new orgs: log in in the browser, or with --jwt-key";

/// Adds to an error about an unknown option the command that has it, or the one that was meant.
pub(super) fn complete(error: &mut clap::Error, tree: &Command, arguments: &[OsString]) {
    if error.kind() != ErrorKind::UnknownArgument {
        return;
    }
    let Some(ContextValue::String(unknown)) = error.get(ContextKind::InvalidArg) else { return };
    let Some(unknown) = unknown.strip_prefix("--").map(str::to_owned) else { return };
    if let Some((_, why)) = NOT_OFFERED.iter().find(|(option, _)| *option == unknown)
        && command_of(tree, arguments).get_name() == "login"
    {
        error.remove(ContextKind::SuggestedArg);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![(*why).into()]));
        return;
    }
    let owner = tree.get_subcommands().find(|other| options(other).any(|own| own == unknown));
    if let Some(owner) = owner {
        let tip = format!("'--{unknown}' is an option of 'provision {}'", owner.get_name());
        error.remove(ContextKind::SuggestedArg);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
        return;
    }
    let own = options(command_of(tree, arguments)).chain(options(tree));
    if let Some(meant) = nearest(&unknown, own) {
        let meant = ContextValue::String(format!("--{meant}"));
        error.insert(ContextKind::SuggestedArg, meant);
    }
}

/// The command that the words name.
fn command_of<'a>(tree: &'a Command, arguments: &[OsString]) -> &'a Command {
    let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    words.fold(tree, |command, word| command.find_subcommand(word).unwrap_or(command))
}

fn options(command: &Command) -> impl Iterator<Item = &str> {
    command.get_arguments().filter_map(|argument| argument.get_long())
}
