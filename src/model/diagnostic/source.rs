//! A text that diagnostics point into.

use std::ops::Range;
use std::sync::Arc;

/// A file's text with the name that people know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name of the file.
    pub name: String,
    /// Its text.
    pub text: Arc<str>,
}

/// Where something in a text is, counted from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Source {
    /// A text of that name.
    pub fn new(name: impl Into<String>, text: impl AsRef<str>) -> Self {
        Self { name: name.into(), text: text.as_ref().into() }
    }

    /// Where a byte of the text is.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The span, cut to what the text has.
    pub fn clamp(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.floor(span.start);
        start..self.floor(span.end).max(start)
    }

    fn floor(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.toml", "größe = 1\nb = 2\n");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        let equals = source.text.find('=').unwrap();
        assert_eq!(source.position(equals), Position { line: 1, column: 7 });
        assert_eq!(source.position(9999), Position { line: 3, column: 1 });
    }
}
