//! The web login: a link, a browser, and its return.

use std::sync::Arc;

use salesforce_client::oauth::{self, Authorization};
use salesforce_client::wire::Transport;

use super::LoginArguments;
use super::granted::Granted;
use super::save::Outcome;
use crate::cli::context::Context;
use crate::failure::{Failure, Kind};
use crate::login::{Callback, Credentials, Method, Page};
use crate::model::{Command, Hint};

/// Logs somebody in in the browser.
pub(super) async fn log_in(
    context: &Context<'_>,
    own: &LoginArguments,
    login: &Transport,
    client_id: String,
) -> Result<Granted, Failure> {
    let client_secret = context.surroundings.client_secret.clone();
    let callback = Callback::bind(own.port).await?;
    let redirect = callback.redirect_uri();
    let begun =
        Authorization::begin(login.base_url(), &client_id, client_secret.clone(), &redirect)?;
    let begun = Arc::new(begun);
    invite(context, own.no_browser, begun.url().as_str());
    let ours = begun.clone();
    let arrived = callback.wait(move |query| ours.is_answered_by(query), &late(&redirect)).await?;
    let issued = match begun.answered(&arrived.query) {
        Ok(grant) => oauth::token(login, &grant).await,
        Err(error) => Err(error),
    };
    match issued {
        Ok(issued) => {
            if issued.refresh_token.is_none() {
                context.terminal.err(NO_REFRESH_TOKEN);
            }
            let credentials = Credentials { client_secret, ..Credentials::default() };
            let granted = Granted::issued(issued, Method::Web { client_id }, credentials);
            Ok(Granted { browser: Some(arrived), ..granted })
        }
        Err(error) => {
            let failure = Failure::from(error);
            arrived.show(failed(&failure)).await;
            Err(failure)
        }
    }
}

/// What to do where nobody finished the login.
fn late(redirect_uri: &str) -> String {
    let what = format!(
        "If the browser shows an error: redirect_uri_mismatch means that the app's Callback URL must be \
         exactly {redirect_uri}; invalid_client_id means that the consumer key is wrong or less than ten \
         minutes old. Otherwise try again. If the browser is on another machine, log in without one:"
    );
    Hint::command(&what, Command::alone("login --help"), ".").to_string()
}

/// What is said of a login that cannot be renewed.
const NO_REFRESH_TOKEN: &str = "warning: The app issued no refresh token, so this login expires \
        with its access token. Give the app the scope \"Perform requests at any time (refresh_token, \
     offline_access)\", and log in again.\n";

/// Opens the browser, or says where to go.
pub(super) fn invite(context: &Context<'_>, no_browser: bool, url: &str) {
    let opened = !no_browser && open::that_detached(url).is_ok();
    let text = if opened {
        "Log in in the browser window. If none opens, open this link on this machine:"
    } else {
        "Open this link in a browser on this machine, and log in there:"
    };
    // Not wrapped: a link must be copied whole.
    context
        .terminal
        .err(&format!("{text}\n\n{url}\n\nWaiting up to two minutes for the browser.\n"));
}

pub(super) fn no_app(alias: &str) -> Failure {
    Failure::new(
        Kind::Usage,
        "A web login needs an app of your own: --client-id is missing.",
    )
    .hint(
        "Create an external client app (Setup > External Client App Manager > New) with the Callback \
         URL http://localhost:1717/OauthRedirect and the scopes api and refresh_token, and give \
         its consumer key with --client-id. See docs/logins.md for the steps.",
    )
    .hint(Hint::command(
        "If the Salesforce CLI is logged in, no app is needed:",
        Command::of_machine("login").argument(alias).argument("--from-sf").argument("USER"),
        "",
    ))
}

/// The page at the end.
pub(super) fn page(outcome: &Result<Outcome, Failure>) -> Page {
    match outcome {
        Ok(Outcome { login, .. }) => Page::success(
            format!("Logged in to {}", login.org_name),
            format!(
                "provision works as {} from now on. You can close this window.",
                login.username
            ),
        ),
        Err(failure) => failed(failure),
    }
}

pub(super) fn failed(failure: &Failure) -> Page {
    Page::error("Not logged in", format!("{} The terminal says what to do.", failure.message()))
}
