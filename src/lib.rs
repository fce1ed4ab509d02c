//! Sets up Webex Contact Center for Salesforce in a Salesforce org.
//!
//! The rooms, and who may use whom: docs/architecture.md.

pub mod checklist;
pub mod config;
pub mod definitions;
pub mod emulator;
pub mod model;
