//! What stands between every client and an org, whatever it asks.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::answer::HttpAnswer;
use crate::request::Surface;
use crate::world::refusal::Refusal;

/// What stands between every client and an org.
///
/// The codes are Salesforce's; which of them comes where, with which status and words, has been seen
/// of some only (`docs/emulator.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Barrier {
    /// The address is not the org's own, although the token is.
    UrlNotReset,
    /// The org is elsewhere now: 301.
    Moved,
    /// There is no such My Domain any more: a page.
    Gone,
    /// The org is locked.
    OrgLocked,
    /// The trial is over.
    TrialExpired,
    /// The user's password has expired.
    PasswordExpired,
    /// The client's address is not one that the profile allows.
    IpRestricted,
    /// The session's security level is too low.
    SessionRestricted,
    /// API Access Control does not allow the app.
    AppNotAllowed,
    /// The API is switched off for the user.
    ApiNotEnabled,
    /// The session is one that REST does not take, and SOAP does.
    NotForRest,
}

/// Where clients of a moved org are sent: the same machine by another name.
fn elsewhere(url: &str, path: &str) -> String {
    format!("{}{path}", url.replace("127.0.0.1", "localhost"))
}

impl Barrier {
    /// The answer to a request to this API; nothing where the barrier does not stand there.
    pub(crate) fn answer(self, surface: Surface, url: &str, path: &str) -> Option<HttpAnswer> {
        match self {
            Self::Moved => {
                let page = "<html><body>This resource has moved permanently.</body></html>\n";
                return Some(HttpAnswer::html(301, page).with("location", elsewhere(url, path)));
            }
            Self::Gone => {
                let page = "<!DOCTYPE html>\n<html><head><title>Page not found</title></head><body>\
                            <h1>This domain does not exist.</h1></body></html>\n";
                return Some(HttpAnswer::html(404, page));
            }
            _ => {}
        }
        if surface == Surface::OAuth {
            let (error, description) = self.grant_refusal()?;
            let body = json!({"error": error, "error_description": description});
            return Some(HttpAnswer::json(400, &body));
        }
        if self == Self::NotForRest && surface != Surface::Rest {
            return None;
        }
        let (status, code, message) = self.refusal(surface)?;
        let answer = surface.refuse(&Refusal::new(code, message));
        // SOAP refuses with 500, whatever it is.
        let status = if surface == Surface::Rest { status } else { answer.status };
        Some(HttpAnswer { status, ..answer })
    }

    /// Status, code and words of an API.
    fn refusal(self, surface: Surface) -> Option<(u16, &'static str, &'static str)> {
        Some(match self {
            Self::UrlNotReset if surface == Surface::Rest => (
                400,
                "URL_NOT_RESET",
                "Destination URL not reset. The URL returned from login must be set",
            ),
            Self::UrlNotReset => (
                500,
                "UNKNOWN_EXCEPTION",
                "Destination URL not reset. The URL returned from login must be set in the \
                 SforceService",
            ),
            Self::OrgLocked => (403, "ORG_LOCKED", "The organization is locked"),
            Self::TrialExpired => (403, "TRIAL_EXPIRED", "The trial has expired"),
            Self::PasswordExpired => (
                403,
                "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
                "The users password has expired, you must call SetPassword before attempting any \
                 other API operations",
            ),
            Self::IpRestricted => {
                (403, "LOGIN_DURING_RESTRICTED_DOMAIN", "Login is restricted to other addresses")
            }
            Self::SessionRestricted => {
                (403, "FORBIDDEN", "This operation requires a session of a higher security level")
            }
            Self::AppNotAllowed => (
                403,
                "CLIENT_NOT_ACCESSIBLE_FOR_USER",
                "The client is not accessible for this user",
            ),
            Self::ApiNotEnabled => (403, "API_CURRENTLY_DISABLED", "API is disabled for this User"),
            Self::NotForRest => {
                (401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API")
            }
            Self::Moved | Self::Gone => return None,
        })
    }

    /// What a token request is told, where it is refused as well.
    fn grant_refusal(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::OrgLocked | Self::TrialExpired => {
                Some(("inactive_org", "organization is locked, closed, or suspended"))
            }
            Self::IpRestricted => Some(("invalid_grant", "ip restricted or invalid login hours")),
            Self::AppNotAllowed => Some(("OAUTH_APP_BLOCKED", "this app is blocked by admin")),
            _ => None,
        }
    }
}
