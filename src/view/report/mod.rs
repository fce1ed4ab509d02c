//! What a command reports: one value, from which each reporter makes standard output.
//!
//! Rules of this folder:
//! - Every command that ends hands a [`CommandReport`] to the terminal; nothing else makes documents.
//! - A reporter is a file with an implementation of [`Reporter`], and a line in [`Format::reporter`]. It
//!   asks nobody: whatever it needs is in the report.
//! - How a failure reads on standard error is the same for all of them, and not theirs.

mod answer;
mod command_report;
mod document;
mod format;
mod json;
mod json_lines;
mod reporter;
mod text;

pub use answer::Answer;
pub use command_report::{CommandReport, Content};
pub use format::Format;
pub use reporter::Reporter;
