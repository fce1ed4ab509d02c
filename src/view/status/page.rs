//! How the parts of a status are laid out.

use super::super::Screen;
use super::super::paint::{BOLD, paint};
use super::super::text::{clean, columns, padded, wrapped};
use crate::model::either;

/// So many names in a row are told in short; the rest is counted.
const NAMED: usize = 8;
/// Text beside a label gets no less room than this.
const ROOM: usize = 30;

/// A part with its heading.
pub(super) fn part(out: &mut String, title: &str, text: &str) {
    out.extend(["\n", &paint(BOLD, title), "\n", text]);
}

/// How lines are laid out.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) screen: Screen,
}

impl Page {
    /// A line of its own.
    pub(super) fn line(self, text: &str) -> String {
        wrapped("  ", text, 4, self.screen)
    }

    /// What stands below such a line.
    pub(super) fn below(self, text: &str) -> String {
        wrapped("    ", text, 6, self.screen)
    }

    /// Labels with texts beside them, aligned; below them where there is little room.
    pub(super) fn table(self, indent: usize, rows: &[(String, String)]) -> String {
        let widest = rows.iter().map(|(label, _)| columns(label)).max().unwrap_or(0);
        let beside = indent + widest + 2;
        let blanks = " ".repeat(indent);
        rows.iter()
            .map(|(label, text)| {
                let word = text.split(' ').map(columns).max().unwrap_or(0);
                if beside + word.max(ROOM.min(columns(text))) <= self.screen.width {
                    let lead = format!("{blanks}{}  ", padded(label, widest));
                    wrapped(&lead, text, beside, self.screen)
                } else {
                    let lead = format!("{blanks}  ");
                    let label = wrapped(&blanks, label, indent + 2, self.screen);
                    label + &wrapped(&lead, text, indent + 4, self.screen)
                }
            })
            .collect()
    }
}

/// Names in a row; in short, what is past the first ones is counted.
pub(super) fn named<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<String> = names.iter().map(|name| clean(name.as_ref())).collect();
    let (first, rest) = names.split_at(names.len().min(NAMED));
    match rest.len() {
        0 | 1 => names.join(", "),
        more => {
            let rest = either(&format!(", {}", rest.join(", ")), &format!(" and {more} more"));
            first.join(", ") + &rest
        }
    }
}
