//! `provision completions`: a script that lets a shell complete the command line.

use clap::builder::PossibleValuesParser;
use clap::{Args, Command};
use clap_complete::Shell;
use serde_json::json;

use crate::checklist::{ItemId, Word};
use crate::cli::context::Context;

const EXAMPLES: &str = "\
Examples:
  # For bash, from the next shell on
  provision completions bash > ~/.local/share/bash-completion/completions/provision
  # For zsh, in a folder of its $fpath
  provision completions zsh > ~/.zfunc/_provision
  # For fish
  provision completions fish > ~/.config/fish/completions/provision.fish";

/// Print a script that lets a shell complete commands and options
///
/// Keep it where your shell looks for such scripts, and write it anew when provision is updated.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct CompletionsArguments {
    /// Which shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// The command line with the ids of the items that a person can confirm.
fn with_items(tree: Command) -> Command {
    let asked = ItemId::all()
        .filter(|id| id.item().is_some_and(|item| item.about().word != Word::NotAsked));
    let ids: Vec<&str> = asked.map(ItemId::as_str).collect();
    tree.mut_subcommand("confirm", |confirm| {
        confirm.mut_arg("items", |items| items.value_parser(PossibleValuesParser::new(ids)))
    })
}

/// Runs the command; `tree` is the whole command line.
pub(in crate::cli) fn run(context: &Context<'_>, own: &CompletionsArguments, tree: Command) -> u8 {
    let mut tree = with_items(tree);
    let name = tree.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(own.shell, &mut tree, name, &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let data = json!({ "shell": own.shell.to_string(), "script": script });
    context.answer("completions", Ok((data, script)))
}
