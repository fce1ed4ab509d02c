//! The JWT bearer flow's assertion: who wants in, signed with the app's key.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;

use super::Error;
use crate::wire::{Url, is_loopback};

/// How long an assertion is good. Salesforce takes a few minutes; clocks differ.
const LIFETIME: SignedDuration = SignedDuration::from_mins(3);

/// Which of Salesforce's login hosts an assertion is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// `https://login.salesforce.com`
    Production,
    /// `https://test.salesforce.com`
    Sandbox,
}

impl Audience {
    /// The audience for a login at that address. A My Domain host tells a sandbox in its name; where
    /// the guess is wrong, the org says so, and the [`other`](Self::other) one is tried.
    pub fn of(login_url: &Url) -> Audience {
        let host = login_url.host_str().unwrap_or_default().to_ascii_lowercase();
        if host == "test.salesforce.com" || host.contains(".sandbox.") || host.contains("--") {
            Audience::Sandbox
        } else {
            Audience::Production
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Audience {
        match self {
            Audience::Production => Audience::Sandbox,
            Audience::Sandbox => Audience::Production,
        }
    }

    /// As an assertion names it, for a login at that address.
    pub fn name(self, login_url: &Url) -> String {
        if is_loopback(login_url) {
            return login_url.as_str().trim_end_matches('/').to_owned();
        }
        match self {
            Audience::Production => "https://login.salesforce.com",
            Audience::Sandbox => "https://test.salesforce.com",
        }
        .to_owned()
    }
}

/// Who wants in.
#[derive(Clone)]
pub struct Assertion {
    /// The app's consumer key.
    pub client_id: String,
    /// The user name.
    pub username: String,
    /// Whom it is for.
    pub audience: String,
    key: SecretString,
}

/// Why a private key cannot sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It asks for a passphrase.
    #[error("the private key is encrypted")]
    Encrypted,
    /// It is the other half.
    #[error("it holds a certificate or a public key, and the private key is needed")]
    Public,
    /// It is no RSA key in PEM.
    #[error("it is no RSA private key in PEM format")]
    NotRsa,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
}

impl Assertion {
    /// An assertion, or an explanation of what is wrong with the key.
    pub fn new(
        client_id: &str,
        username: &str,
        audience: &str,
        key: SecretString,
    ) -> Result<Assertion, KeyError> {
        encoding_key(&key)?;
        let [client_id, username, audience] = [client_id, username, audience].map(str::to_owned);
        Ok(Assertion { client_id, username, audience, key })
    }

    /// The assertion as of now.
    pub(super) fn signed(&self) -> Result<SecretString, Error> {
        let claims = Claims {
            iss: &self.client_id,
            sub: &self.username,
            aud: &self.audience,
            exp: (Timestamp::now() + LIFETIME).as_second(),
        };
        let key = encoding_key(&self.key)
            .map_err(|error| Error::CannotSign { reason: error.to_string() })?;
        encode(&Header::new(Algorithm::RS256), &claims, &key)
            .map(SecretString::from)
            .map_err(|error| Error::CannotSign { reason: error.to_string() })
    }
}

fn encoding_key(pem: &SecretString) -> Result<EncodingKey, KeyError> {
    let text = pem.expose_secret();
    if text.contains("ENCRYPTED") {
        return Err(KeyError::Encrypted);
    }
    if !text.contains("PRIVATE KEY-----") && text.contains("-----BEGIN") {
        return Err(KeyError::Public);
    }
    EncodingKey::from_rsa_pem(text.as_bytes()).map_err(|_| KeyError::NotRsa)
}

impl fmt::Debug for Assertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assertion")
            .field("client_id", &self.client_id)
            .field("username", &self.username)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_audience_follows_the_address() {
        for (url, audience) in [
            ("https://login.salesforce.com", Audience::Production),
            ("https://test.salesforce.com/", Audience::Sandbox),
            ("https://acme.my.salesforce.com", Audience::Production),
            ("https://acme--uat.sandbox.my.salesforce.com", Audience::Sandbox),
        ] {
            assert_eq!(Audience::of(&Url::parse(url).unwrap()), audience, "{url}");
        }
    }

    #[test]
    fn a_wrong_key_says_what_it_is() {
        for (pem, error) in [
            ("-----BEGIN ENCRYPTED PRIVATE KEY-----\nx\n", KeyError::Encrypted),
            ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n", KeyError::Encrypted),
            ("-----BEGIN CERTIFICATE-----\nx\n", KeyError::Public),
            ("-----BEGIN PUBLIC KEY-----\nx\n", KeyError::Public),
            ("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n", KeyError::NotRsa),
            ("", KeyError::NotRsa),
        ] {
            let made = Assertion::new("key", "ada", "https://login.salesforce.com", pem.into());
            assert_eq!(made.unwrap_err(), error, "{pem}");
        }
    }
}
