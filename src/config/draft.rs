//! The text of a configuration that was drafted from what an org has.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::written::{list, quoted, written};
use crate::model::{Draft, DraftLine, DraftTable, DraftValue, Phrase};

/// How wide lines are.
const WIDTH: usize = 98;

/// Tables in the order in which people read them; those that are not here come behind.
const ORDER: [&str; 9] = [
    "package",
    "call_center",
    "users",
    "task_layout",
    "softphone_layout",
    "custom_metadata",
    "webex",
    "omni_sync",
    "permission_sets",
];

/// Values that are not to be written, by their key paths, each with the reason.
pub type RefusedValues = BTreeMap<String, String>;

/// A configuration as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// What is there and not in the configuration, a sentence or two each.
    pub left_out: Vec<String>,
}

/// Writes a configuration: what comes first, the items' tables in the order in which people read
/// them, and what comes last.
pub fn write_draft(
    first: &Draft,
    items: &[Draft],
    last: &Draft,
    refused: &RefusedValues,
) -> Written {
    let mut tables: Vec<&DraftTable> = items.iter().flat_map(|draft| &draft.tables).collect();
    tables.sort_by_key(|table| place(&table.path));
    let mut writer =
        Writer { text: String::new(), left_out: Vec::new(), refused, table: String::new() };
    for table in first.tables.iter().chain(tables).chain(&last.tables) {
        writer.table(table);
    }
    Written { text: writer.text, left_out: writer.left_out }
}

fn place(path: &str) -> usize {
    let root = path.split('.').next().unwrap_or(path);
    ORDER.iter().position(|known| *known == root).unwrap_or(ORDER.len())
}

/// A configuration while it is written.
struct Writer<'a> {
    text: String,
    left_out: Vec<String>,
    refused: &'a RefusedValues,
    /// Path of the table that is being written.
    table: String,
}

impl Writer<'_> {
    fn table(&mut self, table: &DraftTable) {
        if table.headed && self.table != table.path {
            self.table.clone_from(&table.path);
            self.text.extend(["\n[", &table.path, "]\n"]);
        } else if !table.headed && !self.text.is_empty() {
            self.text.push('\n');
        }
        for line in &table.lines {
            match line {
                DraftLine::Key { key, value } => self.key(key, value),
                DraftLine::Example { key, value } => {
                    self.line(&format!("#{key} = {}", value_text(key, value)));
                }
                DraftLine::Comment(sentence) => self.comment(sentence),
                DraftLine::LeftOut(phrases) => self.leave_out(sentence(phrases)),
            }
        }
    }

    /// A line as it stands.
    fn line(&mut self, line: &str) {
        // Writing to a String cannot fail.
        writeln!(self.text, "{line}").ok();
    }

    /// A comment, wrapped.
    fn comment(&mut self, sentence: &str) {
        let mut used = 1;
        self.text.push('#');
        // Control characters would end the comment, or the configuration.
        let sentence: String =
            sentence.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        for word in sentence.split(' ').filter(|word| !word.is_empty()) {
            let wide = word.chars().count() + 1;
            if used > 1 && used + wide > WIDTH {
                self.text.push_str("\n#");
                used = 1;
            }
            self.text.extend([" ", word]);
            used += wide;
        }
        self.text.push('\n');
    }

    /// Something that is there and that the configuration does not say.
    fn leave_out(&mut self, sentence: String) {
        self.comment(&format!("!! {sentence}"));
        self.left_out.push(sentence);
    }

    /// A key with its value. A value that is refused is told instead, with the reason.
    fn key(&mut self, key: &str, value: &DraftValue) {
        let key = key_text(key);
        let table = &self.table;
        let path = if table.is_empty() { key.clone() } else { format!("{table}.{key}") };
        let value = value_text(&key, value);
        match self.refused.get(&path) {
            Some(why) => {
                let shown = value.split_whitespace().collect::<Vec<_>>().join(" ");
                self.leave_out(format!("Left out: {key} = {shown}. {why}"));
            }
            None => self.line(&format!("{key} = {value}")),
        }
    }
}

fn sentence(phrases: &[Phrase]) -> String {
    let text = |phrase: &Phrase| match phrase {
        Phrase::Words(words) => words.clone(),
        Phrase::Quoted(text) => quoted(text),
    };
    phrases.iter().map(text).collect()
}

/// A key; in quotation marks where it has other letters than bare keys may have.
fn key_text(key: &str) -> String {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    if !key.is_empty() && key.chars().all(is_bare) { key.to_owned() } else { quoted(key) }
}

fn value_text(key: &str, value: &DraftValue) -> String {
    match value {
        DraftValue::Text(text) => quoted(text),
        DraftValue::Texts(texts) => texts_text(key, texts),
        // Who drafts asks first whether there are words for it.
        DraftValue::Setting { kind, text } => written(kind, text).unwrap_or_else(|| quoted(text)),
    }
}

/// A list; one text a line where it is long.
fn texts_text(key: &str, texts: &[String]) -> String {
    let one_line = list(texts);
    if texts.len() < 2 || key.len() + 3 + one_line.chars().count() <= WIDTH {
        return one_line;
    }
    let lines: Vec<String> = texts.iter().map(|text| format!("  {},\n", quoted(text))).collect();
    format!("[\n{}]", lines.concat())
}
