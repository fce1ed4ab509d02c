//! What is shown for a token.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use wire::Class;

/// One way to an access token.
#[derive(Clone)]
#[non_exhaustive]
pub enum Grant {
    /// A code from the browser.
    Code {
        /// The integration's client id.
        client_id: String,
        /// The integration's client secret.
        client_secret: SecretString,
        /// The code; good once.
        code: SecretString,
        /// The PKCE verifier, where the login was begun with one.
        verifier: Option<SecretString>,
        /// The address that the code was sent to.
        redirect_uri: String,
    },
    /// A refresh token, of an integration or of a service app.
    Refresh {
        /// The client id of the app that it was given to.
        client_id: String,
        /// The app's client secret.
        client_secret: SecretString,
        /// The token.
        refresh_token: SecretString,
    },
}

impl Grant {
    /// What the request is about, for messages.
    pub(super) fn operation(&self) -> &'static str {
        match self {
            Grant::Code { .. } => "exchange the browser's code for an access token",
            Grant::Refresh { .. } => "renew the access token",
        }
    }

    /// A code is good only once, so that its request is not repeated. A refresh token stays the same.
    pub(super) fn class(&self) -> Class {
        match self {
            Grant::Code { .. } => Class::Write,
            Grant::Refresh { .. } => Class::Read,
        }
    }

    /// The fields of the form.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let shown = |secret: &SecretString| secret.expose_secret().to_owned();
        match self {
            Grant::Code { client_id, client_secret, code, verifier, redirect_uri } => {
                let mut fields = vec![
                    ("grant_type", "authorization_code".to_owned()),
                    ("client_id", client_id.clone()),
                    ("client_secret", shown(client_secret)),
                    ("code", shown(code)),
                    ("redirect_uri", redirect_uri.clone()),
                ];
                fields.extend(verifier.as_ref().map(|it| ("code_verifier", shown(it))));
                fields
            }
            Grant::Refresh { client_id, client_secret, refresh_token } => vec![
                ("grant_type", "refresh_token".to_owned()),
                ("client_id", client_id.clone()),
                ("client_secret", shown(client_secret)),
                ("refresh_token", shown(refresh_token)),
            ],
        }
    }

    /// What must not be seen wherever the request is told of.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        let all = match self {
            Grant::Code { client_secret, code, verifier, .. } => {
                [Some(client_secret), Some(code), verifier.as_ref()]
            }
            Grant::Refresh { client_secret, refresh_token, .. } => {
                [Some(client_secret), Some(refresh_token), None]
            }
        };
        all.into_iter().flatten()
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant").field("operation", &self.operation()).finish_non_exhaustive()
    }
}
