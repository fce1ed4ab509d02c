//! Past runs.

use comfy_table::CellAlignment;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Screen;
use super::columns::{fitting, headed};
use super::ending::duration;
use super::paint::{BOLD, paint};
use super::text::{clean, counted, wrapped};
use crate::journal::RunSummary;
use crate::model::{Command, Hint};

/// What a Webex organization is called by its id.
const WEBEX: &str = "Webex ";

/// Where the outcome of a run would be, had it come to its end.
pub(super) const UNFINISHED: &str = "unfinished";

/// A table of past runs, newest first.
pub fn render_runs(runs: &[RunSummary], zone: &TimeZone, screen: Screen) -> String {
    if runs.is_empty() {
        let demo = Command::alone("--org demo");
        let hint = Hint::command("No runs yet. Try", demo, ", which needs no org.");
        return format!("{hint}\n");
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
    format!("{first}\n{}", wrapped("  ", &second, 2, screen))
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
pub(super) fn subject(run: &RunSummary) -> String {
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
    run.outcome.as_deref().map_or(UNFINISHED, said)
}

/// An outcome, as people say it.
pub(super) fn said(outcome: &str) -> &str {
    match outcome {
        // What is left to people is told by `todo`, whenever somebody asks.
        "needs-human" | "nothing-to-do" => "done",
        other => other,
    }
}

/// How long it took; as far as it came, where it has no end.
fn took_ms(run: &RunSummary) -> u64 {
    u64::try_from(run.last.duration_since(run.started).as_millis()).unwrap_or(0)
}

pub(super) fn moment(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::journal::{Changes, Entry, Record, summary};
    use crate::model::{OrgId, OrgKind};
    use crate::view::run_story::render_run;
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
                    continues: None,
                    configuration: "c".to_owned(),
                },
            ),
            record(1, Entry::Planned { changes: Changes::of([1, 2, 3]) }),
            record(
                1,
                Entry::Attempt {
                    wave: "deploy".to_owned(),
                    request: "deploy CallCenter".to_owned(),
                    changes: Changes::of([1, 2]),
                },
            ),
            record(2, Entry::Done { wave: "deploy".to_owned(), made: 2, rejected: Vec::new() }),
            record(
                2,
                Entry::Attempt {
                    wave: "package".to_owned(),
                    request: "PackageInstallRequest".to_owned(),
                    changes: Changes::of([1]),
                },
            ),
            record(
                62,
                Entry::Failed {
                    wave: "package".to_owned(),
                    made: 0,
                    message: "The org did not install it: a dependency is missing.".to_owned(),
                    rejected: Vec::new(),
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
        assert_snapshot!(plain(&render_runs(&[], &TimeZone::UTC, Screen::new(40, true))), @"No runs yet. Try `provision --org demo`, which needs no org.");
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

           +0.0 s  began, with provision 0.1.0, at https://acme.my.salesforce.com
           +1.0 s  planned 3 changes
           +1.0 s  deploy: sent deploy CallCenter
           +2.0 s  deploy: 2 changes made in 1.0 s
           +2.0 s  package: sent PackageInstallRequest
          +62.0 s  package: failed: The org did not install it: a dependency is missing.

        The run did not finish. Run the same command again: it checks the org and does
        only what is left.
        ");
    }

    #[test]
    fn what_was_planned_and_not_made_is_explained() {
        let mut records = journal("0193a5f7c0de7000800000000000aaaa");
        let told = |outcome: &str, records: &mut Vec<Record>| {
            records.push(record(63, Entry::Finished { outcome: outcome.to_owned() }));
            let text = plain(&render_run(records, &TimeZone::UTC, Screen::new(80, true)));
            text.lines().find(|line| line.contains("made  ")).unwrap().to_owned()
        };
        assert_eq!(told("failed", &mut records), "  made     2 changes");
        assert_eq!(
            told("done", &mut records),
            "  made     2 changes; the other one was not needed"
        );
        assert_eq!(
            told("needs-human", &mut records),
            "  made     2 changes; the other one was not needed, or a manual step"
        );
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
            continues: None,
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

           +0.0 s  began, with provision 0.1.0
           +1.0 s  ended: done
        ");
    }
}
