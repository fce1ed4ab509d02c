//! How bad something is.

use serde::{Deserialize, Serialize};

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Nothing is sent.
    Error,
    /// It may be meant so.
    Warning,
    /// Good to know.
    Info,
    /// Nobody could tell without an org.
    NotChecked,
}

impl Severity {
    /// Its name as in contracts and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::NotChecked => "not-checked",
        }
    }
}
