//! The web login: an address for the browser, and what comes back from there.

use std::fmt;

use secrecy::SecretString;

use super::{Denial, Error, Grant};
use crate::wire::{CodeFlow, NoRandomNumbers, Url};

/// What the app asks for: the APIs, and to come back without a person.
const SCOPE: &str = "api refresh_token";

/// A web login that was begun: the authorization code flow with PKCE.
///
/// <https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_web_server_flow.htm>
pub struct Authorization {
    flow: CodeFlow,
    client_id: String,
    client_secret: Option<SecretString>,
    redirect_uri: String,
}

impl Authorization {
    /// Begins one; nothing is sent.
    pub fn begin(
        login_url: &Url,
        client_id: &str,
        client_secret: Option<SecretString>,
        redirect_uri: &str,
    ) -> Result<Authorization, Error> {
        let mut page = login_url.clone();
        page.set_path("/services/oauth2/authorize");
        let flow = CodeFlow::begin(page, client_id, redirect_uri, SCOPE)
            .map_err(|error| Error::local(error.to_string(), NoRandomNumbers::REMEDY))?
            // Whoever has several orgs open chooses here, instead of getting the last one.
            .with("prompt", "login");
        let [client_id, redirect_uri] = [client_id, redirect_uri].map(str::to_owned);
        Ok(Authorization { flow, client_id, client_secret, redirect_uri })
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
            return Err(Error::Denied(Denial::new(&get("error"), &get("error_description"))));
        }
        Ok(Grant::Code {
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
            code: get("code").into(),
            verifier: self.flow.verifier().clone(),
            redirect_uri: self.redirect_uri.clone(),
        })
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("client_id", &self.client_id)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};
    use base64::Engine as _;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use secrecy::ExposeSecret as _;

    use super::*;

    fn begun() -> Authorization {
        let url = Url::parse("https://test.salesforce.com").unwrap();
        Authorization::begin(&url, "3MVG9 key", None, "http://localhost:1717/OauthRedirect")
            .unwrap()
    }

    fn asked(authorization: &Authorization, name: &str) -> String {
        let found = authorization.url().query_pairs().find(|(key, _)| key == name);
        found.unwrap().1.into_owned()
    }

    #[test]
    fn the_page_is_asked_for_with_a_challenge_and_never_with_the_verifier() {
        let one = begun();
        assert!(
            one.url()
                .as_str()
                .starts_with("https://test.salesforce.com/services/oauth2/authorize?")
        );
        assert_eq!(asked(&one, "client_id"), "3MVG9 key");
        let verifier = one.flow.verifier().expose_secret();
        assert!((43..=128).contains(&verifier.len()), "RFC 7636, 4.1");
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        assert_eq!(asked(&one, "code_challenge"), challenge);
        assert!(!one.url().as_str().contains(verifier));
        assert_ne!(asked(&one, "state"), asked(&begun(), "state"));
    }

    #[test]
    fn only_an_answer_with_the_right_state_counts() {
        let one = begun();
        let state = asked(&one, "state");
        assert!(matches!(
            one.answered(&format!("code=aPrx&state={state}")),
            Ok(Grant::Code { code, .. }) if code.expose_secret() == "aPrx"
        ));
        for query in ["code=aPrx", "code=aPrx&state=", &format!("code=a&state={state}x"), ""] {
            assert!(matches!(one.answered(query), Err(Error::Local { .. })), "{query}");
        }
        let denied = one.answered(&format!(
            "error=access_denied&error_description=end-user%20denied%20authorization&state={state}"
        ));
        let Err(Error::Denied(denial)) = denied else { panic!("{denied:?}") };
        assert_eq!(denial.description, "end-user denied authorization");
    }
}
