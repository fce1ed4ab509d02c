//! Getting access tokens, and giving them back: OAuth 2.0 as Salesforce speaks it.
//!
//! Rules:
//! - One [`Grant`] is one way to a token; what differs between them is data, the request is one.
//! - A [`Denial`] keeps the endpoint's own words, and [`Denial::reason`] is the one place that knows
//!   what they mean. What a person does about it, a program says in its own words.
//! - SOAP `login()`, user names with passwords, and the device flow are left out: Salesforce retires
//!   the first (API 65 and later have none), and blocks the others in new orgs.
//!
//! <https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flows.htm>

mod assertion;
mod auth_url;
mod authorize;
mod denial;
mod error;
mod grant;
mod reason;
mod revoke;
mod token;

#[cfg(test)]
mod tests;

pub use assertion::{Assertion, Audience, KeyError};
pub use auth_url::{AuthUrl, NotAnAuthUrl};
pub use authorize::Authorization;
pub use denial::Denial;
pub use error::Error;
pub use grant::Grant;
pub use reason::Reason;
pub use revoke::revoke;
pub use token::{Issued, token};
