//! `provision export`: what a deploy can bring about of the configuration, as a source folder.

use std::path::PathBuf;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::job::Job;
use crate::cli::run;
use crate::engine::{Goal, SourceOf};

const EXAMPLES: &str = "\
Examples:
  # All that the demo's configuration wants of the emulated org
  provision --org demo export webex
  # What that org does not have yet
  provision --org demo export changed --changes
  # For a real org, and then its own deploy
  provision --instance-url https://acme.my.salesforce.com export webex
  cd webex && sf project deploy start --source-dir force-app";

/// Write what is configured as a Salesforce DX source folder
///
/// For orgs that others deploy to: the call center with all its values, the page layout assignments,
/// and whatever else of the configuration a deploy can bring about, with a manifest. All of it is
/// written, whether the org has it already or not; --changes writes only what the org does not have
/// yet. Installing the package and assigning users are not metadata: you are told what the folder does
/// not hold. Nothing in the org is changed.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct ExportArguments {
    /// A new or empty folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// Only what the org does not have yet
    #[arg(long)]
    changes: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &ExportArguments) -> u8 {
    let source = if own.changes { SourceOf::Changes } else { SourceOf::Configuration };
    run::run(context, Job { export: Some(&own.folder), ..Job::to(Goal::Export(source)) })
}
