//! Transports for tests.

use std::time::Duration;

pub(crate) use scripted_server::{Reply, Server};

use crate::wire::{Options, RetryPolicy, Transport};

/// A transport to this server that hardly waits between tries.
pub(crate) fn transport(server: &Server) -> Transport {
    let mut retry = RetryPolicy::default();
    (retry.tries, retry.base) = (3, Duration::from_millis(2));
    let mut options = Options::new(&server.url, "tests");
    (options.timeout, options.retry) = (Duration::from_secs(10), retry);
    Transport::new(options).unwrap()
}
