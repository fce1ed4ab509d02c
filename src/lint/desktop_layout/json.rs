//! JSON whose every part knows its place.

use std::ops::Range;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// A value, as far as layouts are judged.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Object(Vec<Member>),
    List(Vec<Node>),
    Text(String),
    Boolean(bool),
    /// A number or null.
    Other,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) name_span: Range<usize>,
    pub(super) node: Node,
}

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct JsonError {
    pub(super) message: String,
    pub(super) offset: usize,
}

impl Node {
    /// Reads a text; how deeply it may nest is what `serde_json` allows.
    pub(super) fn read(text: &str) -> Result<Self, JsonError> {
        match serde_json::from_str::<serde_json::Value>(text) {
            // It is JSON, so that the second reading need not look for mistakes.
            Ok(_) => Ok(Scanner { text, at: 0 }.value()),
            Err(error) => {
                let line: usize = text
                    .split_inclusive('\n')
                    .take(error.line().saturating_sub(1))
                    .map(str::len)
                    .sum();
                let full = error.to_string();
                let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
                let offset = (line + error.column().saturating_sub(1)).min(text.len());
                Err(JsonError { message, offset })
            }
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        // Of keys that are there twice the last holds.
        self.members().iter().rev().find(|member| member.name == name).map(|member| &member.node)
    }

    pub(super) fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    pub(super) fn list(&self) -> &[Self] {
        match &self.value {
            Value::List(nodes) => nodes,
            _ => &[],
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// One step further in a JSON pointer.
pub(super) fn child_pointer(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Goes through a text that is known to be JSON.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips blanks and what stands between values.
    fn skip(&mut self) {
        while self
            .peek()
            .is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':'))
        {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Node {
        self.skip();
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(),
            Some(b'[') => self.list(),
            Some(b'"') => Value::Text(self.string()),
            _ => self.word(),
        };
        Node { span: start..self.at, value }
    }

    fn object(&mut self) -> Value {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            self.skip();
            let start = self.at;
            if self.peek() != Some(b'"') {
                break;
            }
            let name = self.string();
            let name_span = start..self.at;
            members.push(Member { name, name_span, node: self.value() });
        }
        self.at += 1;
        Value::Object(members)
    }

    fn list(&mut self) -> Value {
        self.at += 1;
        let mut nodes = Vec::new();
        loop {
            self.skip();
            if matches!(self.peek(), Some(b']') | None) {
                break;
            }
            nodes.push(self.value());
        }
        self.at += 1;
        Value::List(nodes)
    }

    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        let quoted = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str(quoted).unwrap_or_default()
    }

    fn word(&mut self) -> Value {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        // A scanner that stands still would never end.
        self.at += end.max(1);
        match &rest[..end] {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            _ => Value::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What `serde_json` makes of the parts that spans name.
    fn agrees(text: &str, node: &Node, value: &serde_json::Value) {
        let part: serde_json::Value = serde_json::from_str(&text[node.span.clone()]).unwrap();
        assert_eq!(&part, value);
        match &node.value {
            Value::Object(members) => {
                for member in members {
                    let name: String =
                        serde_json::from_str(&text[member.name_span.clone()]).unwrap();
                    assert_eq!(name, member.name);
                    agrees(text, &member.node, &value[&name]);
                }
            }
            Value::List(nodes) => {
                assert_eq!(nodes.len(), value.as_array().unwrap().len());
                for (node, value) in nodes.iter().zip(value.as_array().unwrap()) {
                    agrees(text, node, value);
                }
            }
            Value::Text(text) => assert_eq!(text, value.as_str().unwrap()),
            Value::Boolean(on) => assert_eq!(*on, value.as_bool().unwrap()),
            Value::Other => assert!(value.is_number() || value.is_null()),
        }
    }

    fn values() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            ".{0,8}".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
                prop::collection::btree_map(".{0,5}", inner, 0..5)
                    .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_part_is_where_its_span_says(value in values(), pretty in any::<bool>()) {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            agrees(&text, &Node::read(&text).unwrap(), &value);
        }

        #[test]
        fn any_text_is_read_or_refused_with_a_place(text in "[\\[\\]{}\",:a1\\\\ é]{0,40}") {
            if let Err(wrong) = Node::read(&text) {
                prop_assert!(wrong.offset <= text.len());
            }
        }
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = "[".repeat(500_000);
        assert_eq!(Node::read(&deep).unwrap_err().message, "recursion limit exceeded");
    }
}
