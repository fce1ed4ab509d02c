//! The checklist against values alone.

mod call_center;
mod data_center;
mod fixture;
mod package;
mod properties;
mod task_layout;
mod users;
