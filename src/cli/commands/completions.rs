//! `provision completions`: a script that lets a shell complete the command line.

use clap::{Args, Command};
use clap_complete::Shell;
use serde_json::json;

use crate::cli::complete::{Script, script};
use crate::cli::context::Context;

const EXAMPLES: &str = "\
Examples:
  # For bash, from the next shell on
  provision completions bash > ~/.local/share/bash-completion/completions/provision
  # For zsh, in a folder of its $fpath
  provision completions zsh > ~/.zfunc/_provision
  # For fish
  provision completions fish > ~/.config/fish/completions/provision.fish";

/// Print a script that lets a shell complete the command line
///
/// Keep it where your shell looks for such scripts. In bash, zsh and fish it completes what this
/// machine knows too: aliases of orgs, items, profiles of the configuration, ids of runs; no org is
/// asked. The scripts of other shells know commands and options: write them anew when provision is
/// updated.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct CompletionsArguments {
    /// Which shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// A script with the whole command line in it, for a shell that does not ask the program.
fn written(shell: Shell, mut tree: Command) -> String {
    let name = tree.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut tree, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Runs the command; `tree` is the whole command line.
pub(in crate::cli) fn run(context: &Context<'_>, own: &CompletionsArguments, tree: Command) -> u8 {
    let script = match own.shell {
        Shell::Bash => script(Script::Bash).to_owned(),
        Shell::Fish => script(Script::Fish).to_owned(),
        Shell::Zsh => script(Script::Zsh).to_owned(),
        _ => written(own.shell, tree),
    };
    let data = json!({ "shell": own.shell.to_string(), "script": script });
    context.answer("completions", Ok((data, script)))
}
