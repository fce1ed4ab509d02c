//! Why nobody is logged in, in the words of the token endpoint.

use serde_json::json;

use crate::answer::HttpAnswer;
use crate::world::refusal::Refusal;

/// An OAuth error: an object with two texts, HTTP status 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Denied {
    pub(super) error: &'static str,
    pub(super) description: &'static str,
}

const fn denied(error: &'static str, description: &'static str) -> Denied {
    Denied { error, description }
}

// Seen in the wild, word for word.
pub(super) const UNKNOWN_APP: Denied = denied("invalid_client_id", "client identifier invalid");
pub(super) const WRONG_SECRET: Denied = denied("invalid_client", "invalid client credentials");
pub(super) const UNKNOWN_GRANT: Denied =
    denied("unsupported_grant_type", "grant type not supported");
pub(super) const EXPIRED_TOKEN: Denied = denied("invalid_grant", "expired access/refresh token");
pub(super) const WRONG_PASSWORD: Denied = denied("invalid_grant", "authentication failure");
pub(super) const NOT_APPROVED: Denied =
    denied("invalid_grant", "user hasn't approved this consumer");
pub(super) const NOT_ADMITTED: Denied =
    denied("invalid_app_access", "user is not admin approved to access this app");
pub(super) const EXPIRED_CODE: Denied = denied("invalid_grant", "expired authorization code");
pub(super) const WRONG_AUDIENCE: Denied = denied("invalid_grant", "audience is invalid");
pub(super) const WRONG_REDIRECT: Denied =
    denied("redirect_uri_mismatch", "redirect_uri must match configuration");
pub(super) const NOBODY_TO_RUN_AS: Denied =
    denied("invalid_grant", "no client credentials user enabled");
pub(super) const WRONG_ASSERTION: Denied = denied("invalid_grant", "invalid assertion");
pub(super) const BLOCKED: Denied = denied("OAUTH_APP_BLOCKED", "this app is blocked by admin");
pub(super) const NOT_INSTALLED: Denied = denied("invalid_client", "app must be installed into org");
pub(super) const RESTRICTED: Denied =
    denied("invalid_grant", "ip restricted or invalid login hours");
pub(super) const WRONG_HOST: Denied =
    denied("invalid_grant", "request not supported on this domain");
/// [`NOT_ADMITTED`], where a browser is told.
pub(super) const ACCESS_DENIED: Denied =
    denied("OAUTH_APP_ACCESS_DENIED", "user is not admin approved to access this app");
pub(super) const DENIED: Denied = denied("access_denied", "end-user denied authorization");
// The code is documented or seen, the text guessed: docs/emulator.md says so.
pub(super) const LOCKED: Denied =
    denied("inactive_org", "organization is locked, closed, or suspended");
pub(super) const WRONG_SCOPE: Denied =
    denied("invalid_scope", "requested scope is invalid, unknown, or malformed");
pub(super) const WRONG_VERIFIER: Denied = denied("invalid_grant", "invalid code verifier");
pub(super) const INACTIVE: Denied = denied("inactive_user", "user is inactive");
pub(super) const UNKNOWN_TOKEN: Denied = denied("invalid_token", "token is invalid");
pub(super) const NO_CODE: Denied = denied("invalid_grant", "invalid authorization code");
pub(super) const NO_RESPONSE_TYPE: Denied =
    denied("unsupported_response_type", "response type is not supported");

impl Denied {
    pub(super) fn answer(self) -> HttpAnswer {
        let Self { error, description } = self;
        HttpAnswer::json(400, &json!({"error": error, "error_description": description}))
    }
}

/// The endpoint has no such method.
pub(super) fn method(method: &str) -> HttpAnswer {
    HttpAnswer::refused(&[Refusal::new(
        "METHOD_NOT_ALLOWED",
        format!("HTTP Method '{method}' not allowed. Allowed are POST"),
    )])
}
