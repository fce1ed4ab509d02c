//! `provision schema`: what editors need to help with a configuration.

use clap::Args;

use crate::cli::context::Context;
use crate::config;

const EXAMPLES: &str = "\
Examples:
  # Save it next to provision.toml, and begin that file with the line
  # #:schema ./provision.schema.json
  provision schema > provision.schema.json";

/// Print the JSON Schema of provision.toml, for editors
///
/// With it, editors complete keys, show what each one means, and mark mistakes: Even Better TOML in
/// Visual Studio Code, and any other editor that uses Taplo.
#[derive(Debug, Clone, Copy, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct SchemaArguments {}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, _own: SchemaArguments) -> u8 {
    let schema = config::schema();
    let text = format!("{schema:#}\n");
    context.answer("schema", Ok((schema, text)))
}
