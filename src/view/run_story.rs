//! What the journal of one run tells.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::Screen;
use super::ending::{WORTH_TELLING_MS, duration};
use super::paint::{BOLD, FAINT, GREEN, RED, YELLOW, paint};
use super::rows::{common_subject, name, rows};
use super::runs::{UNFINISHED, moment, said, subject};
use super::text::{clean, counted, wrapped};
use crate::checklist::{ChangeRow, ItemId};
use crate::engine::WrittenChange;
use crate::journal::{Entry, Record, Rejection, RunSummary, summary};

/// What the journal of one run tells.
pub fn render_run(records: &[Record], zone: &TimeZone, screen: Screen) -> String {
    let mut out = String::new();
    let Some(run) = summary(records) else {
        return "This run's journal is empty: it ended before it did anything.\n".to_owned();
    };
    out.push_str(&paint(BOLD, &format!("Run {}", run.run)));
    out.push('\n');
    let ended = run.outcome.as_deref().map_or(UNFINISHED, said);
    let style = match ended {
        "done" => GREEN,
        "failed" => RED,
        _ => YELLOW,
    };
    let org = run.org.as_ref().map(|id| format!("{} ({id})", subject(&run)));
    for (label, text) in [
        ("command", Some(clean(&run.command))),
        ("org", org),
        ("webex", run.tenant.as_deref().map(clean)),
        ("undoes", undoes(records)),
        ("continues", continues(records)),
        ("started", Some(moment(run.started, zone))),
        ("planned", Some(counted(run.planned, "change", "changes"))),
        ("made", Some(made(&run))),
        ("outcome", Some(paint(style, ended))),
    ] {
        if let Some(text) = text {
            out.push_str(&wrapped(&format!("  {label:<9}"), &text, 11, screen));
        }
    }
    out.push('\n');
    for (number, record) in records.iter().enumerate() {
        let passed = record.at.duration_since(run.started).as_millis();
        let at = format!("{:>9}", since(passed));
        let lead = format!("{}  ", paint(FAINT, &at));
        let took = took(&records[..=number]).map(|took| format!(" in {took}")).unwrap_or_default();
        let text = format!("{}{took}", told(&record.entry));
        out.push_str(&wrapped(&lead, &text, 11, screen));
    }
    out.push_str(&changed(records, screen));
    if run.outcome.is_none() {
        out.push('\n');
        out.push_str(&wrapped(
            "",
            "The run did not finish. Run the same command again: it checks the org and does only \
            what is left.",
            0,
            screen,
        ));
    }
    out
}

/// How many changes it made, and why not all that it planned, where it came to a good end all the same.
fn made(run: &RunSummary) -> String {
    let made = counted(run.changes, "change", "changes");
    let rest = run.planned.saturating_sub(run.changes);
    let why = match run.outcome.as_deref() {
        Some("done" | "nothing-to-do") => "not needed",
        Some("needs-human") => "not needed, or a manual step",
        _ => return made,
    };
    match rest {
        0 => made,
        1 => format!("{made}; the other one was {why}"),
        rest => format!("{made}; the other {rest} were {why}"),
    }
}

/// The run whose past this one brought back, where it is an undo.
fn undoes(records: &[Record]) -> Option<String> {
    match &records.first()?.entry {
        Entry::Started { undoes: Some(run), .. } => {
            Some(format!("run {}, and what came after it", clean(run)))
        }
        _ => None,
    }
}

/// The run whose unfinished upgrade this one went on with.
fn continues(records: &[Record]) -> Option<String> {
    match &records.first()?.entry {
        Entry::Started { continues: Some(run), .. } => {
            Some(format!("the upgrade that run {} began", clean(run)))
        }
        _ => None,
    }
}

/// What the run asked to be changed, with before and after, as its plan showed it.
fn changed(records: &[Record], screen: Screen) -> String {
    let mut by_item: BTreeMap<ItemId, Vec<ChangeRow>> = BTreeMap::new();
    for record in records {
        let Entry::Attempt { changes, .. } = &record.entry else { continue };
        let written = WrittenChange::read(changes).unwrap_or_default();
        for row in written.iter().filter_map(WrittenChange::row) {
            let rows = by_item.entry(row.item).or_default();
            // What was sent again is one change.
            if !rows.iter().any(|known| known.same_place(&row) && known.after == row.after) {
                rows.push(row);
            }
        }
    }
    if by_item.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", paint(BOLD, "Changes requested"));
    for (item, changes) in by_item {
        let subject = common_subject(&changes).map(|subject| format!(" of {}", name(subject)));
        let common = rows(&changes, screen);
        let heading = format!("{}{}", item.title(), subject.unwrap_or_default());
        let shared = common.common.map(|shared| format!(" {shared}")).unwrap_or_default();
        let heading = format!("{}{shared}", paint(BOLD, &heading));
        out.push('\n');
        out.push_str(&wrapped("", &heading, 2, screen));
        out.push_str(&common.text);
    }
    out
}

/// How long the step took that the last of these lines ends, where that is worth telling.
fn took(records: &[Record]) -> Option<String> {
    let (last, before) = records.split_last()?;
    let Entry::Done { wave, .. } = &last.entry else { return None };
    let is_of_step = |record: &&Record| match &record.entry {
        Entry::Attempt { wave: of, .. } | Entry::Job { wave: of, .. } => of == wave,
        _ => false,
    };
    let ends = |record: &Record| matches!(record.entry, Entry::Done { .. } | Entry::Failed { .. });
    let step = before.rsplit(ends).next().unwrap_or_default();
    let ms = last.at.duration_since(step.iter().find(is_of_step)?.at).as_millis();
    let ms = u64::try_from(ms).ok().filter(|ms| *ms >= WORTH_TELLING_MS)?;
    Some(duration(ms))
}

fn with_rejections(end: String, rejected: &[Rejection]) -> String {
    std::iter::once(end).chain(rejected.iter().map(rejection)).collect::<Vec<_>>().join("; ")
}

/// `rejected for ada@example.com: …`
fn rejection(rejection: &Rejection) -> String {
    let read = WrittenChange::read(&rejection.change).unwrap_or_default();
    let names: Vec<&str> = read.iter().map(|row| row.subject.name.as_str()).collect();
    match names.as_slice() {
        [] => format!("rejected: {}", clean(&rejection.message)),
        names => {
            format!("rejected for {}: {}", clean(&names.join(", ")), clean(&rejection.message))
        }
    }
}

fn since(ms: i128) -> String {
    format!("+{}.{} s", ms / 1_000, ms % 1_000 / 100)
}

/// A line of the journal as a sentence.
fn told(entry: &Entry) -> String {
    match entry {
        Entry::Started { program, instance_url: Some(url), .. } => {
            format!("began, with provision {program}, at {}", clean(url))
        }
        Entry::Started { program, .. } => format!("began, with provision {program}"),
        Entry::Planned { changes } => {
            let count = changes.count();
            format!("planned {}", counted(count, "change", "changes"))
        }
        Entry::Attempt { wave, request, .. } => format!("{wave}: sent {}", clean(request)),
        Entry::Recorded { subject, .. } => format!("recorded what {} held", clean(subject)),
        Entry::Job { wave, id } => format!("{wave}: job {id}"),
        Entry::Cancel { id } => format!("asked the org to stop {id}"),
        Entry::Done { wave, made, rejected } => with_rejections(
            format!("{wave}: {} made", counted(*made, "change", "changes")),
            rejected,
        ),
        Entry::Failed { wave, message, rejected, .. } => {
            with_rejections(format!("{wave}: failed: {}", clean(message)), rejected)
        }
        Entry::Finished { outcome } => format!("ended: {}", said(outcome)),
    }
}
