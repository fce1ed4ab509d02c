//! Which kinds of output there are.

use super::json::Json;
use super::json_lines::JsonLines;
use super::reporter::Reporter;
use super::text::Text;
use crate::model::Invocation;
use crate::view::Settings;

/// What standard output carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for people.
    Text,
    /// One document.
    Json,
    /// The events, one a line, and the document as the last line.
    Jsonl,
}

impl Format {
    /// Who makes it; `invocation` is what commands in a text for people begin with.
    pub fn reporter(self, settings: &Settings, invocation: &Invocation) -> Box<dyn Reporter> {
        match self {
            Self::Text => Box::new(Text::new(settings, invocation)),
            Self::Json => Box::new(Json),
            Self::Jsonl => Box::new(JsonLines),
        }
    }

    /// Whether standard output tells what happens while it happens.
    pub fn tells_events(self) -> bool {
        self == Self::Jsonl
    }
}
