//! Faults by script: what goes wrong, with which requests, and how often.
//!
//! A script is a list, gone through from the top for every request: the first fault that is about
//! the request and due takes it, and the faults below do not see it. So `[drop, drop, fail]` with
//! the same pattern is a story of three requests, and the same requests give the same story again.
//!
//! - `fault` is one of them, `written` reads scripts, `pattern` says which requests a fault is about, `effect` what goes
//!   wrong, `script` counts.
//! - A fault that names an object or a query is about a single request (`part`), wherever it travels;
//!   one that names a record is about a row of a write. `edit` is what can be wrong with an answer.
//! - `crate::dispatch` carries them out, around the handlers; what must go wrong inside them is a
//!   `Trouble`, and what happens to an answer on its way out is a [`Delivery`], outside the state's
//!   lock.
//!
//! Nothing of this is part of the world: an org is the same with faults and without.

mod delivery;
mod edit;
mod effect;
mod fault;
mod lag;
mod part;
mod pattern;
mod script;
#[cfg(test)]
mod tests;
mod trouble;
mod written;

pub(crate) use self::delivery::Delivery;
pub(crate) use self::edit::Edit;
pub(crate) use self::effect::Effect;
pub use self::fault::Fault;
pub(crate) use self::lag::Lag;
pub(crate) use self::part::{Part, collected};
pub(crate) use self::script::Script;
pub(crate) use self::trouble::Trouble;
pub(crate) use self::written::parse;
