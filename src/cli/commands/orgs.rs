//! `provision orgs`: who is logged in where.

use clap::Args;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::state;
use crate::failure::Failure;
use crate::login::Logins;
use crate::view::render_logins;

const EXAMPLES: &str = "\
Examples:
  # Every login of this machine
  provision orgs
  # The same for a script
  provision orgs --output json";

/// List the orgs that you are logged in to
///
/// Alias, user, org, kind, address, last use, and where the secret is. No org is called, and no
/// secret is read.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct OrgsArguments {}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>) -> u8 {
    context.answer("orgs", list(context))
}

fn list(context: &Context<'_>) -> Result<(Value, String), Failure> {
    let store = state::store(&context.globals, context.surroundings)?;
    let all = Logins::of(&store).all()?;
    let text = render_logins(&all, &TimeZone::system(), context.terminal.settings().out);
    Ok((json!(all), text))
}
