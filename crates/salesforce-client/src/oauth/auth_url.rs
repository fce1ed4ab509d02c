//! `force://CLIENT_ID:CLIENT_SECRET:REFRESH_TOKEN@HOST`: a login in one line, as the Salesforce CLI
//! writes it.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// A login that was made elsewhere.
#[derive(Clone)]
pub struct AuthUrl {
    /// The consumer key of the app that it was made with.
    pub client_id: String,
    /// The app's consumer secret, where it has one.
    pub client_secret: Option<SecretString>,
    /// The refresh token.
    pub refresh_token: SecretString,
    /// The org's address, with its scheme.
    pub instance_url: String,
}

/// The text is no such address. What it is is not said, for it may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no auth URL: one looks like force://CLIENT_ID:CLIENT_SECRET:REFRESH_TOKEN@HOST")]
pub struct NotAnAuthUrl;

impl AuthUrl {
    /// Reads one. The secret may be empty, and the consumer key may be left out with it:
    /// `force://REFRESH_TOKEN@HOST` is a login by the CLI's own app.
    pub fn read(text: &str) -> Result<AuthUrl, NotAnAuthUrl> {
        AuthUrl::parts(text).ok_or(NotAnAuthUrl)
    }

    /// Reads one that must not be seen.
    pub fn read_secret(text: &SecretString) -> Result<AuthUrl, NotAnAuthUrl> {
        AuthUrl::read(text.expose_secret())
    }

    fn parts(text: &str) -> Option<AuthUrl> {
        let rest = text.trim().strip_prefix("force://")?;
        let (login, host) = rest.rsplit_once('@')?;
        let parts: Vec<&str> = login.split(':').collect();
        let (client_id, secret, token) = match parts.as_slice() {
            [token] => (PLATFORM_CLI, "", *token),
            [client_id, token] => (*client_id, "", *token),
            [client_id, secret, token] => (*client_id, *secret, *token),
            _ => return None,
        };
        let plain =
            |host: &str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
        // The CLI writes hosts only, other tools whole addresses.
        let host = host.trim_end_matches('/');
        let (scheme, host) = match host.split_once("://") {
            Some((scheme @ ("https" | "http"), host)) => (scheme, host),
            Some(_) => return None,
            None => ("https", host),
        };
        if client_id.is_empty() || token.is_empty() || host.is_empty() || !plain(host) {
            return None;
        }
        Some(AuthUrl {
            client_id: client_id.to_owned(),
            client_secret: (!secret.is_empty()).then(|| secret.into()),
            refresh_token: token.into(),
            instance_url: format!("{scheme}://{host}"),
        })
    }
}

/// The consumer key of the Salesforce CLI's own app, which every org knows.
pub(super) const PLATFORM_CLI: &str = "PlatformCLI";

impl fmt::Debug for AuthUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthUrl")
            .field("client_id", &self.client_id)
            .field("instance_url", &self.instance_url)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read() {
        for (text, client_id, secret, url) in [
            (
                "force://PlatformCLI::5Aep@acme.my.salesforce.com",
                "PlatformCLI",
                None,
                "https://acme.my.salesforce.com",
            ),
            (
                " force://3MVG9:s3cret:5Aep@acme.my.salesforce.com\n",
                "3MVG9",
                Some("s3cret"),
                "https://acme.my.salesforce.com",
            ),
            (
                "force://3MVG9:5Aep@https://acme.my.salesforce.com/",
                "3MVG9",
                None,
                "https://acme.my.salesforce.com",
            ),
            ("force://5Aep@127.0.0.1:8080", "PlatformCLI", None, "https://127.0.0.1:8080"),
            ("force://5Aep@http://127.0.0.1:8080", "PlatformCLI", None, "http://127.0.0.1:8080"),
        ] {
            let read = AuthUrl::read(text).unwrap();
            assert_eq!(read.client_id, client_id, "{text}");
            assert_eq!(
                read.client_secret.as_ref().map(ExposeSecret::expose_secret),
                secret,
                "{text}"
            );
            assert_eq!(read.refresh_token.expose_secret(), "5Aep", "{text}");
            assert_eq!(read.instance_url, url, "{text}");
            assert!(!format!("{read:?}").contains("5Aep"), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_refused_without_being_repeated() {
        for text in [
            "",
            "5Aep",
            "https://a",
            "force://",
            "force://@a",
            "force://a:b:c:d@e",
            "force://a::@b",
            "force://5Aep@",
            "force://5Aep@ftp://a",
            "force://5Aep@a/b?c",
            "force://::5Aep@a",
        ] {
            assert!(AuthUrl::read(text).is_err(), "{text}");
        }
    }
}
