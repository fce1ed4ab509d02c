//! What an org would have a configuration say: keys with their values, comments, and what no
//! configuration can say. How a configuration is written is `config`'s.

use super::SettingKind;

/// A part of a configuration, as it is drafted from what an org has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its tables, in order.
    pub tables: Vec<DraftTable>,
    /// A definition file that it names.
    pub definition: Option<DraftFile>,
}

/// A table, or what is said of one beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftTable {
    /// Its path: `call_center.screen_pop`; empty for the keys that stand before all tables.
    pub path: String,
    /// Whether it has a header; what has none holds comments, or the keys before all tables.
    pub headed: bool,
    /// What is in it.
    pub lines: Vec<DraftLine>,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftLine {
    /// A key with its value.
    Key {
        /// The key.
        key: String,
        /// Its value.
        value: DraftValue,
    },
    /// A key that is switched off, with a value that shows how it is written.
    Example {
        /// The key.
        key: String,
        /// The value.
        value: DraftValue,
    },
    /// An explanation.
    Comment(String),
    /// Something that is there and that the configuration does not say.
    LeftOut(Vec<Phrase>),
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftValue {
    /// A text.
    Text(String),
    /// Texts.
    Texts(Vec<String>),
    /// What a setting of the call center holds: a switch, a number, rows or another text, according
    /// to its kind.
    Setting {
        /// The kind of the setting.
        kind: SettingKind,
        /// The text that the org holds.
        text: String,
    },
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// Words.
    Words(String),
    /// A text, shown as a configuration writes it.
    Quoted(String),
}

/// A file beside the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

impl Draft {
    /// Goes on with a table.
    pub fn table(&mut self, path: impl Into<String>) {
        self.tables.push(DraftTable { path: path.into(), headed: true, lines: Vec::new() });
    }

    /// Goes on with what is said of a table without being in it.
    pub fn beside(&mut self, path: impl Into<String>) {
        self.tables.push(DraftTable { path: path.into(), headed: false, lines: Vec::new() });
    }

    /// Adds a key with a value.
    pub fn key(&mut self, key: impl Into<String>, value: DraftValue) {
        self.line(DraftLine::Key { key: key.into(), value });
    }

    /// Adds a key with a text.
    pub fn text(&mut self, key: impl Into<String>, text: impl Into<String>) {
        self.key(key, DraftValue::Text(text.into()));
    }

    /// Adds a key with texts.
    pub fn texts<T: AsRef<str>>(&mut self, key: impl Into<String>, texts: &[T]) {
        self.key(key, DraftValue::texts(texts));
    }

    /// Adds a key that is switched off.
    pub fn example(&mut self, key: impl Into<String>, value: DraftValue) {
        self.line(DraftLine::Example { key: key.into(), value });
    }

    /// Adds an explanation.
    pub fn comment(&mut self, sentence: impl Into<String>) {
        self.line(DraftLine::Comment(sentence.into()));
    }

    /// Adds a sentence on what is there and cannot be said.
    pub fn left_out(&mut self, sentence: impl Into<String>) {
        self.line(DraftLine::LeftOut(vec![Phrase::Words(sentence.into())]));
    }

    /// Adds a sentence that shows values.
    pub fn left_out_values(&mut self, sentence: Vec<Phrase>) {
        self.line(DraftLine::LeftOut(sentence));
    }

    fn line(&mut self, line: DraftLine) {
        if self.tables.is_empty() {
            self.beside("");
        }
        if let Some(table) = self.tables.last_mut() {
            table.lines.push(line);
        }
    }
}

impl DraftValue {
    /// Texts.
    pub fn texts<T: AsRef<str>>(texts: &[T]) -> Self {
        Self::Texts(texts.iter().map(|text| text.as_ref().to_owned()).collect())
    }
}

impl Phrase {
    /// Words.
    pub fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    /// A text that is shown as a configuration writes it.
    pub fn quoted(text: impl Into<String>) -> Self {
        Self::Quoted(text.into())
    }
}
