//! Kinds of orgs.

use serde::{Deserialize, Serialize};

/// What kind of org to emulate: what its `Organization` record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OrgKind {
    /// A production org.
    Production,
    /// A sandbox.
    #[default]
    Sandbox,
    /// A scratch org.
    Scratch,
    /// A Developer Edition org.
    Developer,
    /// A trial org.
    Trial,
}
