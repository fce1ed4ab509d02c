//! The session of a login to Webex, and how its next access token is got.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::{ExposeSecret, SecretString};
use webex_client::oauth::{self, Error, Grant};
use webex_client::wire::Transport;
use webex_client::{NotAnOrganizationId, OrganizationId, Renewal, Renewing, Session};

use super::{WebexLogin, WebexMethod};
use crate::advice;
use crate::login::{CredentialStore, Credentials};
use crate::model::Invocation;

/// A session of that login. The transport leads to where tokens are given out; `credential_store` is asked and told
/// as in [`session`](crate::login::session).
pub fn webex_session(
    login: &WebexLogin,
    credentials: Credentials,
    webex: Transport,
    credential_store: Arc<dyn CredentialStore>,
    invocation: &Invocation,
) -> Result<Session, NotAnOrganizationId> {
    let organization = OrganizationId::parse(&login.org_id)?;
    let token = credentials.access_token.clone();
    let secrets =
        [&credentials.access_token, &credentials.refresh_token, &credentials.client_secret];
    for secret in secrets.into_iter().flatten() {
        webex.hide(secret);
    }
    let client_id = match &login.method {
        WebexMethod::Integration { client_id, .. } | WebexMethod::ServiceApp { client_id } => {
            Some(client_id.clone())
        }
        WebexMethod::AccessToken => None,
    };
    let renewal = client_id.map(|client_id| {
        let renewal = LoginRenewal {
            login: login.clone(),
            invocation: invocation.clone(),
            client_id,
            webex,
            in_store: Mutex::new(credentials.access_token.clone()),
            credentials: Mutex::new(credentials),
            credential_store,
        };
        Box::new(Renewals(Arc::new(renewal))) as Box<dyn Renewal>
    });
    let remedy = login.remedy().within(invocation).to_string();
    Ok(Session::of_login(organization, token, renewal, &remedy))
}

struct LoginRenewal {
    login: WebexLogin,
    invocation: Invocation,
    client_id: String,
    webex: Transport,
    credentials: Mutex<Credentials>,
    /// The access token that was last seen where logins are kept, or put there. Another one there is
    /// another command's; the same one is none, even where ours is newer and could not be kept.
    in_store: Mutex<Option<SecretString>>,
    credential_store: Arc<dyn CredentialStore>,
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
        let alone = alone.await.map_err(|error| join_error(&error))?;
        let (_guard, stored) = alone.map_err(|error| store_error(&error))?;
        let ours = self.credentials.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut credentials = ours.clone();
        if let Some(stored) = stored {
            let mut in_store = self.in_store.lock().unwrap_or_else(PoisonError::into_inner);
            let is_new = |token: &SecretString| {
                differs(token, ours.access_token.as_ref()) && differs(token, in_store.as_ref())
            };
            let renewed = stored.access_token.clone().filter(is_new);
            in_store.clone_from(&stored.access_token);
            drop(in_store);
            credentials = stored;
            if let Some(token) = renewed {
                // Another command has renewed it.
                self.webex.hide(&token);
                *self.credentials.lock().unwrap_or_else(PoisonError::into_inner) = credentials;
                return Ok(token);
            }
        }
        let issued = oauth::token(&self.webex, &self.grant(&credentials)?).await;
        let issued = issued.map_err(|error| self.with_remedy(error))?;
        self.check_same_user(&issued, &credentials)?;
        let (token, refresh_token) = (issued.access_token, issued.refresh_token);
        for secret in [Some(&token), refresh_token.as_ref()].into_iter().flatten() {
            self.webex.hide(secret);
        }
        let credentials = Credentials {
            access_token: Some(token.clone()),
            refresh_token: refresh_token.or(credentials.refresh_token),
            client_secret: credentials.client_secret,
        };
        *self.credentials.lock().unwrap_or_else(PoisonError::into_inner) = credentials.clone();
        let credential_store = self.credential_store.clone();
        let in_store = credentials.access_token.clone();
        // Webex's refresh token stays good: a token that is not kept costs the next command a request.
        let stored = tokio::task::spawn_blocking(move || credential_store.save(&credentials)).await;
        if let Ok(Ok(())) = stored {
            *self.in_store.lock().unwrap_or_else(PoisonError::into_inner) = in_store;
        }
        Ok(token)
    }

    fn grant(&self, credentials: &Credentials) -> Result<Grant, Error> {
        let lacks = |what: &str| {
            let message = format!("The login `{}` has no {what}.", self.login.alias);
            Error::local(message, self.remedy())
        };
        let refresh_token =
            credentials.refresh_token.clone().ok_or_else(|| lacks("refresh token"))?;
        let client_secret =
            credentials.client_secret.clone().ok_or_else(|| lacks("client secret"))?;
        Ok(Grant::Refresh { client_id: self.client_id.clone(), client_secret, refresh_token })
    }

    /// What Webex refuses is mended by the person who logs in again.
    fn with_remedy(&self, error: Error) -> Error {
        let Error::Denied(denial) = &error else { return error };
        let advice = advice::after_webex_denial(denial);
        Error::local(denial.to_string(), format!("{advice} {}", self.remedy()))
    }

    /// What a person does once the login has ended.
    fn remedy(&self) -> String {
        self.login.remedy().within(&self.invocation).to_string()
    }

    /// A token for another organization than the one before is none for this login. (A partner's tokens
    /// show the partner, and not the customer whom the login is for.)
    fn check_same_user(
        &self,
        issued: &oauth::Issued,
        credentials: &Credentials,
    ) -> Result<(), Error> {
        let before = credentials.access_token.as_ref().and_then(OrganizationId::in_token);
        match (before, issued.organization()) {
            (Some(before), Some(now)) if before != now => Err(Error::local(
                format!(
                    "The login `{}` is for the Webex organization {before}, but the new access token \
                     is for {now}.",
                    self.login.alias
                ),
                format!("Nothing was changed. {}", self.remedy()),
            )),
            _ => Ok(()),
        }
    }
}

fn differs(token: &SecretString, known: Option<&SecretString>) -> bool {
    known.map(ExposeSecret::expose_secret) != Some(token.expose_secret())
}

/// What the store of credentials reports, as the client tells it.
fn store_error(error: &salesforce_client::oauth::Error) -> Error {
    let hints = advice::after_login_error(error);
    let hints: Vec<String> = hints.iter().map(ToString::to_string).collect();
    Error::local(error.to_string(), hints.join(" "))
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
mod tests {
    use jiff::Timestamp;
    use scripted_server::{Reply, Server};
    use webex_client::wire::Options;

    use super::*;
    use crate::journal::Lock;
    use crate::vault::Place;

    /// A shelf with something older in it, onto which nothing goes any more.
    struct FullShelf(Credentials);

    impl CredentialStore for FullShelf {
        fn lock(&self) -> Result<Option<Lock>, salesforce_client::oauth::Error> {
            Ok(None)
        }

        fn save(&self, _: &Credentials) -> Result<(), salesforce_client::oauth::Error> {
            Err(salesforce_client::oauth::Error::local("The shelf is full.", "Make room."))
        }

        fn load(&self) -> Option<Credentials> {
            Some(self.0.clone())
        }
    }

    #[tokio::test]
    async fn an_old_token_in_the_store_is_not_taken_for_another_commands() {
        let issued = |token: &str| {
            Reply::json(200, format!("{{\"access_token\":\"{token}\",\"expires_in\":1}}"))
        };
        let server = Server::start(vec![issued("first"), issued("second")]).await;
        let method = WebexMethod::ServiceApp { client_id: "C1".to_owned() };
        let login = WebexLogin {
            alias: "acme".to_owned(),
            org_id: "1eb65fdf-9643-417f-9974-ad72cae0e10f".to_owned(),
            org_name: None,
            api_url: server.url.clone(),
            login_url: server.url.clone(),
            method,
            scope: None,
            secret: Place::None,
            since: Timestamp::UNIX_EPOCH,
            last_used: Timestamp::UNIX_EPOCH,
        };
        let credentials = Credentials {
            access_token: Some("old".into()),
            refresh_token: Some("refresh".into()),
            client_secret: Some("secret".into()),
        };
        let renewal = LoginRenewal {
            login,
            invocation: Invocation::default(),
            client_id: "C1".to_owned(),
            webex: Transport::new(Options::new(&server.url, "tests")).unwrap(),
            in_store: Mutex::new(credentials.access_token.clone()),
            credentials: Mutex::new(credentials.clone()),
            credential_store: Arc::new(FullShelf(credentials)),
        };
        for token in ["first", "second"] {
            assert_eq!(renewal.renew_token().await.unwrap().expose_secret(), token);
        }
    }
}
