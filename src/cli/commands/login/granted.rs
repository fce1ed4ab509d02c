//! What a flow brings.

use salesforce_client::oauth::Issued;
use secrecy::SecretString;

use crate::login::{Arrived, Kept, Method};

/// A way into an org, before anybody has looked which org it is.
#[derive(Debug)]
pub(super) struct Granted {
    pub(super) instance_url: String,
    pub(super) method: Method,
    pub(super) kept: Kept,
    /// The user, where the flow tells.
    pub(super) user_id: Option<String>,
    /// The org, where the flow tells.
    pub(super) org_id: Option<String>,
    /// The browser that waits for a page.
    pub(super) browser: Option<Arrived>,
}

impl Granted {
    /// A token that somebody had already.
    pub(super) fn handed_in(
        instance_url: String,
        method: Method,
        token: SecretString,
        org_id: Option<String>,
    ) -> Self {
        let kept = Kept { access_token: Some(token), ..Kept::default() };
        Self { instance_url, method, kept, user_id: None, org_id, browser: None }
    }

    /// What the token endpoint gave.
    pub(super) fn issued(issued: Issued, method: Method, mut kept: Kept) -> Self {
        kept.access_token = Some(issued.access_token);
        kept.refresh_token = issued.refresh_token.or(kept.refresh_token);
        Self {
            instance_url: issued.instance_url,
            method,
            kept,
            user_id: Some(issued.user_id),
            org_id: Some(issued.org_id),
            browser: None,
        }
    }
}
