//! `provision export`: the deployable part of a plan as a source folder.

use std::path::PathBuf;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::job::Job;
use crate::cli::run;
use crate::engine::Goal;

const EXAMPLES: &str = "\
Examples:
  # What would be deployed to the emulated org
  provision --org demo export webex
  # For a real org, and then its own deploy
  provision --instance-url https://acme.my.salesforce.com export webex
  cd webex && sf project deploy start --source-dir force-app";

/// Write what would be deployed as a Salesforce DX source folder
///
/// For orgs that are changed by others: the call center, the page layout assignments and whatever
/// else travels in the deploy, with a manifest. Installing the package and assigning users are no
/// metadata, and are not in it. Nothing in the org is changed.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct ExportArguments {
    /// A new or empty folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &ExportArguments) -> u8 {
    run::run(context, Job { export: Some(&own.folder), ..Job::to(Goal::Export) })
}
