//! Sets up Webex Contact Center for Salesforce in a Salesforce org.
//!
//! The rooms, and who may use whom: docs/architecture.md.

pub mod adoption;
pub mod advice;
pub mod checklist;
pub mod cli;
pub mod config;
pub mod definitions;
pub mod diagnosis;
pub mod engine;
pub mod failure;
pub mod journal;
pub mod lint;
pub mod login;
pub mod migration;
pub mod model;
pub mod vault;
pub mod view;
