//! Who sees which page layout.

use super::{LayoutId, LayoutName, ProfileId, RecordTypeId};

/// A profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its id, which is what joins its two names.
    pub id: ProfileId,
    /// The name people see: `System Administrator`.
    pub label: String,
    /// The name that the Metadata API uses: `Admin`. `None` until it was asked for.
    pub api_name: Option<String>,
}

/// A record type of Task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordType {
    /// Its id.
    pub id: RecordTypeId,
    /// API name without the object, and with the namespace where it has one.
    pub api_name: String,
    /// The name people see.
    pub label: String,
    /// Whether it may be used.
    pub active: bool,
}

/// A page layout of Task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Its id.
    pub id: LayoutId,
    /// Its name.
    pub name: LayoutName,
}

/// Which layout a profile uses, in general or for a record type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LayoutAssignment {
    /// The profile.
    pub profile: ProfileId,
    /// The record type; `None` is the master assignment.
    pub record_type: Option<RecordTypeId>,
    /// The layout; `None` where the org does not say.
    pub layout: Option<LayoutId>,
}
