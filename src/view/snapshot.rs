//! What people read after a snapshot was taken, and where two of them differ.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::Screen;
use super::paint::{BOLD, FAINT, GREEN, YELLOW, paint};
use super::rows::{common_subject, name, rows};
use super::runs::moment;
use super::screen::Sign;
use super::text::{clean, counted, padded, wrapped};
use crate::checklist::{
    Action, After, ChangeRow, Comparison, Difference, ItemId, NotCompared, title_of,
};
use crate::model::{Snapshot, SnapshotRow};

/// A snapshot that was written to a file.
#[derive(Debug, Clone, Copy)]
pub struct SavedSnapshot<'a> {
    /// What is in it.
    pub snapshot: &'a Snapshot,
    /// The file, as a shell takes it.
    pub path: &'a str,
    /// What to type to compare it with the org.
    pub next: &'a str,
}

/// Two snapshots and how they differ.
#[derive(Debug, Clone, Copy)]
pub struct ComparisonView<'a> {
    /// The first.
    pub one: &'a Snapshot,
    /// The second.
    pub other: &'a Snapshot,
    /// How they differ.
    pub found: &'a Comparison,
    /// Whether the second is the org as it is now.
    pub is_now: bool,
}

/// What a person reads after `snapshot save`.
pub fn render_saved_snapshot(said: &SavedSnapshot<'_>, screen: Screen) -> String {
    let Snapshot { org, rows, unseen, .. } = said.snapshot;
    let values = counted(rows.len(), "value", "values");
    let text = format!("Saved: {values} of {}, in", clean(&org.shown()));
    let mut out = wrapped("", &text, 0, screen);
    // On a line of its own whatever the width: it is there to be copied.
    out.extend(["  ", said.path, "\n"]);
    let mut counts: BTreeMap<usize, (String, usize)> = BTreeMap::new();
    for row in rows {
        let place = crate::checklist::place_of(&row.item);
        counts.entry(place).or_insert_with(|| (title_of(&row.item), 0)).1 += 1;
    }
    for (title, count) in counts.values() {
        let line = format!("  {title}: {}\n", counted(*count, "value", "values"));
        out.push_str(&paint(FAINT, line.trim_end()));
        out.push('\n');
    }
    for unseen in unseen {
        out.push_str(&warning(&title_of(&unseen.item), &unseen.words, screen));
    }
    if !unseen.is_empty() {
        let text = "Whatever was not seen is neither compared nor restored.";
        out.push_str(&wrapped("", text, 0, screen));
    }
    let text = "To see what has changed since then:";
    out.push_str(&wrapped("", text, 0, screen));
    out.extend(["  ", said.next, "\n"]);
    out
}

/// What a person reads of `snapshot diff`.
pub fn render_comparison(shown: &ComparisonView<'_>, zone: &TimeZone, screen: Screen) -> String {
    let Comparison { same, differences, not_compared } = shown.found;
    let (one, other) = (shown.one, shown.other);
    let of = |snapshot: &Snapshot| {
        format!("{}, {}", clean(&snapshot.org.shown()), moment(snapshot.taken, zone))
    };
    let mut out = wrapped("", &paint(BOLD, &of(one)), 2, screen);
    let now = if shown.is_now { "now: " } else { "" };
    let second = format!("{now}{}", of(other));
    out.push_str(&wrapped(&format!("{} ", screen.arrow()), &paint(BOLD, &second), 2, screen));
    let mut grouped = false;
    for (title, changes) in by_item(differences) {
        let changes = changes.as_slice();
        let subject = common_subject(changes).map(|it| format!(" of {}", name(it)));
        let rows = rows(changes, screen);
        let common = rows.common.iter().map(|common| format!(" {}", paint(FAINT, common)));
        let heading = format!("{title}{}", subject.unwrap_or_default());
        let heading = format!("{}{}", paint(BOLD, &heading), common.collect::<String>());
        out.push('\n');
        out.push_str(&wrapped("", &heading, 2, screen));
        out.push_str(&rows.text);
        grouped |= rows.grouped;
    }
    out.push('\n');
    for NotCompared { item, first, words } in not_compared {
        let whose = if *first { "the first" } else { "the second" };
        let title = format!("{}, not compared ({whose})", title_of(item));
        out.push_str(&warning(&title, words, screen));
    }
    if grouped {
        let text = "Similar changes are grouped; --full lists each one.";
        out.push_str(&wrapped("", &paint(FAINT, text), 0, screen));
    }
    let same = counted(*same, "value", "values");
    let text = if differences.is_empty() {
        let sign = paint(GREEN, screen.sign(Sign::Done));
        format!("{sign} No difference: {same} the same.")
    } else {
        let count = counted(differences.len(), "difference", "differences");
        format!("{count}; {same} the same.")
    };
    out.push_str(&wrapped("", &text, 0, screen));
    out
}

/// The differences as rows, item by item.
fn by_item(differences: &[Difference]) -> Vec<(String, Vec<ChangeRow>)> {
    let mut found: Vec<(String, Vec<ChangeRow>)> = Vec::new();
    for difference in differences {
        // What another version wrote down of an item that this one does not know, nobody can judge.
        let Some(row) = ItemId::parse(difference.item()).and_then(|id| change(id, difference))
        else {
            continue;
        };
        let title = row.item.title().to_owned();
        match found.last_mut().filter(|(known, _)| *known == title) {
            Some((_, rows)) => rows.push(row),
            None => found.push((title, vec![row])),
        }
    }
    found
}

/// A difference as plans show changes: what the first has, and what the second has instead.
fn change(item: ItemId, difference: &Difference) -> Option<ChangeRow> {
    let row = difference.row()?;
    let value = |row: &Option<SnapshotRow>| row.as_ref().map(|row| row.value.clone());
    Some(ChangeRow {
        item,
        subject: row.subject.clone(),
        field: row.field.clone(),
        before: value(&difference.before),
        after: After::Known(value(&difference.after)),
        action: match (&difference.before, &difference.after) {
            (None, _) => Action::Create,
            (_, None) => Action::Delete,
            (Some(_), Some(_)) => Action::Update,
        },
        ids: row.ids.clone(),
        aside: None,
    })
}

fn warning(title: &str, text: &str, screen: Screen) -> String {
    let sign = padded(screen.sign(Sign::Warning), screen.sign_width());
    let text = format!("{}: {}", clean(title), clean(text));
    wrapped(&format!("{} ", paint(YELLOW, &sign)), &text, screen.sign_width() + 1, screen)
}
