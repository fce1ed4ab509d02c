//! What a machine remembers of its orgs, durably: baselines, hints, runs, and who is at work.
//!
//! One folder an org, keyed by its id, because aliases and host names move:
//!
//! ```text
//! orgs/00D…/baseline.json      what was there before the first change (read by uninstall)
//! orgs/00D…/baseline-before-RUN.json  the one that a run which imported another has replaced
//! orgs/00D…/hints.json         what saves round trips; never believed against the org
//! orgs/00D…/confirmations.json what people said that they have done in this org
//! orgs/00D…/unfinished.json    an uninstall that has begun and not ended
//! orgs/00D…/lock               held by the one run that may write
//! orgs/00D…/runs/ID/journal.jsonl
//! orgs/00D…/runs/ID/baseline.json  what an uninstall went by, once it is through
//! tenants/ID/confirmations.json   the same for a Webex organization; `default` where none is named
//! ```
//!
//! Rules: every file names its format and a newer one is refused, never rewritten; a whole file is
//! replaced by a synced temporary; a journal line is synced before the request that it announces.
//! Nothing secret comes here.

mod baselines;
mod confirmations;
pub(crate) mod durable;
mod error;
mod hints;
mod lock;
mod run;
mod store;
mod unfinished;

pub use baselines::KnownBaseline;
pub use confirmations::ConfirmationStore;
pub use error::Error;
pub use hints::{CustomMetadataHints, Hints, ProfileNames};
pub use lock::Lock;
pub use run::{Entry, Record, RunLog, RunSummary, summary};
pub use store::{OrgStore, RunHead, Store};
pub use unfinished::Unfinished;
