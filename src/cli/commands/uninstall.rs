//! `provision uninstall`: take the connector out, and put back what was there before.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::apply::Busy;
use crate::checklist::Blockers;
use crate::cli::context::Context;
use crate::cli::exit::Strictness;
use crate::cli::job::{Data, End, Job};
use crate::cli::run;
use crate::cli::selection::SelectionArguments;
use crate::cli::{org, runtime, state};
use crate::engine::{self, Goal, Removal};
use crate::failure::Failure;

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
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct UninstallArguments {
    /// Show what would be done, and stop
    #[arg(long, conflicts_with_all = ["confirm", "delete_data", "abandon"])]
    plan: bool,
    /// The production org that may be changed, by its My Domain name or id
    #[arg(long, value_name = "ORG")]
    confirm: Option<String>,
    /// The org whose data in the package's fields may go, by its My Domain name or id
    #[arg(long = "yes-delete-data", value_name = "ORG")]
    delete_data: Option<String>,
    /// Do not write the package's data into files first
    #[arg(long, conflicts_with = "export")]
    no_export: bool,
    /// Folder for those files [default: provision-export-ORG-TIME]
    #[arg(long, value_name = "DIR")]
    export: Option<PathBuf>,
    /// Go on though something is known to refer to the package, and let the org decide
    #[arg(long)]
    try_anyway: bool,
    /// Delete this clone of the connector's call center too, by its internal name; may be repeated
    #[arg(long = "delete-call-center", value_name = "NAME")]
    delete_call_centers: Vec<String>,
    /// List every user and page layout, also where many change alike
    #[arg(long)]
    full: bool,
    /// Exit with 6 when steps are left that only a person can do
    #[arg(long)]
    strict: bool,
    /// What to do while somebody else deploys or installs in the org [default: wait]
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "plan")]
    when_busy: Option<Busy>,
    /// Chrome, Chromium or Edge, to do in Setup what no API does; you watch it
    #[arg(long, value_name = "PATH", conflicts_with = "plan")]
    browser: Option<PathBuf>,
    /// Which items it is about.
    #[command(flatten)]
    items: SelectionArguments,
    /// Give up an uninstall that has begun and is not through, so that `apply` works again
    #[arg(long, conflicts_with_all = ["confirm", "delete_data", "try_anyway", "delete_call_centers", "strict", "when_busy"])]
    abandon: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &UninstallArguments) -> u8 {
    if own.abandon {
        return context.answer(COMMAND, abandon(context));
    }
    let removal = Removal {
        delete_data: own.delete_data.as_deref(),
        blockers: if own.try_anyway { Blockers::Tell } else { Blockers::Stop },
    };
    let goal = if own.plan { Goal::Plan } else { Goal::Apply };
    let strictness = Strictness { check: false, strict: own.strict };
    let confirm = own.confirm.as_deref();
    let data = if own.no_export { Data::Dropped } else { Data::Kept(own.export.as_deref()) };
    let end = End::Removed(removal);
    let when_busy = Busy::said(own.when_busy);
    let delete_call_centers = own.delete_call_centers.as_slice();
    let selection = &own.items.selection();
    let browser = own.browser.as_deref();
    let job = Job { end, confirm, strictness, when_busy, data, browser, ..Job::to(goal) };
    run::run(context, Job { delete_call_centers, selection, full: own.full, ..job })
}

/// Forgets that an uninstall was under way; nothing in the org is changed.
fn abandon(context: &Context<'_>) -> Result<(serde_json::Value, String), Failure> {
    let Context { globals, surroundings, .. } = context;
    let chosen = org::choose(globals, surroundings)?;
    let store = state::store(globals, surroundings)?;
    let connection = org::connect(context, &chosen, None, &store)?;
    let id = runtime::wait(engine::org_id(&connection.client))??;
    let place = store.org(&id);
    let _lock = place.lock("uninstall --abandon")?;
    // Whoever gives it up need not know what it was: the file may be damaged.
    let is_under_way = place.is_taking_away()?;
    let run = place.unfinished().ok().flatten().map(|begun| begun.run);
    place.finish()?;
    let text = if is_under_way {
        let of_run = run.as_ref().map(|run| format!(" of run {run}")).unwrap_or_default();
        format!(
            "The uninstall{of_run} is given up. What it has taken out stays out until `provision \
             apply` brings it back.\n"
        )
    } else {
        "No uninstall is under way in this org.\n".to_owned()
    };
    let abandoned = is_under_way.then(|| run.unwrap_or_else(|| "unknown".to_owned()));
    Ok((json!({ "abandoned": abandoned }), text))
}
