//! A Webex Contact Center tenant on loopback: its configuration API and its logins, with a state behind them.
//!
//! It stands beside the org, on a port of its own, and shares nothing with it but the e-mail addresses
//! of its agents. [`Tenant`] is the server; an [`Emulator`](crate::Emulator) starts one and announces it.
//!
//! What the service is known to do against its own description is off by default and one switch each in
//! [`Traps`]. What nobody has seen stands in `docs/emulator.md`.
//!
//! From the bottom up: `field`, `kind` and `kinds` say which records there are, a file each, `rsql` reads
//! filters, `store` keeps the records, `rules` is what holds between them, `records`, `lists` and `ani_entries`
//! answer for all kinds alike, `user` where users differ, `login` gives tokens, `seed` makes the demo tenant, `control` is what no tenant offers
//! (`/_tenant/`), `server` is HTTP.

mod ani_entries;
mod answer;
mod control;
mod exchange;
mod field;
mod kind;
mod kinds;
mod lists;
mod login;
mod query;
mod records;
mod rsql;
mod rules;
mod seed;
mod server;
mod state;
mod store;
mod traps;
mod user;

pub use self::exchange::Exchange;
pub use self::seed::Agent;
pub use self::server::{Tenant, TenantSnapshot};
pub use self::traps::Traps;
