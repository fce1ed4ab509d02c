//! The changes of one item as a table, and below one another where a line has no room for them.
//!
//! No value is ever cut: what does not fit stands on lines of its own, which a terminal wraps.

use std::collections::{BTreeMap, BTreeSet};

use super::Screen;
use super::counts::{gives, takes_away};
use super::difference::{MappingChange, MappingDifference, difference, mapping_difference};
use super::paint::{FAINT, GREEN, RED, YELLOW, paint};
use super::tenant_words;
use super::text::{clean, columns, counted, padded, wrapped};
use super::value::{Shown, shown};
use crate::checklist::{Action, ChangeRow};
use crate::model::{Subject, SubjectKind};

/// So many users with the same change are shown by name; more are one line, unless all are asked for.
const NAMED: usize = 10;
/// Stands for a value that the heading says.
const AS_ABOVE: &str = "as above";
/// Blanks before a row, and from its sign to its name.
const INDENT: usize = 2;
/// Blanks between columns.
const GAP: usize = 2;
/// Blanks before what stands below a row's name.
const BELOW: usize = 6;

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
    /// The definition's own name of a setting that the configuration calls otherwise.
    item: Option<String>,
    shown: Shown,
    /// Both values as one text, where they have most of it in common.
    difference: Option<String>,
}

/// What the rows read like.
pub(super) struct Rows {
    /// The value that all of them bring about, where there is no room to say it in each row: it
    /// belongs to the heading.
    pub(super) common: Option<String>,
    /// The rows, each line ended.
    pub(super) text: String,
    /// Whether some of them stand for many.
    pub(super) grouped: bool,
}

/// The rows of an item's changes.
pub(super) fn rows(changes: &[ChangeRow], screen: Screen) -> Rows {
    let mut rows = made(changes, screen);
    let grouped = rows.len() < changes.len();
    let mut common = None;
    if !screen.full && !needs_items(&rows) {
        do_without_items(&mut rows, screen);
    }
    if !Widths::of(rows.iter()).fit(screen) {
        // A short value is said as quickly as that it was said above.
        let is_long = |value: &String| columns(value) > 2 * columns(AS_ABOVE);
        common = common_value(&rows, screen).filter(is_long);
    }
    if common.is_some() {
        for row in &mut rows {
            AS_ABOVE.clone_into(&mut row.shown.after);
            row.shown.remark = None;
            row.difference = None;
        }
    }
    Rows { common, text: laid_out(&rows, screen), grouped }
}

/// Whether two settings come from the same key, so that the key alone does not tell which is meant.
fn needs_items(rows: &[Row<'_>]) -> bool {
    let names: BTreeSet<&[String]> = rows.iter().map(|row| row.names.as_slice()).collect();
    names.len() < rows.len()
}

/// What the definition calls a setting is the first thing to do without, where it would take more lines.
fn do_without_items(rows: &mut [Row<'_>], screen: Screen) {
    let lines = |rows: &[Row<'_>]| laid_out(rows, screen).lines().count();
    let with = lines(rows);
    let items: Vec<Option<String>> = rows.iter_mut().map(|row| row.item.take()).collect();
    if with == lines(rows) {
        for (row, item) in rows.iter_mut().zip(items) {
            row.item = item;
        }
    }
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

/// Which rows there are, and what each of them must say.
fn made(changes: &[ChangeRow], screen: Screen) -> Vec<Row<'_>> {
    let fields = fields_matter(changes);
    let subjects = changes.iter().map(|change| name(&change.subject)).collect::<BTreeSet<_>>();
    let subjects = subjects.len() > 1;
    grouped(changes, screen)
        .into_iter()
        .map(|(change, many)| {
            let mut names = Vec::new();
            if let Some(many) = many {
                names.push(many);
            } else if subjects || !fields {
                names.push(name(&change.subject));
            }
            let mut item = None;
            if fields {
                let field = tenant_words::field(change);
                match change.key() {
                    Some(key) => {
                        names.push(clean(key));
                        item = Some(field);
                    }
                    None => names.push(field),
                }
            }
            let shown = shown(change);
            let before = shown.before.as_deref().unwrap_or_default();
            let difference = difference(before, &shown.after, screen);
            Row { change, names, item, shown, difference }
        })
        .collect()
}

/// Changes that are alike, as one row with the words for all of them; every change by itself where
/// all are asked for.
fn grouped(changes: &[ChangeRow], screen: Screen) -> Vec<(&ChangeRow, Option<String>)> {
    if screen.full {
        return changes.iter().map(|change| (change, None)).collect();
    }
    let mut order: Vec<Vec<&ChangeRow>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for change in changes {
        let Some(likeness) = likeness(change) else {
            order.push(vec![change]);
            continue;
        };
        let place = *places.entry(likeness).or_insert(order.len());
        match order.get_mut(place) {
            Some(group) => group.push(change),
            None => order.push(vec![change]),
        }
    }
    let mut rows = Vec::new();
    for group in order {
        let [first, ..] = group.as_slice() else { continue };
        let few = if first.subject.kind == SubjectKind::ProfileLayout { 1 } else { NAMED };
        if group.len() > few {
            rows.push((*first, Some(many(first, group.len()))));
        } else {
            rows.extend(group.into_iter().map(|change| (change, None)));
        }
    }
    rows
}

/// What changes of people and layouts have in common that are told as one; `None` where each is told.
fn likeness(change: &ChangeRow) -> Option<String> {
    let of = match change.subject.kind {
        SubjectKind::User | SubjectKind::PermissionSetAssignment => change.group(),
        SubjectKind::ProfileLayout => Some(change.subject.name.as_str()),
        _ => return None,
    };
    let ChangeRow { subject, field, before, after, action, .. } = change;
    Some(format!("{:?}", (subject.kind, of, field, before, after, action)))
}

/// `204 users of Contact Center Agent`
fn many(first: &ChangeRow, count: usize) -> String {
    if first.subject.kind == SubjectKind::ProfileLayout {
        let of = clean(&first.subject.name);
        return format!("{} of {of}", counted(count, "assignment", "assignments"));
    }
    let of = first.group().map(|group| format!(" of {}", clean(group)));
    format!("{}{}", counted(count, "user", "users"), of.unwrap_or_default())
}

/// How wide the columns of a table are.
struct Widths {
    names: Vec<usize>,
    item: usize,
    before: usize,
    after: usize,
    /// A difference takes the room of both values.
    difference: usize,
}

impl Widths {
    fn of<'a>(rows: impl Iterator<Item = &'a Row<'a>>) -> Self {
        let mut widths = Self { names: Vec::new(), item: 0, before: 0, after: 0, difference: 0 };
        for row in rows {
            for (at, name) in row.names.iter().enumerate() {
                match widths.names.get_mut(at) {
                    Some(width) => *width = columns(name).max(*width),
                    None => widths.names.push(columns(name)),
                }
            }
            widths.item = row.item.as_deref().map_or(0, columns).max(widths.item);
            if let Some(difference) = &row.difference {
                widths.difference = columns(difference).max(widths.difference);
            } else {
                let before = row.shown.before.as_deref().map_or(0, columns);
                widths.before = before.max(widths.before);
                widths.after = columns(&after(row)).max(widths.after);
            }
        }
        widths
    }

    /// Whether such a table is no wider than the screen.
    fn fit(&self, screen: Screen) -> bool {
        let names: usize = self.names.iter().map(|width| width + GAP).sum();
        let item = if self.item > 0 { self.item + GAP } else { 0 };
        let before = if self.before > 0 { self.before + GAP } else { 0 };
        let values = before + columns(screen.arrow()) + 1 + self.after;
        INDENT + 2 + names + item + values.max(self.difference) <= screen.width
    }
}

/// The value afterwards, with its remark.
fn after(row: &Row<'_>) -> String {
    match &row.shown.remark {
        Some(remark) => format!("{} {remark}", row.shown.after),
        None => row.shown.after.clone(),
    }
}

/// Rows that fit as a table, and those that do not below their names, in their order.
fn laid_out(rows: &[Row<'_>], screen: Screen) -> String {
    let mut fitting: Vec<bool> = rows.iter().map(|row| mapping_of(row).is_none()).collect();
    let inside = |fitting: &[bool]| {
        Widths::of(rows.iter().zip(fitting).filter(|(_, fits)| **fits).map(|(row, _)| row))
    };
    let own: Vec<usize> = rows.iter().map(own_width).collect();
    let mut widths = inside(&fitting);
    while !widths.fit(screen) && fitting.contains(&true) {
        let widest = own.iter().zip(&fitting).filter(|(_, fits)| **fits).map(|(own, _)| *own).max();
        for (own, fits) in own.iter().zip(&mut fitting) {
            *fits &= Some(*own) != widest;
        }
        widths = inside(&fitting);
    }
    let mut out = String::new();
    for (row, fits) in rows.iter().zip(fitting) {
        out.push_str(&if fits { line(row, &widths, screen) } else { below(row, screen) });
    }
    out
}

/// How wide a row's values are by themselves.
fn own_width(row: &Row<'_>) -> usize {
    match &row.difference {
        Some(difference) => columns(difference),
        None => row.shown.before.as_deref().map_or(0, columns) + columns(&after(row)),
    }
}

/// A row on one line, in columns.
fn line(row: &Row<'_>, widths: &Widths, screen: Screen) -> String {
    let mut out = lead(row.change);
    let mut cell = |text: &str, width: usize| out.push_str(&padded(text, width + GAP));
    for (name, width) in row.names.iter().zip(&widths.names) {
        cell(name, *width);
    }
    if widths.item > 0 {
        cell(&paint(FAINT, row.item.as_deref().unwrap_or_default()), widths.item);
    }
    if let Some(difference) = &row.difference {
        out.push_str(difference);
    } else {
        if widths.before > 0 {
            cell(row.shown.before.as_deref().unwrap_or_default(), widths.before);
        }
        out.extend([screen.arrow(), " ", &after(row)]);
    }
    out.trim_end().to_owned() + "\n"
}

/// A row's names on one line, its values below.
fn below(row: &Row<'_>, screen: Screen) -> String {
    let names: Vec<String> = row.names.iter().map(|name| foldable(name, screen)).collect();
    let mut names = names.join(": ");
    if let Some(item) = &row.item {
        names = format!("{names} {}", paint(FAINT, &format!("({})", foldable(item, screen))));
    }
    let mut out = wrapped(&lead(row.change), &names, 4, screen);
    if let Some(mapping) = mapping_of(row) {
        out.push_str(&mapping_lines(row.change, &mapping, screen));
        return out;
    }
    let blanks = " ".repeat(BELOW);
    let mut say = |lead: &str, text: &str| {
        let indent = columns(lead);
        out.push_str(&wrapped(lead, text, indent, screen));
    };
    if let Some(difference) = &row.difference {
        say(&blanks, difference);
        return out;
    }
    let before = row.shown.before.as_deref().unwrap_or_default();
    let (arrow, after) = (screen.arrow(), after(row));
    let one_line = format!("{before} {arrow} {after}");
    if BELOW + columns(one_line.trim()) <= screen.width {
        say(&blanks, one_line.trim());
    } else {
        if !before.is_empty() {
            say(&blanks, before);
        }
        say(&format!("{blanks}{arrow} "), &after);
    }
    out
}

/// How a mapping changes, where the value is one. That of a new call center is compared with the one that it
/// would have by itself.
fn mapping_of(row: &Row<'_>) -> Option<MappingDifference> {
    let before = row.change.before.as_deref().or(row.change.default_value());
    let after = row.change.known_after()??;
    mapping_difference(before.unwrap_or_default(), after)
}

/// The rows of a mapping that change, and what they are compared with, where that is not what is there.
fn mapping_lines(change: &ChangeRow, mapping: &MappingDifference, screen: Screen) -> String {
    let blanks = " ".repeat(BELOW);
    let of_default = change.before.is_none()
        && change.default_value().is_some_and(|default| !default.trim().is_empty());
    match mapping {
        MappingDifference::Rows(changes) => {
            let mut out = String::new();
            if of_default {
                out = wrapped(&blanks, "compared with the default:", BELOW, screen);
            }
            out.extend(changes.iter().map(|change| mapping_line(change, screen)));
            out
        }
        MappingDifference::Order => {
            let rows = if of_default { "the default's rows" } else { "the same rows" };
            wrapped(&blanks, &format!("{rows} in another order"), BELOW, screen)
        }
    }
}

/// A row of a mapping: `+ Subject: CadFieldName Reason`.
fn mapping_line(change: &MappingChange, screen: Screen) -> String {
    let (sign, style) = match (&change.before, &change.after) {
        (None, _) => ("+", GREEN),
        (Some(_), None) => ("-", RED),
        (Some(_), Some(_)) => ("~", YELLOW),
    };
    let says = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{before} {} {after}", screen.arrow()),
        (Some(only), None) | (None, Some(only)) => only.clone(),
        (None, None) => String::new(),
    };
    let lead = format!("{}{} ", " ".repeat(BELOW), paint(style, sign));
    let text = clean(&format!("{}: {says}", change.name));
    wrapped(&lead, text.trim_end_matches(": "), BELOW + 4, screen)
}

/// The name with a place to break it at, where a line cannot hold it: behind its section.
fn foldable(name: &str, screen: Screen) -> String {
    if columns(name) + 4 > screen.width { name.replace('/', "/ ") } else { name.to_owned() }
}

/// What comes before a row's name: the sign of what happens.
fn lead(change: &ChangeRow) -> String {
    let (sign, style) = match change.action {
        _ if takes_away(change) => ("-", RED),
        _ if gives(change) => ("+", GREEN),
        Action::Create => ("+", GREEN),
        Action::Update => ("~", YELLOW),
        Action::Delete => ("-", RED),
        Action::Human => ("!", YELLOW),
    };
    format!("{}{} ", " ".repeat(INDENT), paint(style, sign))
}
