//! The way into an org by its alias.

use std::sync::Arc;

use jiff::Timestamp;
use salesforce_client::Client;
use salesforce_client::oauth::Error;
use salesforce_client::wire::Url;

use super::context::Context;
use super::surroundings::Surroundings;
use super::{configuration, network, vault};
use crate::failure::{Failure, Kind};
use crate::journal::{Lock, Store};
use crate::login::{
    CredentialStore, Credentials, Login, Logins, Method, NoStore, secrets, session,
};
use crate::model::Hint;
use crate::vault::{Place, Vault};

/// A client of the org that the alias stands for; `None` where nobody has logged in.
pub(super) fn client(
    context: &Context<'_>,
    alias: &str,
    store: &Store,
) -> Result<Option<Client>, Failure> {
    let Some(login) = Logins::of(store).get(alias)? else { return Ok(None) };
    client_beside(context, &login, store, None).map(Some)
}

/// A client of that login, which shares connections, counters and limits with another one at the same
/// address.
pub(super) fn client_beside(
    context: &Context<'_>,
    login: &Login,
    store: &Store,
    other: Option<&Client>,
) -> Result<Client, Failure> {
    configuration::agrees(&context.globals, login)?;
    let (credentials, credential_store) = secrets_of(context, login, store)?;
    let url = Url::parse(&login.instance_url).ok();
    let shared = other.map(Client::transport).filter(|shared| {
        url.as_ref().is_some_and(|url| url.origin() == shared.base_url().origin())
    });
    let transport = match shared {
        Some(shared) => shared.clone(),
        None => network::transport(context, &login.instance_url)?,
    };
    let invocation = context.globals.invocation();
    let session = session(login, credentials, transport.clone(), credential_store, &invocation);
    // When it was used is good to know, and no reason to stop.
    Logins::of(store).mark_used(login, Timestamp::now()).ok();
    Ok(Client::new(transport, session))
}

/// The secrets of a login, and where changed ones are kept.
fn secrets_of(
    context: &Context<'_>,
    login: &Login,
    store: &Store,
) -> Result<(Credentials, Arc<dyn CredentialStore>), Failure> {
    if login.secret == Place::None {
        return Ok((from_surroundings(context.surroundings, &login.method), Arc::new(NoStore)));
    }
    let vault = vault::open(context, login.secret, store)?;
    let credentials = read(&*vault, login)?;
    Ok((credentials, Arc::new(InVault { vault, logins: Logins::of(store), login: login.clone() })))
}

/// A login's place in a vault.
struct InVault {
    vault: Box<dyn Vault>,
    logins: Logins,
    login: Login,
}

impl CredentialStore for InVault {
    fn lock(&self) -> Result<Option<Lock>, Error> {
        self.logins.lock_renewals().map(Some).map_err(|error| {
            Error::local(format!("The login cannot be renewed: {error}."), error.hint())
        })
    }

    fn save(&self, credentials: &Credentials) -> Result<(), Error> {
        let now = self.logins.get(&self.login.alias).ok().flatten();
        if now.is_none_or(|now| now.since != self.login.since) {
            // Somebody has logged out, or in anew, while this command was at work.
            return Ok(());
        }
        secrets::put(&*self.vault, &self.login, credentials).map_err(|error| {
            Error::local(
                format!("The renewed login cannot be kept. {error}"),
                error.hint().unwrap_or_else(|| "Log in again.".to_owned()),
            )
        })
    }

    fn load(&self) -> Option<Credentials> {
        // What cannot be read now is no reason to stop: what was read before may still be good.
        secrets::get(&*self.vault, &self.login).ok().flatten()
    }
}

/// What the vault holds for a login.
pub(super) fn read(place: &dyn Vault, login: &Login) -> Result<Credentials, Failure> {
    let credentials = secrets::get(place, login).map_err(vault::failure)?;
    if matches!(login.method, Method::Jwt { .. } | Method::SalesforceCli { .. }) {
        // The key, or the CLI, brings another token.
        return Ok(credentials.unwrap_or_default());
    }
    credentials.ok_or_else(|| {
        Failure::new(
            Kind::Authentication,
            format!(
                "The secret of the login `{}` is no longer in {}.",
                login.alias,
                place.describe()
            ),
        )
        .hint(Hint::command("Log in again:", login.login_command(), ""))
    })
}

/// What a pipeline hands in: to each way in its own, for what lies around may be of another org.
pub(super) fn from_surroundings(surroundings: &Surroundings, method: &Method) -> Credentials {
    let Surroundings { access_token, refresh_token, client_secret, .. } = surroundings;
    match method {
        Method::AccessToken => {
            Credentials { access_token: access_token.clone(), ..Credentials::default() }
        }
        Method::Web { .. } | Method::RefreshToken { .. } => Credentials {
            access_token: None,
            refresh_token: refresh_token.clone(),
            client_secret: client_secret.clone(),
        },
        Method::ClientCredentials { .. } => {
            Credentials { client_secret: client_secret.clone(), ..Credentials::default() }
        }
        Method::Jwt { .. } | Method::SalesforceCli { .. } => Credentials::default(),
    }
}
