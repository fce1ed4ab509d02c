//! `provision status`: what of the connector is in an org.

use clap::Args;
use serde_json::Value;

use crate::checklist::Inventory;
use crate::cli::context::Context;
use crate::cli::exit;
use crate::cli::survey::survey;
use crate::engine::OrgReport;
use crate::failure::{Failure, Kind};
use crate::view::{Document, render_status};

const EXAMPLES: &str = "\
Examples:
  # What is in the emulated org
  provision --org demo status
  # The same for a script
  provision --org demo status --output json";

const COMMAND: &str = "status";

/// Show what of the connector is in an org
///
/// Needs no configuration: the package, every call center and who is in it, who uses the package's
/// Task page layouts, the data centre in the package's settings, what state sync has, your softphone
/// layout, and what looks like the remains of an earlier installation. Nothing is changed.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct StatusArguments {}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>) -> u8 {
    let seen = survey(context, async |survey| {
        let inventory = Inventory::take(&survey.state);
        Ok((survey.org, inventory))
    });
    match seen.and_then(|(org, inventory)| Ok((document(&inventory)?, org, inventory))) {
        Ok((data, org, inventory)) => {
            show(context, data, org, &inventory);
            exit::DONE
        }
        Err(failure) => context.trouble(COMMAND, failure),
    }
}

fn document(inventory: &Inventory) -> Result<Value, Failure> {
    serde_json::to_value(inventory)
        .map_err(|error| Failure::new(Kind::Bug, "The document cannot be written.").because(error))
}

fn show(context: &Context<'_>, data: Value, org: OrgReport, inventory: &Inventory) {
    if context.for_script() {
        let document = Document::done(COMMAND, data).about(Some(org));
        context.terminal.document(&document, context.format());
    } else {
        context.terminal.out(&render_status(&org, inventory, context.terminal.settings().out));
    }
}
