//! The only place where things happen: observe, plan, run the first wave, observe again.
//!
//! The org is the truth. One loop serves `plan`, `verify` and `apply`; they differ in where they
//! stop. Whoever watches gets [`Event`]s; what remains is a [`Report`].

mod event;
mod guard;
mod report;

pub use event::Event;
pub use report::{ItemOutcome, ItemReport, OrgReport, Outcome, Report};
