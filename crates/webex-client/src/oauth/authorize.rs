//! The web login: an address for the browser, and what comes back from there.

use std::fmt;

use secrecy::SecretString;
use wire::{CodeFlow, NoRandomNumbers, Url};

use super::{Denial, Error, Grant};
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
    flow: CodeFlow,
    integration: Integration,
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
        let scopes: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
        let mut page = webex.clone();
        page.set_path("/v1/authorize");
        let flow = CodeFlow::begin(page, client_id, redirect_uri, &scopes.join(" "))
            .map_err(|error| Error::local(error.to_string(), NoRandomNumbers::REMEDY))?;
        let [client_id, redirect_uri] = [client_id, redirect_uri].map(str::to_owned);
        let integration = Integration { client_id, client_secret, redirect_uri };
        Ok(Authorization { flow, integration })
    }

    /// The page on which a person logs in. It holds no secret that opens anything by itself.
    pub fn url(&self) -> &Url {
        self.flow.url()
    }

    /// Whether a query that the browser brought belongs to this login.
    pub fn is_answered_by(&self, query: &str) -> bool {
        self.flow.is_answered_by(query)
    }

    /// What the browser brought back, in the query of the redirect's address.
    pub fn answered(&self, query: &str) -> Result<Grant, Error> {
        let get = |name: &str| self.flow.brought(query, name);
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
        let (code, verifier) = (get("code").into(), Some(self.flow.verifier().clone()));
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
