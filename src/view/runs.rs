//! Past runs.

use std::collections::BTreeMap;

use comfy_table::CellAlignment;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Screen;
use super::columns::{fitting, headed};
use super::ending::{WORTH_TELLING_MS, duration};
use super::paint::{BOLD, FAINT, GREEN, RED, YELLOW, paint};
use super::rows::{common_subject, name, rows};
use super::text::{clean, counted, wrapped};
use crate::checklist::{ChangeRow, ItemId};
use crate::engine::WrittenChange;
use crate::journal::{Entry, Record, RunSummary, summary};

/// What a Webex organization is called by its id.
const WEBEX: &str = "Webex ";

/// Where the outcome of a run would be, had it come to its end.
const UNFINISHED: &str = "unfinished";

/// A table of past runs, newest first.
pub fn render_runs(runs: &[RunSummary], zone: &TimeZone, screen: Screen) -> String {
    if runs.is_empty() {
        return "No runs yet. `provision --org demo` makes a first one, without any org.\n"
            .to_owned();
    }
    let runs = &whole(runs);
    let short = unique(runs.iter().map(|run| run.summary.run.as_str()).collect());
    table(runs, short, zone, screen)
        .unwrap_or_else(|| runs.iter().map(|run| brief(run, short, zone, screen)).collect())
}

/// A run with all that it was about: a Salesforce org and the Webex organization have a journal each.
struct Whole<'a> {
    summary: &'a RunSummary,
    about: String,
    changes: usize,
    took_ms: u64,
}

/// The halves of each run, which stand beside each other, as one.
fn whole(runs: &[RunSummary]) -> Vec<Whole<'_>> {
    let halves = runs.chunk_by(|one, other| one.run == other.run);
    halves
        .filter_map(|halves| {
            // The half that did not end well tells how the run did.
            let told = halves.iter().find(|half| outcome(half) != "done").or(halves.first())?;
            let mut about: Vec<String> = halves.iter().map(subject).collect();
            about.sort_by_key(|name| name.starts_with(WEBEX));
            let about = match about.as_slice() {
                [org, _] => format!("{org} and {}", WEBEX.trim_end()),
                other => other.join(", "),
            };
            Some(Whole {
                summary: told,
                about,
                changes: halves.iter().map(|half| half.changes).sum(),
                took_ms: halves.iter().map(took_ms).max().unwrap_or(0),
            })
        })
        .collect()
}

/// One line a run, where the screen has room for it.
fn table(runs: &[Whole<'_>], short: usize, zone: &TimeZone, screen: Screen) -> Option<String> {
    let mut table = headed(["RUN", "STARTED", "COMMAND", "ORG", "CHANGES", "TOOK", "OUTCOME"]);
    for run in runs {
        table.add_row([
            cut(&run.summary.run, short).to_owned(),
            moment(run.summary.started, zone),
            clean(&run.summary.command),
            run.about.clone(),
            run.changes.to_string(),
            duration(run.took_ms),
            outcome(run.summary).to_owned(),
        ]);
    }
    for number in [4, 5] {
        if let Some(column) = table.column_mut(number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    fitting(table, screen)
}

/// A run in two lines.
fn brief(run: &Whole<'_>, short: usize, zone: &TimeZone, screen: Screen) -> String {
    let Whole { summary, about, changes, took_ms } = run;
    let id = paint(BOLD, cut(&summary.run, short));
    let first = format!("{id} {}, {}", clean(&summary.command), outcome(summary));
    let second = format!(
        "{}, {about}, {}, {}",
        moment(summary.started, zone),
        counted(*changes, "change", "changes"),
        duration(*took_ms)
    );
    format!("{first}\n{}", wrapped("  ", &second, 2, screen.width))
}

/// How many letters of an id tell every run from every other; never fewer than eight.
pub(super) fn unique(mut ids: Vec<&str>) -> usize {
    // Ids that are neighbours in order share the longest beginnings.
    ids.sort_unstable();
    ids.dedup();
    ids.windows(2)
        .map(|pair| {
            let same = pair[0].bytes().zip(pair[1].bytes());
            same.take_while(|(one, other)| one == other).count() + 1
        })
        .max()
        .unwrap_or(0)
        .max(8)
}

pub(super) fn cut(id: &str, length: usize) -> &str {
    id.get(..length).unwrap_or(id)
}

/// What a run was about: an org by its name, a Webex organization by its id.
fn subject(run: &RunSummary) -> String {
    match (&run.org_name, &run.tenant) {
        (Some(name), _) => match &run.alias {
            Some(alias) => format!("{} ({})", clean(alias), clean(name)),
            None => clean(name),
        },
        (None, Some(id)) => format!("{WEBEX}{}", clean(id)),
        (None, None) => "?".to_owned(),
    }
}

/// How it ended, as people say it.
fn outcome(run: &RunSummary) -> &str {
    match run.outcome.as_deref() {
        None => UNFINISHED,
        // What is left to people is told by `todo`, whenever somebody asks.
        Some("needs-human" | "nothing-to-do") => "done",
        Some(other) => other,
    }
}

/// How long it took; as far as it came, where it has no end.
fn took_ms(run: &RunSummary) -> u64 {
    u64::try_from(run.last.duration_since(run.started).as_millis()).unwrap_or(0)
}

pub(super) fn moment(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// What the journal of one run tells.
pub fn render_run(records: &[Record], zone: &TimeZone, screen: Screen) -> String {
    let mut out = String::new();
    let Some(run) = summary(records) else {
        return "This run ended before its journal had a first line.\n".to_owned();
    };
    out.push_str(&paint(BOLD, &format!("Run {}", run.run)));
    out.push('\n');
    let style = match run.outcome.as_deref() {
        Some("done" | "nothing-to-do") => GREEN,
        Some("failed") => RED,
        _ => YELLOW,
    };
    let org = run.org.as_ref().map(|id| format!("{} ({id})", subject(&run)));
    for (label, text) in [
        ("command", Some(clean(&run.command))),
        ("org", org),
        ("webex", run.tenant.as_deref().map(clean)),
        ("undoes", undoes(records)),
        ("started", Some(moment(run.started, zone))),
        ("planned", Some(counted(run.planned, "change", "changes"))),
        ("made", Some(counted(run.changes, "change", "changes"))),
        ("outcome", Some(paint(style, outcome(&run)))),
    ] {
        if let Some(text) = text {
            out.push_str(&wrapped(&format!("  {label:<9}"), &text, 11, screen.width));
        }
    }
    out.push('\n');
    for (number, record) in records.iter().enumerate() {
        let passed = record.at.duration_since(run.started).as_millis();
        let at = format!("{:>9}", since(passed));
        let lead = format!("{}  ", paint(FAINT, &at));
        let took = took(&records[..=number]).map(|took| format!(" in {took}")).unwrap_or_default();
        let text = format!("{}{took}", told(&record.entry));
        out.push_str(&wrapped(&lead, &text, 11, screen.width));
    }
    out.push_str(&changed(records, screen));
    if run.outcome.is_none() {
        out.push('\n');
        out.push_str(&wrapped(
            "",
            "The run did not come to its end. Running `provision` again looks at the org and does \
             only what is left.",
            0,
            screen.width,
        ));
    }
    out
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
        out.push_str(&wrapped("", &format!("\n{heading}{shared}"), 2, screen.width));
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

fn since(ms: i128) -> String {
    format!("+{}.{} s", ms / 1_000, ms % 1_000 / 100)
}

/// A line of the journal as a sentence.
fn told(entry: &Entry) -> String {
    match entry {
        Entry::Started { program, instance_url: Some(url), .. } => {
            format!("started by provision {program} at {}", clean(url))
        }
        Entry::Started { program, .. } => format!("started by provision {program}"),
        Entry::Planned { changes } => {
            let count = changes.as_array().map_or(0, Vec::len);
            format!("planned {}", counted(count, "change", "changes"))
        }
        Entry::Attempt { wave, request, .. } => format!("{wave}: sent {}", clean(request)),
        Entry::Recorded { subject, .. } => format!("kept what {} holds", clean(subject)),
        Entry::Job { wave, id } => format!("{wave}: job {id}"),
        Entry::Cancel { id } => format!("asked the org to stop {id}"),
        Entry::Done { wave, made } => {
            format!("{wave}: done, {} made", counted(*made, "change", "changes"))
        }
        Entry::Failed { wave, message, .. } => format!("{wave}: failed: {}", clean(message)),
        Entry::Finished { outcome } => format!("ended: {outcome}"),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use serde_json::json;

    use super::*;
    use crate::model::{OrgId, OrgKind};
    use crate::view::samples::plain;

    fn record(second: i64, entry: Entry) -> Record {
        let at = Timestamp::new(1_795_352_400 + second, 0).unwrap();
        Record { at, entry }
    }

    fn journal(run: &str) -> Vec<Record> {
        vec![
            record(
                0,
                Entry::Started {
                    format: 1,
                    run: run.to_owned(),
                    command: "apply".to_owned(),
                    program: "0.1.0".to_owned(),
                    org: Some(OrgId::parse("00D000000000001AAA").unwrap()),
                    alias: None,
                    org_name: Some("Grüne Bäckerei 東京".to_owned()),
                    org_kind: Some(OrgKind::Sandbox),
                    instance_url: Some("https://acme.my.salesforce.com".to_owned()),
                    tenant: None,
                    undoes: None,
                    configuration: "c".to_owned(),
                },
            ),
            record(1, Entry::Planned { changes: json!([1, 2, 3]) }),
            record(
                1,
                Entry::Attempt {
                    wave: "deploy".to_owned(),
                    request: "deploy CallCenter".to_owned(),
                    changes: json!([1, 2]),
                },
            ),
            record(2, Entry::Done { wave: "deploy".to_owned(), made: 2 }),
            record(
                2,
                Entry::Attempt {
                    wave: "package".to_owned(),
                    request: "PackageInstallRequest".to_owned(),
                    changes: json!([1]),
                },
            ),
            record(
                62,
                Entry::Failed {
                    wave: "package".to_owned(),
                    made: 0,
                    message: "The org did not install it: a dependency is missing.".to_owned(),
                },
            ),
        ]
    }

    fn two() -> Vec<RunSummary> {
        let mut done = journal("0193a5f7c0de7000800000000000aaaa");
        done.push(record(63, Entry::Finished { outcome: "done".to_owned() }));
        let cut = journal("0193a5f7c1de7000800000000000bbbb");
        [done, cut].iter().filter_map(|run| summary(run)).collect()
    }

    #[test]
    fn ids_are_as_long_as_it_takes_to_tell_them_apart() {
        assert_snapshot!(plain(&render_runs(&two(), &TimeZone::UTC, Screen::new(100, true))), @"
        RUN         STARTED           COMMAND  ORG                  CHANGES       TOOK  OUTCOME
        0193a5f7c0  2026-11-22 13:00  apply    Grüne Bäckerei 東京        2  1 min 3 s  done
        0193a5f7c1  2026-11-22 13:00  apply    Grüne Bäckerei 東京        2  1 min 2 s  unfinished
        ");
        assert_snapshot!(plain(&render_runs(&two(), &TimeZone::UTC, Screen::new(80, true))), @"
        0193a5f7c0 apply, done
          2026-11-22 13:00, Grüne Bäckerei 東京, 2 changes, 1 min 3 s
        0193a5f7c1 apply, unfinished
          2026-11-22 13:00, Grüne Bäckerei 東京, 2 changes, 1 min 2 s
        ");
        assert_snapshot!(plain(&render_runs(&two(), &TimeZone::UTC, Screen::new(40, true))), @"
        0193a5f7c0 apply, done
          2026-11-22 13:00, Grüne Bäckerei 東京,
          2 changes, 1 min 3 s
        0193a5f7c1 apply, unfinished
          2026-11-22 13:00, Grüne Bäckerei 東京,
          2 changes, 1 min 2 s
        ");
        assert_snapshot!(plain(&render_runs(&[], &TimeZone::UTC, Screen::new(40, true))), @"No runs yet. `provision --org demo` makes a first one, without any org.");
    }

    #[test]
    fn the_halves_of_a_run_are_one_row() {
        let org = two().remove(0);
        let tenant = RunSummary {
            org: None,
            org_name: None,
            tenant: Some("01234567-89ab-cdef-0123-456789abcdef".to_owned()),
            outcome: None,
            ..org.clone()
        };
        let text = render_runs(&[tenant, org], &TimeZone::UTC, Screen::new(100, true));
        assert_snapshot!(plain(&text), @"
        RUN       STARTED           COMMAND  ORG                            CHANGES       TOOK  OUTCOME
        0193a5f7  2026-11-22 13:00  apply    Grüne Bäckerei 東京 and Webex        4  1 min 3 s  unfinished
        ");
    }

    #[test]
    fn a_run_is_told_step_by_step() {
        let records = journal("0193a5f7c0de7000800000000000aaaa");
        assert_snapshot!(plain(&render_run(&records, &TimeZone::UTC, Screen::new(80, true))), @"
        Run 0193a5f7c0de7000800000000000aaaa
          command  apply
          org      Grüne Bäckerei 東京 (00D000000000001AAA)
          started  2026-11-22 13:00
          planned  3 changes
          made     2 changes
          outcome  unfinished

           +0.0 s  started by provision 0.1.0 at https://acme.my.salesforce.com
           +1.0 s  planned 3 changes
           +1.0 s  deploy: sent deploy CallCenter
           +2.0 s  deploy: done, 2 changes made in 1.0 s
           +2.0 s  package: sent PackageInstallRequest
          +62.0 s  package: failed: The org did not install it: a dependency is missing.

        The run did not come to its end. Running `provision` again looks at the org and
        does only what is left.
        ");
    }

    #[test]
    fn a_run_about_a_webex_organization_names_no_org() {
        let entry = Entry::Started {
            format: 1,
            run: "0193a5f7c0de7000800000000000aaaa".to_owned(),
            command: "apply".to_owned(),
            program: "0.1.0".to_owned(),
            org: None,
            alias: None,
            org_name: None,
            org_kind: None,
            instance_url: None,
            tenant: Some("01234567-89ab-cdef-0123-456789abcdef".to_owned()),
            undoes: None,
            configuration: "c".to_owned(),
        };
        let records = [record(0, entry), record(1, Entry::Finished { outcome: "done".to_owned() })];
        let runs: Vec<RunSummary> = summary(&records).into_iter().collect();
        assert_snapshot!(plain(&render_runs(&runs, &TimeZone::UTC, Screen::new(120, true))), @"
        RUN       STARTED           COMMAND  ORG                                         CHANGES   TOOK  OUTCOME
        0193a5f7  2026-11-22 13:00  apply    Webex 01234567-89ab-cdef-0123-456789abcdef        0  1.0 s  done
        ");
        assert_snapshot!(plain(&render_runs(&runs, &TimeZone::UTC, Screen::new(80, true))), @"
        0193a5f7 apply, done
          2026-11-22 13:00, Webex 01234567-89ab-cdef-0123-456789abcdef, 0 changes, 1.0 s
        ");
        assert_snapshot!(plain(&render_run(&records, &TimeZone::UTC, Screen::new(80, true))), @"
        Run 0193a5f7c0de7000800000000000aaaa
          command  apply
          webex    01234567-89ab-cdef-0123-456789abcdef
          started  2026-11-22 13:00
          planned  0 changes
          made     0 changes
          outcome  done

           +0.0 s  started by provision 0.1.0
           +1.0 s  ended: done
        ");
    }
}
