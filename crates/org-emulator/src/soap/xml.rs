//! Reads XML into a tree whose every element knows its place.
//!
//! The place is the one that the real service reports: just behind the element's start tag.

use roxmltree::{Document, Node};

/// Namespace of `xsi:nil` and `xsi:type`.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// How deep elements may be nested.
const DEEPEST: usize = 100;

/// Line and column, both counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// Line.
    pub(crate) line: u32,
    /// Column.
    pub(crate) column: u32,
}

/// An element and all that is in it.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    /// Local name.
    pub(crate) name: String,
    /// Namespace; empty where it has none.
    pub(crate) namespace: String,
    /// Its own text, all pieces together.
    pub(crate) text: String,
    /// Elements in it, in order.
    pub(crate) children: Vec<Element>,
    /// `xsi:nil`.
    pub(crate) nil: bool,
    /// `xsi:type` without its prefix.
    pub(crate) xsi_type: Option<String>,
    /// Just behind the start tag.
    pub(crate) at: Position,
}

/// Text that is not XML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct XmlError {
    /// What is wrong.
    pub(crate) message: String,
    /// Where.
    pub(crate) at: Position,
}

impl Element {
    /// The first child of that name, whatever its namespace: real clients leave it out at times.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every child of that name.
    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of a child, without the blanks around it, which no deploy keeps.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim())
    }

    /// `{namespace}name`, as the service writes names.
    pub(crate) fn qualified(&self) -> String {
        format!("{{{}}}{}", self.namespace, self.name)
    }
}

/// Reads a document. A declaration of a document type is refused.
pub(crate) fn parse(text: &str) -> Result<Element, XmlError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(text).map_err(|error| {
        let at = Position { line: error.pos().row, column: error.pos().col };
        XmlError { message: describe(&error), at }
    })?;
    let mut cursor = Cursor { text, offset: 0, at: Position { line: 1, column: 1 } };
    element(document.root_element(), &mut cursor, 0)
}

/// What a syntax error is about; its place is reported beside it.
fn describe(error: &roxmltree::Error) -> String {
    let text = error.to_string();
    let place = format!(" at {}:{}", error.pos().row, error.pos().col);
    text.replace(&place, "")
}

/// Copies an element.
fn element(node: Node<'_, '_>, cursor: &mut Cursor<'_>, depth: usize) -> Result<Element, XmlError> {
    let at = cursor.advance(tag_end(cursor.text, node.range().start));
    if depth > DEEPEST {
        return Err(XmlError { message: "elements are nested too deeply".to_owned(), at });
    }
    let mut text = String::new();
    let mut children = Vec::new();
    for child in node.children() {
        if child.is_element() {
            children.push(element(child, cursor, depth + 1)?);
        } else if child.is_text() {
            text.push_str(child.text().unwrap_or_default());
        }
    }
    let local = |value: &str| value.rsplit(':').next().unwrap_or_default().trim().to_owned();
    Ok(Element {
        name: node.tag_name().name().to_owned(),
        namespace: node.tag_name().namespace().unwrap_or_default().to_owned(),
        text,
        children,
        nil: node.attribute((XSI, "nil")).is_some_and(|nil| matches!(nil.trim(), "true" | "1")),
        xsi_type: node.attribute((XSI, "type")).map(local),
        at,
    })
}

/// Where the start tag that begins at an offset ends.
fn tag_end(text: &str, start: usize) -> usize {
    let mut quote = None;
    for (index, byte) in text.as_bytes().iter().enumerate().skip(start) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return index + 1,
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Turns offsets into lines and columns; offsets only grow, so the text is read once.
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    at: Position,
}

impl Cursor<'_> {
    /// The place of an offset.
    fn advance(&mut self, offset: usize) -> Position {
        let passed = self.text.as_bytes().get(self.offset..offset).unwrap_or_default();
        for byte in passed {
            if *byte == b'\n' {
                self.at = Position { line: self.at.line + 1, column: 1 };
            } else if byte & 0xC0 != 0x80 {
                self.at.column += 1;
            }
        }
        self.offset = self.offset.max(offset);
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_know_their_place() {
        let text = "<?xml version=\"1.0\"?>\n<a xmlns='urn:x' b='>'>\n  <é><c/></é> t&amp;t\n</a>";
        let root = parse(text).unwrap();
        assert_eq!((root.at.line, root.at.column), (2, 24));
        assert_eq!((root.children[0].at.line, root.children[0].at.column), (3, 6));
        assert_eq!(root.children[0].children[0].qualified(), "{urn:x}c");
        assert_eq!(root.text.trim(), "t&t");
    }

    #[test]
    fn what_is_not_xml_is_refused() {
        assert_eq!(parse("<a>\n</b>").unwrap_err().at.line, 2);
        assert!(parse("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>").is_err());
        assert!(parse(&"<a>".repeat(5000)).is_err());
        let deep = format!("{}{}", "<a>".repeat(5000), "</a>".repeat(5000));
        assert!(parse(&deep).is_err());
    }
}
