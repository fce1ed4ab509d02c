//! `provision orgs`: who is logged in where.

use clap::Args;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::state;
use crate::failure::Failure;
use crate::login::{Logins, WebexLogins};
use crate::view::{render_logins, render_webex_logins};

const EXAMPLES: &str = "\
Examples:
  # Every login of this machine
  provision orgs
  # The same for a script
  provision orgs --output json";

/// List the orgs and Webex organizations that you are logged in to
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
    let (orgs, webex) = (Logins::of(&store).all()?, WebexLogins::of(&store).all()?);
    let (zone, screen) = (TimeZone::system(), context.terminal.settings().out);
    let mut text = String::new();
    if !orgs.is_empty() || webex.is_empty() {
        text.push_str(&render_logins(&orgs, &zone, screen));
    }
    if !webex.is_empty() {
        text.push_str(if text.is_empty() { "" } else { "\n" });
        text.push_str(&render_webex_logins(&webex, &zone, screen));
    }
    let webex = webex.iter().map(|login| {
        let mut shown = json!(login);
        // What tells it from a login to an org, whose kind is the org's.
        shown["kind"] = json!("webex");
        shown
    });
    Ok((orgs.iter().map(|login| json!(login)).chain(webex).collect(), text))
}
