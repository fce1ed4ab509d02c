//! What is shown for a token.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use super::{Assertion, Error};
use crate::wire::Class;

/// One way to an access token.
#[derive(Clone)]
#[non_exhaustive]
pub enum Grant {
    /// A code from the browser.
    Code {
        /// The app's consumer key.
        client_id: String,
        /// The app's consumer secret, where it has one.
        client_secret: Option<SecretString>,
        /// The code; good once.
        code: SecretString,
        /// The PKCE verifier.
        verifier: SecretString,
        /// The address that the code was sent to.
        redirect_uri: String,
    },
    /// A refresh token.
    Refresh {
        /// The consumer key of the app that it was given to.
        client_id: String,
        /// The app's consumer secret, where it has one.
        client_secret: Option<SecretString>,
        /// The token.
        refresh_token: SecretString,
    },
    /// An assertion signed with the app's key: JWT bearer.
    Jwt(Assertion),
    /// The app itself, which runs as one user.
    ClientCredentials {
        /// The app's consumer key.
        client_id: String,
        /// The app's consumer secret.
        client_secret: SecretString,
    },
}

impl Grant {
    /// What the request is about, for messages.
    pub(super) fn operation(&self) -> &'static str {
        match self {
            Grant::Code { .. } => "exchange the browser's code for an access token",
            Grant::Refresh { .. } => "renew the access token",
            Grant::Jwt(_) => "get an access token with the signed assertion",
            Grant::ClientCredentials { .. } => "get an access token with the client credentials",
        }
    }

    /// A code is good only once, so that its request is not repeated; the others may be.
    pub(super) fn class(&self) -> Class {
        match self {
            Grant::Code { .. } => Class::Write,
            Grant::Refresh { .. } | Grant::Jwt(_) | Grant::ClientCredentials { .. } => Class::Read,
        }
    }

    /// The fields of the form.
    pub(super) fn fields(&self) -> Result<Vec<(&'static str, String)>, Error> {
        let shown = |secret: &SecretString| secret.expose_secret().to_owned();
        let mut fields = match self {
            Grant::Code { client_id, code, verifier, redirect_uri, .. } => vec![
                ("grant_type", "authorization_code".to_owned()),
                ("client_id", client_id.clone()),
                ("code", shown(code)),
                ("code_verifier", shown(verifier)),
                ("redirect_uri", redirect_uri.clone()),
            ],
            Grant::Refresh { client_id, refresh_token, .. } => vec![
                ("grant_type", "refresh_token".to_owned()),
                ("client_id", client_id.clone()),
                ("refresh_token", shown(refresh_token)),
            ],
            Grant::Jwt(assertion) => vec![
                ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer".to_owned()),
                ("assertion", shown(&assertion.signed()?)),
            ],
            Grant::ClientCredentials { client_id, .. } => vec![
                ("grant_type", "client_credentials".to_owned()),
                ("client_id", client_id.clone()),
            ],
        };
        if let Some(secret) = self.client_secret() {
            fields.push(("client_secret", shown(secret)));
        }
        Ok(fields)
    }

    /// What must not be seen wherever the request is told of.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        let own = match self {
            Grant::Code { code, verifier, .. } => vec![code, verifier],
            Grant::Refresh { refresh_token, .. } => vec![refresh_token],
            Grant::Jwt(_) | Grant::ClientCredentials { .. } => Vec::new(),
        };
        own.into_iter().chain(self.client_secret())
    }

    fn client_secret(&self) -> Option<&SecretString> {
        match self {
            Grant::Code { client_secret, .. } | Grant::Refresh { client_secret, .. } => {
                client_secret.as_ref()
            }
            Grant::ClientCredentials { client_secret, .. } => Some(client_secret),
            Grant::Jwt(_) => None,
        }
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant").field("operation", &self.operation()).finish_non_exhaustive()
    }
}
