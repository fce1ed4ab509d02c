//! Writes XML answers: escaped, and without anything that XML cannot hold.

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use serde_json::Value;

/// An answer that is being written. Every open element is closed when its closure returns.
pub(crate) struct XmlWriter {
    writer: Writer<Vec<u8>>,
}

impl XmlWriter {
    /// An empty document.
    pub(crate) fn new() -> Self {
        Self { writer: Writer::new(Vec::new()) }
    }

    /// An empty document for people: every element on a line of its own, four blanks a step.
    pub(crate) fn indented() -> Self {
        Self { writer: Writer::new_with_indent(Vec::new(), b' ', 4) }
    }

    /// An element with attributes and content.
    pub(crate) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        content: impl FnOnce(&mut Self),
    ) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start));
        content(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it.
    pub(crate) fn empty(&mut self, name: &str) {
        self.event(Event::Empty(BytesStart::new(name)));
    }

    /// An element with content.
    pub(crate) fn open(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.element(name, &[], content);
    }

    /// An element with text.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) {
        self.element(name, &[], |xml| xml.text(text));
    }

    /// An element with text, if there is any.
    pub(crate) fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    /// An element that says that there is nothing.
    pub(crate) fn nil(&mut self, name: &str) {
        let start = BytesStart::new(name).with_attributes([("xsi:nil", "true")]);
        self.event(Event::Empty(start));
    }

    /// JSON as elements: a list repeats its element, an object nests, null is left out.
    pub(crate) fn json(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Array(values) => values.iter().for_each(|value| self.json(name, value)),
            Value::Object(fields) => self.open(name, |xml| {
                fields.iter().for_each(|(name, value)| xml.json(name, value));
            }),
            Value::String(text) => self.leaf(name, text),
            Value::Bool(_) | Value::Number(_) => self.leaf(name, &value.to_string()),
        }
    }

    /// Text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        let kept: String =
            text.chars().map(|letter| if fits(letter) { letter } else { ' ' }).collect();
        // A carriage return that is not escaped would be read back as a line feed.
        let escaped = partial_escape(kept.as_str()).replace('\r', "&#13;");
        self.event(Event::Text(BytesText::from_escaped(escaped)));
    }

    /// Writes one event; writing to memory does not fail.
    fn event(&mut self, event: Event<'_>) {
        let written = self.writer.write_event(event);
        debug_assert!(written.is_ok(), "a vector takes every byte");
    }

    /// The document.
    pub(crate) fn finish(self) -> String {
        String::from_utf8(self.writer.into_inner()).unwrap_or_default()
    }
}

/// Whether XML 1.0 can hold a letter.
fn fits(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
