//! `provision orgs`: who is logged in where, and which org is meant where none is named.

use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::demos::{DEMOS, Demo};
use crate::cli::state;
use crate::failure::Failure;
use crate::login::{Logins, WebexLogins};
use crate::model::{Command, Hint, nearest};
use crate::view::{DefaultOrg, render_logins, render_webex_logins};

const EXAMPLES: &str = "\
Examples:
  # List every login on this machine
  provision orgs
  # Include URLs, ids and where the secrets are stored
  provision orgs --verbose
  # Use this org for commands without --org
  provision orgs default uat
  # Clear the default org
  provision orgs default --none";

/// List your logins, or choose the default org
///
/// Contacts no org and reads no secret. Commands without `--org`, `--instance-url` and
/// `PROVISION_ORG` use the default org.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct OrgsArguments {
    #[command(subcommand)]
    command: Option<OrgsCommand>,
    /// Show URLs, ids, and where the secrets are stored
    #[arg(long, short)]
    verbose: bool,
}

#[derive(Debug, Clone, Subcommand)]
enum OrgsCommand {
    /// Choose the org for commands that do not name one
    ///
    /// Stored in the state directory. `--org`, `--instance-url` and `PROVISION_ORG` take
    /// precedence.
    #[command(after_long_help = EXAMPLES)]
    Default {
        /// Alias of the org; without it, the default org is shown
        #[arg(value_name = "ALIAS")]
        alias: Option<String>,
        /// Clear the default org
        #[arg(long, conflicts_with = "alias")]
        none: bool,
    },
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &OrgsArguments) -> u8 {
    match &own.command {
        None => context.answer("orgs", list(context, own.verbose)),
        Some(OrgsCommand::Default { alias, none }) => {
            context.answer("orgs default", choose(context, alias.as_deref(), *none))
        }
    }
}

fn list(context: &Context<'_>, verbose: bool) -> Result<(Value, String), Failure> {
    let store = state::store(&context.globals, context.surroundings)?;
    let logins = Logins::of(&store);
    let (orgs, default) = (logins.all()?, logins.default_org()?);
    let webex = WebexLogins::of(&store).all()?;
    let (zone, screen) = (TimeZone::system(), context.terminal.settings().out);
    let invocation = context.globals.invocation();
    let mut text = String::new();
    let default = default
        .as_deref()
        .map(|alias| DefaultOrg { alias, is_emulated: Demo::of(alias).is_some() });
    if !orgs.is_empty() || webex.is_empty() || default.is_some() {
        text.push_str(&render_logins(&orgs, (default, verbose), &invocation, &zone, screen));
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

fn choose(
    context: &Context<'_>,
    alias: Option<&str>,
    none: bool,
) -> Result<(Value, String), Failure> {
    let store = state::store(&context.globals, context.surroundings)?;
    let logins = Logins::of(&store);
    if none {
        logins.choose_default_org(None)?;
    } else if let Some(alias) = alias {
        let all = logins.all()?;
        let demos = || DEMOS.iter().map(|demo| demo.alias);
        let known = || all.iter().map(|login| login.alias.as_str()).chain(demos());
        if !known().any(|known| known == alias) {
            let failure = Failure::usage(format!("There is no login for the org `{alias}`."));
            return Err(match nearest(alias, known()) {
                Some(near) => failure.hint(format!("Did you mean `{near}`?")),
                None => failure.hint(Hint::command(
                    "",
                    Command::of_machine("orgs"),
                    " lists your logins.",
                )),
            });
        }
        logins.choose_default_org(Some(alias))?;
    }
    let chosen = logins.default_org()?;
    let text = match &chosen {
        Some(alias) => format!("Commands that name no org now use `{alias}`.\n"),
        None => "No default org is set. Name one with --org.\n".to_owned(),
    };
    Ok((json!({ "alias": chosen }), text))
}
