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
  # Save the setup before a change
  provision --org demo snapshot save before.toml
  # Show what has changed since
  provision --org demo snapshot diff before.toml
  # Restore it
  provision --org demo snapshot restore before.toml
  # Compare two orgs
  provision snapshot diff production.toml sandbox.toml

A snapshot contains names and values of the org's setup, including usernames, and no secrets.";

/// Save, compare or restore an org's connector setup
///
/// A snapshot is one readable file with the package version, every call center of the connector
/// with its settings, the users of each call center, Task page layouts and permission sets, the
/// region, state sync, your softphone layout and, if configured, the Webex organization's part.
/// Taking one changes nothing.
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
