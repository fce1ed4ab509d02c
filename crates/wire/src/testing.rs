//! Transports for tests, and certificates that they trust.

mod authority;

use std::time::Duration;

pub(crate) use scripted_server::{Reply, Server, read_request};

pub(crate) use self::authority::Authority;
use super::{Options, RetryPolicy, Transport};

/// A transport to this server that hardly waits between tries.
pub(crate) fn transport(server: &Server) -> Transport {
    Transport::new(options(server)).unwrap()
}

/// The options of such a transport.
pub(crate) fn options(server: &Server) -> Options {
    Options {
        timeout: Duration::from_secs(10),
        retry: RetryPolicy { tries: 3, base: Duration::from_millis(2), ..RetryPolicy::default() },
        ..Options::new(&server.url, "tests")
    }
}
