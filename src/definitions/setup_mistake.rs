//! What is wrong with a file that should be a call center definition.

use std::fmt;
use std::ops::Range;

/// A mistake in a file in the format that Setup imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupMistake {
    /// The rule of [`crate::model::RULES`] that it breaks.
    pub rule: &'static str,
    /// What was found: whole sentences.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// Bytes of the file that it is about, where it is about a place.
    pub span: Option<Range<usize>>,
}

impl SetupMistake {
    /// The file is no definition.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { rule: "CC080", message: message.into(), help: None, span: None }
    }

    /// A part of the definition is not as it must be.
    pub(super) fn part(message: impl Into<String>) -> Self {
        Self { rule: "CC083", ..Self::new(message) }
    }

    pub(super) fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for SetupMistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        if let Some(help) = &self.help {
            write!(formatter, " {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SetupMistake {}
