//! `provision completions`: a script that lets a shell complete the command line.

use clap::Args;
use serde_json::json;

use crate::cli::complete::Shell;
use crate::cli::context::Context;

const EXAMPLES: &str = "\
Examples:
  # For bash, from the next shell on
  provision completions bash > ~/.local/share/bash-completion/completions/provision
  # For zsh, in a folder of its $fpath
  provision completions zsh > ~/.zfunc/_provision
  # For fish
  provision completions fish > ~/.config/fish/completions/provision.fish
  # For elvish
  provision completions elvish >> ~/.config/elvish/rc.elv
  # For PowerShell
  provision completions powershell >> $PROFILE";

/// Print a completion script for your shell
///
/// Save it where your shell looks for completions. Besides commands and options it completes what this
/// machine knows: org aliases, items, profiles in the configuration and run ids. No org is contacted,
/// and the script need not be renewed when provision is updated.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct CompletionsArguments {
    /// Which shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &CompletionsArguments) -> u8 {
    let script = own.shell.script().to_owned();
    let data = json!({ "shell": own.shell.name(), "script": script });
    context.answer("completions", Ok((data, script)))
}
