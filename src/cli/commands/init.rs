//! `provision init`: write a configuration to begin with.

use std::path::Path;

use clap::Args;
use serde_json::json;

use crate::cli::again::again;
use crate::cli::configuration;
use crate::cli::context::Context;
use crate::cli::new_file;
use crate::config;
use crate::failure::Failure;
use crate::view::begun;

const EXAMPLES: &str = "\
Examples:
  provision init                        Write ./provision.toml, with every key explained
  provision init --config uat.toml      The same under another name
  provision init --stdout | less        Only look at it";

const COMMAND: &str = "init";

/// Write a configuration to begin with
///
/// Writes provision.toml with everything that can be said, most of it switched off, and marks the
/// four places that you have to fill in.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct InitArguments {
    /// Write over a file that is there already
    #[arg(long)]
    force: bool,
    /// Print it instead of writing a file
    #[arg(long)]
    stdout: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &InitArguments) -> u8 {
    context.answer(COMMAND, blank(context, own))
}

fn blank(
    context: &Context<'_>,
    own: &InitArguments,
) -> Result<(serde_json::Value, String), Failure> {
    let text = config::template();
    if own.stdout {
        return Ok((json!({ "file": null, "text": text }), text));
    }
    let path = configuration::path(&context.globals);
    write(path, &text, own)?;
    let file = path.display().to_string();
    let said = begun(&file, &again(context), context.terminal.settings().out);
    Ok((json!({ "file": file, "text": text }), said))
}

/// Writes the file, and over another one only where that is wanted.
fn write(path: &Path, text: &str, own: &InitArguments) -> Result<(), Failure> {
    let free = new_file::write(path, text, own.force)?;
    if free {
        return Ok(());
    }
    Err(Failure::usage(format!("There is a `{}` already, which stays as it is.", path.display()))
        .hint("Name another file with --config FILE, or write over this one with --force.")
        .hint("Only look: provision init --stdout"))
}
