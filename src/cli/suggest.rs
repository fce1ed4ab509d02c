//! The option that was meant, where clap's own guess is none or a poor one.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::model::nearest;

/// Adds to an error about an unknown option the command that has it, or the one that was meant.
pub(super) fn complete(error: &mut clap::Error, tree: &Command, arguments: &[OsString]) {
    if error.kind() != ErrorKind::UnknownArgument {
        return;
    }
    let Some(ContextValue::String(unknown)) = error.get(ContextKind::InvalidArg) else { return };
    let Some(unknown) = unknown.strip_prefix("--").map(str::to_owned) else { return };
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
