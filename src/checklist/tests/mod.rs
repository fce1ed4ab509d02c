//! The checklist against values alone.

mod call_center;
mod fixture;
mod omni_sync;
mod package;
mod permission_set;
mod properties;
mod task_layout;
mod users;
