//! How requests leave this machine: the one place where a transport is set up.

use std::sync::Arc;

use salesforce_client::wire::{self, Options, Proxy, Trace, Transport};

use super::certificates;
use super::context::Context;
use crate::advice;
use crate::failure::Failure;

/// What requests say of who sends them.
const USER_AGENT: &str = concat!("provision/", env!("CARGO_PKG_VERSION"));

/// A transport to the server at an address; nothing is sent yet.
pub(super) fn transport(context: &Context<'_>, url: &str) -> Result<Transport, Failure> {
    set_up(context, url, Options::new(url, USER_AGENT))
}

/// The same to Webex, which makes callers wait for longer.
pub(super) fn to_webex(context: &Context<'_>, url: &str) -> Result<Transport, Failure> {
    set_up(context, url, webex_client::options(url, USER_AGENT))
}

fn set_up(context: &Context<'_>, url: &str, mut options: Options) -> Result<Transport, Failure> {
    let variables = (context.surroundings.network)();
    options.certificates = certificates::read(&context.globals, &variables, url)?;
    // One on this machine is called directly, so that no proxy can be wrong for it.
    let is_elsewhere = url.parse().is_ok_and(|url| !wire::is_loopback(&url));
    if let Some((name, address)) = variables.proxy.as_ref().filter(|_| is_elsewhere) {
        options.proxy = Some(
            Proxy::parse(address, &variables.no_proxy, name)
                .map_err(|error| cannot_be_set_up(&error))?,
        );
    }
    options.secrets.extend(context.surroundings.secrets().cloned());
    options.trace =
        context.tracing.to(context.globals.trace.as_deref())?.map(|trace| trace as Arc<dyn Trace>);
    Transport::new(options).map_err(|error| cannot_be_set_up(&error))
}

fn cannot_be_set_up(error: &wire::Error) -> Failure {
    Failure::usage(error.to_string()).hints(advice::after_network_error(error))
}
