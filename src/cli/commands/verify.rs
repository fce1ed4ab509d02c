//! `provision verify`: compare every item with the org, or watch a test call.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::job::Job;
use crate::cli::selection::SelectionArguments;
use crate::cli::{run, test_call};
use crate::engine::Goal;

const EXAMPLES: &str = "\
Examples:
  # Check that the emulated org is as configured
  provision --org demo verify
  # In a nightly script: exit code 3 if anything differs
  provision --org demo verify --output json
  # Wait for a test call and show its Task in Salesforce
  provision --org uat verify --call";

/// Compare the org with the configuration; exit with 3 if anything differs
///
/// Changes nothing. Open manual steps do not count as differences. Items that somebody confirmed
/// are listed as confirmed, unless the org shows otherwise: then they differ.
///
/// With --call it waits until an agent takes a call, and shows the Task that the connector creates:
/// its owner, the related record, the package's fields, and the fields that the call center's
/// settings fill. It waits until all of them are filled or time runs out. It exits with 3 if a
/// field stays empty, and with 1 if no call comes in.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct VerifyArguments {
    /// Wait for a test call and show the Task it creates
    #[arg(long, conflicts_with_all = ["full", "only", "skip"])]
    call: bool,
    /// Minutes to wait for the call
    #[arg(long, value_name = "N", default_value_t = 10, requires = "call", value_parser = clap::value_parser!(u16).range(1..=120))]
    minutes: u16,
    /// Show every change and every name instead of groups and shortened lists
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
