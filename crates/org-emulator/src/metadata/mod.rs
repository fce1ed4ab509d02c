//! The Metadata API: SOAP, REST deploys, and what a deploy does.
//!
//! Everything here speaks the service's own words: element names, fault codes, problem texts.
//! What a real org can do and this one cannot is refused by name, never silently dropped.

mod crud;
mod deploy;
mod describe;
mod entries;
pub(crate) mod flexi_page;
mod found;
mod list;
mod multipart;
mod operations;
mod quick;
mod read;
mod rest;
mod result;
mod retrieve;
mod schema;
mod schemas;
mod show;
pub(crate) mod soap;
mod tree;
mod types;
pub(crate) mod writer;
pub(crate) mod xml;

#[cfg(test)]
pub(crate) mod tests;

use super::world::names;
pub(crate) use deploy::run_deploy;
pub(crate) use operations::soap;
pub(crate) use rest::rest_deploy;
pub(crate) use retrieve::run_retrieve;
