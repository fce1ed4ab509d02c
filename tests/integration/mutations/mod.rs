//! Whatever bytes somebody hands to a parser, it answers or refuses, and does neither panic nor hang.
//!
//! The bytes are right ones that were changed; `scripts/mutations N` tries N of them for each parser.

pub(crate) mod answers;
mod clients;
mod files;
mod mutation;
mod requests;
