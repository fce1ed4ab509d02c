//! Errors in the words of the real service.

use std::fmt;

/// How much of a long line an error message shows on either side of the mistake.
const CONTEXT: usize = 40;

/// A refused query: what goes into `[{"errorCode": …, "message": …}]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SoqlError {
    /// E.g. `MALFORMED_QUERY`.
    pub(crate) code: &'static str,
    /// The text, with line and caret where the mistake has a place.
    pub(crate) message: String,
}

impl SoqlError {
    /// An error that concerns the query as a whole.
    pub(super) fn whole(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// A `MALFORMED_QUERY` that concerns the query as a whole.
    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::whole("MALFORMED_QUERY", message)
    }

    /// An error at a byte offset of the query: its line, a caret below the place, row and column.
    pub(super) fn at(
        code: &'static str,
        text: &str,
        offset: usize,
        message: impl AsRef<str>,
    ) -> Self {
        let offset = (0..=offset.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or_default();
        let (before, after) = text.split_at(offset);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let row = before.matches('\n').count() + 1;
        let lead: Vec<char> = before[start..].chars().collect();
        let tail: Vec<char> = after.lines().next().unwrap_or_default().chars().collect();
        let from = lead.len().saturating_sub(CONTEXT);
        let shown: String = lead[from..].iter().chain(tail.iter().take(CONTEXT)).collect();
        let indent = " ".repeat(lead.len() - from);
        let column = lead.len() + 1;
        let message = message.as_ref();
        Self::whole(
            code,
            format!("\n{shown}\n{indent}^\nERROR at Row:{row}:Column:{column}\n{message}"),
        )
    }
}

impl fmt::Display for SoqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for SoqlError {}
