//! Why the org does not do what was asked, in the API's own words.

use std::fmt;

/// A refused request: an `errorCode` and a message, and the fields it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) fields: Vec<String>,
}

impl Refusal {
    /// A refusal that is about no particular field.
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), fields: Vec::new() }
    }

    /// The same, about a field.
    pub(crate) fn about(mut self, field: &str) -> Self {
        self.fields.push(field.to_owned());
        self
    }

    /// There is no such thing.
    pub(crate) fn not_found() -> Self {
        Self::new("NOT_FOUND", "The requested resource does not exist")
    }

    /// It is in the recycle bin.
    pub(crate) fn deleted() -> Self {
        Self::new("ENTITY_IS_DELETED", "entity is deleted")
    }

    /// A field that the object lacks.
    pub(crate) fn no_column(object: &str, field: &str) -> Self {
        Self::new("INVALID_FIELD", format!("No such column '{field}' on sobject of type {object}"))
    }

    /// The org's requests of this day are used up.
    pub(crate) fn limit_exceeded() -> Self {
        Self::new("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
    }

    /// The org is busy with another change of its setup.
    pub(crate) fn setup_locked() -> Self {
        Self::new(
            "ALREADY_IN_PROCESS",
            "The changes you requested require salesforce.com to temporarily lock your \
             organization's administration setup. However, the administration setup has already \
             been locked by another change.",
        )
    }

    /// A reference that leads nowhere.
    pub(crate) fn invalid_reference(field: &str) -> Self {
        Self::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id").about(field)
    }

    /// The caller lacks the right to change this record.
    pub(crate) fn no_access() -> Self {
        Self::new("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code, self.message)
    }
}
