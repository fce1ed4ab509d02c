//! What Webex says when it gives no token.

use std::fmt;

use serde_json::Value;
use wire::{Answer, words};

use super::Error;
use crate::ApiError;

/// A refusal in the endpoint's own words, without secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Denial {
    /// The HTTP status; 0 for a refusal that the browser brought.
    pub status: u16,
    /// The code of OAuth, such as `invalid_grant`; empty where Webex answers in its own form.
    pub error: String,
    /// The words.
    pub description: String,
    /// The id by which Cisco's support finds the request; may be empty.
    pub tracking_id: String,
}

/// Why Webex gives no token, as far as its answer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The code or the refresh token was used before, has expired, or was revoked.
    GrantEnded,
    /// The client id or the client secret is wrong.
    InvalidClient,
    /// The integration does not know the address that the browser returns to; it compares letter by letter.
    RedirectUriMismatch,
    /// The integration was not registered with a scope that is asked for.
    InvalidScope,
    /// The person in the browser refused, or may not use the app.
    AccessDenied,
    /// An administrator has not authorised the app in Control Hub, or the token may not mint others.
    NotAuthorized,
    /// Something that is not known here.
    Unknown,
}

impl Denial {
    /// A refusal that the browser brought.
    pub(super) fn of_browser(error: &str, description: &str) -> Denial {
        Denial {
            status: 0,
            error: words::code(error),
            description: words::message(description),
            tracking_id: String::new(),
        }
    }

    /// What an answer means that is no success, whatever its shape.
    pub(super) fn error(answer: &Answer) -> Error {
        let denial = Denial::from_answer(answer);
        match denial.status {
            429 | 500..=599 => Error::Busy(denial),
            _ => Error::Denied(denial),
        }
    }

    fn from_answer(answer: &Answer) -> Denial {
        let body: Value = serde_json::from_slice(&answer.bytes).unwrap_or_default();
        let text = |name: &str| body[name].as_str().unwrap_or_default();
        let told = ApiError::from_answer(answer);
        // Where there is a code of OAuth and no words, the rest of the body is the code once more.
        let words = match text("error_description") {
            "" if body["error"].is_string() => String::new(),
            "" => words::message(&told.message()),
            words => words::message(words),
        };
        Denial {
            status: answer.status.as_u16(),
            error: words::code(text("error")),
            description: words,
            tracking_id: told.tracking_id,
        }
    }

    /// What it means; [`Reason::Unknown`] where only its own words tell.
    pub fn reason(&self) -> Reason {
        match (self.error.as_str(), self.status) {
            ("invalid_grant", _) => Reason::GrantEnded,
            ("invalid_client" | "unauthorized_client", _) | ("", 401) => Reason::InvalidClient,
            ("redirect_uri_mismatch", _) => Reason::RedirectUriMismatch,
            ("invalid_scope", _) => Reason::InvalidScope,
            ("access_denied", _) => Reason::AccessDenied,
            (_, 403) => Reason::NotAuthorized,
            _ => Reason::Unknown,
        }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let description = self.description.trim_end_matches('.');
        f.write_str("Webex gives no access token: ")?;
        match (self.error.as_str(), description) {
            ("", "") => write!(f, "HTTP {}", self.status)?,
            ("", description) => f.write_str(description)?,
            (error, "") => f.write_str(error)?,
            (error, description) => write!(f, "{error}, \"{description}\"")?,
        }
        if !self.tracking_id.is_empty() {
            write!(f, " [tracking ID {}]", self.tracking_id)?;
        }
        f.write_str(".")
    }
}
