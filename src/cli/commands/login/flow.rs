//! Which flow is meant, and going through it.

use secrecy::SecretString;

use super::granted::Granted;
use super::{LoginArguments, browser, input};
use crate::cli::context::Context;
use crate::cli::{configuration, network};
use crate::failure::Failure;
use crate::login::{Kept, Method, SalesforceCli};
use crate::salesforce::oauth::{self, Assertion, Audience, AuthUrl, Error, Grant};
use crate::wire::Transport;

const PRODUCTION: &str = "https://login.salesforce.com";
const SANDBOX: &str = "https://test.salesforce.com";

/// Goes through the flow that the command line asks for.
pub(super) async fn log_in(
    context: &Context<'_>,
    own: &LoginArguments,
    alias: &str,
) -> Result<Granted, Failure> {
    if let Some(user) = &own.from_sf {
        return from_salesforce_cli(context, own, user).await;
    }
    if own.auth_url_stdin {
        let text = input::standard_input(context, "auth URL")?;
        let url = AuthUrl::read_secret(&text).map_err(|error| {
            Failure::usage(format!("On standard input, {error}."))
                .hint("`sf org auth show-sfdx-auth-url --target-org USER` prints one.")
        })?;
        return auth_url(context, url).await;
    }
    let url = address(context, own, alias)?;
    if own.access_token_stdin {
        let token = input::standard_input(context, "access token")?;
        return access_token(&url, token);
    }
    let login = network::transport(context, &url)?;
    let client_id = own.client_id.clone().unwrap_or_default();
    if let (Some(path), Some(username)) = (&own.jwt_key, &own.username) {
        return jwt(&login, client_id, username, path).await;
    }
    if own.client_credentials {
        needs_own_address(&url, "The client credentials flow")?;
        let client_secret = input::client_secret(context)?;
        let grant = Grant::ClientCredentials {
            client_id: client_id.clone(),
            client_secret: client_secret.clone(),
        };
        let issued = oauth::token(&login, &grant).await?;
        let kept = Kept { client_secret: Some(client_secret), ..Kept::default() };
        return Ok(Granted::issued(issued, Method::ClientCredentials { client_id }, kept));
    }
    if own.refresh_token_stdin {
        let refresh_token = input::standard_input(context, "refresh token")?;
        let client_secret = context.surroundings.client_secret.clone();
        return refresh(&login, client_id, client_secret, refresh_token).await;
    }
    browser::log_in(context, own, &login).await
}

/// Where to log in.
fn address(context: &Context<'_>, own: &LoginArguments, alias: &str) -> Result<String, Failure> {
    if own.sandbox {
        return Ok(SANDBOX.to_owned());
    }
    let named = own.login_url.clone().or_else(|| context.globals.instance_url.clone());
    if let Some(url) = named {
        return Ok(url);
    }
    let configured = configuration::login_of(&context.globals, alias)?;
    Ok(configured.unwrap_or_else(|| PRODUCTION.to_owned()))
}

/// Some flows know nothing of the hosts where everybody logs in.
fn needs_own_address(url: &str, what: &str) -> Result<(), Failure> {
    if ![PRODUCTION, SANDBOX].contains(&url.trim_end_matches('/')) {
        return Ok(());
    }
    Err(Failure::usage(format!("{what} needs the org's own address, and {url} is none.")).hint(
        "Give the My Domain with --login-url, such as https://acme.my.salesforce.com: Setup > My \
         Domain shows it.",
    ))
}

fn access_token(url: &str, token: SecretString) -> Result<Granted, Failure> {
    needs_own_address(url, "An access token")?;
    Ok(Granted {
        instance_url: url.to_owned(),
        method: Method::AccessToken,
        kept: Kept { access_token: Some(token), ..Kept::default() },
        user_id: None,
        org_id: None,
        browser: None,
    })
}

async fn refresh(
    login: &Transport,
    client_id: String,
    client_secret: Option<SecretString>,
    refresh_token: SecretString,
) -> Result<Granted, Failure> {
    let grant = Grant::Refresh {
        client_id: client_id.clone(),
        client_secret: client_secret.clone(),
        refresh_token: refresh_token.clone(),
    };
    let issued = oauth::token(login, &grant).await?;
    let kept = Kept { refresh_token: Some(refresh_token), client_secret, ..Kept::default() };
    Ok(Granted::issued(issued, Method::RefreshToken { client_id }, kept))
}

async fn auth_url(context: &Context<'_>, url: AuthUrl) -> Result<Granted, Failure> {
    let login = network::transport(context, &url.instance_url)?;
    refresh(&login, url.client_id, url.client_secret, url.refresh_token).await
}

async fn jwt(
    login: &Transport,
    client_id: String,
    username: &str,
    path: &std::path::Path,
) -> Result<Granted, Failure> {
    let (pem, key) = input::key(path)?;
    let audience = Audience::of(login.base_url());
    let mut name = audience.name(login.base_url());
    let mut issued =
        oauth::token(login, &assertion(&client_id, username, &name, &pem, path)?).await;
    if let Err(Error::Denied(denial)) = &issued
        && denial.is_about_audience()
    {
        // The address does not tell for sure whether a sandbox is behind it; the org does.
        name = audience.other().name(login.base_url());
        let other = assertion(&client_id, username, &name, &pem, path)?;
        issued = oauth::token(login, &other).await.or(issued);
    }
    let method = Method::Jwt { client_id, key, audience: name };
    Ok(Granted::issued(issued?, method, Kept::default()))
}

fn assertion(
    client_id: &str,
    username: &str,
    audience: &str,
    pem: &SecretString,
    path: &std::path::Path,
) -> Result<Grant, Failure> {
    let made = Assertion::new(client_id, username, audience, pem.clone());
    made.map(Grant::Jwt).map_err(|error| {
        Failure::usage(format!("The private key `{}` cannot be used: {error}.", path.display()))
            .hint(error.hint())
    })
}

async fn from_salesforce_cli(
    context: &Context<'_>,
    own: &LoginArguments,
    user: &str,
) -> Result<Granted, Failure> {
    let cli = SalesforceCli::default();
    if own.copy {
        return auth_url(context, cli.auth_url(user)?).await;
    }
    let account = cli.account(user)?;
    let token = cli.access_token(user)?;
    Ok(Granted {
        instance_url: account.instance_url,
        method: Method::SalesforceCli { user: user.to_owned() },
        kept: Kept { access_token: Some(token), ..Kept::default() },
        user_id: None,
        org_id: Some(account.id),
        browser: None,
    })
}
