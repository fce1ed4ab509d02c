//! `provision todo`: what is left to a person, in order, with links.

use clap::Args;
use serde_json::json;

use crate::checklist::Selection;
use crate::cli::context::Context;
use crate::cli::{configuration, exit, run, state};
use crate::engine::{ItemOutcome, ItemReport, OrgReport};
use crate::failure::Failure;
use crate::view::{Document, render_todo};

const EXAMPLES: &str = "\
Examples:
  # The steps that are left, with links
  provision --org demo todo
  # Open the page of the first one in the browser
  provision --org demo todo --open
  # Once they are taken
  provision --org demo confirm softphone-layout csp-allow-list";

const COMMAND: &str = "todo";

/// Show what is left to a person, with links
///
/// Some steps cannot be automated. This looks at the org and lists those that are
/// still open, in their order. Nothing is changed.
#[derive(Debug, Clone, Copy, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct TodoArguments {
    /// Open the page of the first step in the browser
    #[arg(long)]
    open: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: TodoArguments) -> u8 {
    let (org, items) = match left(context) {
        Ok(left) => left,
        Err(failure) => return context.trouble(COMMAND, failure),
    };
    if context.for_script() {
        let document = Document::done(COMMAND, json!({ "items": items })).about(Some(org));
        context.terminal.document(&document, context.format());
    } else {
        let screen = context.terminal.settings().out;
        context.terminal.out(&render_todo(&org, &items, &context.globals.invocation(), screen));
    }
    if own.open
        && let Some(page) = items.iter().flat_map(|item| &item.links).next()
        && open::that_detached(page).is_err()
    {
        context.terminal.note(&format!("No browser could be opened. The page is {page}"));
    }
    exit::DONE
}

/// The items that are left to a person.
fn left(context: &Context<'_>) -> Result<(OrgReport, Vec<ItemReport>), Failure> {
    let loaded = configuration::read(&context.globals)?;
    let store = state::store(&context.globals, context.surroundings)?;
    let report = run::look(context, &loaded, &Selection::All, &store)?;
    match (report.org, report.failure) {
        (Some(org), None) => {
            let open = |item: &ItemReport| item.outcome == ItemOutcome::NeedsHuman;
            Ok((org, report.items.into_iter().filter(open).collect()))
        }
        (_, Some(failure)) => Err(failure),
        (None, None) => Err(Failure::usage("The org said nothing.")),
    }
}
