//! `provision verify`: compare every item with the org.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::job::Job;
use crate::cli::run;
use crate::cli::selection::SelectionArguments;
use crate::engine::Goal;

const EXAMPLES: &str = "\
Examples:
  # Is the emulated org as configured?
  provision --org demo verify
  # In a script, every night: exit code 3 when anything differs
  provision --org demo verify --output json";

/// Compare every item with the org; exit with 3 if any differs
///
/// Nothing in the org is changed. What is left to people is no difference, and what they have
/// confirmed is listed as that.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct VerifyArguments {
    /// List every user and page layout, also where many change alike
    #[arg(long)]
    full: bool,
    /// Which items it is about.
    #[command(flatten)]
    items: SelectionArguments,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &VerifyArguments) -> u8 {
    let selection = &own.items.selection();
    run::run(context, Job { selection, full: own.full, ..Job::to(Goal::Verify) })
}
