//! `provision schema`: what editors need to help with a configuration.

use clap::Args;

use crate::cli::context::Context;
use crate::config;

const EXAMPLES: &str = "\
Examples:
  # For an editor of TOML, beside provision.toml, whose first line then is
  # #:schema ./provision.schema.json
  provision schema > provision.schema.json";

/// Print the JSON Schema of provision.toml, for editors
///
/// An editor that reads it completes keys, shows what each means and what it may hold, and marks
/// what is wrong: Even Better TOML in Visual Studio Code, and any other that uses Taplo.
#[derive(Debug, Clone, Copy, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct SchemaArguments {}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, _own: SchemaArguments) -> u8 {
    let schema = config::schema();
    let text = format!("{schema:#}\n");
    context.answer("schema", Ok((schema, text)))
}
