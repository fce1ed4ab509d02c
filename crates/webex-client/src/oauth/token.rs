//! `POST /v1/access_token`.

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;
use wire::{Answer, Call, Method, Transport, size};

use super::{Denial, Error, Grant};
use crate::OrganizationId;

/// What the token endpoint gives.
#[derive(Clone)]
#[non_exhaustive]
pub struct Issued {
    /// Opens the configuration for a while.
    pub access_token: SecretString,
    /// How long, where it is told; about 14 days.
    pub expires_in: Option<Duration>,
    /// Gets the next access token.
    pub refresh_token: Option<SecretString>,
    /// How long that one is good, where it is told; about 90 days, anew with each renewal.
    pub refresh_token_expires_in: Option<Duration>,
    /// What the token may be used for, where it is told; separated by spaces.
    pub scope: Option<String>,
}

#[derive(Deserialize)]
struct Body {
    access_token: SecretString,
    expires_in: Option<u64>,
    refresh_token: Option<SecretString>,
    refresh_token_expires_in: Option<u64>,
    scope: Option<String>,
}

/// Asks for a token. The transport leads to [`URL`](super::URL).
pub async fn token(transport: &Transport, grant: &Grant) -> Result<Issued, Error> {
    let body =
        form_urlencoded::Serializer::new(String::new()).extend_pairs(grant.fields()).finish();
    let call = Call::new(Method::POST, "/v1/access_token", grant.operation(), grant.class())
        .with_body("application/x-www-form-urlencoded", body.into_bytes())
        .with_header("Accept", "application/json")
        .at_most(size::WORD);
    for secret in grant.secrets() {
        transport.hide(secret);
    }
    let answer = transport.send(&call).await.map_err(lost)?;
    Issued::read(transport, &answer)
}

impl Issued {
    pub(super) fn read(transport: &Transport, answer: &Answer) -> Result<Issued, Error> {
        if !answer.status.is_success() {
            return Err(Denial::error(answer));
        }
        let body: Body = serde_json::from_slice(&answer.bytes).map_err(|_| {
            Error::local(
                format!("What answers at {} is no token endpoint of Webex.", transport.base_url()),
                "Look at the address: a proxy or a login page answers otherwise.",
            )
        })?;
        Ok(Issued {
            access_token: body.access_token,
            expires_in: body.expires_in.map(Duration::from_secs),
            refresh_token: body.refresh_token,
            refresh_token_expires_in: body.refresh_token_expires_in.map(Duration::from_secs),
            scope: body.scope,
        })
    }

    /// The organization that the access token shows. Webex's consent page silently takes whoever is logged
    /// in in the browser: compare this with whom was meant.
    pub fn organization(&self) -> Option<OrganizationId> {
        OrganizationId::in_token(&self.access_token)
    }
}

/// A code is good once: where the answer is lost, only another one helps.
fn lost(error: wire::Error) -> Error {
    if error.kind() == wire::ErrorKind::Ambiguous {
        return Error::local(
            "The answer to the login was lost, and with it what was shown for it.",
            "Begin the login again.",
        );
    }
    Error::Wire(error)
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issued")
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}
