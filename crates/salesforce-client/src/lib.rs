//! Typed clients of the Salesforce APIs, one file an API area.
//!
//! Rules of this room:
//! - Every call goes through [`Client`], which adds the token, reads refusals and names what was being done.
//! - A limit of an API (25 subrequests, 10 names, 200 rows) is kept here, so that no caller can break it.
//! - A refusal of one subrequest is a value ([`ApiError`]) beside the results of the others.
//! - Answers are read leniently (numbers as strings, one element as a list), requests are written strictly.

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
pub mod packages;
mod pages;
pub mod rest;
mod session;
mod soap;
pub mod softphone;
pub mod soql;
pub mod tooling;
mod version;
pub mod wire;
mod xml;

#[cfg(test)]
mod tests;

pub use answers::Answers;
pub use batch::Batch;
pub use client::Client;
pub use collections::{RowError, RowResult, RowUpdate, UpdatedAndRead};
pub use composite::Composite;
pub use creations::{Fields, MadeAndRead};
pub use error::{ApiError, Error};
pub use pages::{MAX_PAGE, MIN_PAGE, Pages, Scope};
pub use session::{Renewal, Renewing, Session, org_id_in};
pub use soql::Soql;
pub use version::{ApiVersion, NotAVersion};
pub use xml::Forbidden;
