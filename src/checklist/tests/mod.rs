//! The checklist against values alone.

mod call_center;
mod confirmed;
mod fixture;
mod package;
mod properties;
mod softphone_layout;
mod task_layout;
mod users;
