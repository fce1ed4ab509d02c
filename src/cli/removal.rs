//! The options of commands that may take the package out, and its data with it.

use std::path::PathBuf;

use clap::Args;

use super::commands::apply::Busy;
use super::exit::Strictness;
use super::job::{Data, End, Job};
use crate::checklist::Blockers;
use crate::engine::{Goal, Removal};

/// How the package is taken out, and what must be agreed to before.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(super) struct RemovalArguments {
    /// Show what would be done and stop
    #[arg(long, conflicts_with_all = ["confirm", "delete_data"])]
    plan: bool,
    /// Allow changes to this production org, given by My Domain name or id
    #[arg(long, value_name = "ORG")]
    confirm: Option<String>,
    /// Allow the package's data in this org to be deleted, given by My Domain name or id
    #[arg(long = "yes-delete-data", value_name = "ORG")]
    delete_data: Option<String>,
    /// Do not export the package's data first
    #[arg(long, conflicts_with = "export")]
    no_export: bool,
    /// Folder for the exported data [default: provision-export-ORG-TIME]
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
    /// Continue even if something is known to reference the package; the org decides
    #[arg(long)]
    try_anyway: bool,
    /// Show every change and every name instead of groups and shortened lists
    #[arg(long)]
    full: bool,
    /// Exit with 6 if manual steps are left
    #[arg(long)]
    strict: bool,
    /// What to do while another deployment or installation is running in the org [default: wait]
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "plan")]
    when_busy: Option<Busy>,
}

impl RemovalArguments {
    /// The run that was asked for, to that end.
    pub(super) fn job<'a>(&'a self, end: impl FnOnce(Removal<'a>) -> End<'a>) -> Job<'a> {
        let removal = Removal {
            delete_data: self.delete_data.as_deref(),
            blockers: if self.try_anyway { Blockers::Tell } else { Blockers::Stop },
        };
        let goal = if self.plan { Goal::Plan } else { Goal::Apply };
        let kept = Data::Kept(self.export.as_deref());
        Job {
            end: end(removal),
            confirm: self.confirm.as_deref(),
            strictness: Strictness { check: false, strict: self.strict },
            full: self.full,
            when_busy: Busy::said(self.when_busy),
            data: if self.no_export { Data::Dropped } else { kept },
            ..Job::to(goal)
        }
    }
}
