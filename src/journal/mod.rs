//! What a machine remembers of its orgs, durably: baselines, hints, runs, and who is at work.
//!
//! One folder an org, keyed by its id, because aliases and host names move:
//!
//! ```text
//! orgs/00D…/baseline.json      what was there before the first change (read by uninstall)
//! orgs/00D…/baseline.json.copy the same before the last write, for the day when it is damaged
//! orgs/00D…/baseline-before-RUN.json  the one that a run which imported another has replaced
//! orgs/00D…/hints.json         what saves round trips; never believed against the org
//! orgs/00D…/confirmations.json what people said that they have done in this org
//! orgs/00D…/unfinished.json    uninstalls, undos and upgrades that have not ended
//! orgs/00D…/lock               held by the one run that may write
//! orgs/00D…/runs/ID/journal.jsonl
//! orgs/00D…/runs/ID/baseline.json  what an uninstall went by, once it is through
//! tenants/ID/…                 the same for a Webex organization; `default` where none is named
//! ```
//!
//! Rules: every file names its format and a newer one is refused, never rewritten; every file has a
//! checksum, and every line of a journal; a whole file is replaced by a synced temporary; a journal line is synced before the request that it announces.
//! Nothing secret comes here.
//!
//! The file system is reached through `Disk` alone, and what time it is says whoever writes: a
//! simulation can cut the power at any operation, and hold the clock.

mod baselines;
mod changes;
mod confirmations;
mod disk;
mod document;
mod entry;
mod error;
mod files;
mod hints;
mod lock;
mod org_store;
mod past_run;
#[cfg(test)]
mod power_cuts;
mod run_log;
mod store;
mod unfinished;
mod usual;

pub use baselines::KnownBaseline;
pub use changes::Changes;
pub use confirmations::ConfirmationStore;
pub(crate) use disk::remove_stale;
pub use disk::{Disk, DiskFile, Listed, LocalDisk, LockFile, MemoryDisk, Unsynced};
#[cfg(debug_assertions)]
pub use disk::{Trouble, TroubledDisk};
pub(crate) use document::sha256;
pub use entry::{Entry, Record, Rejection};
pub use error::Error;
pub(crate) use files::Files;
pub use hints::{CustomMetadataHints, Hints, ProfileNames};
pub use lock::Lock;
pub use org_store::{OrgStore, RunHead};
pub use past_run::{RunSummary, summary};
pub use run_log::RunLog;
pub use store::Store;
pub use unfinished::Unfinished;
