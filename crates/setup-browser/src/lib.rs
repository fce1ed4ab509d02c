//! Fills in Salesforce Setup's softphone layout pages in a person's own browser, by the labels that a
//! person sees.
//!
//! No API writes softphone layouts. The person logs in, with a passkey where the org wants one, and the
//! browser is visible all the time. Field names are unknown and not needed: what a page shows is read as
//! texts and controls with their places, and everything that is made of it is pure (`page`). A label
//! that is not where it is expected ends it before anything is saved.
//!
//! - `labels` is what pages call things, by language, as data.
//! - `page` is what a person sees, as values: which label belongs to which field, which page it is.
//! - `task` is what is wanted, and how it is told while it happens.
//! - `drive` goes from page to page; `tab` looks and acts; `link` is the debugging connection; `launch`
//!   starts the browser, and `profile` is the folder that is thrown away with it, `snap` where that is for a snap.

mod drive;
mod labels;
mod launch;
mod link;
mod page;
mod profile;
mod snap;
mod tab;
mod task;
mod trouble;

pub use self::drive::{Entry, Stopped, Task, Watcher, carry_out};
pub use self::launch::Browser;
pub use self::page::kind::Gate;
pub use self::task::{
    Call, CallKind, Field, Layout, Outcome, Pop, Removal, Replaced, Saving, Step, Window,
};
pub use self::trouble::Trouble;
