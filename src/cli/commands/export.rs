//! `provision export`: what a deploy can bring about of the configuration, as a source folder.

use std::path::PathBuf;

use clap::Args;

use crate::cli::context::Context;
use crate::cli::job::Job;
use crate::cli::run;
use crate::engine::{Goal, SourceOf};

const EXAMPLES: &str = "\
Examples:
  # Everything in the demo's configuration
  provision --org demo export webex
  # Only what the org does not have yet
  provision --org demo export changed --changes
  # For a real org, deployed with the Salesforce CLI
  provision --instance-url https://acme.my.salesforce.com export webex
  cd webex && sf project deploy start --source-dir force-app";

/// Write the configuration as a Salesforce DX source folder
///
/// For orgs that somebody else deploys to. The folder contains the call center with all its
/// settings, the page layout assignments and everything else in the configuration that can be
/// deployed, with a manifest. Everything is written, even what the org already has; --changes
/// leaves that out. Package installation and user assignments are not metadata: what the folder
/// leaves out is listed. Changes nothing in the org.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct ExportArguments {
    /// A new or empty folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// Write only what the org does not have yet
    #[arg(long)]
    changes: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &ExportArguments) -> u8 {
    let source = if own.changes { SourceOf::Changes } else { SourceOf::Configuration };
    run::run(context, Job { export: Some(&own.folder), ..Job::to(Goal::Export(source)) })
}
