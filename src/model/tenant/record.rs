//! The records of a Webex organization that operations are about.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Kinds of records, in the API's own spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TenantRecord {
    /// A desktop layout.
    DesktopLayout,
    /// A team.
    Team,
    /// An idle or wrap-up code.
    AuxiliaryCode,
    /// A global variable.
    CadVariable,
    /// A desktop profile of agents.
    AgentProfile,
}

/// The id of such a record. An operation's target says of which kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenantRecordId(String);

impl TenantRecordId {
    /// An id as the service gives it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The id as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for TenantRecordId {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for TenantRecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
