//! A run that takes something away and has not come to its end.
//!
//! Observing again is enough to go on with it, but not to know that somebody wants that: an `apply`
//! after a crashed uninstall must not put back what was being taken out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// The command: `uninstall`.
    pub command: String,
    /// The run that began it last.
    pub run: String,
    /// When.
    pub began: Timestamp,
}
