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
  # What would change in the emulated org
  provision --org demo plan
  # In a script: exit code 3 when anything would change
  provision --org demo plan --check --output json
  # To be read today, and applied on Monday as it stands or not at all
  provision --org demo plan --save monday.json";

/// Show every change that `apply` would make, and stop
///
/// Nothing in the org is changed. The plan is whole even for an org that has nothing yet: what can
/// only be known once the package is installed says so.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct PlanArguments {
    /// Exit with 3 when there are changes
    #[arg(long)]
    check: bool,
    /// Let the org check the deploy of the plan, without keeping anything of it
    #[arg(long)]
    validate: bool,
    /// Save the plan, to be carried out as it stands with `provision apply FILE`
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Delete the connector's call centers of other definitions once nobody is in them
    #[arg(long)]
    delete_old: bool,
    /// List every user and page layout, even where many change alike
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
