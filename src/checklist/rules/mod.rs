//! Rules between settings.

use crate::model::{CallCenter, Desired, ItemKey, OrgState};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Must be mended.
    Error,
    /// Should be looked at.
    Warning,
    /// Worth knowing.
    Info,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The item.
    pub at: Option<ItemKey>,
    /// What was found.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Placeholder until merged.
pub fn with_org(_: &Desired, _: &CallCenter, _: &OrgState) -> Vec<Finding> {
    Vec::new()
}
