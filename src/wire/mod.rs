//! The one HTTP transport: the only place in the program that sends a request.
//!
//! Rules of this room:
//! - How often, how long and what is repeated is data ([`RetryPolicy`], [`Schedule`]), not code spread over callers.
//! - A status code is an answer, never an error here: the client of an API knows how that API words its errors.
//! - A request that changes something is repeated only when it surely was not carried out ([`retry`]).
//!   When nobody can tell, the result is [`Error::Ambiguous`], and the caller looks before it acts again.
//! - No text that leaves this room holds a secret ([`redact()`]).

mod address;
mod attempt;
mod call;
mod counters;
mod error;
pub mod poll;
mod redact;
pub mod retry;
mod transport;

#[cfg(test)]
pub(crate) mod testing;

pub use address::is_loopback;
pub use call::{Answer, Body, Call, Class, Part};
pub use counters::{Counted, Counters, LimitInfo};
pub use error::{Error, ErrorKind};
pub use poll::{PollError, Schedule, Waiting, poll};
pub use redact::redact;
pub use reqwest::{Method, Url};
pub use retry::RetryPolicy;
pub use transport::{Options, Transport};
