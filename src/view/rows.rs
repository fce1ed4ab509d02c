//! The changes of one item as a table, or one below the other where there is little room.

use std::collections::BTreeSet;

use comfy_table::{Table, presets};

use super::Screen;
use super::paint::{FAINT, GREEN, RED, YELLOW, paint};
use super::text::{clean, columns, shortened, wrapped};
use super::value::{Shown, fitted, shown};
use crate::checklist::{Action, ChangeRow};
use crate::model::{Subject, SubjectKind};

/// So many users with the same change are shown by name; the rest is counted.
const NAMED: usize = 10;
/// Stands for a value that the heading says.
const AS_ABOVE: &str = "as above";
/// Values in less room than this are read more easily below their subject.
const ROOM: usize = 32;
/// Blanks before a row, and from its sign to its name.
const INDENT: usize = 2;

/// The one subject of all these changes, where that is worth saying once: in the item's heading.
pub(super) fn common_subject(changes: &[ChangeRow]) -> Option<&Subject> {
    let first = &changes.first()?.subject;
    (fields_matter(changes) && changes.iter().all(|change| change.subject == *first))
        .then_some(first)
}

/// Whether the subject alone does not tell what changes: there are several fields, or the item is
/// about single settings of one thing.
fn fields_matter(changes: &[ChangeRow]) -> bool {
    let of_settings = |change: &ChangeRow| change.item.about().is_some_and(|about| about.of_fields);
    changes.iter().any(|change| change.field != changes[0].field || of_settings(change))
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
    change: &'a ChangeRow,
    /// Subject and field, as far as they differ between the rows.
    names: Vec<String>,
    shown: Shown,
    /// How many more changes are like this one and not shown.
    more: usize,
}

/// The rows, each line ended, and the value that all of them bring about, where there is no room
/// to say it in each row: it belongs to the heading.
pub(super) fn rows(changes: &[ChangeRow], screen: Screen) -> (Option<String>, String) {
    let mut rows = made(changes);
    if let Some(text) = whole(&rows, screen) {
        return (None, text);
    }
    let Some(common) = common_value(&rows, screen) else {
        let text = tight(&rows, screen).unwrap_or_else(|| stacked(&rows, screen));
        return (None, text);
    };
    for row in &mut rows {
        AS_ABOVE.clone_into(&mut row.shown.after);
        row.shown.remark = None;
    }
    let text = whole(&rows, screen)
        .or_else(|| tight(&rows, screen))
        .unwrap_or_else(|| stacked(&rows, screen));
    (Some(common), text)
}

/// What several rows all bring about.
fn common_value(rows: &[Row<'_>], screen: Screen) -> Option<String> {
    let [first, rest @ ..] = rows else {
        return None;
    };
    let same = !rest.is_empty()
        && rest.iter().all(|row| {
            row.shown.after == first.shown.after && row.shown.remark == first.shown.remark
        });
    let remark = first.shown.remark.iter().map(|remark| format!(" {remark}"));
    let remark: String = remark.collect();
    same.then(|| format!("{} {}{remark}", screen.arrow(), first.shown.after))
}

/// The rows as a table with whole values, if there is room for it.
fn whole(rows: &[Row<'_>], screen: Screen) -> Option<String> {
    let (before, after) = widths(rows);
    (before + after <= room(rows, screen)).then(|| table(rows, (before, after), screen))
}

/// The rows as a table with shortened values, if there is room for it.
fn tight(rows: &[Row<'_>], screen: Screen) -> Option<String> {
    let (before, after) = widths(rows);
    let room = room(rows, screen);
    let half = room / 2;
    let split = if before <= half {
        (before, room - before)
    } else if after <= half {
        (room - after, after)
    } else {
        (half, room - half)
    };
    (room >= ROOM).then(|| table(rows, split, screen))
}

/// How wide the values before and after are.
fn widths(rows: &[Row<'_>]) -> (usize, usize) {
    (
        widest(rows, |row| row.shown.before.as_deref().map_or(0, columns)),
        widest(rows, |row| columns(&row.shown.after)),
    )
}

/// How many columns are left for the values of a table.
fn room(rows: &[Row<'_>], screen: Screen) -> usize {
    let count = rows.first().map_or(0, |row| row.names.len());
    let names: usize = (0..count).map(|at| widest(rows, |row| columns(&row.names[at])) + 2).sum();
    let gap = if widths(rows).0 > 0 { 2 } else { 0 };
    let remark =
        widest(rows, |row| row.shown.remark.as_deref().map_or(0, |text| columns(text) + 1));
    let sign = INDENT + 2;
    screen.width.saturating_sub(sign + names + gap + columns(screen.arrow()) + 1 + remark)
}

fn widest(rows: &[Row<'_>], width: impl Fn(&Row<'_>) -> usize) -> usize {
    rows.iter().map(width).max().unwrap_or(0)
}

/// Which rows there are, and what each of them must say.
fn made(changes: &[ChangeRow]) -> Vec<Row<'_>> {
    let fields = fields_matter(changes);
    let subjects = changes.iter().map(|change| name(&change.subject)).collect::<BTreeSet<_>>();
    let subjects = subjects.len() > 1;
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
            Row { change, names, shown: shown(change), more }
        })
        .collect()
}

/// Users with the same change stand together, the first of them by name.
fn grouped(changes: &[ChangeRow]) -> Vec<(&ChangeRow, usize)> {
    let mut groups: Vec<Vec<&ChangeRow>> = Vec::new();
    for change in changes {
        let alike = |group: &&mut Vec<&ChangeRow>| {
            group.first().is_some_and(|first| {
                let of_users = [SubjectKind::User, SubjectKind::PermissionSetAssignment];
                of_users.contains(&change.subject.kind)
                    && first.subject.kind == change.subject.kind
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
        let named = if group.len() > NAMED + 1 { NAMED } else { group.len() };
        for (number, change) in group.iter().take(named).enumerate() {
            let last = number + 1 == named;
            rows.push((*change, if last { group.len() - named } else { 0 }));
        }
    }
    rows
}

/// One line a row, aligned.
fn table(rows: &[Row<'_>], room: (usize, usize), screen: Screen) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for row in rows {
        let mut cells = row.names.clone();
        let before = row.shown.before.as_deref().unwrap_or_default();
        let (before, mut after) = fitted(before, &row.shown.after, room, screen);
        if room.0 > 0 {
            cells.push(before);
        }
        if let Some(remark) = &row.shown.remark {
            after = format!("{after} {remark}");
        }
        cells.push(format!("{} {after}", screen.arrow()));
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
        out.push_str(&more(row, screen));
    }
    out
}

/// Names on one line, values below.
fn stacked(rows: &[Row<'_>], screen: Screen) -> String {
    const BELOW: usize = 6;
    let mut out = String::new();
    for row in rows {
        let first = lead(row.change.action);
        let names: Vec<String> = row.names.iter().map(|name| foldable(name, screen)).collect();
        out.push_str(&wrapped(&first, &names.join("  "), 4, screen.width));
        let room = screen.width.saturating_sub(BELOW + columns(screen.arrow()) + 1);
        let before = row.shown.before.as_deref().unwrap_or_default();
        let (before, after) = fitted(before, &row.shown.after, (room, room), screen);
        let blanks = " ".repeat(BELOW);
        let arrow = screen.arrow();
        let remark = row.shown.remark.as_deref();
        let one_line = [Some(before.as_str()), Some(arrow), Some(&after), remark]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if BELOW + columns(&one_line) <= screen.width {
            out.push_str(&format_line(&blanks, &one_line));
        } else {
            if !before.is_empty() {
                out.push_str(&format_line(&blanks, &before));
            }
            out.push_str(&format_line(&blanks, &format!("{arrow} {after}")));
            if let Some(remark) = remark {
                let remark = shortened(remark, room, screen);
                out.push_str(&format_line(&blanks, &format!("  {remark}")));
            }
        }
        out.push_str(&more(row, screen));
    }
    out
}

/// The name with a place to break it at, where a line cannot hold it: behind its section.
fn foldable(name: &str, screen: Screen) -> String {
    if columns(name) + 4 > screen.width { name.replace('/', "/ ") } else { name.to_owned() }
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
fn more(row: &Row<'_>, screen: Screen) -> String {
    if row.more == 0 {
        return String::new();
    }
    let text = format!("{} and {} more with the same change", screen.ellipsis(), row.more);
    format!("    {}\n", paint(FAINT, &text))
}
