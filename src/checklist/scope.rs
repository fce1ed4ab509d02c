//! Whom a confirmation counts for.

/// What a confirmation belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One Salesforce org.
    Org,
    /// A Webex organization, and so every Salesforce org that works with it.
    Tenant,
}
