//! `provision undo`: take runs back.

use std::path::PathBuf;

use clap::Args;

use super::apply::Busy;
use crate::checklist::Blockers;
use crate::cli::context::Context;
use crate::cli::exit::Strictness;
use crate::cli::job::{Data, End, Job};
use crate::cli::run;
use crate::engine::{Goal, Removal};

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

/// Take runs back: the org is as it was before them
///
/// Goes by the journals of this machine. Without ID, the newest run is taken back that was not yet;
/// with ID, that run and every later one. What somebody else has changed since stays. Where the runs
/// have installed the package, this uninstalls it, with the same consents as `uninstall`; where they
/// have removed something, it comes back as far as the configuration still asks for it.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct UndoArguments {
    /// The run, or as many of its id's first letters as tell it from the others
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Show what would be done, and stop
    #[arg(long, conflicts_with_all = ["confirm", "delete_data"])]
    plan: bool,
    /// The production org that may be changed, by its My Domain name or id
    #[arg(long, value_name = "ORG")]
    confirm: Option<String>,
    /// The org whose data in the package's fields may go, by its My Domain name or id
    #[arg(long = "yes-delete-data", value_name = "ORG")]
    delete_data: Option<String>,
    /// Do not write the package's data into files first
    #[arg(long, conflicts_with = "export")]
    no_export: bool,
    /// Folder for those files [default: provision-export-ORG-TIME]
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
    /// Go on though something is known to refer to the package, and let the org decide
    #[arg(long)]
    try_anyway: bool,
    /// List every user and page layout, also where many change alike
    #[arg(long)]
    full: bool,
    /// Exit with 6 when steps are left that only a person can do
    #[arg(long)]
    strict: bool,
    /// What to do while somebody else deploys or installs in the org [default: wait]
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "plan")]
    when_busy: Option<Busy>,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &UndoArguments) -> u8 {
    let removal = Removal {
        delete_data: own.delete_data.as_deref(),
        blockers: if own.try_anyway { Blockers::Tell } else { Blockers::Stop },
    };
    let goal = if own.plan { Goal::Plan } else { Goal::Apply };
    let strictness = Strictness { check: false, strict: own.strict };
    let confirm = own.confirm.as_deref();
    let data = if own.no_export { Data::Dropped } else { Data::Kept(own.export.as_deref()) };
    let end = End::Undone(own.id.as_deref(), removal);
    let when_busy = Busy::said(own.when_busy);
    let job = Job { end, confirm, strictness, when_busy, data, ..Job::to(goal) };
    run::run(context, Job { full: own.full, ..job })
}
