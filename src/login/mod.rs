//! How somebody gets into an org, and stays there: logins by alias.
//!
//! Rules of this room:
//! - A [`Login`] is what is known of one without its secrets; it is written down in plain text.
//!   Secrets ([`Credentials`]) go to a vault, or come from the surroundings anew each time.
//! - A login belongs to one user of one org. A token for anybody else is refused, whoever gives it.
//! - Nothing here asks, prints or opens a browser: `cli` does, and hands in what it got.

mod callback;
mod credentials;
mod logins;
mod page;
mod private_key;
mod record;
mod renewal;
mod salesforce_cli;
pub mod secrets;
mod webex;

pub use callback::{BrowserReturn, Callback};
pub use credentials::Credentials;
pub use logins::{Logins, Record, Records, WebexLogins};
pub use page::Page;
pub use private_key::read_private_key;
pub use record::{Login, Method};
pub use renewal::{CredentialStore, NoStore, session};
pub use salesforce_cli::{Account, SalesforceCli};
pub use webex::{WebexLogin, WebexMethod, webex_session};
