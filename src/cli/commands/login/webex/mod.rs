//! `provision login webex`: into a Webex organization, under an alias.

mod arguments;
mod flow;
mod save;

use serde_json::json;

pub(super) use arguments::WebexLoginArguments;
use save::Outcome;

use super::aliases;
use crate::cli::context::Context;
use crate::cli::{interrupt, run as runs, state, vault, webex};
use crate::failure::{Failure, Kind};
use crate::login::{Logins, Page, WebexLogins};
use crate::view::{Answer, render_webex_login};

const COMMAND: &str = "login";

/// Runs the command.
pub(super) fn run(context: &Context<'_>, own: &WebexLoginArguments) -> u8 {
    let answer = attempt(context, own).map(|Outcome { login, secret_place }| {
        let data = json!({
            "alias": login.alias,
            "organization": { "id": login.org_id, "name": login.org_name },
            "api_url": login.api_url,
            "method": login.method.label(),
            "secret": login.secret,
        });
        Answer::new(
            data,
            render_webex_login(&login, &secret_place, context.terminal.settings().out),
        )
    });
    context.answer(COMMAND, answer)
}

fn attempt(context: &Context<'_>, own: &WebexLoginArguments) -> Result<Outcome, Failure> {
    aliases::check(&own.alias)?;
    let store = state::store(&context.globals, context.surroundings)?;
    if Logins::of(&store).get(&own.alias)?.is_some() {
        return Err(Failure::refused(format!(
            "`{}` is the alias of a login to a Salesforce org.",
            own.alias
        ))
        .hint("Choose another alias for the Webex organization."));
    }
    webex::can_be_kept(own.vault())?;
    let prepared = flow::prepare(context, own)?;
    let logins = WebexLogins::of(&store);
    // A login that cannot be kept is not begun.
    logins.check_writable()?;
    let vault = vault::choose(context, own.vault(), &store, webex::NOTHING_KEPT)?;
    let saver = save::LoginSaver { context, own, store: &store, logins: &logins, vault: &*vault };
    runs::stoppable(context.terminal, |asked| async {
        let work = async {
            let mut granted = flow::log_in(context, own, prepared).await?;
            let browser = granted.browser.take();
            let outcome = saver.save(granted).await;
            if let Some(browser) = browser {
                browser.show(page(&outcome)).await;
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

/// The page at the end.
fn page(outcome: &Result<Outcome, Failure>) -> Page {
    match outcome {
        Ok(Outcome { login, .. }) => Page::success(
            format!("Logged in to {}", login.org()),
            "provision may work in this Webex organization from now on. You can close this window.",
        ),
        Err(failure) => super::browser::failed(failure),
    }
}
