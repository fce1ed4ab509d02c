//! Ids that are written down beside names.

use serde::{Deserialize, Serialize};

use super::Ref;

/// The ids of an operation's records, where they were seen. People and languages change names; ids
/// stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ids {
    /// Id of the subject: user, profile, call center or permission set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Id of the record type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_type: Option<String>,
    /// Id of the permission set that a user has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
    /// Id of what is there before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Id of what is there afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl Ids {
    /// Whether both may be about the same record: no id of the one says that it is not the other's.
    pub fn is_of_same(&self, other: &Self) -> bool {
        let agree = |one: &Option<String>, other: &Option<String>| {
            one.is_none() || other.is_none() || one == other
        };
        agree(&self.subject, &other.subject) && agree(&self.record_type, &other.record_type)
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn subject<I: TryFrom<String>>(&self, name: &str) -> Ref<I> {
        read(name, self.subject.as_deref())
    }

    pub(super) fn record_type<I: TryFrom<String>>(&self, name: &str) -> Ref<I> {
        read(name, self.record_type.as_deref())
    }

    pub(super) fn set<I: TryFrom<String>>(&self, name: &str) -> Ref<I> {
        read(name, self.set.as_deref())
    }
}

/// A record by name, and by id where the text is one.
pub(super) fn read<I: TryFrom<String>>(name: &str, id: Option<&str>) -> Ref<I> {
    Ref { name: name.to_owned(), id: id.and_then(|id| I::try_from(id.to_owned()).ok()) }
}
