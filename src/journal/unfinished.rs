//! A run that takes something away and has not come to its end.
//!
//! Observing again is enough to go on with it, but not to know that somebody wants that: an `apply`
//! after a crashed uninstall must not put back what was being taken out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::{Baseline, PackageParts};

/// What was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// The command: `uninstall`, `undo`, or `upgrade`.
    pub command: String,
    /// The run that began it last.
    pub run: String,
    /// When.
    pub began: Timestamp,
    /// What an upgrade takes away for a while and gives back once the newer package is there.
    #[serde(default, skip_serializing_if = "Baseline::is_empty")]
    pub carried: Baseline,
    /// The run that an undo takes back with all later ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// What the package had before an upgrade replaces it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<PackageParts>,
    /// Whether an upgrade installs the version over the old one, which takes nothing away.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_place: bool,
}

impl Unfinished {
    /// The word for an upgrade, which takes the old package away before the new one comes.
    pub const UPGRADE: &str = "upgrade";

    /// Whether it is an upgrade, which an `apply` goes on with.
    pub fn is_upgrade(&self) -> bool {
        self.command == Self::UPGRADE
    }
}
