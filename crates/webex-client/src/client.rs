//! The way into a contact center's configuration.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use serde::de::DeserializeOwned;
use wire::{Answer, Call, Class, Options, StatusCode, Transport};

use crate::pace::Pace;
use crate::{ApiError, Error, OrganizationId, Resource, Scope, Session, Stored, decode};

/// How many requests a minute the service takes from one app.
pub const REQUESTS_A_MINUTE: usize = 300;

/// A client of one organization's contact center; clones share everything.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    transport: Transport,
    session: Session,
    pace: Pace,
}

/// The options of a transport to the service at that address, such as [`Region::api_url`](crate::Region::api_url).
/// `user_agent` is how the program calls itself, such as `acme/1.0`.
///
/// They allow for waits as long as the minute after which a used-up allowance begins anew, and for as many
/// requests at once as an organization has kinds of records, and some of each.
pub fn options(api_url: &str, user_agent: &str) -> Options {
    let mut options = Options::new(api_url, user_agent);
    options.concurrency = 24;
    options.retry.cap = Duration::from_secs(65);
    options.retry.total = Duration::from_secs(300);
    options
}

impl Client {
    /// A client over a transport that was set up elsewhere (see [`options`]).
    pub fn new(transport: Transport, session: Session) -> Client {
        let pace = Pace::new(REQUESTS_A_MINUTE);
        Client { inner: Arc::new(Inner { transport, session, pace }) }
    }

    /// A client of the service at that address, such as [`Region::api_url`](crate::Region::api_url), with a
    /// transport of its own.
    pub fn connect(api_url: &str, session: Session, user_agent: &str) -> Result<Client, Error> {
        Ok(Client::new(Transport::new(options(api_url, user_agent))?, session))
    }

    /// The organization whose configuration it is, as the session was told.
    pub fn organization_id(&self) -> &OrganizationId {
        self.inner.session.organization()
    }

    /// The organization's token and where the next comes from.
    pub fn session(&self) -> &Session {
        &self.inner.session
    }

    /// The transport, for its counters.
    pub fn transport(&self) -> &Transport {
        &self.inner.transport
    }

    /// A path below the organization.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/organization/{}{rest}", self.organization_id())
    }

    /// Sends a call with the token. Where it is no longer accepted, and the login brings another, the
    /// call is sent once more: a request that was refused so did nothing.
    async fn answer(&self, call: Call) -> Result<Answer, Error> {
        let Inner { transport, session, pace } = &*self.inner;
        let operation = call.operation;
        let with = |token: SecretString| Call { bearer: Some(token), ..call.clone() };
        let (token, number) = session.bearer().await?;
        pace.turn().await;
        let answer = transport.send(&with(token)).await?;
        let Some(error) = refused_token(&answer) else { return Ok(answer) };
        let ended =
            |error| Error::SessionEnded { operation, error, remedy: session.remedy().to_owned() };
        let Some((token, _)) = session.renewed(number).await? else { return Err(ended(error)) };
        pace.turn().await;
        let answer = transport.send(&with(token)).await?;
        match refused_token(&answer) {
            Some(error) => Err(ended(error)),
            None => Ok(answer),
        }
    }

    /// Sends a call; a refusal is an error.
    pub(crate) async fn send(&self, call: Call) -> Result<Answer, Error> {
        let (operation, class) = (call.operation, call.class);
        // Every request is made here: its future is better not a part of all of theirs.
        let answer = Box::pin(self.answer(call)).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        let scope = match class {
            Class::Write => Scope::WriteConfiguration,
            Class::Read | Class::Poll => Scope::ReadConfiguration,
        };
        let error = Box::new(ApiError::from_answer(&answer));
        Err(self.without_secrets(Error::Api { operation, scope, error }))
    }

    /// Sends a call and reads the JSON it brings.
    pub(crate) async fn json<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        self.read(call, decode::bytes).await
    }

    /// Sends a call and reads the record it brings.
    pub(crate) async fn record<T: Resource>(&self, call: Call) -> Result<Stored<T>, Error> {
        let read =
            |operation, bytes: &[u8]| Stored::read(operation, decode::bytes(operation, bytes)?);
        self.read(call, read).await
    }

    async fn read<T>(
        &self,
        call: Call,
        read: impl FnOnce(&'static str, &[u8]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (operation, class) = (call.operation, call.class);
        let answer = self.send(call).await?;
        read(operation, &answer.bytes).map_err(|error| {
            let error = match class {
                // The service has accepted the change; what came of it, this answer does not tell.
                Class::Write => error.in_doubt(&answer.host),
                Class::Read | Class::Poll => error,
            };
            self.without_secrets(error)
        })
    }

    /// An error without the token and whatever else is hidden: the service may quote them, in what it calls a
    /// success too, and in headers.
    pub(crate) fn without_secrets(&self, error: Error) -> Error {
        let Inner { transport, session, .. } = &*self.inner;
        let token = session.token();
        error.map_words(|text| transport.mask(text, token.as_ref()))
    }
}

fn refused_token(answer: &Answer) -> Option<Box<ApiError>> {
    (answer.status == StatusCode::UNAUTHORIZED).then(|| Box::new(ApiError::from_answer(answer)))
}
