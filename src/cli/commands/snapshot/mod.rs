//! `provision snapshot`: what of the connector is in an org, kept in a file, compared and brought back.

mod diff;
mod restore;
mod save;

use clap::{Args, Subcommand};

use self::diff::DiffArguments;
use self::restore::RestoreArguments;
use self::save::SaveArguments;
use crate::cli::context::Context;

const EXAMPLES: &str = "\
Examples:
  # Before a change, for the ticket
  provision --org demo snapshot save before.toml
  # What has changed since
  provision --org demo snapshot diff before.toml
  # Back to it
  provision --org demo snapshot restore before.toml
  # How two orgs differ
  provision snapshot diff production.toml sandbox.toml

A snapshot holds names and values of the org's setup, user names among them, and no secrets.";

/// Save an org's connector setup to a file, compare it, or go back to it
///
/// A snapshot is one readable file: the package's version, every call center of the connector with its
/// settings, who is in which call center, who uses which Task page layout, who has the connector's
/// permission sets, the region, state sync, your softphone layout, and what the Webex organization has of
/// it where one is configured. Taking one changes nothing.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct SnapshotArguments {
    #[command(subcommand)]
    command: SnapshotCommand,
}

#[derive(Debug, Clone, Subcommand)]
enum SnapshotCommand {
    Save(SaveArguments),
    Diff(DiffArguments),
    Restore(RestoreArguments),
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &SnapshotArguments) -> u8 {
    match &own.command {
        SnapshotCommand::Save(own) => save::run(context, own),
        SnapshotCommand::Diff(own) => diff::run(context, own),
        SnapshotCommand::Restore(own) => restore::run(context, own),
    }
}
