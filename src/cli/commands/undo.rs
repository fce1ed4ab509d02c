//! `provision undo`: take runs back.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::job::End;
use crate::cli::removal::RemovalArguments;
use crate::cli::run;

const EXAMPLES: &str = "\
Examples:
  # Show what undoing the last run would do
  provision --org demo undo --plan
  # Undo the last run
  provision --org demo undo
  # Undo that run and every later one
  provision --org demo undo 0193a5
  # An undo is a run too, and can be undone itself
  provision --org demo runs
  provision --org demo undo 0193b7";

/// Undo runs, so that the org is as it was before them
///
/// Uses the journals on this machine. Without ID it undoes the latest run that has not been undone;
/// with ID, that run and every later one. What somebody else has changed since is kept. If the runs
/// installed the package, it is uninstalled, with the same questions as `uninstall`; what they
/// removed comes back as far as the configuration still asks for it.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct UndoArguments {
    /// Run id, or enough of its first characters to be unique
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// How the package is taken out, where the runs have brought it.
    #[command(flatten)]
    removal: RemovalArguments,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &UndoArguments) -> u8 {
    let id = own.id.as_deref();
    run::run(context, own.removal.job(|removal| End::Undone(id, removal)))
}
