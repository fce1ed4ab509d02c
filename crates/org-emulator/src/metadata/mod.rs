//! Metadata: components as XML and files, what a deploy does to the world, what a retrieve brings.
//!
//! Everything here speaks the service's own words: element names, fault codes, problem texts.

pub(crate) mod deploy;
pub(crate) mod describe;
mod entries;
pub(crate) mod flexi_page;
pub(crate) mod found;
pub(crate) mod list;
mod modelled;
pub(crate) mod read;
pub(crate) mod result;
pub(crate) mod retrieve;
pub(crate) mod schema;
mod schemas;
mod show;
pub(crate) mod tree;
pub(crate) mod types;

use super::world::names;
