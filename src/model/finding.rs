//! What a rule found.

use serde::{Deserialize, Serialize};

use super::ItemKey;

/// Something that a rule says about a configuration, a definition file or an org.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Number of the rule: `CC021`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The item of the call center that it is about, where it is about one.
    pub at: Option<ItemKey>,
    /// What else it is about, where two things do not go together.
    pub also: Option<Also>,
    /// What was found: whole sentences.
    pub message: String,
    /// What to do next, where there is something to do.
    pub help: Option<String>,
}

/// The other of two things that do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Also {
    /// An item of the call center.
    Item(ItemKey),
    /// A key of the configuration, without the table of an org: `data_center`.
    Key(&'static str),
}

/// How bad a finding is.
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
