//! What a person does where Webex gives no token: which setting on which page it is.

use webex_client::oauth::{Denial, Reason};

/// What to do about a refusal, in a sentence or two.
pub fn after_webex_denial(denial: &Denial) -> &'static str {
    match denial.reason() {
        Reason::GrantEnded => {
            "The code or refresh token has expired. A code works once; a refresh token expires after \
             about 90 days without use, or when it is revoked."
        }
        Reason::InvalidClient => {
            "The client id or the client secret is wrong: compare them with the app's page at \
             developer.webex.com, which can make another secret. provision takes it from \
             PROVISION_WEBEX_CLIENT_SECRET or --client-secret-stdin."
        }
        Reason::RedirectUriMismatch => {
            "The integration does not know the address that the browser returns to. Register exactly the \
             one of --redirect-uri at developer.webex.com, letter by letter."
        }
        Reason::InvalidScope => {
            "Give the app the scopes cjp:config_read and cjp:config_write at developer.webex.com; with \
             --read-only the first is enough."
        }
        Reason::AccessDenied => {
            "Access was denied in the browser, or the user may not use the app. Start again to be asked again."
        }
        Reason::NotAuthorized => {
            "An administrator must authorize the app in Control Hub (Apps > Service Apps), and the token \
             used to create its tokens needs the scope spark:applications_token."
        }
        _ => "Compare the app's page at developer.webex.com with what was given here.",
    }
}
