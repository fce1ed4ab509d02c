//! Answers and refusals.

use serde_json::{Value, json};

/// An answer before it becomes HTTP.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
    /// Seconds after which asking again makes sense.
    pub(crate) retry_after: Option<u64>,
    /// Where a browser goes on.
    pub(crate) location: Option<String>,
}

/// A refusal, or an answer.
pub(crate) type Result<T = Answer> = std::result::Result<T, Answer>;

impl Answer {
    pub(crate) fn of(status: u16, body: Value) -> Answer {
        Answer { status, body: Some(body), retry_after: None, location: None }
    }

    pub(crate) fn empty(status: u16) -> Answer {
        Answer { status, body: None, retry_after: None, location: None }
    }

    pub(crate) fn elsewhere(location: String) -> Answer {
        Answer { location: Some(location), ..Answer::empty(302) }
    }

    /// A refusal in the application's words. The tracking id is given later.
    pub(crate) fn refused(status: u16, description: &str) -> Answer {
        Answer::refusing(status, &[json!({ "description": description })])
    }

    /// A refusal with several complaints.
    pub(crate) fn refusing(status: u16, complaints: &[Value]) -> Answer {
        let error =
            json!({ "key": status.to_string(), "reason": reason(status), "message": complaints });
        Answer::of(status, json!({ "error": error }))
    }

    /// A refusal in the words of the framework around the application, which sees the request first.
    pub(crate) fn unreadable(status: u16, message: &str, path: &str) -> Answer {
        let body = json!({
            "timestamp": "2026-11-01T00:00:00.000+00:00",
            "status": status,
            "message": message,
            "path": path,
        });
        Answer::of(status, body)
    }

    /// There is no such record.
    pub(crate) fn missing(kind: &str, id: &str) -> Answer {
        Answer::refused(404, &format!("{kind} with id {id} was not found"))
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        412 => "Precondition Failed",
        429 => "Too Many Requests",
        _ => "Internal Server Error",
    }
}
