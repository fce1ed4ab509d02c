//! A configuration while it is written.

use std::fmt::Write as _;

use super::Refused;
use crate::config::{list, quoted};

/// How wide comments are.
const WIDTH: usize = 98;

/// A configuration while it is written: lines, comments, and what has no words.
pub(super) struct Draft<'a> {
    out: String,
    left_out: Vec<String>,
    refused: &'a Refused,
    table: String,
}

impl<'a> Draft<'a> {
    pub(super) fn new(refused: &'a Refused) -> Self {
        Self { out: String::new(), left_out: Vec::new(), refused, table: String::new() }
    }

    /// A line as it stands.
    pub(super) fn line(&mut self, line: &str) {
        self.out.extend([line, "\n"]);
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.line("");
    }

    /// The header of a table.
    pub(super) fn header(&mut self, table: &str) {
        table.clone_into(&mut self.table);
        self.out.extend(["\n[", table, "]\n"]);
    }

    /// A comment.
    pub(super) fn say(&mut self, sentence: &str) {
        let mut used = 1;
        self.out.push('#');
        // Control characters would end the comment, or the configuration.
        let sentence: String =
            sentence.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        for word in sentence.split(' ').filter(|word| !word.is_empty()) {
            let wide = word.chars().count() + 1;
            if used > 1 && used + wide > WIDTH {
                self.out.push_str("\n#");
                used = 1;
            }
            self.out.extend([" ", word]);
            used += wide;
        }
        self.out.push('\n');
    }

    /// Something that is there and that the configuration does not say.
    pub(super) fn cannot(&mut self, sentence: &str) {
        self.say(&format!("!! {sentence}"));
        self.left_out.push(sentence.to_owned());
    }

    /// A key with its value, unless that value is refused: then it is said, with the reason.
    pub(super) fn value(&mut self, key: &str, value: &str) {
        let table = &self.table;
        let path = if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
        if let Some(why) = self.refused.get(&path) {
            let shown = value.split_whitespace().collect::<Vec<_>>().join(" ");
            self.cannot(&format!("Left out: {key} = {shown}. {why}"));
            return;
        }
        // Writing to a String cannot fail.
        writeln!(self.out, "{key} = {value}").ok();
    }

    /// A key with a text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.value(key, &quoted(text));
    }

    /// A key with texts.
    pub(super) fn texts<T: AsRef<str>>(&mut self, key: &str, texts: &[T]) {
        let one_line = list(texts);
        if texts.len() < 2 || key.len() + 3 + one_line.chars().count() <= WIDTH {
            return self.value(key, &one_line);
        }
        let lines: Vec<String> =
            texts.iter().map(|text| format!("  {},\n", quoted(text.as_ref()))).collect();
        self.value(key, &format!("[\n{}]", lines.concat()));
    }

    /// The text, and what it does not say.
    pub(super) fn finish(self) -> (String, Vec<String>) {
        (self.out, self.left_out)
    }
}
