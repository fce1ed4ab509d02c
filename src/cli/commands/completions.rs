//! `provision completions`: a script that lets a shell complete the command line.

use clap::{Args, Command};
use clap_complete::Shell;
use serde_json::json;

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

/// Runs the command; `tree` is the whole command line.
pub(in crate::cli) fn run(
    context: &Context<'_>,
    own: &CompletionsArguments,
    mut tree: Command,
) -> u8 {
    let name = tree.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(own.shell, &mut tree, name, &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    let data = json!({ "shell": own.shell.to_string(), "script": script });
    context.answer("completions", Ok((data, script)))
}
