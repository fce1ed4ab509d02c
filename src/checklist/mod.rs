//! The article's checklist: one file an item, each a pure function of what is wanted, what is,
//! and what was before.
//!
//! An item answers with a [`Verdict`]: changes, questions whose answers it needs first, reasons
//! not to begin, problems that no change can mend, steps for a person, and notes. It never does anything; the engine
//! does, one [`Wave`] after another, and asks again.

mod call_center;
mod change;
mod confirmed;
mod csp_allow_list;
mod cti_settings;
mod data_center;
mod item;
mod kept;
mod looks;
mod names;
mod omni_sync;
mod package;
mod permission_set;
mod plan;
mod preflight;
mod remember;
mod removal;
mod restore;
pub mod rules;
mod softphone_layout;
mod task_layout;
mod transfer;
mod users;
mod verdict;

#[cfg(test)]
mod tests;

pub use change::{Action, After, Change};
pub use confirmed::{Scope, confirmable};
pub use data_center::{RegionalFind, find as find_regional_values, places as regional_places};
pub use item::{Item, Wave};
pub use kept::{Kept, already_ours};
pub use looks::looks;
pub use omni_sync::{grants as omni_sync_grants, is_asked_for as is_omni_sync_asked_for};
pub use package::installed as installed_package;
pub use permission_set::assignment as find_permission_set_assignment;
pub use plan::{Order, Past, Plan, PlannedItem, plan};
pub use preflight::{
    calls_needed, how_to_give as how_to_give_permission, missing as missing_permissions,
    needed as permissions_needed,
};
pub use remember::{baseline_entry, unknown_entry};
pub use removal::{Blockers, is_leaving_call_center, removal};
pub use task_layout::{find as find_assignment, moved_elsewhere};
pub use transfer::{LeftOut, Missing, Named, OrgNames, Transfer, transfer, users_of};
pub use users::is_ours as is_connectors_call_center;
pub use verdict::{Human, Note, Stop, StopKind, Verdict};
