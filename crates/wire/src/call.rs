//! One request and its answer, as plain data.

use std::fmt;
use std::time::Duration;

use reqwest::{Method, StatusCode, header::HeaderMap};
use secrecy::SecretString;

/// What may happen when a request's fate is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Changes nothing, whatever its method: may be repeated.
    Read,
    /// A look at a running job: a read that is counted apart.
    Poll,
    /// Changes something: repeated only when it surely was not carried out.
    Write,
}

/// What a request carries.
#[derive(Clone, Default)]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// Bytes of one content type.
    Bytes {
        /// The content type.
        content_type: &'static str,
        /// The content.
        bytes: Vec<u8>,
    },
    /// `multipart/form-data`.
    Multipart(Vec<Part>),
}

/// One part of a `multipart/form-data` body.
#[derive(Clone)]
pub struct Part {
    /// The form field's name.
    pub name: &'static str,
    /// The file name, for a file.
    pub file_name: Option<&'static str>,
    /// The content type.
    pub content_type: &'static str,
    /// The content.
    pub bytes: Vec<u8>,
}

/// One request.
#[derive(Clone)]
pub struct Call {
    /// The HTTP method.
    pub method: Method,
    /// Absolute path with its query, percent-encoded.
    pub path: String,
    /// Headers beside authorization and content type.
    pub headers: Vec<(&'static str, String)>,
    /// The token for the `Authorization` header.
    pub bearer: Option<SecretString>,
    /// What it carries.
    pub body: Body,
    /// What it does, for messages: "query the users".
    pub operation: &'static str,
    /// Whether it may be repeated.
    pub class: Class,
    /// How many calls the server counts for it: a batch's subrequests count one each.
    pub api_calls: u32,
    /// The largest answer that makes sense, in bytes, by its kind ([`size`](crate::size)); where it is not
    /// said, the transport's.
    pub max_answer: Option<usize>,
    /// A time limit of its own, where the transport's does not fit.
    pub timeout: Option<Duration>,
}

impl Call {
    /// A request without body, headers or token.
    pub fn new(
        method: Method,
        path: impl Into<String>,
        operation: &'static str,
        class: Class,
    ) -> Call {
        Call {
            method,
            path: path.into(),
            headers: Vec::new(),
            bearer: None,
            body: Body::Empty,
            operation,
            class,
            api_calls: 1,
            max_answer: None,
            // A look at a job is soon repeated, and answered by any org that answers at all.
            timeout: (class == Class::Poll).then_some(Duration::from_secs(30)),
        }
    }

    /// A `GET` that changes nothing.
    pub fn get(path: impl Into<String>, operation: &'static str) -> Call {
        Call::new(Method::GET, path, operation, Class::Read)
    }

    /// The same request with this body.
    #[must_use]
    pub fn with_body(mut self, content_type: &'static str, bytes: Vec<u8>) -> Call {
        self.body = Body::Bytes { content_type, bytes };
        self
    }

    /// The same request with this JSON document as its body.
    #[must_use]
    pub fn with_json(self, value: &serde_json::Value) -> Call {
        self.with_body("application/json; charset=UTF-8", value.to_string().into_bytes())
    }

    /// The same request with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Call {
        self.headers.push((name, value.into()));
        self
    }

    /// The same request, whose answer has at most so many bytes.
    #[must_use]
    pub fn at_most(mut self, bytes: usize) -> Call {
        self.max_answer = Some(bytes);
        self
    }

    /// The same request, counted as this many calls.
    #[must_use]
    pub fn counting(mut self, api_calls: usize) -> Call {
        self.api_calls = u32::try_from(api_calls).unwrap_or(u32::MAX);
        self
    }
}

/// The answer to a request, whatever its status.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body, unpacked.
    pub bytes: Vec<u8>,
    /// Who answered, with a port where the address names one; empty where nobody was asked.
    pub host: String,
}

impl Answer {
    /// An answer from its parts.
    pub fn new(status: StatusCode, headers: HeaderMap, bytes: Vec<u8>) -> Answer {
        Answer { status, headers, bytes, host: String::new() }
    }

    /// The body as text, with replacement characters where it is not UTF-8.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// A header's value, when it is there and readable.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

// Bodies and headers hold tokens and keys, so none of these is ever printed whole.

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Body::Empty => f.write_str("Empty"),
            Body::Bytes { content_type, bytes } => {
                write!(f, "{} bytes of {content_type}", bytes.len())
            }
            Body::Multipart(parts) => f.debug_list().entries(parts).finish(),
        }
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} bytes of {}", self.name, self.bytes.len(), self.content_type)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &super::redact(&self.path))
            .field("class", &self.class)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
