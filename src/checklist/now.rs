//! What is in the place of a recorded value.

use crate::model::Value;

/// What is in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// Nobody knows.
    Unseen,
    /// The record whose value it is does not exist any more.
    Gone,
    /// This; `None`: nothing.
    Held(Option<Value>),
}
