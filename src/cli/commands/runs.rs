//! `provision runs`: what was done on this machine.

use std::collections::BTreeSet;

use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::state;
use crate::failure::{Failure, Kind};
use crate::journal::{Store, summary};
use crate::model::{Command, Hint};
use crate::view::{render_run, render_runs};

const EXAMPLES: &str = "\
Examples:
  # List every run, newest first
  provision runs
  # Show one run step by step; the start of its id is enough
  provision runs show 0193a5";

/// List past runs or show one
///
/// Every run that changed something, or tried to, has a journal in the state directory.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct RunsArguments {
    #[command(subcommand)]
    command: Option<RunsCommand>,
}

#[derive(Debug, Clone, Subcommand)]
enum RunsCommand {
    /// Show a run step by step
    ///
    /// Shows what the run planned, what it changed and when, and how it ended.
    #[command(after_long_help = EXAMPLES)]
    Show {
        /// Run id, or enough of its first characters to be unique
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &RunsArguments) -> u8 {
    let store = state::store(&context.globals, context.surroundings);
    match &own.command {
        None => context.answer("runs", store.and_then(|store| list(context, &store))),
        Some(RunsCommand::Show { id }) => {
            context.answer("runs show", store.and_then(|store| show(context, &store, id)))
        }
    }
}

fn list(context: &Context<'_>, store: &Store) -> Result<(Value, String), Failure> {
    let (runs, unreadable) = store.runs()?;
    for error in unreadable {
        context.terminal.failure(&error.into());
    }
    let screen = context.terminal.settings().out;
    let text = render_runs(&runs, &TimeZone::system(), screen);
    Ok((json!(runs), text))
}

fn show(context: &Context<'_>, store: &Store, id: &str) -> Result<(Value, String), Failure> {
    let halves = store.journals(id)?;
    if halves.is_empty() {
        return Err(Failure::usage(format!("No run's id begins with `{id}`."))
            .hint(Hint::command("", Command::of_machine("runs"), " lists them all.")));
    }
    // A run about both halves has a journal for each.
    let runs: BTreeSet<String> =
        halves.iter().filter_map(|records| summary(records)).map(|run| run.run).collect();
    if runs.len() > 1 {
        return Err(ambiguous(id, &runs));
    }
    let screen = context.terminal.settings().out;
    let texts = halves.iter().map(|records| render_run(records, &TimeZone::system(), screen));
    let text = texts.collect::<Vec<_>>().join("\n");
    Ok((json!(halves.concat()), text))
}

fn ambiguous(id: &str, runs: &BTreeSet<String>) -> Failure {
    const SHOWN: usize = 5;
    let ids: Vec<&str> = runs.iter().map(String::as_str).collect();
    let mut hint = format!("Type more characters: {}", ids[..ids.len().min(SHOWN)].join(", "));
    if ids.len() > SHOWN {
        hint.push_str(" …");
    }
    let count = ids.len();
    Failure::new(Kind::Usage, format!("The ids of {count} runs begin with `{id}`.")).hint(hint)
}
