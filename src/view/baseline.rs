//! What an org held before `provision` first changed it, item by item.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use super::Screen;
use super::paint::{BOLD, FAINT, YELLOW, paint};
use super::rows::name;
use super::runs::{cut, moment, unique};
use super::text::{clean, columns, counted, padded, wrapped};
use super::value::value;
use crate::checklist::ItemId;
use crate::model::{Baseline, BaselineRow, Before, OrgId, Organization, SubjectKind};

/// So many values that are alike are shown one by one; more are counted.
const NAMED: usize = 3;
/// So many of the runs that set the values are named.
const NAMED_RUNS: usize = 3;
/// Blanks before a row, and before values that stand below their subject.
const INDENT: usize = 2;
const BELOW: usize = 6;
/// Blanks between columns.
const GAP: usize = 2;
/// Stands for what nobody knows of the time before.
const UNKNOWN: &str = "unknown";

/// What is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct BaselineView<'a> {
    /// The org.
    pub org: &'a OrgId,
    /// The org as its last run saw it.
    pub organization: Option<&'a Organization>,
    /// What it held.
    pub baseline: &'a Baseline,
    /// The keys of the configuration by the fields of a call center.
    pub keys: &'a BTreeMap<String, String>,
    /// Whether values that are alike are shown one by one, and settings by both of their names.
    pub all: bool,
    /// What to type to see them so.
    pub again: &'a str,
}

/// A line: one value, or several that are alike.
struct Row<'a> {
    /// Subject and field, as far as they differ between the rows, and the run where there are
    /// several.
    names: Vec<String>,
    entry: &'a BaselineRow,
}

/// The baseline of an org.
pub fn render_baseline(held: &BaselineView<'_>, zone: &TimeZone, screen: Screen) -> String {
    let entries = &held.baseline.rows();
    let mut out = wrapped("", &paint(BOLD, &whose(held)), 0, screen);
    if entries.is_empty() {
        let text = "No baseline: provision has changed nothing in this org from this machine.";
        return out + &wrapped("", text, 0, screen);
    }
    let runs: BTreeSet<&str> = entries.iter().map(|entry| entry.run.as_str()).collect();
    let short = unique(runs.iter().copied().collect());
    let introduction = format!(
        "{}, set by {}. Left of each arrow is the value before provision first changed it, right \
        of it the value that provision set.",
        counted(entries.len(), "value", "values"),
        set_by(entries, short, zone)
    );
    out.push_str(&wrapped("", &introduction, 0, screen));
    let mut folded = false;
    for (title, entries) in by_item(entries) {
        let rows = rows(&entries, held, (runs.len() > 1).then_some(short));
        folded |= rows.len() < entries.len();
        let subject = common_subject(&entries).map(|subject| format!(": {subject}"));
        let heading = format!("{title}{}", subject.unwrap_or_default());
        out.push('\n');
        out.push_str(&wrapped("", &paint(BOLD, &heading), 2, screen));
        out.push_str(&laid_out(&rows, screen));
    }
    out.push_str(&remarks(held, folded, screen));
    out
}

/// `Acme (sandbox, 00D…)`
fn whose(held: &BaselineView<'_>) -> String {
    match held.organization {
        Some(org) => format!("{} ({}, {})", clean(&org.name), org.kind.name(), held.org),
        None => held.org.to_string(),
    }
}

/// `run 01a203eb on 2026-11-22 15:41`, with the last of many named.
fn set_by(entries: &[BaselineRow], short: usize, zone: &TimeZone) -> String {
    let runs: BTreeMap<&str, &BaselineRow> =
        entries.iter().map(|entry| (entry.run.as_str(), entry)).collect();
    // Ids of runs are made of time, so that the greatest are the last.
    let mut named: Vec<String> = runs
        .iter()
        .rev()
        .take(NAMED_RUNS)
        .map(|(run, entry)| match entry.at() {
            Some(at) => format!("{} on {}", cut(run, short), moment(at, zone)),
            None => cut(run, short).to_owned(),
        })
        .collect();
    named.reverse();
    match (named.as_slice(), runs.len()) {
        ([only], 1) => format!("run {only}"),
        ([first @ .., last], count) if count <= NAMED_RUNS => {
            format!("the runs {} and {last}", first.join(", "))
        }
        (named, count) => format!("{count} runs, the last of them {}", named.join(", ")),
    }
}

/// The entries of each item, in the order of the checklist; those of items that this version does
/// not know come last.
fn by_item(entries: &[BaselineRow]) -> Vec<(String, Vec<&BaselineRow>)> {
    let mut ids: Vec<&str> = ItemId::all().map(ItemId::as_str).collect();
    for entry in entries {
        if !ids.contains(&entry.item.as_str()) {
            ids.push(&entry.item);
        }
    }
    ids.into_iter()
        .map(|id| {
            let title = ItemId::parse(id).map_or_else(|| clean(id), |item| item.title().to_owned());
            (title, entries.iter().filter(|entry| entry.item == id).collect::<Vec<_>>())
        })
        .filter(|(_, entries)| !entries.is_empty())
        .collect()
}

/// The one subject of all entries, said in the heading.
fn common_subject(entries: &[&BaselineRow]) -> Option<String> {
    let first = &entries.first()?.subject;
    (fields_matter(entries) && entries.iter().all(|entry| entry.subject == *first))
        .then(|| name(first))
}

/// Whether the subject alone does not tell which value it is.
fn fields_matter(entries: &[&BaselineRow]) -> bool {
    let plain = [SubjectKind::User, SubjectKind::ProfileLayout];
    entries
        .iter()
        .any(|entry| entry.field != entries[0].field || !plain.contains(&entry.subject.kind))
}

/// What is shown of the entries of an item.
///
/// `runs` is how much of a run's id is shown, where there are several.
fn rows<'a>(
    entries: &[&'a BaselineRow],
    held: &BaselineView<'_>,
    runs: Option<usize>,
) -> Vec<Row<'a>> {
    let (fields, subject) = (fields_matter(entries), common_subject(entries));
    let mut rows = Vec::new();
    for group in groups(entries) {
        let fold = !held.all && group.len() > NAMED;
        let shown = if fold { &group[..1] } else { &group[..] };
        for entry in shown {
            let mut names = Vec::new();
            if fold {
                names.push(several(&group));
            } else if subject.is_none() {
                names.push(name(&entry.subject));
            }
            let of_call_center = entry.subject.kind == SubjectKind::CallCenter;
            let key = held.keys.get(&entry.field).filter(|_| of_call_center);
            if fields {
                names.push(clean(key.unwrap_or(&entry.field)));
            }
            if let Some(key) = key.filter(|_| held.all && fields) {
                names.push(if *key == entry.field { String::new() } else { clean(&entry.field) });
            }
            names.extend(runs.map(|short| cut(&entry.run, short).to_owned()));
            rows.push(Row { names, entry });
        }
    }
    rows
}

/// Entries in which a run says the same of different subjects, in the order of their first.
fn groups<'a>(entries: &[&'a BaselineRow]) -> Vec<Vec<&'a BaselineRow>> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<Vec<&BaselineRow>> = Vec::new();
    for &entry in entries {
        let before = match &entry.before {
            Before::Known(value) => Some(value),
            Before::Unknown => None,
        };
        let alike = (entry.subject.kind, &entry.field, before, &entry.ours, &entry.run);
        let place = *places.entry(alike).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Vec::new());
        }
        groups[place].push(entry);
    }
    groups
}

/// `12 users`, `18 page layout assignments of 3 profiles`
fn several(group: &[&BaselineRow]) -> String {
    let names = group.iter().map(|entry| &entry.subject.name).collect::<BTreeSet<_>>().len();
    let (one, many) = match group[0].subject.kind {
        SubjectKind::User | SubjectKind::PermissionSetAssignment => ("user", "users"),
        SubjectKind::ProfileLayout => {
            let assignments = counted(group.len(), "assignment", "assignments");
            return format!("{assignments} of {}", counted(names, "profile", "profiles"));
        }
        SubjectKind::Profile => ("profile", "profiles"),
        SubjectKind::PermissionSet => ("permission set", "permission sets"),
        SubjectKind::ApexClass => ("Apex class", "Apex classes"),
        SubjectKind::CallCenter => ("call center", "call centers"),
        SubjectKind::SoftphoneLayout => ("softphone layout", "softphone layouts"),
        SubjectKind::InstalledPackage => ("package", "packages"),
        SubjectKind::CustomMetadata => ("record", "records"),
        SubjectKind::FlexiPage => ("utility bar", "utility bars"),
        SubjectKind::DesktopLayout => ("desktop layout", "desktop layouts"),
        SubjectKind::Team => ("team", "teams"),
        SubjectKind::AuxiliaryCode => ("idle code", "idle codes"),
        SubjectKind::CadVariable => ("variable", "variables"),
        SubjectKind::AgentProfile => ("desktop profile", "desktop profiles"),
    };
    counted(group.len(), one, many)
}

/// Rows that fit on a line in columns, and those that do not with their values below, in their order.
/// No value is ever cut.
fn laid_out(rows: &[Row<'_>], screen: Screen) -> String {
    let mut fitting = vec![true; rows.len()];
    let own: Vec<usize> = rows.iter().map(Row::width).collect();
    let mut widths = Widths::of(rows, &fitting);
    while widths.total(screen) > screen.width && fitting.contains(&true) {
        let widest = own.iter().zip(&fitting).filter(|(_, fits)| **fits).map(|(own, _)| *own).max();
        for (own, fits) in own.iter().zip(&mut fitting) {
            *fits &= Some(*own) != widest;
        }
        widths = Widths::of(rows, &fitting);
    }
    let lines = rows.iter().zip(fitting);
    lines
        .map(|(row, fits)| if fits { line(row, &widths, screen) } else { below(row, screen) })
        .collect()
}

/// How wide the columns of a table are.
struct Widths {
    names: Vec<usize>,
    before: usize,
    ours: usize,
}

impl Widths {
    fn of(rows: &[Row<'_>], fitting: &[bool]) -> Self {
        let mut widths = Self { names: Vec::new(), before: 0, ours: 0 };
        for (row, _) in rows.iter().zip(fitting).filter(|(_, fits)| **fits) {
            widths.names.resize(row.names.len().max(widths.names.len()), 0);
            for (width, name) in widths.names.iter_mut().zip(&row.names) {
                *width = columns(name).max(*width);
            }
            widths.before = columns(&before(row.entry)).max(widths.before);
            widths.ours = columns(&ours(row.entry)).max(widths.ours);
        }
        widths
    }

    fn total(&self, screen: Screen) -> usize {
        let names: usize = self.names.iter().map(|width| width + GAP).sum();
        INDENT + names + self.before + columns(screen.arrow()) + 2 + self.ours
    }
}

impl Row<'_> {
    /// How wide its values are.
    fn width(&self) -> usize {
        columns(&before(self.entry)) + columns(&ours(self.entry))
    }
}

/// A row on one line, in columns.
fn line(row: &Row<'_>, widths: &Widths, screen: Screen) -> String {
    let cells = row.names.iter().zip(&widths.names);
    let names: String = cells.map(|(text, width)| padded(text, width + GAP)).collect();
    let before = painted(row.entry, &padded(&before(row.entry), widths.before));
    format!("{}{names}{before} {} {}\n", " ".repeat(INDENT), screen.arrow(), ours(row.entry))
}

/// Names on one line, values below.
fn below(row: &Row<'_>, screen: Screen) -> String {
    let names = wrapped(&" ".repeat(INDENT), &row.names.join(", "), INDENT + 2, screen);
    let (blanks, arrow) = (" ".repeat(BELOW), screen.arrow());
    let (before, ours) = (before(row.entry), ours(row.entry));
    let one_line = format!("{before} {arrow} {ours}");
    let before = painted(row.entry, &before);
    if BELOW + columns(&one_line) <= screen.width {
        return format!("{names}{blanks}{before} {arrow} {ours}\n");
    }
    let before = wrapped(&blanks, &before, BELOW, screen);
    let lead = format!("{blanks}{arrow} ");
    format!("{names}{before}{}", wrapped(&lead, &ours, columns(&lead), screen))
}

fn before(entry: &BaselineRow) -> String {
    match &entry.before {
        Before::Known(before) => value(before.as_deref()),
        Before::Unknown => UNKNOWN.to_owned(),
    }
}

fn ours(entry: &BaselineRow) -> String {
    value(entry.ours.as_deref())
}

/// What nobody knows catches the eye.
fn painted(entry: &BaselineRow, text: &str) -> String {
    if entry.before == Before::Unknown { paint(YELLOW, text) } else { text.to_owned() }
}

/// What is to be said below the values.
fn remarks(held: &BaselineView<'_>, folded: bool, screen: Screen) -> String {
    let mut out = String::new();
    let unknown = held.baseline.unknown();
    if unknown > 0 {
        let text = format!(
            "The earlier value is unknown for {}: the connector's own value was already there \
            when provision first looked, set by a person or from another machine. If that \
            machine has the baseline, bring it here with `baseline export` and `baseline \
            import`.",
            counted(unknown, "value", "values")
        );
        out.push('\n');
        out.push_str(&wrapped("", &text, 0, screen));
    }
    if folded {
        let text = "Similar values are grouped. To see each one:";
        out.push('\n');
        out.push_str(&wrapped("", &paint(FAINT, text), 0, screen));
        out.extend(["  ", held.again, "\n"]);
    }
    out
}
