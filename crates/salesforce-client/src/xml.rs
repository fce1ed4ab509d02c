//! Writing XML that is well-formed whatever the texts hold, and reading it as JSON.

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use roxmltree::{Document, Node, ParsingOptions};
use serde_json::{Map, Value};

use crate::wire::size;

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A character that no XML document can hold, escaped or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a text holds the character U+{:04X}, which XML cannot carry", u32::from(*.0))]
pub struct Forbidden(char);

/// A document being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    forbidden: Option<Forbidden>,
}

impl Xml {
    /// A document on one line, for a request: blanks between elements would only be sent.
    pub(super) fn compact() -> Xml {
        Xml::begin(Writer::new(Vec::new()))
    }

    /// A document with one element a line, for a file.
    pub(super) fn indented() -> Xml {
        Xml::begin(Writer::new_with_indent(Vec::new(), b' ', 4))
    }

    fn begin(writer: Writer<Vec<u8>>) -> Xml {
        let mut xml = Xml { writer, forbidden: None };
        xml.put(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// An element with attributes around others.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Xml),
    ) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.put(Event::Start(start));
        inside(self);
        self.put(Event::End(BytesEnd::new(name)));
    }

    /// An element around others.
    pub(super) fn group(&mut self, name: &str, inside: impl FnOnce(&mut Xml)) {
        self.element(name, &[], inside);
    }

    /// An element with a text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.typed(name, &[], text);
    }

    /// An element with attributes and a text.
    pub(super) fn typed(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        if let Some(c) = text.chars().find(|c| !is_allowed(*c)) {
            self.forbidden.get_or_insert(Forbidden(c));
        }
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.put(Event::Start(start));
        // A reader would turn a bare carriage return into a line feed.
        let escaped = escape(text).replace('\r', "&#13;");
        // Even an empty text: without it the closing tag would go to a line of its own, as blanks inside.
        self.put(Event::Text(BytesText::from_escaped(escaped)));
        self.put(Event::End(BytesEnd::new(name)));
    }

    /// An element with a text, when there is one.
    pub(super) fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// The document's bytes.
    pub(super) fn finish(self) -> Result<Vec<u8>, Forbidden> {
        match self.forbidden {
            Some(forbidden) => Err(forbidden),
            None => Ok(self.writer.into_inner()),
        }
    }

    fn put(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("writing into memory cannot fail");
    }
}

/// Whether XML 1.0 allows the character at all.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Parses a document of no more nodes than any answer has: a tree takes many times the room of its text.
pub(super) fn parse(text: &str) -> Result<Document<'_>, roxmltree::Error> {
    // Some servers begin with a byte-order mark, which the parser would take for text.
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let options = ParsingOptions { nodes_limit: size::MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options)
}

/// The first element of this name below a node, whatever its namespace.
pub(super) fn find<'a, 'd>(node: Node<'a, 'd>, name: &str) -> Option<Node<'a, 'd>> {
    node.descendants().find(|node| node.tag_name().name() == name)
}

/// An element as JSON: children as members, repeated ones as lists, `xsi:nil` as null, text as text.
pub(super) fn to_json(node: Node<'_, '_>) -> Value {
    element_to_json(node, 0)
}

fn element_to_json(node: Node<'_, '_>, depth: usize) -> Value {
    // Deeper than any answer of the APIs; a hostile document must not exhaust the stack.
    const DEEPEST: usize = 50;
    let nil = node.attribute((XSI, "nil")).is_some_and(|nil| nil == "true" || nil == "1");
    if nil || depth > DEEPEST {
        return Value::Null;
    }
    let mut members = Map::new();
    for child in node.children().filter(Node::is_element) {
        let value = element_to_json(child, depth + 1);
        match members.get_mut(child.tag_name().name()) {
            None => drop(members.insert(child.tag_name().name().to_owned(), value)),
            Some(Value::Array(list)) => list.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    if members.is_empty() {
        let text: String =
            node.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
        return Value::String(text);
    }
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read_back(bytes: &[u8]) -> Value {
        to_json(parse(std::str::from_utf8(bytes).unwrap()).unwrap().root_element())
    }

    proptest! {
        #[test]
        fn any_text_survives_or_is_refused(text in any::<String>()) {
            for mut xml in [Xml::compact(), Xml::indented()] {
                xml.group("a", |xml| {
                    xml.text("b", &text);
                    xml.text("c", "x");
                });
                match xml.finish() {
                    Ok(bytes) => prop_assert_eq!(read_back(&bytes), json!({"b": text, "c": "x"})),
                    Err(_) => prop_assert!(text.chars().any(|c| !is_allowed(c))),
                }
            }
        }
    }

    #[test]
    fn elements_become_json() {
        let text = r#"<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:n="urn:n">
            <n:b>1</n:b><c/><b> 2 </b><d xsi:nil="true"/><e><f>&lt;x&gt;<!-- y --></f></e></a>"#;
        let value = to_json(parse(text).unwrap().root_element());
        assert_eq!(value, json!({"b": ["1", " 2 "], "c": "", "d": null, "e": {"f": "<x>"}}));
    }

    #[test]
    fn more_nodes_than_any_answer_has_are_not_read() {
        let many = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count));
        assert!(parse(&many(10_000)).is_ok());
        let told = parse(&many(size::MOST_NODES as usize)).unwrap_err();
        assert!(matches!(told, roxmltree::Error::NodesLimitReached), "{told}");
    }

    #[test]
    fn depth_is_limited() {
        let deep = format!("{}x{}", "<a>".repeat(200), "</a>".repeat(200));
        to_json(parse(&deep).unwrap().root_element());
    }
}
