//! Why no answer came.

use std::time::Duration;

use super::size::Bytes;
use super::{ProxyCause, TlsCause};

/// Why a request has no answer; each text says what happened and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address may not be called.
    #[error("The address \"{address}\" cannot be used: {reason}")]
    Address {
        /// The address, without secrets.
        address: String,
        /// Why not.
        reason: String,
    },
    /// The machine has no certificates to check a server with.
    #[error("This machine has no trusted certificates, so no server can be checked ({reason})")]
    NoCertificates {
        /// What the TLS library said.
        reason: String,
    },
    /// The address of a proxy is none.
    #[error("The proxy address \"{address}\" in {named_by} cannot be used: {reason}")]
    ProxyAddress {
        /// The address, without secrets.
        address: String,
        /// Where somebody wrote it.
        named_by: &'static str,
        /// Why not.
        reason: String,
    },
    /// The HTTP client could not be set up for another reason.
    #[error("The HTTP client cannot be set up: {reason}")]
    Setup {
        /// What the HTTP library said.
        reason: String,
    },
    /// No connection, or it broke, and nothing was changed.
    #[error("Could not {operation}: {host} cannot be reached ({reason}); tried {}", times(*.tries))]
    Unreachable {
        /// What was to be done.
        operation: &'static str,
        /// The server.
        host: String,
        /// What went wrong.
        reason: String,
        /// How often it was tried.
        tries: u32,
    },
    /// This machine finds no server of that name, and nothing was sent.
    #[error("Could not {operation}: this machine finds no server named {host} ({reason}); tried {}", times(*.tries))]
    NoSuchHost {
        /// What was to be done.
        operation: &'static str,
        /// The name.
        host: String,
        /// What the system said.
        reason: String,
        /// How often it was tried.
        tries: u32,
    },
    /// No answer in time, and nothing was changed.
    #[error("Could not {operation}: {host} did not answer within {} s; tried {}", .after.as_secs(), times(*.tries))]
    TimedOut {
        /// What was to be done.
        operation: &'static str,
        /// The server.
        host: String,
        /// How long each try waited.
        after: Duration,
        /// How often it was tried.
        tries: u32,
    },
    /// The server could not prove who it is.
    #[error("Could not {operation}: there is no secure connection to {host}: {cause}")]
    Tls {
        /// What was to be done.
        operation: &'static str,
        /// The server.
        host: String,
        /// What went wrong.
        cause: TlsCause,
    },
    /// A proxy did not pass the connection on; nothing was sent to the server.
    #[error("Could not {operation}: the proxy {proxy} on the way to {host} {cause}; tried {}", times(*.tries))]
    Proxy {
        /// What was to be done.
        operation: &'static str,
        /// The server.
        host: String,
        /// The proxy, without secrets.
        proxy: String,
        /// What it did.
        cause: ProxyCause,
        /// How often it was tried.
        tries: u32,
    },
    /// The answer to a change was lost: it may or may not have happened.
    #[error(
        "The answer to the request to {operation} was lost at {host} ({reason}): it may or may not have been done, so it was not sent again"
    )]
    Ambiguous {
        /// What was to be done.
        operation: &'static str,
        /// The server.
        host: String,
        /// What went wrong.
        reason: String,
    },
    /// The answer is larger than any that makes sense here.
    #[error(
        "Could not {operation}: the answer of {host} is larger than {}, which no such answer is; it was not read to the end", Bytes(*.limit)
    )]
    TooLarge {
        /// What was to be done.
        operation: &'static str,
        /// The server.
        host: String,
        /// The limit, in bytes.
        limit: usize,
    },
}

/// What kind of failure an [`Error`] is, for exit codes and decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The address is wrong: the user's to mend.
    Address,
    /// This machine cannot send requests.
    Setup,
    /// The server cannot be reached now.
    Unreachable,
    /// The server does not answer in time.
    TimedOut,
    /// The server is not who it should be.
    Tls,
    /// A proxy does not let the request through.
    Proxy,
    /// A change may or may not have happened.
    Ambiguous,
    /// The answer is too large.
    TooLarge,
}

impl Error {
    /// What kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Error::Address { .. } => ErrorKind::Address,
            Error::NoCertificates { .. } | Error::ProxyAddress { .. } | Error::Setup { .. } => {
                ErrorKind::Setup
            }
            Error::Unreachable { .. } | Error::NoSuchHost { .. } => ErrorKind::Unreachable,
            Error::TimedOut { .. } => ErrorKind::TimedOut,
            Error::Tls { .. } => ErrorKind::Tls,
            Error::Proxy { .. } => ErrorKind::Proxy,
            Error::Ambiguous { .. } => ErrorKind::Ambiguous,
            Error::TooLarge { .. } => ErrorKind::TooLarge,
        }
    }

    /// What was being done, where the failure belongs to one request.
    pub fn operation(&self) -> Option<&'static str> {
        match self {
            Error::Unreachable { operation, .. }
            | Error::NoSuchHost { operation, .. }
            | Error::TimedOut { operation, .. }
            | Error::Tls { operation, .. }
            | Error::Proxy { operation, .. }
            | Error::Ambiguous { operation, .. }
            | Error::TooLarge { operation, .. } => Some(operation),
            Error::Address { .. }
            | Error::NoCertificates { .. }
            | Error::ProxyAddress { .. }
            | Error::Setup { .. } => None,
        }
    }
}

fn times(tries: u32) -> String {
    match tries {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{tries} times"),
    }
}
