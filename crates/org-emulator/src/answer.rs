//! What a handler hands back, before it becomes HTTP.

use serde_json::{Value, json};

use super::faults::Edit;
use super::world::refusal::Refusal;

/// A page where nobody expects one.
const MAINTENANCE: &str = "<!DOCTYPE html>\n<html><head><title>Down for maintenance</title></head><body><h1>We are down \
     for maintenance.</h1><p>Sorry for the inconvenience. We'll be back shortly.</p></body></html>\n";

/// An answer to a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HttpAnswer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
    /// Seconds after which asking again makes sense.
    pub(crate) retry_after: Option<u32>,
    /// Headers that only some answers have.
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl HttpAnswer {
    /// An XML document.
    pub(crate) fn xml(status: u16, body: impl Into<String>) -> Self {
        Self::of(status, "text/xml;charset=UTF-8", body.into().into_bytes())
    }

    /// A JSON document.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json;charset=UTF-8", body.to_string().into_bytes())
    }

    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self::of(status, "application/json;charset=UTF-8", Vec::new())
    }

    /// A text for people, where they expect a page.
    pub(crate) fn html(status: u16, text: &str) -> Self {
        Self::of(status, "text/html;charset=UTF-8", text.as_bytes().to_vec())
    }

    /// What stands in front of an org that is down, or of a session that is none.
    pub(crate) fn page(status: u16) -> Self {
        Self::html(status, MAINTENANCE)
    }

    /// Sends a browser elsewhere.
    pub(crate) fn elsewhere(location: String) -> Self {
        Self::html(302, "").with("location", location)
    }

    /// Rows of a file.
    pub(crate) fn csv(text: &str) -> Self {
        Self::of(200, "text/csv", text.as_bytes().to_vec())
    }

    /// Changes the body, whatever it is written in.
    pub(crate) fn edit(&mut self, edit: &Edit) {
        if self.content_type.starts_with("text/xml") {
            self.body = edit.xml(&String::from_utf8_lossy(&self.body)).into_bytes();
        } else if let Ok(mut body) = serde_json::from_slice(&self.body) {
            edit.json(&mut body);
            self.body = body.to_string().into_bytes();
        }
    }

    /// The same answer with one more header.
    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    fn of(status: u16, content_type: &'static str, body: Vec<u8>) -> Self {
        Self { status, content_type, body, retry_after: None, headers: Vec::new() }
    }

    /// Errors in REST's shape.
    pub(crate) fn refused(refusals: &[Refusal]) -> Self {
        Reply::refused(refusals).into()
    }
}

/// A JSON answer that may stand alone or inside a composite.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// `None`: no body, as after an update.
    pub(crate) body: Option<Value>,
}

impl Reply {
    /// 200 and a body.
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body) }
    }

    /// A page inside an answer, which is its text.
    pub(crate) fn page(status: u16) -> Self {
        Self { status, body: Some(MAINTENANCE.into()) }
    }

    /// Errors in REST's shape: an array, whatever their number.
    pub(crate) fn refused(refusals: &[Refusal]) -> Self {
        let status = refusals.first().map_or(400, |refusal| status_of(&refusal.code));
        let errors = refusals.iter().map(|refusal| {
            let mut error = json!({"message": refusal.message, "errorCode": refusal.code});
            if !refusal.fields.is_empty() {
                error["fields"] = json!(refusal.fields);
            }
            error
        });
        Self { status, body: Some(errors.collect()) }
    }
}

impl From<Refusal> for Reply {
    fn from(refusal: Refusal) -> Self {
        Self::refused(&[refusal])
    }
}

impl From<Reply> for HttpAnswer {
    fn from(reply: Reply) -> Self {
        match reply.body {
            Some(body) => Self::json(reply.status, &body),
            None => Self::empty(reply.status),
        }
    }
}

/// The HTTP status that goes with an error code.
fn status_of(code: &str) -> u16 {
    match code {
        "INVALID_SESSION_ID" => 401,
        "API_DISABLED_FOR_ORG"
        | "FORBIDDEN"
        | "INSUFFICIENT_ACCESS"
        | "INSUFFICIENT_ACCESS_OR_READONLY"
        | "REQUEST_LIMIT_EXCEEDED" => 403,
        "NOT_FOUND" | "ENTITY_IS_DELETED" => 404,
        "METHOD_NOT_ALLOWED" => 405,
        "UNSUPPORTED_API_VERSION" => 410,
        "URI_TOO_LONG" => 414,
        "UNSUPPORTED_MEDIA_TYPE" => 415,
        "UNKNOWN_EXCEPTION" => 500,
        _ => 400,
    }
}
