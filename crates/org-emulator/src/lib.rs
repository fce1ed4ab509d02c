//! A Salesforce org on loopback: its APIs over real HTTP, with a real state behind them.
//!
//! For whoever tests a Salesforce client. Start an emulator, point the client at the address and the
//! token that its announcement tells, and look at what the client did: what one API changes, every
//! other API shows. An emulator lives in this process, on 127.0.0.1, and ends when it is dropped.
//!
//! ```
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//!
//! use org_emulator::{Changes, Emulator, Fault};
//! use serde_json::json;
//!
//! let emulator = Emulator::builder()
//!     .seed(7)
//!     .fault(Fault::status(503, "SERVER_UNAVAILABLE", "Too busy").operation("query").skip(1))
//!     .start()?;
//! let org = emulator.org();
//!
//! // Any client will do; this one is the standard library.
//! let host = org.url().trim_start_matches("http://").to_owned();
//! let token = org.access_token();
//! let mut stream = TcpStream::connect(&host)?;
//! write!(
//!     stream,
//!     "GET /services/data/v68.0/query?q=SELECT+Name+FROM+Organization HTTP/1.1\r\n\
//!      Host: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
//! )?;
//! let mut answer = String::new();
//! stream.read_to_string(&mut answer)?;
//! assert!(answer.starts_with("HTTP/1.1 200 OK"));
//! assert!(answer.contains("\"totalSize\":1"));
//!
//! // What the client did, and what the org is like now.
//! assert_eq!(org.requests()[0].operation, "query");
//! let frozen = "SELECT Id FROM UserLogin WHERE IsFrozen = true";
//! assert_eq!(org.query(frozen)?.len(), 0);
//! // What somebody else does meanwhile.
//! org.change(&Changes::new().user("grace.hopper@", json!({"IsFrozen": true})))?;
//! assert_eq!(org.query(frozen)?.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What it does not do: Setup pages but those for softphone layouts, compiling or running Apex, triggers, validation rules, sharing,
//! reports, streaming, and objects or metadata types that nobody needed yet. Such requests are refused
//! in the API's own words. Where nobody has seen what a real org does, the assumption is a switch in
//! [`Guesses`]. `docs/emulator.md` of the repository lists all of it, with the files for seeds and
//! faults and the routes below `/_emulator/`.
//!
//! # How it is built
//!
//! From the bottom up, each using only what stands before it:
//!
//! - `world` is the org: its state and its rules, no HTTP. `schema` says which objects there are,
//!   `catalog` shows the world to `soql`; `metadata` is components as XML, and what deploys do.
//! - `request`, `answer` and `outcome` are what goes in and comes out; `faults` makes things go wrong by
//!   script; `org` is a world that is being served, with who calls (`Call`); `jobs` moves jobs on.
//! - `rest`, `bulk`, `metadata_api`, `partner` and `apex` are the APIs.
//! - `seed` makes worlds, `state` has all orgs of an emulator and the file that keeps them; `oauth` is
//!   how one gets in, and `setup_pages` what a browser finds behind the front door.
//! - `classify` tells what a request is about, `routes` takes it to its API, `dispatch` has the faults
//!   happen around that; `control` is what no org offers (`/_emulator/`).
//! - `server` (with `tls`) is HTTP, `emulator` the thread that serves, `builder` what it is told;
//!   `emulated_org` is what a test has in hand.
//! - `tenant` is the Webex side, a service of its own beside the orgs.
//!
//! The emulator shares no code with any client: a field name that is wrong on one side must not be
//! wrong on the other too.

mod announcement;
mod answer;
mod apex;
mod barrier;
mod builder;
mod bulk;
mod catalog;
mod classify;
mod clock;
mod control;
mod dispatch;
mod emulated_org;
mod emulator;
mod error;
mod faults;
mod files;
mod guesses;
mod ids;
mod jobs;
mod kind;
mod log;
mod metadata;
mod metadata_api;
mod oauth;
mod org;
mod outcome;
mod partner;
mod request;
mod rest;
mod routes;
mod schema;
mod seed;
mod server;
mod setup_pages;
mod soap;
mod soql;
mod state;
pub mod tenant;
#[cfg(test)]
mod tests;
mod tls;
mod url;
mod world;

pub use self::announcement::{AnnouncedOrg, AnnouncedUser, Announcement};
pub use self::barrier::Barrier;
pub use self::builder::Builder;
pub use self::clock::{JobTime, hold_clock};
pub use self::emulated_org::{EmulatedOrg, OrgSnapshot};
pub use self::emulator::Emulator;
pub use self::error::Error;
pub use self::faults::Fault;
pub use self::guesses::Guesses;
pub use self::kind::OrgKind;
pub use self::log::RecordedRequest;
pub use self::seed::{Changes, Seed};
