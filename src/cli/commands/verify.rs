//! `provision verify`: compare every item with the org, or watch a test call.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::job::Job;
use crate::cli::selection::SelectionArguments;
use crate::cli::{run, test_call};
use crate::engine::Goal;

const EXAMPLES: &str = "\
Examples:
  # Is the emulated org as configured?
  provision --org demo verify
  # In a script, every night: exit code 3 when anything differs
  provision --org demo verify --output json
  # Somebody takes a test call: what comes of it in Salesforce?
  provision --org uat verify --call";

/// Compare every item with the org; exit with 3 if any differs
///
/// Nothing in the org is changed. Steps that are left to people are no difference, and what they have
/// confirmed is listed as confirmed; it is a difference where the org shows something else.
///
/// With --call it waits until an agent takes a call, and shows the Task that the connector creates for it: its
/// owner, whom it is about, the package's fields, and those that the call center's settings fill. It keeps
/// looking until all of these are filled or the time is up. Exits with 3 if one stays empty, and with 1 if no
/// call comes.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct VerifyArguments {
    /// Wait for a test call, and show the Task that comes of it
    #[arg(long, conflicts_with_all = ["full", "only", "skip"])]
    call: bool,
    /// How long to wait for the call, in minutes
    #[arg(long, value_name = "N", default_value_t = 10, requires = "call", value_parser = clap::value_parser!(u16).range(1..=120))]
    minutes: u16,
    /// List every user and page layout, even where many change alike
    #[arg(long)]
    full: bool,
    /// Which items it is about.
    #[command(flatten)]
    items: SelectionArguments,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &VerifyArguments) -> u8 {
    if own.call {
        return test_call::run(context, own.minutes);
    }
    let selection = &own.items.selection();
    run::run(context, Job { selection, full: own.full, ..Job::to(Goal::Verify) })
}
