//! The configuration as a tree whose every part knows its place and its key path.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::too_deep;

use super::mistake::{Mistake, MistakeKind, Mistakes};

/// Bytes of the configuration.
pub(super) type Span = Range<usize>;

/// What word processors and chats make of quotation marks.
const TYPOGRAPHIC: [char; 7] = ['“', '”', '„', '‟', '‘', '’', '‚'];

/// Deeper than any configuration; keeps recursion harmless.
const MAX_DEPTH: usize = 16;

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Table {
    pub(super) entries: BTreeMap<String, Entry>,
}

/// A key with what it holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Where the key is.
    pub(super) key_span: Span,
    /// The whole path as the file has it, `orgs.production.` included.
    pub(super) path: String,
    pub(super) node: Node,
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) value: Value,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Integer(i64),
    Boolean(bool),
    Array(Vec<Node>),
    Table(Table),
    /// A date, with or without a time, as it is written.
    Date(String),
    /// Something that no key takes: a fraction.
    Other(&'static str),
}

impl Value {
    /// What it is, for people.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) => "a whole number",
            Self::Boolean(_) => "a boolean",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Date(_) => "a date",
            Self::Other(name) => name,
        }
    }
}

/// A key as it is written in a path.
pub(super) fn step(key: &str) -> String {
    let bare = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if bare { key.to_owned() } else { format!("{key:?}") }
}

/// A path with one more key.
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { step(key) } else { format!("{path}.{}", step(key)) }
}

impl Table {
    /// Reads the text, or tells what is not TOML.
    pub(super) fn parse(text: &str, mistakes: &Mistakes) -> Self {
        if let Some(place) = too_deep(text, MAX_DEPTH) {
            mistakes.push(
                Mistake::new(MistakeKind::Syntax, "", "Brackets are nested too deeply here.")
                    .at(&(place..place + 1), "")
                    .help("Close those that were left open."),
            );
            return Self::default();
        }
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let odd = text.get(span.start..).and_then(|rest| rest.chars().next());
            let mistake = |what: &str| {
                let message = format!("This is not TOML: {what}.");
                Mistake::new(MistakeKind::Syntax, "", message).at(&span, "")
            };
            mistakes.push(match odd.filter(|letter| TYPOGRAPHIC.contains(letter)) {
                Some(quote) => mistake(&format!("`{quote}` is a typographic quotation mark"))
                    .help("Use `\"` instead; word processors and chats change it."),
                None => mistake(error.message().trim_end_matches('.')),
            });
        }
        Self::build(document.get_ref(), "", MAX_DEPTH, mistakes)
    }

    fn build(table: &DeTable<'_>, path: &str, depth: usize, mistakes: &Mistakes) -> Self {
        let entries = table.iter().map(|(key, value)| {
            let path = join(path, key.get_ref());
            let entry = Entry {
                key_span: key.span(),
                node: Node::build(value, &path, depth, mistakes),
                path,
            };
            (key.get_ref().to_string(), entry)
        });
        Self { entries: entries.collect() }
    }

    /// This table with another one laid over it: tables are merged, everything else is replaced.
    pub(super) fn overlaid(&self, over: &Self) -> Self {
        let mut merged = self.clone();
        for (key, entry) in &over.entries {
            let slot = merged.entries.get_mut(key);
            match (slot, &entry.node.value) {
                (Some(base), Value::Table(over)) => {
                    if let Value::Table(table) = &base.node.value {
                        let table = table.overlaid(over);
                        base.node.value = Value::Table(table);
                    } else {
                        *base = entry.clone();
                    }
                }
                (Some(base), _) => *base = entry.clone(),
                (None, _) => {
                    merged.entries.insert(key.clone(), entry.clone());
                }
            }
        }
        merged
    }
}

impl Node {
    fn build(value: &Spanned<DeValue<'_>>, path: &str, depth: usize, mistakes: &Mistakes) -> Self {
        let span = value.span();
        let too_large = |what: &str| {
            mistakes.push(
                Mistake::new(MistakeKind::WrongType, path, format!("`{path}` {what}."))
                    .at(&span, ""),
            );
            Value::Other("nothing that is kept")
        };
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => {
                match i64::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => Value::Integer(number),
                    Err(_) => too_large("is too large a number"),
                }
            }
            DeValue::Boolean(value) => Value::Boolean(*value),
            DeValue::Float(_) => Value::Other("a number with a fraction"),
            DeValue::Datetime(moment) => Value::Date(moment.to_string()),
            DeValue::Array(_) | DeValue::Table(_) if depth == 0 => {
                too_large("is nested too deeply")
            }
            DeValue::Array(nodes) => {
                let nodes = nodes.iter().enumerate().map(|(index, node)| {
                    Self::build(node, &format!("{path}[{index}]"), depth - 1, mistakes)
                });
                Value::Array(nodes.collect())
            }
            DeValue::Table(table) => Value::Table(Table::build(table, path, depth - 1, mistakes)),
        };
        Self { span, value }
    }
}
