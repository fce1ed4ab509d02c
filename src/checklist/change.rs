//! One change of one value, by names.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Item;
use crate::model::Subject;

/// A change: what becomes of one value of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The item that wants it.
    #[serde(skip)]
    pub item: Item,
    /// What it belongs to.
    pub subject: Subject,
    /// Which value of it.
    pub field: String,
    /// What is there; `None`: nothing.
    pub before: Option<String>,
    /// What is to be there.
    pub after: After,
    /// What happens to the subject.
    pub action: Action,
}

/// The value after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// This; `None`: nothing.
    Known(Option<String>),
    /// The org can only tell once that item is done; people are shown what is expected.
    KnownAfter {
        /// The item to wait for.
        item: Item,
        /// What it will be, as far as anybody can say.
        expected: String,
    },
}

/// What happens to a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It comes into being.
    Create,
    /// One of its values changes.
    Update,
    /// It goes.
    Delete,
    /// A person does it.
    Human,
}

impl Change {
    /// Whether two changes are about the same value.
    pub fn same_place(&self, other: &Self) -> bool {
        self.subject == other.subject && self.field == other.field
    }

    /// Whether the program makes it, and not a person.
    pub fn is_ours(&self) -> bool {
        self.action != Action::Human
    }

    /// The value after it, where it is known.
    pub fn known_after(&self) -> Option<Option<&str>> {
        match &self.after {
            After::Known(value) => Some(value.as_deref()),
            After::KnownAfter { .. } => None,
        }
    }
}

impl After {
    /// A known value.
    pub fn value(text: impl Into<String>) -> Self {
        Self::Known(Some(text.into()))
    }
}

impl Serialize for After {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(serializer),
            Self::KnownAfter { item, .. } => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("known_after", item)?;
                map.end()
            }
        }
    }
}
