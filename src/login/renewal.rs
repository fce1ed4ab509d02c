//! The session of a login, and how its next access token is got.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use salesforce_client::oauth::{self, Assertion, Error, Grant, Issued};
use salesforce_client::wire::{Transport, Url};
use salesforce_client::{Renewal, Renewing, Session, org_id_in};
use secrecy::{ExposeSecret, SecretString};

use super::{Credentials, Login, Method, SalesforceCli, read_private_key};
use crate::advice;
use crate::journal::Lock;
use crate::model::{Command, Invocation};

/// Where the secrets of a login are, between commands. Its calls may block: they get a thread of
/// their own.
pub trait CredentialStore: Send + Sync {
    /// Has other processes wait with renewals of this login until the guard is dropped.
    fn lock(&self) -> Result<Option<Lock>, Error>;

    /// Keeps changed secrets, for the next command. Those of a login that somebody has ended
    /// meanwhile are not kept.
    fn save(&self, credentials: &Credentials) -> Result<(), Error>;

    /// What is kept now: another command may have renewed the login meanwhile.
    fn load(&self) -> Option<Credentials>;
}

/// Keeps nothing: the secrets come from elsewhere each time.
#[derive(Debug, Clone, Copy)]
pub struct NoStore;

impl CredentialStore for NoStore {
    fn lock(&self) -> Result<Option<Lock>, Error> {
        Ok(None)
    }

    fn save(&self, _: &Credentials) -> Result<(), Error> {
        Ok(())
    }

    fn load(&self) -> Option<Credentials> {
        None
    }
}

/// A session of that login. The transport leads to the org's own address; commands that a person is told
/// to type are for the `invocation`.
pub fn session(
    login: &Login,
    credentials: Credentials,
    transport: Transport,
    credential_store: Arc<dyn CredentialStore>,
    invocation: &Invocation,
) -> Session {
    let token = credentials.access_token.clone();
    let url = transport.base_url().clone();
    let secrets =
        [&credentials.access_token, &credentials.refresh_token, &credentials.client_secret];
    for secret in secrets.into_iter().flatten() {
        // SOAP carries the token in its envelope, where no header tells what it is.
        transport.hide(secret);
    }
    let renews = !matches!(login.method, Method::AccessToken);
    let renewal = renews.then(|| {
        let renewal = LoginRenewal {
            login: login.clone(),
            invocation: invocation.clone(),
            transport,
            in_store: Mutex::new(credentials.access_token.clone()),
            credentials: Mutex::new(credentials),
            credential_store,
            salesforce_cli: SalesforceCli::default(),
        };
        Box::new(Renewals(Arc::new(renewal))) as Box<dyn Renewal>
    });
    Session::of_login(
        url,
        token,
        renewal,
        &login.org_id,
        &login.remedy().within(invocation).to_string(),
    )
}

struct LoginRenewal {
    login: Login,
    invocation: Invocation,
    transport: Transport,
    credentials: Mutex<Credentials>,
    /// The access token that was last seen where logins are kept, or put there. Another one there is
    /// another command's; the same one is none, even where ours is newer and could not be kept.
    in_store: Mutex<Option<SecretString>>,
    credential_store: Arc<dyn CredentialStore>,
    salesforce_cli: SalesforceCli,
}

/// Shared with the tasks that renew.
struct Renewals(Arc<LoginRenewal>);

impl Renewal for Renewals {
    fn renew(&self) -> Renewing<'_> {
        let renewal = self.0.clone();
        // A task of its own: whoever asked may be dropped between the new token and its keeping.
        let task = tokio::spawn(async move { renewal.renew_token().await });
        Box::pin(async move { task.await.unwrap_or_else(|error| Err(join_error(&error))) })
    }
}

impl LoginRenewal {
    async fn renew_token(&self) -> Result<SecretString, Error> {
        let credential_store = self.credential_store.clone();
        let alone = tokio::task::spawn_blocking(move || {
            let guard = credential_store.lock();
            let stored = credential_store.load();
            guard.map(|guard| (guard, stored))
        });
        let (_guard, stored) = alone.await.map_err(|error| join_error(&error))??;
        let mut credentials =
            self.credentials.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(stored) = stored {
            let mut in_store = self.in_store.lock().unwrap_or_else(PoisonError::into_inner);
            let token = stored.access_token.clone().filter(|token| {
                let differs = |known: &Option<SecretString>| {
                    let known = known.as_ref().map(ExposeSecret::expose_secret);
                    known.is_some_and(|known| known != token.expose_secret())
                };
                differs(&credentials.access_token) && differs(&in_store)
            });
            in_store.clone_from(&stored.access_token);
            drop(in_store);
            credentials = stored;
            if let Some(token) = token {
                // Another command has renewed it. With a refresh token that is good once, ours is
                // none any more.
                self.transport.hide(&token);
                *self.credentials.lock().unwrap_or_else(PoisonError::into_inner) = credentials;
                return Ok(token);
            }
        }
        let (token, refresh_token) = match &self.login.method {
            Method::SalesforceCli { user } => (self.borrow_token(user).await?, None),
            method => {
                let grant = self.grant(method, &credentials).await?;
                let issued = oauth::token(&self.transport, &grant).await;
                let issued = issued.map_err(|error| self.with_remedy(error))?;
                self.check_same_user(&issued)?;
                (issued.access_token, issued.refresh_token)
            }
        };
        for secret in [Some(&token), refresh_token.as_ref()].into_iter().flatten() {
            self.transport.hide(secret);
        }
        let rotated = refresh_token.is_some();
        let credentials = Credentials {
            access_token: Some(token.clone()),
            refresh_token: refresh_token.or(credentials.refresh_token),
            client_secret: credentials.client_secret,
        };
        *self.credentials.lock().unwrap_or_else(PoisonError::into_inner) = credentials.clone();
        let credential_store = self.credential_store.clone();
        let stored = tokio::task::spawn_blocking(move || credential_store.save(&credentials)).await;
        // An access token that is not kept costs the next command a request, a refresh token that is
        // not kept costs it the login.
        match stored.map_err(|error| join_error(&error)).flatten() {
            Err(error) if rotated => Err(error),
            Err(_) => Ok(token),
            Ok(()) => {
                let mut in_store = self.in_store.lock().unwrap_or_else(PoisonError::into_inner);
                *in_store = Some(token.clone());
                Ok(token)
            }
        }
    }

    async fn grant(&self, method: &Method, credentials: &Credentials) -> Result<Grant, Error> {
        let lacks = |what: &str| {
            let message = format!("The login `{}` has no {what}.", self.login.alias);
            Error::local(message, self.remedy())
        };
        match method {
            Method::Web { client_id } | Method::RefreshToken { client_id } => {
                let refresh_token = credentials.refresh_token.clone();
                Ok(Grant::Refresh {
                    client_id: client_id.clone(),
                    client_secret: credentials.client_secret.clone(),
                    refresh_token: refresh_token.ok_or_else(|| lacks("refresh token"))?,
                })
            }
            Method::Jwt { client_id, key, audience } => {
                let unreadable = |reason: String| {
                    Error::local(
                        format!("The private key {} cannot be used: {reason}.", key.display()),
                        "Put the key back, or log in again with --jwt-key and its new place.",
                    )
                };
                let path = key.clone();
                // A file may keep a thread waiting, and this one listens for signals, too.
                let read = tokio::task::spawn_blocking(move || read_private_key(&path)).await;
                let pem = read
                    .map_err(|error| join_error(&error))?
                    .map_err(|error| unreadable(error.to_string()))?;
                let username = &self.login.username;
                Assertion::new(client_id, username, audience, pem)
                    .map(Grant::Jwt)
                    .map_err(|error| unreadable(error.to_string()))
            }
            Method::ClientCredentials { client_id } => Ok(Grant::ClientCredentials {
                client_id: client_id.clone(),
                client_secret: credentials
                    .client_secret
                    .clone()
                    .ok_or_else(|| lacks("client secret"))?,
            }),
            Method::AccessToken | Method::SalesforceCli { .. } => {
                Err(lacks("way to a new access token"))
            }
        }
    }

    async fn borrow_token(&self, user: &str) -> Result<SecretString, Error> {
        let (cli, user) = (self.salesforce_cli.clone(), user.to_owned());
        let asked = tokio::task::spawn_blocking(move || cli.access_token(&user)).await;
        let token = asked.map_err(|error| join_error(&error))??;
        match org_id_in(&token) {
            Some(org) if !self.login.org_id.starts_with(&org) => Err(self.wrong_org(&org)),
            _ => Ok(token),
        }
    }

    /// What Salesforce refuses is mended by the person who logs in again.
    fn with_remedy(&self, error: Error) -> Error {
        let Error::Denied(denial) = &error else { return error };
        let hints = advice::after_login_error(&error).into_iter().chain([self.login.remedy()]);
        let hints = hints.map(|hint| hint.within(&self.invocation).to_string()).collect();
        Error::Local { message: denial.to_string(), hints }
    }

    /// What a person does once the login has ended.
    fn remedy(&self) -> String {
        self.login.remedy().within(&self.invocation).to_string()
    }

    /// What a person types to log in again.
    fn login_command(&self) -> Command {
        self.login.login_command().within(&self.invocation)
    }

    /// A token for another user, org or address is none for this login.
    fn check_same_user(&self, issued: &Issued) -> Result<(), Error> {
        let same = |one: &str, other: &str| one.get(..15) == other.get(..15);
        if !same(&issued.org_id, &self.login.org_id) {
            return Err(self.wrong_org(&issued.org_id));
        }
        if !same(&issued.user_id, &self.login.user_id) {
            return Err(Error::local(
                format!(
                    "The login `{}` is for {} ({}), but the new access token is for the user {}.",
                    self.login.alias, self.login.username, self.login.user_id, issued.user_id
                ),
                format!("If that is meant, log in again: `{}`", self.login_command()),
            ));
        }
        let there = Url::parse(&issued.instance_url).map(|url| url.origin());
        if there.ok() != Some(self.transport.base_url().origin()) {
            return Err(Error::local(
                format!(
                    "The org of the login `{}` has moved from {} to {}.",
                    self.login.alias, self.login.instance_url, issued.instance_url
                ),
                self.remedy(),
            ));
        }
        Ok(())
    }

    fn wrong_org(&self, org_id: &str) -> Error {
        let Login { alias, org_id: ours, org_name, .. } = &self.login;
        Error::WrongOrg {
            message: format!(
                "The login `{alias}` is for the org {ours} (\"{org_name}\"), but the new access \
                 token is for the org {org_id}."
            ),
            hint: format!(
                "Nothing was changed. If that org is meant, log in to it under another alias, or \
                 under this one: `{} --replace`",
                self.login_command()
            ),
        }
    }
}

fn join_error(error: &tokio::task::JoinError) -> Error {
    Error::local(format!("The renewal did not finish: {error}."), "Run this again.")
}

impl fmt::Debug for LoginRenewal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("LoginRenewal").field("login", &self.login).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
