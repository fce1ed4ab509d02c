//! Data that goes when a package goes: how much there is, and all of it as CSV.
//!
//! Two sorts of records lose something: those of the package's own objects, and those of objects
//! that stay but have values in fields of the package (activities, for the connector). The first
//! look finds the fields and the objects, the second counts; exporting reads page by page and holds
//! one page at a time. Deleted records are left out, archived ones are not.
//!
//! Only the command line knows files: whoever exports hands in a [`Sink`].

mod export;
mod measure;
mod query;
mod row;
mod sink;
mod table;

#[cfg(test)]
mod tests;

pub use export::{Exported, export};
pub use measure::measure;
pub use sink::{Part, Sink};
