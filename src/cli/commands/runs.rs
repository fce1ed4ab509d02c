//! `provision runs`: what was done on this machine.

use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::state;
use crate::failure::{Failure, Kind};
use crate::journal::{Record, Store, summary};
use crate::model::{Command, Hint};
use crate::view::{render_run, render_runs};

const EXAMPLES: &str = "\
Examples:
  # Every run, newest first
  provision runs
  # One run, step by step; the first letters of its id are enough
  provision runs show 0193a5";

/// List past runs, or show one
///
/// Each run that changed something, or tried to, has a journal in the state directory. `show`
/// tells it step by step.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct RunsArguments {
    #[command(subcommand)]
    command: Option<RunsCommand>,
}

#[derive(Debug, Clone, Subcommand)]
enum RunsCommand {
    /// Show one run, step by step
    ///
    /// What it planned, what it asked of the org and when, and how it ended.
    #[command(after_long_help = EXAMPLES)]
    Show {
        /// Its id, or as many of the first letters as tell it from the others
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
    let mut found = store.journals(id)?;
    let Some(records) = found.pop() else {
        return Err(Failure::usage(format!("No run's id begins with `{id}`."))
            .hint(Hint::command("", Command::of_machine("runs"), " lists them all.")));
    };
    if !found.is_empty() {
        return Err(ambiguous(id, &found, &records));
    }
    let screen = context.terminal.settings().out;
    let text = render_run(&records, &TimeZone::system(), screen);
    Ok((json!(records), text))
}

fn ambiguous(id: &str, others: &[Vec<Record>], last: &[Record]) -> Failure {
    const SHOWN: usize = 5;
    let ids: Vec<String> = others
        .iter()
        .map(Vec::as_slice)
        .chain([last])
        .filter_map(summary)
        .map(|run| run.run)
        .collect();
    let mut hint = format!("Write some letters more: {}", ids[..ids.len().min(SHOWN)].join(", "));
    if ids.len() > SHOWN {
        hint.push_str(" …");
    }
    let count = others.len() + 1;
    Failure::new(Kind::Usage, format!("The ids of {count} runs begin with `{id}`.")).hint(hint)
}
