//! `provision logout`: no longer.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use clap::Args;
use serde_json::json;

use crate::cli::context::Context;
use crate::cli::{exit, interrupt, logins, network, run, state, vault};
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::login::{Kept, Login, Logins, Method, secrets};
use crate::salesforce::oauth::revoke;
use crate::vault::{Place, Vault};
use crate::view::Document;

const EXAMPLES: &str = "\
Examples:
  # End one login
  provision logout uat
  # End them all
  provision logout --all
  # Forget a login whose org no longer exists
  provision logout uat --local";

const COMMAND: &str = "logout";

/// Those that are open: each asks for its passphrase once.
type Vaults = HashMap<Place, Box<dyn Vault>>;

/// End a login: revoke its token, and forget its secret
///
/// The token is revoked in the org, so that nobody who has copied it can use it. Logins of the
/// Salesforce CLI stay logged in there. Baselines and journals of the org stay.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct LogoutArguments {
    /// Which one
    #[arg(value_name = "ALIAS", conflicts_with = "all")]
    alias: Option<String>,
    /// All of them
    #[arg(long)]
    all: bool,
    /// Forget it on this machine, and leave its token as it is
    #[arg(long)]
    local: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &LogoutArguments) -> u8 {
    let store = match state::store(&context.globals, context.surroundings) {
        Ok(store) => store,
        Err(failure) => return context.trouble(COMMAND, failure.into()),
    };
    let mut ended = Vec::new();
    let mut vaults = Vaults::new();
    let outcome = chosen(context, own, &Logins::of(&store)).and_then(|chosen| {
        for login in chosen {
            end(context, own, &store, &login, &mut vaults)?;
            if !context.for_script() {
                context.terminal.out(&said(&login, own.local));
            }
            ended.push(login.alias);
        }
        Ok(())
    });
    match outcome {
        Ok(()) => {
            if context.for_script() {
                let document = Document::done(COMMAND, json!({ "logged_out": ended }));
                context.terminal.document(&document, context.format());
            } else if ended.is_empty() {
                context.terminal.out("There are no logins.\n");
            }
            exit::DONE
        }
        Err(failure) => context.trouble(COMMAND, failure.into()),
    }
}

fn chosen(
    context: &Context<'_>,
    own: &LogoutArguments,
    logins: &Logins,
) -> Result<Vec<Login>, Failure> {
    if own.all {
        return Ok(logins.all()?);
    }
    let named = own.alias.as_ref().or(context.globals.org.as_ref());
    let alias = named.ok_or_else(|| {
        Failure::usage("No login is named.")
            .hint("provision logout ALIAS; `provision orgs` lists them, --all means every one.")
    })?;
    match logins.get(alias)? {
        Some(login) => Ok(vec![login]),
        None => Err(Failure::usage(format!("There is no login `{alias}`."))
            .hint("`provision orgs` lists those that there are.")),
    }
}

/// Ends one: first in the org, then here, so that a token is never forgotten and still good.
fn end(
    context: &Context<'_>,
    own: &LogoutArguments,
    store: &Store,
    login: &Login,
    vaults: &mut Vaults,
) -> Result<(), Failure> {
    let place = match login.secret {
        Place::None => None,
        place => Some(match vaults.entry(place) {
            Entry::Occupied(open) => open.into_mut(),
            Entry::Vacant(closed) => closed.insert(vault::open(context, place, store)?),
        }),
    };
    if !own.local {
        let kept = match &place {
            Some(place) => logins::read(&***place, login)
                .map_err(|failure| failure.hint("To forget it all the same, add --local."))?,
            None => logins::from_surroundings(context.surroundings, &login.method),
        };
        revoked(context, login, kept)?;
    }
    if let Some(place) = place {
        secrets::remove(&**place, login).map_err(vault::failure)?;
    }
    Logins::of(store).forget(&login.alias)?;
    Ok(())
}

fn revoked(context: &Context<'_>, login: &Login, kept: Kept) -> Result<(), Failure> {
    // With a refresh token go the access tokens that it brought. What the Salesforce CLI holds is its own.
    let token = match login.method {
        Method::SalesforceCli { .. } => None,
        _ => kept.refresh_token.or(kept.access_token),
    };
    let Some(token) = token else { return Ok(()) };
    let transport = network::transport(context, &login.instance_url)?;
    run::stoppable(context.terminal, |asked| async move {
        tokio::select! {
            revoked = revoke(&transport, &token) => revoked.map_err(|error| {
                Failure::from(error)
                    .hint(format!("`{}` is still logged in. To forget it on this machine only, \
                                   add --local; Setup > Connected Apps OAuth Usage then revokes the \
                                   token.", login.alias))
            }),
            () = interrupt::first(asked) => {
                Err(Failure::new(Kind::Interrupted, "Stopped while revoking the token."))
            }
        }
    })?
}

fn said(login: &Login, local: bool) -> String {
    let what = match login.method {
        Method::SalesforceCli { .. } => "; the Salesforce CLI is still logged in",
        _ if local => " on this machine; its token was not revoked",
        _ => "",
    };
    format!("Logged out of `{}` ({}){what}.\n", login.alias, login.username)
}
