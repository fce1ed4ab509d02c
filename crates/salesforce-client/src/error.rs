//! What an org answers when it refuses, and how a client reports it.

use std::fmt;

use serde_json::Value;

use super::{Obstacle, oauth};
use crate::wire::{self, Answer, redact, words};

/// Why a call to an org brought no result.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No answer came.
    #[error("{}{}", .0, look_first(.0))]
    Wire(wire::Error),
    /// The org refused.
    #[error("Could not {operation}: {error}")]
    Api {
        /// What was to be done.
        operation: &'static str,
        /// The org's own words.
        error: ApiError,
    },
    /// The org no longer accepts the login, and a renewal did not help.
    #[error("Could not {operation}: {error}")]
    SessionEnded {
        /// What was to be done.
        operation: &'static str,
        /// The org's own words.
        error: ApiError,
        /// What a person does about it, in a sentence.
        remedy: Box<str>,
    },
    /// There is no access token to be had.
    #[error(transparent)]
    Login(#[from] oauth::Error),
    /// The answer does not have the shape it should have.
    #[error("Could not {operation}: the org's answer is not as documented at {path}: {reason}")]
    Decode {
        /// What was to be done.
        operation: &'static str,
        /// Where in the answer.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// A rule of the API was broken, by the org's answer or by the request before it was sent.
    #[error("Could not {operation}: {reason}")]
    Protocol {
        /// What was to be done.
        operation: &'static str,
        /// Which rule.
        reason: String,
    },
}

impl From<wire::Error> for Error {
    fn from(error: wire::Error) -> Self {
        Error::Wire(error)
    }
}

/// What the transport cannot know: where a change that may have happened shows.
fn look_first(error: &wire::Error) -> &'static str {
    match error.kind() {
        wire::ErrorKind::Ambiguous => "; the org shows whether it was done",
        _ => "",
    }
}

impl Error {
    /// What was to be done.
    pub fn operation(&self) -> Option<&'static str> {
        match self {
            Error::Wire(error) => error.operation(),
            Error::Login(_) => None,
            Error::Api { operation, .. }
            | Error::SessionEnded { operation, .. }
            | Error::Decode { operation, .. }
            | Error::Protocol { operation, .. } => Some(operation),
        }
    }

    /// The org's refusal, when it is one.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Error::Api { error, .. } | Error::SessionEnded { error, .. } => Some(error),
            _ => None,
        }
    }

    /// What keeps the caller out of the org altogether, where it is such a failure.
    pub fn obstacle(&self) -> Option<Obstacle> {
        match self {
            Error::Login(oauth::Error::Denied(denial)) => denial.obstacle.clone(),
            Error::Wire(error) | Error::Login(oauth::Error::Wire(error)) => {
                Obstacle::of_network(error)
            }
            other => other.api().and_then(ApiError::obstacle),
        }
    }

    /// Whether a change may or may not have happened.
    pub fn is_ambiguous(&self) -> bool {
        matches!(self, Error::Wire(error) if error.kind() == wire::ErrorKind::Ambiguous)
    }

    /// The same with other words.
    pub(super) fn map_words(mut self, change: impl Fn(&str) -> String) -> Error {
        match &mut self {
            Error::Api { error, .. } | Error::SessionEnded { error, .. } => {
                error.map_words(change);
            }
            Error::Decode { path, reason, .. } => {
                *path = change(path);
                *reason = change(reason);
            }
            Error::Protocol { reason, .. } | Error::Wire(wire::Error::Ambiguous { reason, .. }) => {
                *reason = change(reason);
            }
            Error::Wire(_) | Error::Login(_) => {}
        }
        self
    }

    /// The same of a change that the org has accepted: it may or may not have happened.
    pub(super) fn in_doubt(self, host: &str) -> Error {
        let (operation, reason) = match self {
            Error::Decode { operation, path, reason } => {
                (operation, format!("it cannot be read at {path}: {reason}"))
            }
            Error::Protocol { operation, reason } => (operation, reason),
            other => return other,
        };
        let host = if host.is_empty() { "the org" } else { host }.to_owned();
        Error::Wire(wire::Error::Ambiguous { operation, host, reason })
    }

    pub(super) fn protocol(operation: &'static str, reason: impl Into<String>) -> Error {
        Error::Protocol { operation, reason: redact(&reason.into()) }
    }
}

/// An org's refusal, in its own words.
///
/// Holds no secrets: orgs quote the query they refuse, and a query may hold an installation key.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status, of the subrequest where there is one; 0 for a row of a collection.
    pub status: u16,
    /// The error code, such as `UNABLE_TO_LOCK_ROW`; empty when the answer has none.
    pub code: String,
    /// What the org says.
    pub message: String,
    /// The fields it names.
    pub fields: Vec<String>,
    /// What stands in the way, where no code says it: the place that a redirect or a page is.
    place: Option<Box<Obstacle>>,
}

/// Whether a refusal by that code and in these words is about a lock that will be released.
pub(crate) fn is_lock(code: &str, words: &str) -> bool {
    const CODES: [&str; 2] = ["UNABLE_TO_LOCK_ROW", "ALREADY_IN_PROCESS"];
    CODES.iter().any(|known| code.eq_ignore_ascii_case(known))
        || words.contains(CODES[0])
        || words.contains("unable to obtain exclusive access to this record")
}

impl ApiError {
    /// An error from its parts, without secrets.
    pub fn new(status: u16, code: impl Into<String>, message: impl AsRef<str>) -> ApiError {
        ApiError {
            status,
            code: words::code(&code.into()),
            message: words::message(message.as_ref()),
            fields: Vec::new(),
            place: None,
        }
    }

    /// Changes the org's words.
    pub(super) fn map_words(&mut self, change: impl Fn(&str) -> String) {
        self.code = change(&self.code);
        self.message = change(&self.message);
    }

    /// A redirect, or a page that stands where an answer should be.
    fn at(status: u16, place: Obstacle) -> ApiError {
        let mut error = ApiError::new(status, "", place.describe());
        error.place = Some(Box::new(place));
        error
    }

    /// Whether the org says that it is only busy, whatever the status: another change holds a row, it is not available,
    /// or a limit is used up.
    pub fn is_passing(&self) -> bool {
        self.is_lock() || self.is_unavailable() || self.is_limit()
    }

    /// Whether it is about what was asked, and not about the login or a busy org.
    pub fn is_of_question(&self) -> bool {
        !self.is_passing() && !self.is_session_expired()
    }

    /// Whether it says that the org is at another address, and not which.
    pub(super) fn asks_for_own_address(&self) -> bool {
        self.obstacle() == Some(Obstacle::NotItsAddress { own: None })
    }

    /// The same with the address that the org has.
    #[must_use]
    pub(super) fn with_own_address(mut self, own: Option<String>) -> ApiError {
        if own.is_some() {
            self.place = Some(Box::new(Obstacle::NotItsAddress { own }));
        }
        self
    }

    /// What keeps the caller out of the org altogether, where it is such a refusal.
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.place.as_deref().cloned().or_else(|| Obstacle::of(self))
    }

    /// Reads a refusal out of any answer: JSON, a SOAP fault, a page, plain text or nothing.
    pub fn from_answer(answer: &Answer) -> ApiError {
        let status = answer.status.as_u16();
        let text = answer.text();
        if answer.status.is_redirection() {
            return ApiError::at(status, Obstacle::of_redirect(answer));
        }
        if let Ok(value) = serde_json::from_slice::<Value>(&answer.bytes) {
            return ApiError::from_json(status, &value);
        }
        if let Some(fault) = super::soap::fault(status, &text) {
            return fault;
        }
        ApiError::from_text(status, &text)
    }

    /// Reads a refusal out of a JSON body.
    pub fn from_json(status: u16, body: &Value) -> ApiError {
        match body {
            Value::Array(list) if !list.is_empty() => {
                let mut errors = list.iter().map(|one| ApiError::from_json(status, one));
                // The first says what happened; the others are not lost.
                let first = errors.next().unwrap_or_else(|| ApiError::new(status, "", ""));
                errors.fold(first, ApiError::and)
            }
            Value::Object(object) => {
                let text = |names: &[&str]| {
                    names.iter().find_map(|name| object.get(*name)?.as_str()).unwrap_or_default()
                };
                let code = text(&["errorCode", "statusCode", "error", "exceptionCode"]);
                let mut message =
                    text(&["message", "error_description", "exceptionMessage"]).to_owned();
                if code.is_empty() && message.is_empty() {
                    message = first_words(&body.to_string());
                }
                let fields = object.get("fields").and_then(Value::as_array);
                let mut error = ApiError::new(status, code, message);
                error.fields = fields
                    .into_iter()
                    .flatten()
                    .filter_map(|f| f.as_str().map(str::to_owned))
                    .collect();
                error
            }
            Value::String(text) => ApiError::from_text(status, text),
            _ => ApiError::from_text(status, ""),
        }
    }

    fn from_text(status: u16, text: &str) -> ApiError {
        let text = text.trim();
        if text.is_empty() {
            return ApiError::new(
                status,
                "",
                format!("HTTP {status} without a word of explanation"),
            );
        }
        if is_web_page(text) {
            if let Some(place) = Obstacle::of_page(status, text) {
                return ApiError::at(status, place);
            }
            let message = format!(
                "HTTP {status}: a web page came instead of an answer of the API: \"{}\"",
                first_words(&without_tags(text))
            );
            return ApiError::new(status, "", message);
        }
        // The identity service answers with a bare word, such as Bad_OAuth_Token.
        let code = if text.contains(char::is_whitespace) { "" } else { text };
        ApiError::new(status, code, first_words(text))
    }

    fn and(mut self, other: ApiError) -> ApiError {
        self.message = format!("{}; {other}", self.message);
        self.fields.extend(other.fields);
        self
    }

    fn is(&self, codes: &[&str]) -> bool {
        codes.iter().any(|code| self.code.eq_ignore_ascii_case(code))
    }

    /// Whether another token could open the org.
    pub(super) fn asks_for_another_token(&self) -> bool {
        // What is about the app or the API is not about the token's age.
        self.is_session_expired() && self.obstacle().is_none()
    }

    /// Whether the token no longer opens the org.
    pub fn is_session_expired(&self) -> bool {
        let codes =
            ["INVALID_SESSION_ID", "Bad_OAuth_Token", "Missing_OAuth_Token", "INVALID_AUTH_HEADER"];
        self.is(&codes) || (self.status == 401 && self.code.is_empty())
    }

    /// Whether an allowance is used up, so that trying again now is no use.
    pub fn is_limit(&self) -> bool {
        let codes = [
            "REQUEST_LIMIT_EXCEEDED",
            "TOO_MANY_REQUESTS",
            "LIMIT_EXCEEDED",
            "CONCURRENT_REQUESTS_LIMIT_EXCEEDED",
        ];
        self.is(&codes) || self.status == 429
    }

    /// Whether the org, or what stands before it, cannot answer for now.
    pub fn is_unavailable(&self) -> bool {
        self.is(&["SERVER_UNAVAILABLE"]) || matches!(self.status, 420 | 502..=504)
    }

    /// Whether something else holds a lock that will be released.
    pub fn is_lock(&self) -> bool {
        is_lock(&self.code, &self.message)
    }

    /// Whether the user lacks a permission.
    pub fn is_permission(&self) -> bool {
        let codes = ["API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED", "FUNCTIONALITY_NOT_ENABLED"];
        self.code.to_ascii_uppercase().starts_with("INSUFFICIENT_ACCESS") || self.is(&codes)
    }

    /// Whether what was asked for is not there.
    pub fn is_missing(&self) -> bool {
        self.is(&["NOT_FOUND", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "INVALID_TYPE"])
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = if self.message.is_empty() { "no explanation given" } else { &self.message };
        if self.code.is_empty() || message == self.code {
            f.write_str(message)?;
        } else {
            write!(f, "{}: {message}", self.code)?;
        }
        if self.fields.is_empty() {
            Ok(())
        } else {
            write!(f, " (fields: {})", self.fields.join(", "))
        }
    }
}

impl std::error::Error for ApiError {}

/// Whether a text is a page for people.
pub(super) fn is_web_page(text: &str) -> bool {
    let start: String = text.chars().take(200).collect();
    let start = start.to_ascii_lowercase();
    start.contains("<html") || start.contains("<!doctype")
}

/// The text's beginning, in one line.
fn first_words(text: &str) -> String {
    const LONGEST: usize = 160;
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if let Some((end, _)) = line.char_indices().nth(LONGEST) {
            line.truncate(end);
            line.push('…');
            break;
        }
    }
    line
}

fn without_tags(page: &str) -> String {
    let body = page.find("<body").map_or(page, |at| &page[at..]);
    let mut out = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}
