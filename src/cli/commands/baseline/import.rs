//! `provision baseline import`: a baseline from a file.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::{org, runtime, state};
use crate::engine::{self, BaselineFile, Import, Imported, Unwatched};
use crate::failure::Failure;
use crate::view::{Answer, render_imported_baseline};

const EXAMPLES: &str = "\
Examples:
  # For the same org
  provision --org demo baseline import b.json
  # For a sandbox, from its production org
  provision --org uat baseline import --from-other-org production.json

A sandbox has the same names as its production org, except that usernames end in the sandbox's \
name. Users who cannot be matched are listed and left out. Changes nothing in the org.";

/// Import a baseline from a file
///
/// Reads a file written by `provision baseline export`. An existing baseline is kept unless you
/// give --replace; then it is stored next to the new one. Confirmations are imported too: of two
/// for the same item the later one counts, and those of another org are left out.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct ImportArguments {
    /// The file; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Accept the baseline of the org that this one is a copy of
    #[arg(long)]
    from_other_org: bool,
    /// Replace the existing baseline, and keep a copy of it
    #[arg(long)]
    replace: bool,
}

const COMMAND: &str = "baseline import";

/// The largest file that is read: a hundred thousand users fit into it.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// Runs the command.
pub(super) fn run(context: &Context<'_>, own: &ImportArguments) -> u8 {
    let answer = bring_in(context, own).map(|done| {
        let text = render_imported_baseline(&done, context.terminal.settings().out);
        Answer::new(data(&done), text).about(Some(done.org))
    });
    context.answer(COMMAND, answer)
}

fn bring_in(context: &Context<'_>, own: &ImportArguments) -> Result<Imported, Failure> {
    let chosen = org::choose(&context.globals, context.surroundings)?;
    let file = read(&own.file)?;
    let store = state::store(&context.globals, context.surroundings)?;
    let connection = org::connect(context, &chosen, &store)?;
    runtime::wait(engine::import(Import {
        client: connection.client.clone(),
        store: &store,
        host: &Unwatched,
        alias: context.globals.org.as_deref(),
        file: &file,
        from_other_org: own.from_other_org,
        replace: own.replace,
    }))?
}

/// Reads the file, as far as it can be one.
fn read(path: &Path) -> Result<BaselineFile, Failure> {
    let standard_input = path == Path::new("-");
    let shown =
        if standard_input { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if standard_input {
        limited(io::stdin().lock())
    } else {
        File::open(path).and_then(limited)
    };
    let bytes = bytes
        .map_err(|error| Failure::usage(format!("`{shown}` cannot be read.")).because(error))?;
    if bytes.len() as u64 > MAX_SIZE {
        return Err(Failure::usage(format!("`{shown}` is too large to be a baseline.")));
    }
    BaselineFile::read(&bytes, &shown)
}

/// Everything there is, up to a little more than is taken.
fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn data(done: &Imported) -> Value {
    let mapped: Vec<Value> =
        done.transfer.mapped.iter().map(|(from, to)| json!({ "from": from, "to": to })).collect();
    json!({
        "from": done.from,
        "values": done.transfer.baseline.entries.len(),
        "mapped": mapped,
        "confirmations": done.confirmations.taken,
        "confirmations_left_out": done.confirmations.left_out,
        "left_out": done.transfer.left_out,
        "missing": done.transfer.missing,
        "replaced": done.replaced,
        "run": done.run,
    })
}
