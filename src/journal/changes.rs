//! The changes of a journal's line.

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// A list of changes, as the engine writes and reads them.
///
/// It is kept as text: a plan may have tens of thousands, which take a multiple of it as untyped JSON values.
#[derive(Clone, PartialEq, Eq)]
pub struct Changes(String);

impl Changes {
    /// These rows, one after another.
    pub fn of<T: Serialize>(rows: impl IntoIterator<Item = T>) -> Self {
        let mut text = String::from("[");
        for row in rows {
            if text.len() > 1 {
                text.push(',');
            }
            // Every part of a row is text, lists and options, which JSON always takes.
            text.push_str(&serde_json::to_string(&row).unwrap_or_else(|_| "null".to_owned()));
        }
        text.push(']');
        Self(text)
    }

    /// The rows again.
    pub fn read<T: DeserializeOwned>(&self) -> Result<Vec<T>, serde_json::Error> {
        serde_json::from_str(&self.0)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.read::<IgnoredAny>().map_or(0, |rows| rows.len())
    }
}

/// As they are written.
impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Changes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        text.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Changes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A line is told by its tag, so that its parts come as values and not as text.
        Value::deserialize(deserializer).map(|value| Self(value.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::journal::Entry;

    #[test]
    fn changes_are_written_as_a_list_and_read_again() {
        let changes = Changes::of([json!({"field": "a \"b\""}), json!({"field": null})]);
        let entry = Entry::Planned { changes: changes.clone() };
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(text, r#"{"entry":"planned","changes":[{"field":"a \"b\""},{"field":null}]}"#);
        assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), entry);
        assert_eq!(changes.count(), 2);
        assert_eq!(changes.read::<Value>().unwrap()[0]["field"], "a \"b\"");
        assert_eq!(Changes::of::<Value>([]).count(), 0);
    }

    #[test]
    fn what_is_no_list_holds_no_change() {
        let read: Changes = serde_json::from_str(r#"{"a": 1}"#).unwrap();
        assert!(read.count() == 0 && read.read::<Value>().is_err());
    }
}
