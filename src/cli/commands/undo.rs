//! `provision undo`: take runs back.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::job::End;
use crate::cli::removal::RemovalArguments;
use crate::cli::run;

const EXAMPLES: &str = "\
Examples:
  # What the last run changed, and what taking it back would do
  provision --org demo undo --plan
  # Take the last run back
  provision --org demo undo
  # Back to what was there before that run: it and every later one are taken back
  provision --org demo undo 0193a5
  # An undo is a run too, and can be taken back itself
  provision --org demo runs
  provision --org demo undo 0193b7";

/// Take runs back, so that the org is as it was before them
///
/// Goes by the journals on this machine. Without ID, it takes back the newest run that still stands;
/// with ID, that run and every later one. What somebody else has changed since then stays. Where the
/// runs installed the package, this uninstalls it, and asks what `uninstall` asks; where they removed
/// something, it comes back as far as the configuration still asks for it.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct UndoArguments {
    /// The run, or as many of its id's first letters as tell it from the others
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
