//! Logins to Webex organizations.

mod record;
mod renewal;

pub use record::{WebexLogin, WebexMethod};
pub use renewal::webex_session;
