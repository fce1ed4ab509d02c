//! What a rule found.

use super::{ItemKey, Severity};

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
