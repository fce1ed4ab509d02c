//! The checklist against values alone.

mod agent_access;
mod agent_needs;
mod blind;
mod call_center;
mod checked_layouts;
mod clones;
mod confirmed;
mod data_center;
pub(in crate::checklist) mod fixture;
mod looks;
mod omni_sync;
mod package;
mod permission_set;
mod properties;
mod removal;
mod renamed;
mod restored;
mod retirement;
mod snapshots_of_orgs;
mod softphone_layout;
mod task_layout;
mod tenant;
mod transfer;
mod undo;
mod upgrade;
mod users;
mod whole;
