//! `provision snapshot save`: what of the connector is in an org, in a file.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::{exit, snapshot};
use crate::engine;
use crate::failure::Failure;
use crate::model::{Command, NotSeen, Snapshot, quoted};
use crate::view::{Answer, SavedSnapshot, render_saved_snapshot};

const EXAMPLES: &str = "\
Examples:
  # To a file named after the org and the time
  provision --org demo snapshot save
  # To a file of your choice; only an earlier snapshot is overwritten
  provision --org demo snapshot save before.toml
  # To standard output
  provision --org demo snapshot save -

What the org does not show is listed in the file, and never treated as absent.";

/// Save an org's connector setup to a file
///
/// Needs no configuration. With one, it includes the permission sets that the configuration assigns
/// and the Webex organization. Changes nothing.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct SaveArguments {
    /// The file; `-` for standard output [default: snapshot-ORG-TIME.toml]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

const COMMAND: &str = "snapshot save";

/// Runs the command.
pub(super) fn run(context: &Context<'_>, own: &SaveArguments) -> u8 {
    match save(context, own) {
        Ok(code) => code,
        Err(failure) => context.trouble(COMMAND, failure),
    }
}

fn save(context: &Context<'_>, own: &SaveArguments) -> Result<u8, Failure> {
    let to_standard_output = own.file.as_deref() == Some(Path::new("-"));
    if to_standard_output && context.for_script() {
        return Err(Failure::usage(
            "Standard output already carries the document, so it cannot carry the snapshot.",
        )
        .hint("Name a file, or leave --output out."));
    }
    if let Some(path) = own.file.as_deref().filter(|_| !to_standard_output) {
        snapshot::is_free(path)?;
    }
    let (org, taken) = snapshot::take(context)?;
    if to_standard_output {
        context.terminal.out(&engine::write_snapshot(&taken));
        return Ok(exit::DONE);
    }
    let path = own.file.clone().unwrap_or_else(|| named_after(&taken));
    snapshot::write(&path, &taken)?;
    let path = path.display().to_string();
    let answer = Answer::new(data(&path, &taken), text(context, &path, &taken)).about(Some(org));
    Ok(context.answer(COMMAND, Ok(answer)))
}

fn text(context: &Context<'_>, path: &str, taken: &Snapshot) -> String {
    let next = Command::of_org("snapshot diff").argument(path);
    let next = next.within(&context.globals.invocation()).to_string();
    let said = SavedSnapshot { snapshot: taken, path: &quoted(path), next: &next };
    render_saved_snapshot(&said, context.terminal.settings().out)
}

fn data(path: &str, taken: &Snapshot) -> Value {
    let unseen: Vec<Value> = taken
        .unseen
        .iter()
        .map(|NotSeen { item, subject, words }| {
            json!({ "item": item, "subject": subject, "words": words })
        })
        .collect();
    json!({ "file": path, "taken": taken.taken, "values": taken.rows.len(), "not_seen": unseen })
}

/// `snapshot-acme--uat-20261129-143000.toml`
fn named_after(taken: &Snapshot) -> PathBuf {
    let org = taken.org.my_domain.clone().unwrap_or_else(|| taken.org.id.long());
    // The name comes from an address, and stays one of a file of this folder.
    let org: String =
        org.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').take(80).collect();
    let time = taken.taken.strftime("%Y%m%d-%H%M%S");
    PathBuf::from(format!("snapshot-{org}-{time}.toml"))
}
