//! Where something is.

use std::fmt;
use std::ops::Range;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::source::{Position, Source};
use crate::model::ItemKey;

/// Where something is.
///
/// Who judges values knows what they are called, and who has read the files knows the lines: the
/// first two become the third on the way to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A value of the configuration by its key path, without the table of an org:
    /// `users.profiles[0]`.
    Key(String),
    /// An item of the call center.
    Item(ItemKey),
    /// A place of a file.
    File(Excerpt),
}

/// A place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The file.
    pub source: Source,
    /// The bytes of it; none where something is missing.
    pub span: Option<Range<usize>>,
    /// What is there, within the file: a key path, `section/item`, or a JSON pointer; empty for the
    /// file.
    pub path: String,
    /// A few words beside the caret.
    pub label: String,
}

impl Excerpt {
    /// The place of those bytes.
    pub fn new(source: &Source, span: Option<Range<usize>>, path: impl Into<String>) -> Self {
        Self { source: source.clone(), span, path: path.into(), label: String::new() }
    }

    /// Line and column; the beginning of the file where something is missing.
    pub fn position(&self) -> Position {
        self.source.position(self.span.as_ref().map_or(0, |span| span.start))
    }
}

impl Place {
    /// The place in a file, where it is known.
    pub fn excerpt(&self) -> Option<&Excerpt> {
        match self {
            Self::File(excerpt) => Some(excerpt),
            Self::Key(_) | Self::Item(_) => None,
        }
    }

    /// What is there, by the name that the file or the call center has for it.
    pub fn path(&self) -> String {
        match self {
            Self::Key(path) => path.clone(),
            Self::Item(item) => item.to_string(),
            Self::File(excerpt) => excerpt.path.clone(),
        }
    }
}

/// `provision.toml:3:14`
impl fmt::Display for Excerpt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position();
        write!(formatter, "{}:{line}:{column}", self.source.name)
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("path", &self.path())?;
        if let Some(excerpt) = self.excerpt() {
            let Position { line, column } = excerpt.position();
            object.serialize_entry("file", &excerpt.source.name)?;
            object.serialize_entry("line", &line)?;
            object.serialize_entry("column", &column)?;
        }
        object.end()
    }
}
