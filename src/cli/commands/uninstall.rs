//! `provision uninstall`: take the connector out, and put back what was there before.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::cli::context::Context;
use crate::cli::job::{DeletedCallCenters, End, Job};
use crate::cli::removal::RemovalArguments;
use crate::cli::run;
use crate::cli::selection::SelectionArguments;
use crate::cli::{org, runtime, state};
use crate::engine;
use crate::failure::Failure;
use crate::journal::Unfinished;
use crate::model::{Command, Hint};

const EXAMPLES: &str = "\
Examples:
  # Show what would be removed and restored, and what is in the way
  provision --org demo uninstall --plan
  # Uninstall; you are asked to type the org's name
  provision --org demo uninstall
  # In a script
  provision --org uat uninstall --yes-delete-data acme--uat --output json
  # In production, both options must name the org
  provision --instance-url https://acme.my.salesforce.com uninstall --confirm acme --yes-delete-data acme";

const COMMAND: &str = "uninstall";

/// Remove the connector from the org and restore what was there before
///
/// Removes the users from the call center, restores the page layout assignments, deletes the call
/// centers and everything else that provision created, and uninstalls the package. Values that
/// somebody else has changed since are kept. The data in the package's fields and objects is
/// deleted for good; it is exported to CSV files first.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct UninstallArguments {
    /// How the package is taken out.
    #[command(flatten)]
    removal: RemovalArguments,
    /// Also delete this clone of the connector's call center, given by internal name; repeatable
    #[arg(long = "delete-call-center", value_name = "NAME")]
    delete_call_centers: Vec<String>,
    /// Path of Chrome, Chromium or Edge, used for the Setup pages that have no API while you watch
    #[arg(long, value_name = "PATH", conflicts_with = "plan")]
    browser: Option<PathBuf>,
    /// Which items it is about.
    #[command(flatten)]
    items: SelectionArguments,
    /// Abandon an unfinished uninstall so that `apply` works again
    #[arg(long, conflicts_with_all = ["plan", "confirm", "delete_data", "try_anyway", "delete_call_centers", "strict", "when_busy"])]
    abandon: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &UninstallArguments) -> u8 {
    if own.abandon {
        return context.answer(COMMAND, abandon(context));
    }
    let deleted = DeletedCallCenters::Clones(&own.delete_call_centers);
    let selection = &own.items.selection();
    let browser = own.browser.as_deref();
    let job = own.removal.job(End::Removed);
    run::run(context, Job { deleted, selection, browser, ..job })
}

/// What an upgrade has still to give back is known from nowhere else.
fn still_upgrading(begun: &Unfinished) -> Failure {
    Failure::refused(format!(
        "The unfinished run in this org is not an uninstall but a package upgrade (run {}).",
        begun.run
    ))
    .hint(Hint::command("To go on with it, run", Command::of_org("apply"), "."))
    .hint(Hint::command(
        "To uninstall the connector instead, run",
        Command::of_org("uninstall"),
        ".",
    ))
}

/// Forgets that an uninstall was under way; nothing in the org is changed.
fn abandon(context: &Context<'_>) -> Result<(serde_json::Value, String), Failure> {
    let Context { globals, surroundings, .. } = context;
    let chosen = org::choose(globals, surroundings)?;
    let store = state::store(globals, surroundings)?;
    let connection = org::connect(context, &chosen, &store)?;
    let id = runtime::wait(engine::org_id(&connection.client))??;
    let place = store.org(&id);
    let _lock = place.lock("uninstall --abandon")?;
    // Whoever gives it up need not know what it was: the file may be damaged.
    let is_under_way = place.is_taking_away()?;
    let known = place.unfinished();
    let is_damaged = known.is_err();
    let begun = known.unwrap_or_default();
    let removal = begun.iter().find(|begun| !begun.is_upgrade());
    if let (Some(upgrade), None) = (begun.first(), removal) {
        return Err(still_upgrading(upgrade));
    }
    let run = removal.map(|begun| begun.run.clone());
    place.finish(|begun| !begun.is_upgrade())?;
    let text = if is_damaged {
        let upgrade = place.unfinished()?.into_iter().next();
        let apply = Command::of_org("apply").within(&globals.invocation());
        let upgrade = upgrade.map(|upgrade| {
            format!(
                " The upgrade of run {} is still recorded: `{apply}` continues it.",
                upgrade.run
            )
        });
        format!(
            "The damaged record of unfinished work in this org is deleted.{}\n",
            upgrade.unwrap_or_default()
        )
    } else if is_under_way {
        let of_run = run.as_ref().map(|run| format!(" of run {run}")).unwrap_or_default();
        let apply = Command::of_org("apply").within(&globals.invocation());
        format!(
            "The uninstall{of_run} is abandoned. What it removed stays removed until `{apply}` restores \
             it.\n"
        )
    } else {
        "No unfinished uninstall in this org.\n".to_owned()
    };
    let abandoned = is_under_way.then(|| run.unwrap_or_else(|| "unknown".to_owned()));
    Ok((json!({ "abandoned": abandoned }), text))
}
