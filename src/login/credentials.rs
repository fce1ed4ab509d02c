//! The secrets of a login.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

/// The secrets of a login, each where it has one. A private key is none of them: it stays in its file.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Credentials {
    /// Opens the org for a while.
    pub access_token: Option<SecretString>,
    /// Gets the next access token.
    pub refresh_token: Option<SecretString>,
    /// The app's consumer secret.
    pub client_secret: Option<SecretString>,
}

impl Credentials {
    /// In the form in which it is kept.
    pub(super) fn to_json(&self) -> Value {
        let shown = |secret: &Option<SecretString>| {
            secret.as_ref().map(|secret| secret.expose_secret().to_owned())
        };
        json!({
            "access_token": shown(&self.access_token),
            "refresh_token": shown(&self.refresh_token),
            "client_secret": shown(&self.client_secret),
        })
    }

    /// What was kept; `None` where it is of no version that is known here.
    pub(super) fn from_json(credentials: &Value) -> Option<Credentials> {
        Credentials::deserialize(credentials).ok()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("access_token", &self.access_token.is_some())
            .field("refresh_token", &self.refresh_token.is_some())
            .field("client_secret", &self.client_secret.is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_come_back_as_they_were_and_are_never_printed() {
        let credentials = Credentials {
            access_token: Some("00D!a\"b\\".into()),
            refresh_token: Some("5Aep".into()),
            client_secret: None,
        };
        let opened = Credentials::from_json(&credentials.to_json()).unwrap();
        assert_eq!(opened.access_token.unwrap().expose_secret(), "00D!a\"b\\");
        assert_eq!(opened.refresh_token.unwrap().expose_secret(), "5Aep");
        assert!(opened.client_secret.is_none());
        assert!(!format!("{credentials:?}").contains("5Aep"));
        assert!(Credentials::from_json(&json!("not ours")).is_none());
    }
}
