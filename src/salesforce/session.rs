//! Where an org is, and the token that opens it.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::wire::Url;

/// An org's address and an access token for it.
#[derive(Clone)]
pub struct Session {
    /// The org's own address.
    pub instance_url: Url,
    token: SecretString,
}

impl Session {
    /// A session with a token that is already there.
    pub fn new(instance_url: Url, token: SecretString) -> Session {
        Session { instance_url, token }
    }

    /// The token to send now.
    ///
    /// The only way to the token: a source that refreshes it takes this method's place.
    pub(super) fn bearer(&self) -> &SecretString {
        &self.token
    }

    /// The org's 15-character id, when the token shows it (`00D…!…`).
    ///
    /// A hint only: it finds caches and journals early; who the org is, it must say itself.
    pub fn org_id_hint(&self) -> Option<String> {
        let (id, _) = self.token.expose_secret().split_once('!')?;
        let is_id = id.starts_with("00D")
            && (15..=18).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric());
        is_id.then(|| id[..15].to_owned())
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("instance_url", &self.instance_url.as_str())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(token: &str) -> Session {
        Session::new(
            Url::parse("https://acme.my.salesforce.com").unwrap(),
            SecretString::from(token),
        )
    }

    #[test]
    fn the_token_may_show_the_org() {
        for (token, id) in [
            ("00Dx0000000BV7z!AR8AQAxo9", Some("00Dx0000000BV7z")),
            ("00Dx0000000BV7zEAE!AR8AQ", Some("00Dx0000000BV7z")),
            ("00Dx!AR8", None),
            ("005x0000000BV7z!AR8", None),
            ("eyJh.eyJz.abc", None),
            ("", None),
        ] {
            assert_eq!(session(token).org_id_hint().as_deref(), id, "{token}");
        }
    }

    #[test]
    fn the_token_is_not_printed() {
        assert!(!format!("{:?}", session("00Dx0000000BV7z!canary")).contains("canary"));
    }
}
