//! The changes of one item as a table, or one below the other where there is little room.

use std::collections::BTreeSet;

use comfy_table::{Table, presets};

use super::Look;
use super::paint::{FAINT, GREEN, RED, YELLOW, paint};
use super::text::{clean, columns, shortened, wrapped};
use super::value::{Shown, fitted, shown};
use crate::checklist::{Action, Change};
use crate::model::{Subject, SubjectKind};

/// So many users with the same change are shown by name; the rest is counted.
const NAMED: usize = 10;
/// Values in less room than this are read more easily below their subject.
const ROOM: usize = 32;
/// Blanks before a row, and from its sign to its name.
const INDENT: usize = 2;

/// The one subject of all these changes, where that is worth saying once: in the item's heading.
pub(super) fn common_subject(changes: &[Change]) -> Option<&Subject> {
    let first = &changes.first()?.subject;
    let several_fields = changes
        .iter()
        .any(|change| change.field != changes[0].field);
    (several_fields && changes.iter().all(|change| change.subject == *first)).then_some(first)
}

/// What a subject is called.
pub(super) fn name(subject: &Subject) -> String {
    match &subject.record_type {
        None => clean(&subject.name),
        Some(record_type) => format!("{} [{}]", clean(&subject.name), clean(record_type)),
    }
}

/// A line of the table.
struct Row<'a> {
    change: &'a Change,
    /// Subject and field, as far as they differ between the rows.
    names: Vec<String>,
    shown: Shown,
    /// How many more changes are like this one and not shown.
    more: usize,
}

/// The rows, each line ended, and a remark that belongs to all of them where there is no room to
/// repeat it.
pub(super) fn rows(changes: &[Change], look: Look) -> (Option<String>, String) {
    let mut rows = made(changes);
    if let Some(text) = laid_out(&rows, look) {
        return (None, text);
    }
    let common = rows.first().and_then(|row| row.shown.remark.clone());
    if common.is_some() && rows.iter().all(|row| row.shown.remark == common) {
        for row in &mut rows {
            row.shown.remark = None;
        }
        let text = laid_out(&rows, look).unwrap_or_else(|| stacked(&rows, look));
        return (common, text);
    }
    (None, stacked(&rows, look))
}

/// The rows as a table, if there is room for one.
fn laid_out(rows: &[Row<'_>], look: Look) -> Option<String> {
    let widest = |width: &dyn Fn(&Row) -> usize| rows.iter().map(width).max().unwrap_or(0);
    let count = rows.first().map_or(0, |row| row.names.len());
    let names: usize = (0..count)
        .map(|at| widest(&|row| columns(&row.names[at])) + 2)
        .sum();
    let before = widest(&|row| row.shown.before.as_deref().map_or(0, columns));
    let remark = widest(&|row| {
        row.shown
            .remark
            .as_deref()
            .map_or(0, |text| columns(text) + 1)
    });
    let after = widest(&|row| columns(&row.shown.after));
    let gaps = if before > 0 { 2 } else { 0 };
    let fixed = INDENT + look.sign_width().max(1) + 1 + names + gaps + columns(look.arrow()) + 1;
    let room = look.width.saturating_sub(fixed + remark);
    if before + after <= room {
        Some(table(rows, (before, after), look))
    } else if room >= ROOM {
        let half = room / 2;
        let split = if before <= half {
            (before, room - before)
        } else if after <= half {
            (room - after, after)
        } else {
            (half, room - half)
        };
        Some(table(rows, split, look))
    } else {
        None
    }
}

/// Which rows there are, and what each of them must say.
fn made(changes: &[Change]) -> Vec<Row<'_>> {
    let several =
        |of: &dyn Fn(&Change) -> String| changes.iter().map(of).collect::<BTreeSet<_>>().len() > 1;
    let fields = several(&|change| change.field.clone());
    let subjects = several(&|change| name(&change.subject));
    grouped(changes)
        .into_iter()
        .map(|(change, more)| {
            let mut names = Vec::new();
            if subjects || !fields {
                names.push(name(&change.subject));
            }
            if fields {
                names.push(clean(&change.field));
            }
            Row {
                change,
                names,
                shown: shown(change),
                more,
            }
        })
        .collect()
}

/// Users with the same change stand together, the first of them by name.
fn grouped(changes: &[Change]) -> Vec<(&Change, usize)> {
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        let alike = |group: &&mut Vec<&Change>| {
            group.first().is_some_and(|first| {
                change.subject.kind == SubjectKind::User
                    && first.subject.kind == SubjectKind::User
                    && (&first.field, &first.before, &first.after, first.action)
                        == (&change.field, &change.before, &change.after, change.action)
            })
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    let mut rows = Vec::new();
    for group in groups {
        // One name takes no more room than a line that says that one is left out.
        let named = if group.len() > NAMED + 1 {
            NAMED
        } else {
            group.len()
        };
        for (number, change) in group.iter().take(named).enumerate() {
            let last = number + 1 == named;
            rows.push((*change, if last { group.len() - named } else { 0 }));
        }
    }
    rows
}

/// One line a row, aligned.
fn table(rows: &[Row<'_>], room: (usize, usize), look: Look) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for row in rows {
        let mut cells = row.names.clone();
        let before = row.shown.before.as_deref().unwrap_or_default();
        let (before, mut after) = fitted(before, &row.shown.after, room, look);
        if room.0 > 0 {
            cells.push(before);
        }
        if let Some(remark) = &row.shown.remark {
            after = format!("{after} {remark}");
        }
        cells.push(format!("{} {after}", look.arrow()));
        table.add_row(cells);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut out = String::new();
    for (row, line) in rows.iter().zip(table.lines()) {
        out.push_str(&lead(row.change.action));
        out.push_str(line.trim_end());
        out.push('\n');
        out.push_str(&more(row, look));
    }
    out
}

/// Names on one line, values below.
fn stacked(rows: &[Row<'_>], look: Look) -> String {
    const BELOW: usize = 6;
    let mut out = String::new();
    for row in rows {
        let first = lead(row.change.action);
        out.push_str(&wrapped(&first, &row.names.join("  "), 4, look.width));
        let room = look.width.saturating_sub(BELOW + columns(look.arrow()) + 1);
        let before = row.shown.before.as_deref().unwrap_or_default();
        let (before, after) = fitted(before, &row.shown.after, (room, room), look);
        let blanks = " ".repeat(BELOW);
        let arrow = look.arrow();
        let remark = row.shown.remark.as_deref();
        let one_line = [Some(before.as_str()), Some(arrow), Some(&after), remark]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if BELOW + columns(&one_line) <= look.width {
            out.push_str(&format_line(&blanks, &one_line));
        } else {
            if !before.is_empty() {
                out.push_str(&format_line(&blanks, &before));
            }
            out.push_str(&format_line(&blanks, &format!("{arrow} {after}")));
            if let Some(remark) = remark {
                let remark = shortened(remark, room, look);
                out.push_str(&format_line(&blanks, &format!("  {remark}")));
            }
        }
        out.push_str(&more(row, look));
    }
    out
}

fn format_line(blanks: &str, text: &str) -> String {
    format!("{blanks}{text}\n")
}

/// What comes before a row's name: the sign of what happens.
fn lead(action: Action) -> String {
    let (sign, style) = match action {
        Action::Create => ("+", GREEN),
        Action::Update => ("~", YELLOW),
        Action::Delete => ("-", RED),
        Action::Human => ("!", YELLOW),
    };
    format!("{}{} ", " ".repeat(INDENT), paint(style, sign))
}

/// What is left out below a row.
fn more(row: &Row<'_>, look: Look) -> String {
    if row.more == 0 {
        return String::new();
    }
    let text = format!(
        "{} and {} more with the same change",
        look.ellipsis(),
        row.more
    );
    format!("    {}\n", paint(FAINT, &text))
}
