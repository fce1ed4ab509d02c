//! `provision apply`, and `provision` without a command: make the org match the configuration.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::context::Context;
use crate::cli::exit::Strictness;
use crate::cli::job::{Data, DeletedCallCenters, Job};
use crate::cli::run;
use crate::cli::selection::SelectionArguments;
use crate::engine::{Goal, WhenBusy};

const EXAMPLES: &str = "\
Examples:
  # Set up the emulated org
  provision --org demo
  # Daily onboarding: give new agents their phone and touch nothing else
  provision --org demo apply --only users,permission-set
  # In a script: no questions, one JSON document on standard output
  provision --org demo apply --yes --output json
  # Apply a plan saved by `provision plan --save`
  provision --org demo apply monday.json
  # In production: name the org to confirm
  provision --instance-url https://acme.my.salesforce.com apply --confirm acme";

/// Make the org match the configuration (the default command)
///
/// Compares the org with the configuration, shows the plan, asks for approval at a terminal, and
/// applies the changes: first the package, then the call center, its settings and the page layouts
/// in one deployment, then the users. Whatever already matches is left alone, so it is safe to run
/// again.
#[derive(Debug, Clone, Default, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct ApplyCommand {
    /// A saved plan: apply exactly its changes, or none if the org has changed since
    #[arg(value_name = "PLAN")]
    pub(in crate::cli) saved: Option<PathBuf>,
    /// What may also be said without the command's name.
    #[command(flatten)]
    pub(in crate::cli) options: ApplyArguments,
}

/// The options of `apply`, which is also what `provision` without a command does.
#[derive(Debug, Clone, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(next_help_heading = "Options for apply")]
pub(in crate::cli) struct ApplyArguments {
    /// Allow changes to this production org, given by My Domain name or id
    #[arg(long, value_name = "ORG")]
    pub(in crate::cli) confirm: Option<String>,
    /// Allow a clean upgrade to delete the package's data in this org, given by My Domain name or
    /// id
    #[arg(long = "yes-delete-data", value_name = "ORG")]
    pub(in crate::cli) delete_data: Option<String>,
    /// Do not export the package's data before a clean upgrade
    #[arg(long, conflicts_with = "export")]
    pub(in crate::cli) no_export: bool,
    /// Folder for the exported data [default: provision-export-ORG-TIME]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) export: Option<PathBuf>,
    /// Allow more than a fifth of the users to lose their call center or a permission set
    #[arg(long)]
    pub(in crate::cli) allow_removals: bool,
    /// Delete call centers made from older definitions of the connector once they have no users
    #[arg(long)]
    pub(in crate::cli) delete_old: bool,
    /// Show every change and every name instead of groups and shortened lists
    #[arg(long)]
    pub(in crate::cli) full: bool,
    /// Exit with 6 if manual steps are left
    #[arg(long)]
    pub(in crate::cli) strict: bool,
    /// What to do while another deployment or installation is running in the org [default: wait]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(in crate::cli) when_busy: Option<Busy>,
    /// Path of Chrome, Chromium or Edge, used for the Setup pages that have no API while you watch
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) browser: Option<PathBuf>,
    /// Which items it is about.
    #[command(flatten)]
    pub(in crate::cli) items: SelectionArguments,
}

/// What to do while somebody else deploys or installs in the org.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Busy {
    /// Wait for it to finish, check the org again and continue; for an hour at most
    Wait,
    /// Change nothing and exit with 5
    Refuse,
}

impl Busy {
    /// What was said, or what holds where nothing was.
    pub(in crate::cli) fn said(said: Option<Self>) -> WhenBusy {
        match said {
            None | Some(Self::Wait) => WhenBusy::Wait,
            Some(Self::Refuse) => WhenBusy::Refuse,
        }
    }
}

impl ApplyArguments {
    /// The options that were said, as help calls them.
    pub(in crate::cli) fn said(&self) -> Vec<&'static str> {
        let options = [
            (self.confirm.is_some(), "--confirm <ORG>"),
            (self.delete_data.is_some(), "--yes-delete-data <ORG>"),
            (self.no_export, "--no-export"),
            (self.export.is_some(), "--export <DIR>"),
            (self.allow_removals, "--allow-removals"),
            (self.delete_old, "--delete-old"),
            (self.full, "--full"),
            (self.strict, "--strict"),
            (self.when_busy.is_some(), "--when-busy <WHAT>"),
            (self.browser.is_some(), "--browser"),
        ];
        let said = options.into_iter().filter(|(is_said, _)| *is_said).map(|(_, name)| name);
        said.chain(self.items.said()).collect()
    }

    /// What was said behind the command's name, completed by what was said before it.
    pub(in crate::cli) fn or(self, before: Self) -> Self {
        Self {
            confirm: self.confirm.or(before.confirm),
            delete_data: self.delete_data.or(before.delete_data),
            no_export: self.no_export || before.no_export,
            export: self.export.or(before.export),
            allow_removals: self.allow_removals || before.allow_removals,
            delete_old: self.delete_old || before.delete_old,
            full: self.full || before.full,
            strict: self.strict || before.strict,
            when_busy: self.when_busy.or(before.when_busy),
            browser: self.browser.or(before.browser),
            items: self.items.or(before.items),
        }
    }
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &ApplyCommand) -> u8 {
    let strictness = Strictness { check: false, strict: own.options.strict };
    let confirm = own.options.confirm.as_deref();
    let saved = own.saved.as_deref();
    let when_busy = Busy::said(own.options.when_busy);
    let ApplyArguments { allow_removals, delete_old, full, no_export, .. } = own.options;
    let export = own.options.export.as_deref();
    let data = if no_export { Data::Dropped } else { Data::Kept(export) };
    let delete_data = own.options.delete_data.as_deref();
    let selection = &own.options.items.selection();
    let browser = own.options.browser.as_deref();
    let deleted = if delete_old { DeletedCallCenters::Old } else { DeletedCallCenters::None };
    let job = Job { confirm, allow_removals, strictness, deleted, ..Job::to(Goal::Apply) };
    run::run(context, Job { saved, full, when_busy, delete_data, data, selection, browser, ..job })
}
