//! The orgs of this machine that have a baseline.

use comfy_table::CellAlignment;
use jiff::tz::TimeZone;

use super::Screen;
use super::columns::{fitting, headed};
use super::paint::{BOLD, paint};
use super::runs::moment;
use super::text::{clean, counted, wrapped};
use crate::journal::KnownBaseline;
use crate::model::{BaselineEntry, Command, Hint, Invocation};

/// Stands for what no run has told.
const UNKNOWN: &str = "?";

/// A table of the orgs that have a baseline.
pub fn render_baselines(
    known: &[KnownBaseline],
    invocation: &Invocation,
    zone: &TimeZone,
    screen: Screen,
) -> String {
    if known.is_empty() {
        let text = "No baselines yet: provision has changed no org from this machine.";
        return wrapped("", text, 0, screen);
    }
    let mut out = table(known, zone, screen).unwrap_or_else(|| brief(known, zone, screen));
    let show = Command::of_machine("baseline show --id ID").within(invocation);
    let hint = Hint::command("To see one:", show, ".");
    out.push('\n');
    out.push_str(&wrapped("", &hint.to_string(), 0, screen));
    out
}

/// One line an org, where the screen has room for it.
fn table(known: &[KnownBaseline], zone: &TimeZone, screen: Screen) -> Option<String> {
    let mut table = headed(["ORG", "KIND", "ID", "VALUES", "LAST SET"]);
    for one in known {
        table.add_row([
            name(one),
            kind(one).to_owned(),
            one.org.long(),
            one.baseline.entries.len().to_string(),
            last(one, zone),
        ]);
    }
    if let Some(column) = table.column_mut(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    fitting(table, screen)
}

/// An org in two lines.
fn brief(known: &[KnownBaseline], zone: &TimeZone, screen: Screen) -> String {
    let lines = known.iter().map(|one| {
        let values = counted(one.baseline.entries.len(), "value", "values");
        let text = format!("{}, {}, {values}, {}", name(one), kind(one), last(one, zone));
        let id = paint(BOLD, &one.org.long());
        format!("{id}\n{}", wrapped("  ", &text, 2, screen))
    });
    lines.collect()
}

fn name(one: &KnownBaseline) -> String {
    one.organization.as_ref().map_or_else(|| UNKNOWN.to_owned(), |org| clean(&org.name))
}

fn kind(one: &KnownBaseline) -> &'static str {
    one.organization.as_ref().map_or(UNKNOWN, |org| org.kind.name())
}

fn last(one: &KnownBaseline, zone: &TimeZone) -> String {
    let last = one.baseline.entries.iter().filter_map(BaselineEntry::at).max();
    last.map_or_else(|| UNKNOWN.to_owned(), |at| moment(at, zone))
}
