//! What a flow brings.

use salesforce_client::oauth::Issued;
use secrecy::SecretString;

use crate::login::{BrowserReturn, Credentials, Method};

/// A way into an org, before anybody has looked which org it is.
#[derive(Debug)]
pub(super) struct Granted {
    pub(super) instance_url: String,
    pub(super) method: Method,
    pub(super) credentials: Credentials,
    /// The user, where the flow tells.
    pub(super) user_id: Option<String>,
    /// The org, where the flow tells.
    pub(super) org_id: Option<String>,
    /// The browser that waits for a page.
    pub(super) browser: Option<BrowserReturn>,
}

impl Granted {
    /// A token that somebody had already.
    pub(super) fn handed_in(
        instance_url: String,
        method: Method,
        token: SecretString,
        org_id: Option<String>,
    ) -> Self {
        let credentials = Credentials { access_token: Some(token), ..Credentials::default() };
        Self { instance_url, method, credentials, user_id: None, org_id, browser: None }
    }

    /// What the token endpoint gave.
    pub(super) fn issued(issued: Issued, method: Method, mut credentials: Credentials) -> Self {
        credentials.access_token = Some(issued.access_token);
        credentials.refresh_token = issued.refresh_token.or(credentials.refresh_token);
        Self {
            instance_url: issued.instance_url,
            method,
            credentials,
            user_id: Some(issued.user_id),
            org_id: Some(issued.org_id),
            browser: None,
        }
    }
}
