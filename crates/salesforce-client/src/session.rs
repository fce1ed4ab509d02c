//! Where an org is, the token that opens it, and where the next token comes from.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::Error;
use super::oauth;
use crate::wire::{self, Tokens, Url};

/// What a [`Renewal`] is working on.
pub type Renewing<'a> = wire::Renewing<'a, oauth::Error>;

/// Where a session gets its next access token from.
pub trait Renewal: Send + Sync {
    /// Gets a new access token for the same user of the same org.
    fn renew(&self) -> Renewing<'_>;
}

/// An org's address and an access token for it; clones share the token.
#[derive(Clone)]
pub struct Session {
    /// The org's own address.
    pub instance_url: Url,
    remedy: Arc<str>,
    inner: Arc<Inner>,
}

struct Inner {
    tokens: Tokens<oauth::Error>,
    renewal: Option<Box<dyn Renewal>>,
    org_id: Option<String>,
}

/// What to do about a token that nobody renews, where the program does not say it better.
const NEW_TOKEN: &str = "The access token is wrong, expired, or of another org: get a new one.";

impl Session {
    /// A session with a token that is already there, and that nobody renews.
    pub fn new(instance_url: Url, token: SecretString) -> Session {
        let org_id = org_id_in(&token);
        Session::of(instance_url, Some(token), None, org_id, NEW_TOKEN)
    }

    /// A session of a login to the org with that id, whose tokens are renewed where they end.
    /// Without a token, the first request gets one. `remedy` is a sentence: what a person does when
    /// the login itself has ended.
    pub fn of_login(
        instance_url: Url,
        token: Option<SecretString>,
        renewal: Option<Box<dyn Renewal>>,
        org_id: &str,
        remedy: &str,
    ) -> Session {
        let org_id = org_id.get(..15).map(str::to_owned);
        Session::of(instance_url, token, renewal, org_id, remedy)
    }

    fn of(
        instance_url: Url,
        token: Option<SecretString>,
        renewal: Option<Box<dyn Renewal>>,
        org_id: Option<String>,
        remedy: &str,
    ) -> Session {
        let inner = Arc::new(Inner { tokens: Tokens::new(token), renewal, org_id });
        Session { instance_url, remedy: remedy.into(), inner }
    }

    /// The same session with other words for what a person does when the org no longer accepts it, in a
    /// sentence.
    #[must_use]
    pub fn with_remedy(self, remedy: &str) -> Session {
        Session { remedy: remedy.into(), ..self }
    }

    /// The token to send now, and its number.
    pub(super) async fn bearer(&self) -> Result<(SecretString, u64), Error> {
        let (token, number) = self.inner.tokens.now();
        match token {
            Some(token) => Ok((token, number)),
            None => self.renewed(number).await?.ok_or_else(|| {
                let message = "The login has no access token, and no way to one.";
                Error::Login(oauth::Error::local(message, self.remedy()))
            }),
        }
    }

    /// The token after the one with that number, which the org refused; `None` where there is none.
    pub(super) async fn renewed(&self, refused: u64) -> Result<Option<(SecretString, u64)>, Error> {
        let Some(renewal) = &self.inner.renewal else { return Ok(None) };
        let renewed = self.inner.tokens.renewed(refused, || renewal.renew()).await;
        Ok(Some(renewed?))
    }

    /// The token of the moment, where there is one.
    pub(super) fn token(&self) -> Option<SecretString> {
        self.inner.tokens.now().0
    }

    /// What a person does when the org no longer accepts the login.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }

    /// The org's 15-character id, where the login knows it or the token shows it (`00D…!…`).
    ///
    /// It finds caches and journals early; who the org is, it must say itself.
    pub fn org_id_hint(&self) -> Option<String> {
        self.inner.org_id.clone()
    }
}

/// The org's 15-character id in an access token, where it shows one.
pub fn org_id_in(token: &SecretString) -> Option<String> {
    let (id, _) = token.expose_secret().split_once('!')?;
    let is_id = id.starts_with("00D")
        && (15..=18).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric());
    is_id.then(|| id[..15].to_owned())
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
