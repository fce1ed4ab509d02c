//! Getting access tokens: OAuth 2.0 as Webex speaks it.
//!
//! There are three ways to a token of the configuration API:
//!
//! - an **integration**: a person logs in by the browser ([`Authorization`]), and the refresh token
//!   brings the next tokens ([`token()`] with [`Grant::Refresh`]);
//! - a **service app**: an administrator authorises it in Control Hub; its first tokens are copied from
//!   there or minted by an integration that may ([`mint()`]), and then renewed in the same way;
//! - a **personal token**, pasted from developer.webex.com: good for 12 hours, and for a look
//!   ([`Session::new`](crate::Session::new)).
//!
//! All of them are given out at [`URL`], whatever the region.
//!
//! <https://developer.webex.com/docs/integrations>, <https://developer.webex.com/docs/service-apps>

mod authorize;
mod denial;
mod error;
mod expiry;
mod grant;
mod mint;
mod token;

#[cfg(test)]
mod tests;

pub use authorize::Authorization;
pub use denial::{Denial, Reason};
pub use error::Error;
pub use expiry::expiry;
pub use grant::Grant;
pub use mint::{ServiceApp, mint};
pub use token::{Issued, token};

/// Where Webex gives tokens out, in all regions.
pub const URL: &str = "https://webexapis.com";
