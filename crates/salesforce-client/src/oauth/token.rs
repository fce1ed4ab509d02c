//! `POST /services/oauth2/token`.

use std::fmt;

use secrecy::SecretString;
use serde::Deserialize;

use super::{Denial, Error, Grant};
use crate::wire::{self, Call, Method, Transport, size};

/// What the token endpoint gives.
#[derive(Clone)]
#[non_exhaustive]
pub struct Issued {
    /// Opens the org for a while.
    pub access_token: SecretString,
    /// Gets the next access token; only some flows bring one, and a renewal only where the app
    /// rotates them.
    pub refresh_token: Option<SecretString>,
    /// The org's own address.
    pub instance_url: String,
    /// The org's 18-character id.
    pub org_id: String,
    /// The user's 18-character id.
    pub user_id: String,
}

#[derive(Deserialize)]
struct Body {
    access_token: SecretString,
    #[serde(default)]
    refresh_token: Option<SecretString>,
    instance_url: String,
    /// `https://login.salesforce.com/id/00D…/005…`
    id: String,
}

/// Asks for a token.
///
/// <https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_endpoints.htm>
pub async fn token(transport: &Transport, grant: &Grant) -> Result<Issued, Error> {
    let call = Call::new(Method::POST, PATH, grant.operation(), grant.class())
        .with_body("application/x-www-form-urlencoded", form(&grant.fields()?))
        .with_header("Accept", "application/json")
        .at_most(size::WORD);
    for secret in grant.secrets() {
        transport.hide(secret);
    }
    let answer = transport.send(&call).await.map_err(lost)?;
    if !answer.status.is_success() {
        return Err(Denial::error(&answer));
    }
    let strange = || {
        Error::local(
            format!("What answers at {} is no token endpoint of Salesforce.", transport.base_url()),
            "Look at the address: a proxy or a login page answers otherwise.",
        )
    };
    let body: Body = serde_json::from_slice(&answer.bytes).map_err(|_| strange())?;
    let mut parts = body.id.rsplit('/');
    let (user_id, org_id) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if !user_id.starts_with("005") || !org_id.starts_with("00D") {
        return Err(strange());
    }
    Ok(Issued {
        access_token: body.access_token,
        refresh_token: body.refresh_token,
        instance_url: body.instance_url,
        org_id: org_id.to_owned(),
        user_id: user_id.to_owned(),
    })
}

/// A code is good once: where the answer is lost, only another one helps.
fn lost(error: wire::Error) -> Error {
    if error.kind() == wire::ErrorKind::Ambiguous {
        return Error::local(
            "The answer to the login was lost, and with it the browser's code.",
            "Begin the login again.",
        );
    }
    Error::Wire(error)
}

const PATH: &str = "/services/oauth2/token";

/// A form as a body.
pub(super) fn form(fields: &[(&'static str, String)]) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issued")
            .field("instance_url", &self.instance_url)
            .field("org_id", &self.org_id)
            .field("user_id", &self.user_id)
            .finish_non_exhaustive()
    }
}
