//! From the command line to a token of Webex.

use std::sync::Arc;

use secrecy::SecretString;
use webex_client::oauth::{self, Authorization, Grant, Issued, ServiceApp};
use webex_client::wire::{Url, is_loopback};
use webex_client::{OrganizationId, Scope};

use super::WebexLoginArguments;
use crate::cli::commands::login::{browser, input};
use crate::cli::context::Context;
use crate::cli::{address, configuration, network, webex};
use crate::failure::{Failure, Kind};
use crate::login::{BrowserReturn, Callback, Credentials, WebexMethod};

/// A login with all that it takes, before anything is sent.
pub(super) struct Prepared {
    api_url: String,
    login_url: String,
    organization: Option<OrganizationId>,
    way: Way,
}

enum Way {
    Browser { client_id: String, client_secret: SecretString, port: u16, path: String },
    Refresh { client_id: String, client_secret: SecretString, token: SecretString },
    Mint { app: ServiceApp, token: SecretString },
    AccessToken { token: SecretString },
}

/// A way into an organization, before the service has said which it is.
pub(super) struct Granted {
    pub(super) api_url: String,
    pub(super) login_url: String,
    pub(super) organization: OrganizationId,
    pub(super) method: WebexMethod,
    pub(super) credentials: Credentials,
    /// What the token may be used for, where it is told.
    pub(super) scope: Option<String>,
    /// The browser that waits for a page.
    pub(super) browser: Option<BrowserReturn>,
}

/// Gets everything together. Blocks while somebody types.
pub(super) fn prepare(
    context: &Context<'_>,
    own: &WebexLoginArguments,
) -> Result<Prepared, Failure> {
    let api_url = api_url(context, own)?;
    let login_url = match &own.login_url {
        Some(url) => address::read(url)?.url,
        None => oauth::URL.to_owned(),
    };
    let organization = own.org_id.as_deref().map(OrganizationId::parse).transpose();
    let organization = organization.map_err(|error| Failure::usage(format!("{error}.")))?;
    let way = way(context, own)?;
    Ok(Prepared { api_url, login_url, organization, way })
}

fn way(context: &Context<'_>, own: &WebexLoginArguments) -> Result<Way, Failure> {
    if own.access_token_stdin {
        return Ok(Way::AccessToken { token: input::webex(context, "access token")? });
    }
    let client_id = own.client_id.clone().ok_or_else(no_app)?;
    if own.client_secret_stdin {
        let (port, path) = returns_to(&own.redirect_uri)?;
        let client_secret = input::webex(context, "client secret")?;
        return Ok(Way::Browser { client_id, client_secret, port, path });
    }
    if own.refresh_token_stdin {
        let client_secret = input::webex_client_secret(context)?;
        let token = input::webex(context, "refresh token")?;
        return Ok(Way::Refresh { client_id, client_secret, token });
    }
    if let Some(application_id) = own.mint.clone() {
        let client_secret = input::webex_client_secret(context)?;
        let token = input::webex(context, "access token")?;
        return Ok(Way::Mint {
            app: ServiceApp { application_id, client_id, client_secret },
            token,
        });
    }
    let (port, path) = returns_to(&own.redirect_uri)?;
    let client_secret = input::webex_client_secret(context)?;
    Ok(Way::Browser { client_id, client_secret, port, path })
}

fn no_app() -> Failure {
    Failure::usage("A web login needs an integration of your own: --client-id is missing.").hint(
        "Register an integration at developer.webex.com with the redirect address \
         http://localhost:1717/OauthRedirect and the scopes cjp:config_read and cjp:config_write, and \
         give its client id with --client-id. See docs/webex.md for the steps.",
    )
}

/// The port and the path of this machine that a redirect address names.
fn returns_to(redirect_uri: &str) -> Result<(u16, String), Failure> {
    let url = Url::parse(redirect_uri).ok().filter(|url| {
        url.scheme() == "http"
            && is_loopback(url)
            && url.query().is_none()
            && url.fragment().is_none()
    });
    let place = url.and_then(|url| Some((url.port()?, url.path().to_owned())));
    place.ok_or_else(|| {
        Failure::usage(format!("`{redirect_uri}` is not a URL that leads back to this machine."))
            .hint("It has a fixed port, like http://localhost:1717/OauthRedirect.")
    })
}

/// Where the API is: said, or that of the data centre. None is computed that is not known.
fn api_url(context: &Context<'_>, own: &WebexLoginArguments) -> Result<String, Failure> {
    if let Some(url) = &own.api_url {
        return Ok(address::read(url)?.url);
    }
    if let Some(name) = &own.data_center {
        return Ok(webex::api_of(name)?.to_owned());
    }
    match configuration::webex_place(&context.globals)?.data_center {
        Some(name) => {
            let url = webex::api_of(&name)?;
            let file = configuration::path(&context.globals).display();
            context.terminal.note(&format!("The data centre is {name}, as {file} says."));
            Ok(url.to_owned())
        }
        None => Err(Failure::usage("The contact center's data centre is not known.")
            .hint("Give it with --data-center, such as us1 or eu1.")
            .hint("If provision does not know it, give the API's URL with --api-url.")),
    }
}

/// Goes the way.
pub(super) async fn log_in(
    context: &Context<'_>,
    own: &WebexLoginArguments,
    prepared: Prepared,
) -> Result<Granted, Failure> {
    let Prepared { api_url, login_url, organization, way } = prepared;
    let login = network::to_webex(context, &login_url)?;
    let told = |error: oauth::Error| webex::no_token(&error);
    let mut waiting = None;
    let (method, issued, secret, given) = match way {
        Way::AccessToken { token } => {
            let credentials = Credentials { access_token: Some(token), ..Credentials::default() };
            (WebexMethod::AccessToken, None, None, credentials)
        }
        Way::Refresh { client_id, client_secret, token } => {
            let grant = Grant::Refresh {
                client_id: client_id.clone(),
                client_secret: client_secret.clone(),
                refresh_token: token.clone(),
            };
            let issued = oauth::token(&login, &grant).await.map_err(told)?;
            let credentials = Credentials { refresh_token: Some(token), ..Credentials::default() };
            (WebexMethod::ServiceApp { client_id }, Some(issued), Some(client_secret), credentials)
        }
        Way::Mint { app, token } => {
            let organization = organization.clone().or_else(|| OrganizationId::in_token(&token));
            let organization = organization.ok_or_else(no_organization)?;
            login.hide(&token);
            let issued = oauth::mint(&login, &token, &app, &organization).await.map_err(told)?;
            let method = WebexMethod::ServiceApp { client_id: app.client_id };
            (method, Some(issued), Some(app.client_secret), Credentials::default())
        }
        Way::Browser { client_id, client_secret, port, path } => {
            let (issued, arrived) =
                in_browser(context, own, &login, &client_id, &client_secret, (port, &path)).await?;
            waiting = Some(arrived);
            let redirect_uri = own.redirect_uri.clone();
            let method = WebexMethod::Integration { client_id, redirect_uri };
            (method, Some(issued), Some(client_secret), Credentials::default())
        }
    };
    let scope = issued.as_ref().and_then(|issued| issued.scope.clone());
    let mut credentials = Credentials { client_secret: secret, ..given };
    if let Some(Issued { access_token, refresh_token, .. }) = issued {
        credentials.access_token = Some(access_token);
        credentials.refresh_token = refresh_token.or(credentials.refresh_token);
    }
    let shown = credentials.access_token.as_ref().and_then(OrganizationId::in_token);
    let organization = organization.or(shown).ok_or_else(no_organization)?;
    Ok(Granted { api_url, login_url, organization, method, credentials, scope, browser: waiting })
}

fn no_organization() -> Failure {
    Failure::usage("The token does not tell which organization it is for.")
        .hint("Give its id with --org-id: Control Hub shows it under Management > Account.")
}

/// Logs somebody in in the browser.
async fn in_browser(
    context: &Context<'_>,
    own: &WebexLoginArguments,
    login: &webex_client::wire::Transport,
    client_id: &str,
    client_secret: &SecretString,
    (port, path): (u16, &str),
) -> Result<(Issued, BrowserReturn), Failure> {
    let mut scopes = vec![Scope::ReadConfiguration];
    if !own.read_only {
        scopes.push(Scope::WriteConfiguration);
    }
    let callback = taken(Callback::bind_at(port, path).await)?;
    let (url, redirect) = (login.base_url(), own.redirect_uri.as_str());
    let begun = Authorization::begin(url, client_id, client_secret.clone(), redirect, &scopes);
    let begun = Arc::new(begun.map_err(|error| webex::no_token(&error))?);
    browser::invite(context, own.no_browser, begun.url().as_str());
    let late = format!(
        "Does the browser show an error? The redirect address that the integration was registered with must \
         be {redirect}, letter by letter, and its scopes must include those that are asked for. Else \
         begin again; where the browser is on another machine, use a service app: docs/webex.md."
    );
    let ours = begun.clone();
    let arrived = callback.wait(move |query| ours.is_answered_by(query), &late).await?;
    let issued = match begun.answered(&arrived.query) {
        Ok(grant) => oauth::token(login, &grant).await,
        Err(error) => Err(error),
    };
    match issued {
        Ok(issued) => Ok((issued, arrived)),
        Err(error) => {
            let failure = webex::no_token(&error);
            arrived.show(browser::failed(&failure)).await;
            Err(failure)
        }
    }
}

/// The port is the integration's: another one is registered, not merely named.
fn taken<T>(bound: Result<T, salesforce_client::oauth::Error>) -> Result<T, Failure> {
    bound.map_err(|error| {
        Failure::new(Kind::Refused, error.to_string()).hint(
            "End what uses the port, another login for example; or register another redirect address \
             with the integration, and give it with --redirect-uri.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_address_leads_to_a_fixed_port_of_this_machine() {
        let (port, path) = returns_to("http://localhost:8417/callback").unwrap();
        assert_eq!((port, path.as_str()), (8417, "/callback"));
        for bad in [
            "https://localhost:8417/callback",
            "http://localhost/callback",
            "http://acme.example:8417/callback",
            "http://localhost:8417/callback?x=1",
            "localhost",
        ] {
            assert!(returns_to(bad).is_err(), "{bad}");
        }
    }
}
