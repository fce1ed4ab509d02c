//! The article's checklist: one folder an item, each a pure function of what is wanted, what is,
//! and what was before.
//!
//! An [`Item`] answers with a [`Verdict`]: changes, questions whose answers it needs first, reasons
//! not to begin, problems that no change can mend, steps for a person, and notes. It never does
//! anything; the engine does, one [`Stage`] after another, and asks again.
//!
//! An item's folder is the only place that knows the item. It names another item only where it
//! declares in its [`About`] that it needs it; a test reads the folders. In each folder `mod.rs` says
//! what the item is called and builds on, `plan.rs` what it wants, `removal.rs` how it is taken out,
//! `check.rs` what `doctor` looks at, `status.rs` what of it is in an org, and `adopt.rs` what a
//! configuration would say of that.

pub mod activity;
mod adoptee;
pub mod agent_access;
pub mod call_center;
mod case;
mod change;
mod check;
mod checkup;
mod completed;
mod confirmed;
pub mod csp_allow_list;
pub mod cti_settings;
pub mod data_center;
pub mod desktop_layout;
mod generation;
mod hold;
pub mod idle_codes;
pub(crate) mod inventory;
mod item;
mod kept;
mod looks;
mod lookup;
mod loss;
mod moved;
mod names;
mod noticed;
mod now;
mod old_call_centers;
pub mod omni_sync;
pub mod outdial;
pub mod package;
mod package_parts;
pub mod permission_set;
mod places;
mod plan;
mod preflight;
pub mod recording_rights;
mod region;
mod remember;
mod removal;
mod restore;
mod retirement;
pub mod rules;
mod salesforce_voice;
mod scope;
mod selection;
mod settings;
mod snapshot;
pub mod softphone_layout;
mod step;
pub mod task_layout;
pub mod teams;
mod tenant;
mod transfer;
mod undo;
mod upgrade;
mod upgrade_sets;
pub mod users;
pub mod variables;
mod vendors;
mod verdict;
mod whole;

#[cfg(test)]
mod tests;

pub(crate) use generation::own_permission_sets;
use generation::{InUse, another_in_use, count_agents, works_with};

pub use adoptee::Adoptee;
pub use case::{Blockers, Case};
pub use change::{Action, After, Aside, By, Change, ChangeRow, Stage};
pub use check::{Check, Group, Health, Topic, run_apply};
pub use checkup::{Checkup, TenantSight, connector_in};
pub use completed::{complete, complete_undone};
pub use confirmed::confirmable;
pub use desktop_layout::new_layout_of;
pub use hold::{Hold, Unseen};
pub use inventory::{Inventory, Leftover, Remains};
pub use item::{About, Item, ItemId, Nouns, Word};
pub use kept::{Kept, already_ours};
pub use looks::{Intent, looks, needed_by_nobody, unconfigured};
pub use lookup::Lookup;
pub use loss::{Loss, restored_losses};
pub use moved::moved_elsewhere;
pub use names::counted;
pub use noticed::Noticed;
pub use now::Now;
pub use package_parts::package_parts;
pub use places::Places;
pub use plan::{Past, Plan, PlannedItem, plan, plan_selected};
pub use preflight::{
    calls_needed, how_to_give as how_to_give_permission, missing as missing_permissions,
    needed as permissions_needed,
};
pub use remember::{baseline_entries, unknown_entry};
pub use removal::{removal, removal_selected};
pub use retirement::retire;
pub use salesforce_voice::VoiceReadiness;
pub use scope::Scope;
pub use selection::Selection;
pub use settings::with_kept_values;
pub use snapshot::{
    Comparison, Difference, Holdings, Limits, NotCompared, Restoration, SnapshotCase, compare,
    holdings, in_names_of, known_permission_sets, place_of, restoration, snapshot_looks_of_tenant,
    tenant_rows, title_of,
};
pub use softphone_layout::{forget_given_back, kept_softphone_layout, recorded_softphone_layout};
pub use step::{Field, Link, Site, Step};
pub use tenant::{
    DesktopLayoutInUse, INVENTORY_LOOKS, TENANT_ITEMS, TenantCase, TenantInventory, TenantItem,
    insides_needed, layouts_in_use, profiles_to_read, still_unseen, tenant_entries, tenant_looks,
    tenant_now, tenant_plan, tenant_plan_selected, tenant_removal, unconfigured_in_tenant,
};
pub use transfer::{LeftOut, Missing, Named, OrgNames, Transfer, transfer, users_of};
pub use undo::{Undo, forget_undone, tenant_undo, undo, undo_looks};
pub use verdict::{Human, Note, Sight, Stop, StopKind, Verdict};
pub use whole::{beyond_deploy, lacking, whole};

/// Every item, in the order in which the article brings them about.
pub static ITEMS: [&dyn Item; 11] = [
    &package::Package,
    &call_center::CallCenter,
    &cti_settings::CtiSettings,
    &users::Users,
    &softphone_layout::SoftphoneLayout,
    &task_layout::TaskLayout,
    &data_center::DataCenter,
    &omni_sync::OmniSync,
    &agent_access::AgentAccess,
    &permission_set::PermissionSet,
    &csp_allow_list::CspAllowList,
];
