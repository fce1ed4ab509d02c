//! Tables without lines: a bold head, columns two blanks apart, nothing behind the last word.

use comfy_table::{Table, presets};

use super::Screen;
use super::paint::{BOLD, paint};
use super::text::columns;

/// A table with that head.
pub(super) fn headed<'a>(head: impl IntoIterator<Item = &'a str>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(head);
    table
}

/// The table as text, where no line of it is wider than the screen.
pub(super) fn fitting(table: Table, screen: Screen) -> Option<String> {
    let text = printed(table);
    text.lines().all(|line| columns(line) <= screen.width).then_some(text)
}

/// The table as text.
pub(super) fn printed(mut table: Table) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut out = String::new();
    for (number, line) in table.lines().enumerate() {
        let line = line.trim_end();
        out.push_str(&if number == 0 { paint(BOLD, line) } else { line.to_owned() });
        out.push('\n');
    }
    out
}
