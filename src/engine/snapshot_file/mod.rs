//! A snapshot in a file that people read: in a change ticket, beside another, before it is restored.
//!
//! Values that belong together stand in one section, one a line, and what they have in common stands above
//! them. The file holds names and values of the org's setup, user names among them, and no secrets.

mod read;
mod write;

#[cfg(test)]
mod tests;

use serde::Deserialize;

use crate::model::too_deep;

pub use read::read_snapshot;
pub use write::write_snapshot;

/// The format of a file that holds contents; one without any is written so that older versions read it.
const FORMAT: u64 = 2;

/// The format of a file that holds values alone.
const WITHOUT_CONTENTS: u64 = 1;

/// What tells the file from every other that the program writes.
const WHAT: &str = "snapshot";

/// A sound file nests no more than a section's values; what nests more deeply could be too much for any parser.
const MAX_DEPTH: usize = 4;

/// What can be read of a file whatever its format is.
#[derive(Deserialize)]
struct Head {
    format: u64,
    what: String,
}

/// What a value does not have in common with the others of its section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cells {
    name: Option<String>,
    id: Option<String>,
    record_type: Option<String>,
    record_type_id: Option<String>,
    field: Option<String>,
    set_id: Option<String>,
    value: Option<String>,
    value_id: Option<String>,
}

impl Cells {
    fn named(&self) -> [(&'static str, &Option<String>); 8] {
        [
            ("name", &self.name),
            ("id", &self.id),
            ("record_type", &self.record_type),
            ("record_type_id", &self.record_type_id),
            ("field", &self.field),
            ("set_id", &self.set_id),
            ("value", &self.value),
            ("value_id", &self.value_id),
        ]
    }
}

/// Whether a text is a snapshot, sound or not: one that may be replaced by a newer one.
pub fn is_snapshot(text: &str) -> bool {
    too_deep(text, MAX_DEPTH).is_none()
        && toml::from_str::<Head>(text).is_ok_and(|head| head.what == WHAT)
}
