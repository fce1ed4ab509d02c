//! From what was prepared to a token.

use salesforce_client::oauth::{self, Assertion, Audience, Error, Grant};
use salesforce_client::wire::Transport;
use secrecy::SecretString;

use super::granted::Granted;
use super::prepared::Prepared;
use super::{LoginArguments, browser};
use crate::cli::context::Context;
use crate::cli::network;
use crate::failure::Failure;
use crate::login::{Credentials, Method};
use crate::vault::Place;

/// Goes through the flow.
pub(super) async fn log_in(
    context: &Context<'_>,
    own: &LoginArguments,
    prepared: Prepared,
    place: Place,
) -> Result<Granted, Failure> {
    match prepared {
        Prepared::Web { url, client_id } => {
            browser::log_in(context, own, &network::transport(context, &url)?, client_id).await
        }
        Prepared::Jwt { url, client_id, username, key, path } => {
            let login = network::transport(context, &url)?;
            let (issued, audience) = jwt(&login, &client_id, &username, &key).await?;
            let method = Method::Jwt { client_id, key: path, audience };
            Ok(Granted::issued(issued, method, Credentials::default()))
        }
        Prepared::ClientCredentials { url, client_id, client_secret } => {
            let login = network::transport(context, &url)?;
            let credentials = Credentials {
                client_secret: Some(client_secret.clone()),
                ..Credentials::default()
            };
            let grant = Grant::ClientCredentials { client_id: client_id.clone(), client_secret };
            let issued = oauth::token(&login, &grant).await?;
            Ok(Granted::issued(issued, Method::ClientCredentials { client_id }, credentials))
        }
        Prepared::AccessToken { url, token } => {
            Ok(Granted::handed_in(url, Method::AccessToken, token, None))
        }
        Prepared::Refresh { url, client_id, client_secret, token } => {
            let login = network::transport(context, &url)?;
            let credentials = Credentials {
                access_token: None,
                refresh_token: Some(token.clone()),
                client_secret: client_secret.clone(),
            };
            let grant = Grant::Refresh {
                client_id: client_id.clone(),
                client_secret,
                refresh_token: token,
            };
            let issued = oauth::token(&login, &grant).await?;
            if issued.refresh_token.is_some() && place == Place::None {
                return Err(rotates());
            }
            Ok(Granted::issued(issued, Method::RefreshToken { client_id }, credentials))
        }
        Prepared::SalesforceCli { user, account, token } => {
            let method = Method::SalesforceCli { user };
            Ok(Granted::handed_in(account.instance_url, method, token, Some(account.id)))
        }
    }
}

/// A refresh token that is good once cannot come from the environment each time.
fn rotates() -> Failure {
    Failure::usage(
        "This app issues a new refresh token with every use, so a token in the environment works \
        only once.",
    )
    .hint(
        "The one you gave is used up. In a pipeline use --jwt-key or --client-credentials, or \
         keep the login with --vault file.",
    )
}

/// The audience that was taken comes back with the token.
async fn jwt(
    login: &Transport,
    client_id: &str,
    username: &str,
    key: &SecretString,
) -> Result<(oauth::Issued, String), Failure> {
    let guess = Audience::of(login.base_url());
    let mut refused = Failure::usage("The assertion was sent nowhere.");
    // The address does not tell for sure whether a sandbox is behind it; the org does.
    for audience in [guess, guess.other()] {
        let name = audience.name(login.base_url());
        let assertion = Assertion::new(client_id, username, &name, key.clone())
            .map_err(|error| Failure::usage(format!("The private key cannot be used: {error}.")))?;
        match oauth::token(login, &Grant::Jwt(assertion)).await {
            Ok(issued) => return Ok((issued, name)),
            Err(Error::Denied(denial)) if denial.is_about_audience() => {
                refused = Error::Denied(denial).into();
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(refused)
}
