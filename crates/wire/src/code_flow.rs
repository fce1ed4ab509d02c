//! The web login of OAuth: an address for the browser, and what comes back from there.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};

use crate::Url;

/// An authorization code flow with PKCE that was begun; nothing was sent.
///
/// <https://www.rfc-editor.org/rfc/rfc7636>
pub struct CodeFlow {
    url: Url,
    /// Comes back with the answer; an answer without it was not asked for.
    state: SecretString,
    /// Proves to the token endpoint that the one who asks is the one who began.
    verifier: SecretString,
}

/// The machine gives no random numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This machine gives no random numbers, and a login cannot be safe without them.")]
pub struct NoRandomNumbers;

impl NoRandomNumbers {
    /// What a person can do.
    pub const REMEDY: &'static str =
        "Look at what keeps the operating system's random number generator from working.";
}

impl CodeFlow {
    /// Begins one at the page on which people log in; what its query was is dropped.
    pub fn begin(
        mut page: Url,
        client_id: &str,
        redirect_uri: &str,
        scope: &str,
    ) -> Result<CodeFlow, NoRandomNumbers> {
        let (state, verifier) = (letters::<32>()?, letters::<96>()?);
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        page.query_pairs_mut()
            .clear()
            .append_pair("response_type", "code")
            .append_pair("client_id", client_id)
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("scope", scope)
            .append_pair("state", &state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(CodeFlow { url: page, state: state.into(), verifier: verifier.into() })
    }

    /// The same, with something that only this service asks for.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> CodeFlow {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }

    /// The page on which a person logs in. It holds no secret that opens anything by itself.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether a query that the browser brought belongs to this login.
    pub fn is_answered_by(&self, query: &str) -> bool {
        self.brought(query, "state") == self.state.expose_secret()
    }

    /// A value of the query that the browser brought; empty where it has none of that name.
    pub fn brought(&self, query: &str, name: &str) -> String {
        let mut url = self.url.clone();
        url.set_query(Some(query));
        let found = url.query_pairs().find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }

    /// What goes to the token endpoint with the code.
    pub fn verifier(&self) -> &SecretString {
        &self.verifier
    }
}

impl fmt::Debug for CodeFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeFlow").finish_non_exhaustive()
    }
}

/// So many random bytes, in letters that are at home in addresses.
fn letters<const BYTES: usize>() -> Result<String, NoRandomNumbers> {
    let mut bytes = [0_u8; BYTES];
    rand::fill(&mut bytes).map_err(|_| NoRandomNumbers)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_answer_to_this_login_is_one() {
        let begin = || {
            let page = Url::parse("https://login.example/authorize?old=1").unwrap();
            CodeFlow::begin(page, "app", "http://localhost:1/callback", "a b").unwrap()
        };
        let (flow, other) = (begin(), begin());
        let url = flow.url().as_str();
        assert!(
            url.contains("scope=a+b") && url.contains("S256") && !url.contains("old="),
            "{url}"
        );
        let (_, state) = flow.url().query_pairs().find(|(key, _)| key == "state").unwrap();
        let query = format!("code=c%201&state={state}");
        assert!(flow.is_answered_by(&query) && !other.is_answered_by(&query));
        assert!(!flow.is_answered_by("code=c"));
        assert_eq!(
            (flow.brought(&query, "code").as_str(), flow.brought(&query, "x")),
            ("c 1", String::new())
        );
        // RFC 7636 asks for 43 to 128 letters.
        assert_eq!(flow.verifier().expose_secret().len(), 128);
        assert!(!format!("{flow:?}").contains(flow.verifier().expose_secret()));
    }
}
