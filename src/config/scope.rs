//! Typed reading of a table: what has the wrong type is a mistake with its place.

use super::key::{Key, find, names};
use super::mistake::{Mistake, MistakeKind, Mistakes};
use super::tree::{Entry, Node, Span, Table, Value, step};
use crate::model::{as_read, is_host, nearest};

/// A table that is being read.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) table: &'a Table,
    /// The keys that it may have; none where they are names that people chose.
    pub(super) keys: &'static [Key],
    pub(super) mistakes: &'a Mistakes,
}

/// A value with where it was said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) path: String,
    pub(super) span: Span,
}

impl<T> Located<T> {
    fn new(entry: &Entry, value: T) -> Self {
        Self { value, path: entry.path.clone(), span: entry.node.span.clone() }
    }
}

/// Text in back quotes for a message, as far as people read.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", as_read(&text.replace(['\n', '\r', '\t'], " ")))
}

impl<'a> Scope<'a> {
    /// What the table says of a key, which must be one of [`super::keys`].
    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry> {
        debug_assert!(
            self.keys.is_empty() || find(self.keys, key).is_some(),
            "`{key}` is read, but it is not among the keys of this table"
        );
        self.table.entries.get(key)
    }

    /// Says that a value has the wrong type.
    pub(super) fn wrong_type(&self, path: &str, node: &Node, wanted: &str) {
        self.mistakes.push(
            Mistake::new(
                MistakeKind::WrongType,
                path,
                format!("`{path}` is {}, but must be {wanted}.", node.value.type_name()),
            )
            .at(&node.span, format!("this is {}", node.value.type_name())),
        );
    }

    /// A text that is not empty and has no control characters.
    pub(super) fn text(&self, key: &str, wanted: &str) -> Option<Located<String>> {
        let entry = self.entry(key)?;
        let text = self.text_of(&entry.path, &entry.node, wanted)?;
        Some(Located::new(entry, text))
    }

    /// A name of the API, without blanks around it.
    pub(super) fn identifier(&self, key: &str) -> Option<String> {
        let found = self.text(key, "a name without blanks")?;
        let text = found.value.trim();
        let begins = text.starts_with(|letter: char| letter.is_ascii_alphabetic());
        if begins && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Some(text.to_owned());
        }
        let message = format!("`{}` cannot be {}.", found.path, quoted(text));
        self.mistakes.push(
            Mistake::new(MistakeKind::NotAllowed, &found.path, message)
                .at(&found.span, "")
                .help("Names of the API begin with a letter and have letters, digits and `_`."),
        );
        None
    }

    fn text_of(&self, path: &str, node: &Node, wanted: &str) -> Option<String> {
        let Value::Text(text) = &node.value else {
            self.wrong_type(path, node, wanted);
            return None;
        };
        let problem = if text.trim().is_empty() {
            "is empty"
        } else if text.chars().any(char::is_control) {
            "has a line break or another control character"
        } else {
            return Some(text.clone());
        };
        self.mistakes.push(
            Mistake::new(
                MistakeKind::NotAllowed,
                path,
                format!("`{path}` {problem}, but must be {wanted}."),
            )
            .at(&node.span, ""),
        );
        None
    }

    /// A list of texts; absent is empty.
    pub(super) fn texts(&self, key: &str, wanted: &str) -> Vec<String> {
        let Some(entry) = self.entry(key) else {
            return Vec::new();
        };
        let Value::Array(nodes) = &entry.node.value else {
            self.wrong_type(&entry.path, &entry.node, wanted);
            return Vec::new();
        };
        nodes
            .iter()
            .enumerate()
            .filter_map(|(index, node)| {
                self.text_of(&format!("{}[{index}]", entry.path), node, "text")
            })
            .collect()
    }

    /// A list of hosts; absent is empty. An address is refused: what stands behind its host would count for
    /// nothing.
    pub(super) fn hosts(&self, key: &str) -> Vec<String> {
        let texts = self.texts(key, "a list of hosts: `[\"desktop.example\"]`");
        let (hosts, others): (Vec<_>, Vec<_>) = texts.into_iter().partition(|text| is_host(text));
        let Some(entry) = self.entry(key) else { return hosts };
        for other in others {
            let message = format!("`{}` cannot hold {}.", entry.path, quoted(&other));
            self.mistakes.push(
                Mistake::new(MistakeKind::NotAllowed, &entry.path, message)
                    .at(&entry.node.span, "")
                    .help("Write the host name with its domain, and without `https://`, port or path: `desktop.example`."),
            );
        }
        hosts
    }

    pub(super) fn boolean(&self, key: &str) -> Option<bool> {
        let entry = self.entry(key)?;
        if let Value::Boolean(value) = entry.node.value {
            return Some(value);
        }
        self.wrong_type(&entry.path, &entry.node, "`true` or `false`, without quotation marks");
        None
    }

    /// The words that a key may be.
    pub(super) fn words(&self, key: &str) -> Vec<&'static str> {
        find(self.keys, key).map(|key| key.shape.words()).unwrap_or_default()
    }

    /// A text out of the words that the key may be.
    pub(super) fn choice(&self, key: &str) -> Option<Located<String>> {
        let allowed = self.words(key);
        let found = self.text(key, &one_of(&allowed))?;
        if allowed.contains(&found.value.as_str()) {
            return Some(found);
        }
        self.not_allowed(&found, &allowed);
        None
    }

    /// Says that a text is not among the allowed ones.
    pub(super) fn not_allowed(&self, found: &Located<String>, allowed: &[&str]) {
        self.mistakes.push(
            Mistake::new(
                MistakeKind::NotAllowed,
                &found.path,
                format!("`{}` cannot be {}.", found.path, quoted(&found.value)),
            )
            .at(&found.span, "")
            .allowed(allowed.iter().copied())
            .suggestion(nearest(&found.value, allowed.iter().copied())),
        );
    }

    /// A table in this table.
    pub(super) fn table(&self, key: &str) -> Option<Scope<'a>> {
        let entry = self.entry(key)?;
        if let Value::Table(table) = &entry.node.value {
            let keys = find(self.keys, key).map(Key::keys).unwrap_or_default();
            return Some(Scope { table, keys, mistakes: self.mistakes });
        }
        self.wrong_type(&entry.path, &entry.node, "a table");
        None
    }

    /// Says which keys nobody knows.
    pub(super) fn only_known(&self) {
        for (key, entry) in &self.table.entries {
            if find(self.keys, key).is_none() {
                self.mistakes.push(unknown_key(key, entry, &names(self.keys)));
            }
        }
    }
}

/// What is to be said of a key that nobody knows.
pub(super) fn unknown_key(key: &str, entry: &Entry, known: &[&str]) -> Mistake {
    let path = &entry.path;
    let parent = path.strip_suffix(&step(key)).unwrap_or_default().trim_end_matches('.');
    if let Some((_, advice)) = secret(key) {
        return Mistake::new(
            MistakeKind::UnknownKey,
            path,
            format!("`{path}` looks like a secret, which must not be in a configuration."),
        )
        .at(&entry.key_span, "")
        .help(advice);
    }
    let place = if parent.is_empty() {
        "The configuration has".to_owned()
    } else {
        format!("`{parent}` has")
    };
    Mistake::new(MistakeKind::UnknownKey, path, format!("{place} no key {}.", quoted(key)))
        .at(&entry.key_span, "")
        .allowed(known.iter().copied())
        .suggestion(nearest(key, known.iter().copied()))
}

/// Keys that people try to put secrets into, with where those belong.
fn secret(key: &str) -> Option<(&'static str, &'static str)> {
    const SECRETS: &[(&str, &str)] = &[
        (
            "installation_key",
            "Set the environment variable PROVISION_INSTALLATION_KEY to the package's \
            installation key.",
        ),
        (
            "password",
            "Set the environment variable PROVISION_INSTALLATION_KEY for an installation key; \
            other passwords are never needed.",
        ),
        (
            "access_token",
            "Set the environment variable PROVISION_ACCESS_TOKEN to the access token.",
        ),
        ("token", "Set the environment variable PROVISION_ACCESS_TOKEN to the access token."),
    ];
    SECRETS.iter().find(|(name, _)| *name == key).copied()
}

/// `a`, `b` or `c`, for a message.
pub(super) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}
