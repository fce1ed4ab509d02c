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
  # What would go, what would come back, what is in the way
  provision --org demo uninstall --plan
  # Do it; you are asked to type which org it is
  provision --org demo uninstall
  # In a script
  provision --org uat uninstall --yes-delete-data acme--uat --output json
  # In production both must name the org
  provision --instance-url https://acme.my.salesforce.com uninstall --confirm acme --yes-delete-data acme";

const COMMAND: &str = "uninstall";

/// Take the connector out of the org and put back what was there before
///
/// Users leave the call center, page layouts go back to what they were, call centers and whatever
/// else provision made are deleted, and the package is uninstalled. Values that somebody else has
/// changed since stay. The data in the package's fields and objects goes for good: it is written to
/// CSV files first.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct UninstallArguments {
    /// How the package is taken out.
    #[command(flatten)]
    removal: RemovalArguments,
    /// Delete this clone of the connector's call center too, by its internal name; may be repeated
    #[arg(long = "delete-call-center", value_name = "NAME")]
    delete_call_centers: Vec<String>,
    /// Path of Chrome, Chromium or Edge, which does in Setup what no API can, while you watch
    #[arg(long, value_name = "PATH", conflicts_with = "plan")]
    browser: Option<PathBuf>,
    /// Which items it is about.
    #[command(flatten)]
    items: SelectionArguments,
    /// Give up an unfinished uninstall, so that `apply` works again
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
        "What has begun in this org is no uninstall, but an upgrade of the package (run {}), which is not \
         through.",
        begun.run
    ))
    .hint(Hint::command("To go on with it, run", Command::of_org("apply"), "."))
    .hint(Hint::command("To take the connector out instead, run", Command::of_org("uninstall"), "."))
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
    let begun = place.unfinished().ok().flatten();
    if let Some(upgrade) = begun.as_ref().filter(|begun| begun.is_upgrade()) {
        return Err(still_upgrading(upgrade));
    }
    let run = begun.map(|begun| begun.run);
    place.finish()?;
    let text = if is_under_way {
        let of_run = run.as_ref().map(|run| format!(" of run {run}")).unwrap_or_default();
        let apply = Command::of_org("apply").within(&globals.invocation());
        format!(
            "The uninstall{of_run} is given up. What it has taken out stays out until `{apply}` brings \
             it back.\n"
        )
    } else {
        "No uninstall is under way in this org.\n".to_owned()
    };
    let abandoned = is_under_way.then(|| run.unwrap_or_else(|| "unknown".to_owned()));
    Ok((json!({ "abandoned": abandoned }), text))
}
