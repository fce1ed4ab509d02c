//! `provision plan`: show every change, and stop.

use std::path::PathBuf;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::exit::Strictness;
use crate::cli::job::{DeletedCallCenters, Job};
use crate::cli::run;
use crate::cli::selection::SelectionArguments;
use crate::engine::Goal;
use crate::model::Command;

const EXAMPLES: &str = "\
Examples:
  # Show what would change in the emulated org
  provision --org demo plan
  # In a script: exit code 3 if anything would change
  provision --org demo plan --check --output json
  # Review today, apply on Monday exactly as reviewed
  provision --org demo plan --save monday.json";

/// Show the changes that `apply` would make
///
/// Changes nothing. The plan is complete even for an empty org; values that are known only after
/// the package is installed are marked.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct PlanArguments {
    /// Exit with 3 if there are changes
    #[arg(long)]
    check: bool,
    /// Have the org validate the deployment without saving it
    #[arg(long)]
    validate: bool,
    /// Save the plan to a file for `provision apply FILE`
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Delete call centers made from older definitions of the connector once they have no users
    #[arg(long)]
    delete_old: bool,
    /// Show every change and every name instead of groups and shortened lists
    #[arg(long)]
    full: bool,
    /// Which items it is about.
    #[command(flatten)]
    items: SelectionArguments,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &PlanArguments) -> u8 {
    let strictness = Strictness { check: own.check, strict: false };
    let selection = own.items.selection();
    // A saved plan knows its items.
    let chosen = if own.save.is_some() { Vec::new() } else { selection.arguments() };
    let apply = Command::of_org("apply").argument("--delete-old");
    let apply = chosen.iter().fold(apply, |command, word| command.argument(word));
    run::run(
        context,
        Job {
            strictness,
            validate: own.validate,
            save: own.save.as_deref(),
            full: own.full,
            deleted: if own.delete_old {
                DeletedCallCenters::Old
            } else {
                DeletedCallCenters::None
            },
            next: own.delete_old.then_some(&apply),
            selection: &selection,
            ..Job::to(Goal::Plan)
        },
    )
}
