//! One HTTP transport for JSON, SOAP and forms, whatever service answers: retries, polling,
//! certificates and proxies, redaction, traces and counters.
//!
//! It knows nothing of the clients beside it, so that clients of other services can stand on it.
//!
//! Rules:
//! - How often, how long and what is repeated is data ([`RetryPolicy`], [`Schedule`]), not code spread over callers.
//! - A status code is an answer, never an error here: the client of an API knows how that API words its errors.
//! - A request that changes something is repeated only when it surely was not carried out ([`retry`]).
//!   When nobody can tell, the result is [`Error::Ambiguous`], and the caller looks before it acts again.
//! - No text that leaves this module holds a secret ([`redact()`]), what a [`Trace`] gets included.
//! - Nothing turns the check of certificates off; [`Certificates`] only add to whom is trusted.

mod address;
mod attempt;
mod call;
mod carrier;
mod cause;
mod certificates;
mod code_flow;
mod counters;
mod error;
pub mod json;
pub mod poll;
mod proxy;
mod redact;
pub mod retry;
pub mod size;
mod tokens;
mod trace;
mod transport;
pub mod words;

#[cfg(test)]
pub(crate) mod testing;

pub use address::is_loopback;
pub use call::{Answer, Body, Call, Class, Part};
pub use carrier::{Carried, Carrier, NotCarried};
pub use cause::{ProxyCause, TlsCause};
pub use certificates::{Certificates, CertificatesError};
pub use code_flow::{CodeFlow, NoRandomNumbers};
pub use counters::{Counted, Counters, LimitInfo};
pub use error::{Error, ErrorKind};
pub use poll::{PollError, Schedule, Waiting, poll};
pub use proxy::Proxy;
pub use redact::{mask, redact};
pub use reqwest::header::{HeaderMap, HeaderValue};
pub use reqwest::{Method, StatusCode, Url};
pub use retry::RetryPolicy;
pub use tokens::{Renewing, Tokens};
pub use trace::{Entry, Message, Trace};
pub use transport::{Options, Transport};
