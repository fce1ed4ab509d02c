//! The Metadata API: its SOAP operations and REST deploys. What they read and do is `metadata`'s.
//!
//! Everything here speaks the service's own words: element names, fault codes, problem texts.
//! What a real org can do and this one cannot is refused by name, never silently dropped.

mod crud;
mod multipart;
mod operations;
mod queue;
mod quick;
mod rest;
mod retrieve;
mod retrieve_status;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use self::operations::soap;
pub(crate) use self::rest::rest_deploy;
