//! How requests leave this machine: the one place where a transport is set up.

use super::context::Context;
use crate::failure::Failure;
use crate::wire::{Options, Transport};

/// A transport to the server at an address; nothing is sent yet.
pub(super) fn transport(_context: &Context<'_>, url: &str) -> Result<Transport, Failure> {
    Transport::new(Options::new(url)).map_err(|error| {
        Failure::usage(error.to_string())
            .hint("An address looks like this: https://acme.my.salesforce.com")
    })
}
