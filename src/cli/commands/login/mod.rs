//! `provision login`: into an org, under an alias.

mod aliases;
mod arguments;
mod browser;
mod flow;
mod granted;
mod input;
mod prepared;
mod save;
mod webex;

use serde_json::json;

use arguments::Elsewhere;
pub(in crate::cli) use arguments::LoginArguments;
use save::Outcome;

use crate::cli::context::Context;
use crate::cli::{interrupt, network, run, state, vault};
use crate::failure::{Failure, Kind};
use crate::login::{Credentials, Logins, WebexLogins};
use crate::model::{Command, Invocation};
use crate::view::{Answer, render_login};
use salesforce_client::oauth::revoke;

const COMMAND: &str = "login";

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &LoginArguments) -> u8 {
    if let Some(Elsewhere::Webex(own)) = &own.elsewhere {
        return webex::run(context, own);
    }
    context.answer(COMMAND, attempt(context, own).map(|outcome| answer(context, outcome)))
}

fn attempt(context: &Context<'_>, own: &LoginArguments) -> Result<Outcome, Failure> {
    let alias = aliases::chosen(context, own)?;
    let store = state::store(&context.globals, context.surroundings)?;
    let logins = Logins::of(&store);
    if WebexLogins::of(&store).get(&alias)?.is_some() {
        return Err(Failure::refused(format!("`{alias}` is the alias of a login to Webex."))
            .hint("Choose another alias for the org."));
    }
    let prepared = prepared::prepare(context, own, &alias)?;
    // A login that cannot be kept is not begun.
    logins.check_writable()?;
    if let Some(place) = own.vault() {
        own.can_be_kept(place)?;
    }
    let vault = vault::choose(context, own.vault(), &store, vault::NOTHING_KEPT)?;
    let saver = save::LoginSaver {
        context,
        own,
        alias: &alias,
        store: &store,
        logins: &logins,
        vault: &*vault,
    };
    run::stoppable(context.terminal, |asked| async {
        let work = async {
            let place = vault.place();
            let mut granted = flow::log_in(context, own, prepared, place).await?;
            let browser = granted.browser.take();
            let (url, credentials) = (granted.instance_url.clone(), granted.credentials.clone());
            let outcome = saver.save(granted).await;
            if let Some(browser) = browser {
                if outcome.is_err() {
                    // The token is this login's own, and nobody would find it any more.
                    give_back(context, &url, credentials).await;
                }
                browser.show(browser::page(&outcome)).await;
            }
            outcome
        };
        tokio::select! {
            outcome = work => outcome,
            () = interrupt::first(asked) => {
                Err(Failure::new(Kind::Interrupted, "Stopped; not logged in."))
            }
        }
    })?
}

/// Revokes a token that nobody keeps. Where that does not work either, it ends by the app's policy.
async fn give_back(context: &Context<'_>, url: &str, credentials: Credentials) {
    let token = credentials.refresh_token.or(credentials.access_token);
    if let (Some(token), Ok(transport)) = (token, network::transport(context, url)) {
        revoke(&transport, &token).await.ok();
    }
}

fn answer(context: &Context<'_>, outcome: Outcome) -> Answer {
    let Outcome { login, org, secret_place } = outcome;
    let data = json!({
        "username": login.username,
        "user_id": login.user_id,
        "method": login.method.label(),
        "secret": login.secret,
    });
    let screen = context.terminal.settings().out;
    let there = Invocation {
        org: Some(login.alias.clone()),
        instance_url: None,
        ..context.globals.invocation()
    };
    let doctor = Command::of_org("doctor").within(&there);
    let text = render_login(&login, &secret_place, &doctor, screen);
    Answer::new(data, text).about(Some(org))
}
