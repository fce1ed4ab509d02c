//! Typed clients of the Salesforce APIs over one HTTP transport, for programs that set orgs up, look into
//! them or move data.
//!
//! # What there is
//!
//! | API | where |
//! |---|---|
//! | REST: records, queries page by page, descriptions, limits | [`Client`], [`rest`], [`Pages`] |
//! | several requests in one: batch, composite, collections | [`Batch`], [`Composite`], [`collections`] |
//! | SOQL with values that are escaped by their type | [`Soql`], [`soql`] |
//! | Tooling API | [`Client::tooling`] |
//! | Metadata API: list and read over SOAP, deploy over REST | [`Client::metadata`], [`metadata`] |
//! | packages: install, uninstall, what a version offers | [`Client::packages`], [`packages`] |
//! | OAuth: web login, JWT bearer, client credentials, refresh, revoke | [`oauth`] |
//! | record ids, one type an object | [`id`] |
//! | the transport, which serves any other HTTP API as well | [`wire`] |
//!
//! Requests run on tokio. A [`Session`] renews its token where a [`Renewal`] knows how; a
//! [`wire::Transport`] repeats what may be repeated, counts what it sends, and tells a
//! [`wire::Trace`] of each try, without secrets.
//!
//! ```no_run
//! use salesforce_client::soql::quote;
//! use salesforce_client::wire::Url;
//! use salesforce_client::{Client, SecretString, Session, Soql};
//!
//! #[derive(serde::Deserialize)]
//! #[serde(rename_all = "PascalCase")]
//! struct Account {
//!     id: String,
//!     name: String,
//! }
//!
//! async fn print_accounts(
//!     token: SecretString,
//!     industry: &str,
//! ) -> Result<(), Box<dyn std::error::Error>> {
//!     let org = Url::parse("https://acme.my.salesforce.com")?;
//!     let client = Client::connect(Session::new(org, token), "acme-reports/1.0")?;
//!     let query = Soql::new("SELECT Id, Name FROM Account WHERE Industry = ")
//!         .value(&quote(industry));
//!     for account in client.query::<Account>(&query).await? {
//!         println!("{} {}", account.id, account.name);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Rules
//!
//! - Every call goes through [`Client`], which adds the token, reads refusals and names what was being done.
//! - A limit of an API (25 subrequests, 10 names, 200 rows) is kept here, so that no caller can break it.
//! - A refusal of one subrequest is a value ([`ApiError`]) beside the results of the others.
//! - Answers are read leniently (numbers as strings, one element as a list), requests are written strictly.
//! - What happened is a value: an [`Error`], an [`ApiError`] in the org's own words, an
//!   [`oauth::Reason`]. Which option or button mends it is for the program to say.
//! - Nothing here reads files or the terminal; whoever sets a transport up passes proxies and
//!   certificates in. Only where no proxy is passed, the system's settings are asked for one.

mod answers;
pub mod batch;
mod client;
pub mod collections;
pub mod composite;
mod creations;
mod decode;
mod encode;
mod error;
pub mod id;
pub mod metadata;
pub mod oauth;
pub mod obstacle;
pub mod packages;
mod pages;
pub mod rest;
mod session;
mod session_user;
mod soap;
pub mod softphone;
pub mod soql;
pub mod tooling;
mod version;
mod xml;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use answers::Answers;
pub use batch::Batch;
pub use client::Client;
pub use collections::{RowError, RowResult, RowUpdate, UpdatedAndRead};
pub use composite::Composite;
pub use creations::{Fields, MadeAndRead};
pub use error::{ApiError, Error};
pub use obstacle::Obstacle;
pub use pages::{MAX_PAGE, MIN_PAGE, Pages, Scope};
pub use secrecy::SecretString;
pub use session::{Renewal, Renewing, Session, org_id_in};
pub use session_user::SessionUser;
pub use soql::Soql;
pub use version::{ApiVersion, NotAVersion};
pub use wire;
pub use xml::Forbidden;
