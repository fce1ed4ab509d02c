//! `provision snapshot diff`: how two snapshots differ, or a snapshot and the org as it is now.

use std::path::PathBuf;

use clap::Args;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::checklist::{Comparison, Difference, NotCompared, compare};
use crate::cli::context::Context;
use crate::cli::{exit, snapshot};
use crate::engine::Outcome;
use crate::failure::{Failure, Kind};
use crate::model::{Snapshot, SnapshotRow};
use crate::view::{Answer, CommandReport, ComparisonView, Screen, render_comparison};

const EXAMPLES: &str = "\
Examples:
  # Show what has changed in the org since
  provision --org demo snapshot diff before.toml
  # Compare two files, without an org
  provision snapshot diff before.toml after.toml
  # For a script: exit code 3 if something differs
  provision snapshot diff before.toml after.toml --output json

Two snapshots of one org are compared by ids, so that a new name is no difference. Snapshots of \
two orgs are compared by names, and a sandbox's usernames without its suffix. What one of them was \
not shown is listed and not compared.";

/// Show the differences between two snapshots, or between a snapshot and the org
///
/// Left of each arrow is the value in the first, right of it the value in the second.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct DiffArguments {
    /// A snapshot; `-` for standard input
    #[arg(value_name = "FILE")]
    one: PathBuf,
    /// Another snapshot; without it, the org as it is now
    #[arg(value_name = "OTHER")]
    other: Option<PathBuf>,
    /// Show every difference and every name instead of groups and shortened lists
    #[arg(long)]
    full: bool,
}

const COMMAND: &str = "snapshot diff";

/// Runs the command.
pub(super) fn run(context: &Context<'_>, own: &DiffArguments) -> u8 {
    match diff(context, own) {
        Ok(code) => code,
        Err(failure) => context.trouble(COMMAND, failure),
    }
}

fn diff(context: &Context<'_>, own: &DiffArguments) -> Result<u8, Failure> {
    let one = snapshot::read(&own.one)?;
    let (org, other) = if let Some(path) = &own.other {
        (None, snapshot::read(path)?)
    } else {
        let (org, taken) = snapshot::take(context)?;
        (Some(org), taken)
    };
    let found = compare(&one, &other);
    let differs = !found.differences.is_empty();
    let (outcome, code) = if differs {
        (Outcome::Differs, exit::code_of(Kind::Differs))
    } else {
        (Outcome::Done, exit::DONE)
    };
    let screen = Screen { full: own.full, ..context.terminal.settings().out };
    let view =
        ComparisonView { one: &one, other: &other, found: &found, is_now: own.other.is_none() };
    let text = render_comparison(&view, &TimeZone::system(), screen);
    let answer = Answer::new(data(&one, &other, &found), text).about(org).ending(outcome);
    Ok(context.report(&CommandReport::of_answer(COMMAND, &answer, None), code))
}

fn data(one: &Snapshot, other: &Snapshot, found: &Comparison) -> Value {
    let Comparison { same, differences, not_compared } = found;
    let differences: Vec<Value> = differences.iter().map(difference).collect();
    let not_compared: Vec<Value> = not_compared
        .iter()
        .map(|NotCompared { item, first, words }| {
            let side = if *first { "before" } else { "after" };
            json!({ "item": item, "not_seen_in": side, "words": words })
        })
        .collect();
    json!({
        "before": head(one),
        "after": head(other),
        "same": same,
        "differences": differences,
        "not_compared": not_compared,
    })
}

fn head(of: &Snapshot) -> Value {
    json!({
        "org_id": of.org.id.long(),
        "name": of.org.name,
        "kind": of.org.kind,
        "my_domain": of.org.my_domain,
        "taken": of.taken,
    })
}

/// One value that differs.
fn difference(found: &Difference) -> Value {
    let value = |row: &Option<SnapshotRow>| row.as_ref().map(|row| row.value.clone());
    json!({
        "item": found.item(),
        "subject": found.row().map(|row| &row.subject),
        "field": found.row().map(|row| &row.field),
        "before": value(&found.before),
        "after": value(&found.after),
    })
}
