//! The web login: an address for the browser, and what comes back from there.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use wire::Url;

use super::{Denial, Error, Grant, random};
use crate::Scope;

/// An integration, as developer.webex.com shows it to whoever registered it.
#[derive(Clone)]
struct Integration {
    client_id: String,
    client_secret: SecretString,
    redirect_uri: String,
}

/// A web login that was begun: the authorization code flow with PKCE.
///
/// <https://developer.webex.com/docs/integrations>
pub struct Authorization {
    url: Url,
    integration: Integration,
    /// Comes back with the answer; an answer without it was not asked for.
    state: SecretString,
    /// Proves to the token endpoint that the one who asks is the one who began.
    verifier: SecretString,
}

impl Authorization {
    /// Begins one; nothing is sent. `webex` is [`URL`](super::URL), and `redirect_uri` is exactly the one that
    /// the integration was registered with.
    pub fn begin(
        webex: &Url,
        client_id: &str,
        client_secret: SecretString,
        redirect_uri: &str,
        scopes: &[Scope],
    ) -> Result<Authorization, Error> {
        let (state, verifier) = (random::letters::<32>()?, random::letters::<96>()?);
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        let scopes: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
        let mut url = webex.clone();
        url.set_path("/v1/authorize");
        url.query_pairs_mut()
            .clear()
            .append_pair("response_type", "code")
            .append_pair("client_id", client_id)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("scope", &scopes.join(" "))
            .append_pair("state", &state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        let [client_id, redirect_uri] = [client_id, redirect_uri].map(str::to_owned);
        let integration = Integration { client_id, client_secret, redirect_uri };
        Ok(Authorization { url, integration, state: state.into(), verifier: verifier.into() })
    }

    /// The page on which a person logs in. It holds no secret that opens anything by itself.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether a query that the browser brought belongs to this login.
    pub fn is_answered_by(&self, query: &str) -> bool {
        self.brought(query, "state") == self.state.expose_secret()
    }

    fn brought(&self, query: &str, name: &str) -> String {
        let mut url = self.url.clone();
        url.set_query(Some(query));
        let found = url.query_pairs().find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }

    /// What the browser brought back, in the query of the redirect's address.
    pub fn answered(&self, query: &str) -> Result<Grant, Error> {
        let get = |name: &str| self.brought(query, name);
        if !self.is_answered_by(query) {
            return Err(Error::local(
                "The browser brought an answer that this login did not ask for: its state is wrong.",
                "Begin again, and finish the login in the window that opens. If nobody but you could \
                 have opened that page, look at what else logs in on this machine.",
            ));
        }
        if !get("error").is_empty() {
            let denial = Denial::of_browser(&get("error"), &get("error_description"));
            return Err(Error::Denied(denial));
        }
        let Integration { client_id, client_secret, redirect_uri } = self.integration.clone();
        let (code, verifier) = (get("code").into(), Some(self.verifier.clone()));
        Ok(Grant::Code { client_id, client_secret, code, verifier, redirect_uri })
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("client_id", &self.integration.client_id)
            .field("redirect_uri", &self.integration.redirect_uri)
            .finish_non_exhaustive()
    }
}
