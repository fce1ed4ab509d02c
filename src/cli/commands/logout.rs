//! `provision logout`: no longer.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use clap::Args;
use salesforce_client::oauth::revoke;
use serde_json::json;

use crate::cli::context::Context;
use crate::cli::{exit, interrupt, logins, network, run, state, vault};
use crate::engine::Outcome;
use crate::failure::{Failure, Kind};
use crate::journal::Store;
use crate::login::{Credentials, Login, Logins, Method, WebexLogin, WebexLogins, secrets};
use crate::model::{Command, Hint, nearest};
use crate::vault::{Place, Vault};
use crate::view::{Answer, CommandReport};

const EXAMPLES: &str = "\
Examples:
  # End one login
  provision logout uat
  # End them all
  provision logout --all
  # Remove a login whose org no longer exists
  provision logout uat --local";

const COMMAND: &str = "logout";

/// Those that are open: each asks for its passphrase once.
type Vaults = HashMap<Place, Box<dyn Vault>>;

/// End a login: revoke its token and delete its secret
///
/// The token is revoked in the org, so that a copy of it is useless too. Logins of the Salesforce
/// CLI stay logged in there. Baselines and journals of the org are kept.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct LogoutArguments {
    /// Login to end
    #[arg(value_name = "ALIAS", conflicts_with = "all")]
    alias: Option<String>,
    /// End all logins
    #[arg(long)]
    all: bool,
    /// Remove it from this machine only; its token stays valid
    #[arg(long)]
    local: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &LogoutArguments) -> u8 {
    let mut ended = Vec::new();
    let mut failures = Vec::new();
    match attempt(context, own, &mut ended, &mut failures) {
        Ok(()) => {}
        Err(failure) => failures.push(failure),
    }
    // Several may not work: each is told, and the worst decides.
    let worst = failures.iter().map(|failure| failure.kind).reduce(Kind::worse);
    // What became of each login was told when it was.
    let text = if ended.is_empty() && worst.is_none() { "There are no logins.\n" } else { "" };
    let answer = Answer::new(json!({ "logged_out": ended }), text);
    let answer = answer.ending(worst.map_or(Outcome::Done, Outcome::of));
    for failure in &failures {
        context.terminal.failure(failure);
    }
    let failure = failures.iter().find(|failure| Some(failure.kind) == worst);
    let code = worst.map_or(exit::DONE, exit::code_of);
    context.report(&CommandReport::of_answer(COMMAND, &answer, failure), code)
}

/// Ends one login after another; one that cannot be ended does not keep the others.
fn attempt(
    context: &Context<'_>,
    own: &LogoutArguments,
    ended: &mut Vec<String>,
    failures: &mut Vec<Failure>,
) -> Result<(), Failure> {
    let store = state::store(&context.globals, context.surroundings)?;
    let mut vaults = Vaults::new();
    let (orgs, webex) = chosen(context, own, &Logins::of(&store), &WebexLogins::of(&store))?;
    for login in webex {
        match end_webex(context, own, &store, &login, &mut vaults) {
            Ok(()) => {
                if !context.for_script() {
                    context.terminal.out(&said_of_webex(&login));
                }
                ended.push(login.alias);
            }
            Err(failure) if failure.kind == Kind::Interrupted => return Err(failure),
            Err(failure) => failures.push(failure),
        }
    }
    for login in orgs {
        match end(context, own, &store, &login, &mut vaults) {
            Ok(how) => {
                if !context.for_script() {
                    context.terminal.out(&said(&login, how));
                }
                ended.push(login.alias);
            }
            Err(failure) if failure.kind == Kind::Interrupted => return Err(failure),
            Err(failure) => failures.push(failure),
        }
    }
    Ok(())
}

fn chosen(
    context: &Context<'_>,
    own: &LogoutArguments,
    logins: &Logins,
    webex: &WebexLogins,
) -> Result<(Vec<Login>, Vec<WebexLogin>), Failure> {
    let (mut all, mut webex) = (logins.all()?, webex.all()?);
    if own.all {
        return Ok((all, webex));
    }
    let named = own.alias.as_ref().or(context.globals.org.as_ref());
    let alias = named.ok_or_else(|| {
        Failure::usage("No login is named.")
            .hint(Hint::command(
                "Name one:",
                Command::of_machine("logout ALIAS"),
                "; --all means every one.",
            ))
            .hint(see_orgs())
    })?;
    if let Some(place) = all.iter().position(|login| login.alias == *alias) {
        return Ok((vec![all.swap_remove(place)], Vec::new()));
    }
    if let Some(place) = webex.iter().position(|login| login.alias == *alias) {
        return Ok((Vec::new(), vec![webex.swap_remove(place)]));
    }
    let of_webex = webex.iter().map(|login| login.alias.as_str());
    let known = all.iter().map(|login| login.alias.as_str()).chain(of_webex);
    let failure = Failure::usage(format!("There is no login `{alias}`."));
    let failure = match nearest(alias, known) {
        Some(meant) => {
            let command = Command::of_machine("logout").argument(meant);
            failure.hint(Hint::command("Did you mean", command, "?"))
        }
        None => failure,
    };
    Err(failure.hint(see_orgs()))
}

fn see_orgs() -> Hint {
    Hint::command("", Command::of_machine("orgs"), " lists them.")
}

/// What became of a login's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    Revoked,
    /// The token is the Salesforce CLI's.
    Lent,
    /// It is not known here, and may still be good.
    NotKept,
    /// That was asked for.
    Local,
}

/// Ends one: first in the org, then here, so that a token is never forgotten and still good.
fn end(
    context: &Context<'_>,
    own: &LogoutArguments,
    store: &Store,
    login: &Login,
    vaults: &mut Vaults,
) -> Result<Ended, Failure> {
    let forgotten = |how| {
        Logins::of(store).remove(&login.alias)?;
        Ok(how)
    };
    // What a pipeline hands in is the pipeline's: it was not kept here, and is not revoked from here.
    if login.secret == Place::None {
        return forgotten(if own.local { Ended::Local } else { Ended::NotKept });
    }
    if own.local {
        let removed = opened(context, login.secret, store, vaults)
            .and_then(|place| secrets::remove(place, login).map_err(vault::failure));
        if let Err(failure) = removed {
            context
                .terminal
                .note(&format!("warning: Its secret may still be in {}. {failure}", login.secret));
        }
        return forgotten(Ended::Local);
    }
    let place = opened(context, login.secret, store, vaults)
        .map_err(|failure| failure.hint("To remove the login anyway, add --local."))?;
    let credentials = logins::read(place, login)
        .map_err(|failure| failure.hint("To remove the login anyway, add --local."))?;
    let how = revoked(context, login, credentials)?;
    secrets::remove(place, login).map_err(vault::failure)?;
    forgotten(how)
}

/// Forgets a login to Webex. Webex gives apps no way to revoke their tokens, so that nothing is sent.
fn end_webex(
    context: &Context<'_>,
    own: &LogoutArguments,
    store: &Store,
    login: &WebexLogin,
    vaults: &mut Vaults,
) -> Result<(), Failure> {
    let removed = opened(context, login.secret, store, vaults)
        .and_then(|place| secrets::remove(place, login).map_err(vault::failure));
    match removed {
        Err(failure) if own.local => context
            .terminal
            .note(&format!("warning: Its secret may still be in {}. {failure}", login.secret)),
        removed => {
            removed.map_err(|failure| failure.hint("To remove the login anyway, add --local."))?;
        }
    }
    WebexLogins::of(store).remove(&login.alias)?;
    Ok(())
}

fn said_of_webex(login: &WebexLogin) -> String {
    format!(
        "Logged out of `{}` ({}); its tokens were deleted here but not revoked: an access token \
        expires within 14 days, a refresh token 90 days after its last use.\n",
        login.alias,
        login.org()
    )
}

/// A vault, which asks for its passphrase once however many logins it holds.
fn opened<'a>(
    context: &Context<'_>,
    place: Place,
    store: &Store,
    vaults: &'a mut Vaults,
) -> Result<&'a dyn Vault, Failure> {
    let vault = match vaults.entry(place) {
        Entry::Occupied(open) => open.into_mut(),
        Entry::Vacant(closed) => closed.insert(vault::open(context, place, store)?),
    };
    Ok(&**vault)
}

fn revoked(
    context: &Context<'_>,
    login: &Login,
    credentials: Credentials,
) -> Result<Ended, Failure> {
    if matches!(login.method, Method::SalesforceCli { .. }) {
        return Ok(Ended::Lent);
    }
    // With a refresh token go the access tokens that it brought.
    let Some(token) = credentials.refresh_token.or(credentials.access_token) else {
        return Ok(Ended::NotKept);
    };
    let transport = network::transport(context, &login.instance_url)?;
    run::stoppable(context.terminal, |asked| async move {
        tokio::select! {
            revoked = revoke(&transport, &token) => {
                revoked.map(|()| Ended::Revoked).map_err(|error| {
                    Failure::from(error).hint(format!(
                        "`{}` is still logged in. To remove it from this machine only, add \
                        --local, and revoke the token in Setup > Connected Apps OAuth Usage.",
                        login.alias
                    ))
                })
            }
            () = interrupt::first(asked) => {
                Err(Failure::new(Kind::Interrupted, "Stopped while revoking the token."))
            }
        }
    })?
}

fn said(login: &Login, how: Ended) -> String {
    let what = match how {
        Ended::Revoked => "",
        Ended::Lent => "; the Salesforce CLI is still logged in",
        Ended::NotKept => {
            "; its token is not kept here and was not revoked: Setup > Connected Apps OAuth Usage \
             ends it"
        }
        Ended::Local => " on this machine; its token was not revoked",
    };
    format!("Logged out of `{}` ({}){what}.\n", login.alias, login.username)
}
