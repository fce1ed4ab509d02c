//! Whose configuration it is, the token that opens it, and where the next token comes from.

use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;
use wire::Tokens;

use crate::{Error, NotAnOrganizationId, OrganizationId, Scope, oauth};

/// What a [`Renewal`] is working on.
pub type Renewing<'a> = wire::Renewing<'a, oauth::Error>;

/// Where a session gets its next access token from.
pub trait Renewal: Send + Sync {
    /// Gets a new access token for the same organization.
    fn renew(&self) -> Renewing<'_>;
}

/// An organization and an access token for it; clones share the token.
#[derive(Clone)]
pub struct Session {
    organization: OrganizationId,
    remedy: Arc<str>,
    granted: Option<Arc<str>>,
    inner: Arc<Inner>,
}

struct Inner {
    tokens: Tokens<oauth::Error>,
    renewal: Option<Box<dyn Renewal>>,
}

/// What to do about a token that nobody renews, where the program does not say it better.
const NEW_TOKEN: &str = "The access token is wrong or has expired: get a new one.";

impl Session {
    /// A session with a token that nobody renews, such as a personal one, of the organization that
    /// the token shows.
    pub fn new(token: SecretString) -> Result<Session, NotAnOrganizationId> {
        let organization = OrganizationId::in_token(&token).ok_or_else(|| NotAnOrganizationId {
            text: "the end of the access token".to_owned(),
        })?;
        Ok(Session::in_organization(organization, token))
    }

    /// The same for an organization that is named, as where a partner works for a customer.
    pub fn in_organization(organization: OrganizationId, token: SecretString) -> Session {
        Session::of_login(organization, Some(token), None, NEW_TOKEN)
    }

    /// A session of a login whose tokens are renewed where they end. Without a token, the first
    /// request gets one. `remedy` is a sentence: what a person does when the login itself has ended.
    pub fn of_login(
        organization: OrganizationId,
        token: Option<SecretString>,
        renewal: Option<Box<dyn Renewal>>,
        remedy: &str,
    ) -> Session {
        let inner = Arc::new(Inner { tokens: Tokens::new(token), renewal });
        Session { organization, remedy: remedy.into(), granted: None, inner }
    }

    /// The session with the scopes that its login was granted, as the service lists them with blanks
    /// between; `None`, or nothing at all, where nobody knows them.
    #[must_use]
    pub fn granted(mut self, scopes: Option<&str>) -> Session {
        self.granted = scopes.filter(|all| !all.trim().is_empty()).map(Into::into);
        self
    }

    /// Whether the login is known to lack a scope. `cjp:config` is as good as each that begins so.
    pub fn lacks(&self, scope: Scope) -> bool {
        let is_it = |name: &str| {
            name == scope.name() || (name == "cjp:config" && scope.name().starts_with("cjp:config"))
        };
        self.granted.as_ref().is_some_and(|all| !all.split_whitespace().any(is_it))
    }

    /// Whose configuration it is, as the session was told.
    pub fn organization(&self) -> &OrganizationId {
        &self.organization
    }

    /// What a person does when the service no longer accepts the login.
    pub fn remedy(&self) -> &str {
        &self.remedy
    }

    /// The token to send now, and its number.
    pub(crate) async fn bearer(&self) -> Result<(SecretString, u64), Error> {
        let (token, number) = self.inner.tokens.now();
        match token {
            Some(token) => Ok((token, number)),
            None => self.renewed(number).await?.ok_or_else(|| {
                let message = "The login has no access token, and no way to one.";
                Error::Login(oauth::Error::local(message, self.remedy()))
            }),
        }
    }

    /// The token of the moment, where there is one.
    pub(crate) fn token(&self) -> Option<SecretString> {
        self.inner.tokens.now().0
    }

    /// The token after the one with that number, which was refused; `None` where there is none.
    pub(crate) async fn renewed(&self, refused: u64) -> Result<Option<(SecretString, u64)>, Error> {
        let Some(renewal) = &self.inner.renewal else { return Ok(None) };
        let renewed = self.inner.tokens.renewed(refused, || renewal.renew()).await;
        Ok(Some(renewed?))
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("organization", &self.organization).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_lacking_only_where_the_granted_ones_are_known() {
        let organization =
            || OrganizationId::parse("7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10").unwrap();
        let session = |scopes: Option<&str>| {
            Session::in_organization(organization(), "token".into()).granted(scopes)
        };
        for (scopes, lacks) in [
            (None, false),
            (Some("cjp:config_read cjp:config_write"), false),
            (Some("cjp:config spark:kms"), false),
            (Some("cjp:config_read"), true),
            (Some(""), false),
        ] {
            assert_eq!(session(scopes).lacks(Scope::WriteConfiguration), lacks, "{scopes:?}");
        }
        assert!(session(Some("cjp:config")).lacks(Scope::MintTokens));
    }
}
