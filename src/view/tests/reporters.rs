//! Reporters: each is made from the same report, and needs nothing else.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::checklist::{Check, Group, Health, ItemId, Selection, Topic};
use crate::diagnosis::Diagnosis;
use crate::engine::{ItemOutcome, Outcome};
use crate::failure::{Failure, Kind};
use crate::lint::{FileKind, Verdict};
use crate::model::{Diagnostic, Invocation, Severity};
use crate::view::samples::{already, item, org, report, settings, terminal, user};
use crate::view::{Answer, CommandReport, Content, Format, Reporter, Setup, Shown, TenantStatus};

/// A reporter as somebody would add one: a line for each thing that was looked at, with how it is, and
/// the verdict below. It is one `impl`, and asks nothing but the report.
#[derive(Debug)]
struct Lines;

impl Reporter for Lines {
    fn report(&self, report: &CommandReport<'_>) -> Result<String, Failure> {
        let mut out = String::new();
        let mut line = |name: &dyn std::fmt::Display, is_fine: bool| {
            writeln!(out, "{} {name}", if is_fine { "ok  " } else { "FAIL" }).unwrap();
        };
        match report.content {
            Content::Run { report, .. } => {
                for item in &report.items {
                    let is_fine = !matches!(
                        item.outcome,
                        ItemOutcome::Failed | ItemOutcome::Differs | ItemOutcome::Planned
                    );
                    line(&item.id, is_fine);
                }
            }
            Content::Diagnosis { found, .. } => {
                for check in &found.checks {
                    line(&check.id, check.health == Health::Ok);
                }
            }
            Content::Lint { verdict, .. } => {
                for found in &verdict.findings {
                    line(&found.code.unwrap_or_default(), found.severity != Severity::Error);
                }
            }
            Content::Status { .. } | Content::Answer(_) | Content::Nothing => {}
        }
        let org = report.org.map_or("no org", |org| &org.name);
        writeln!(out, "{}: {} in {org}", report.command, report.outcome.word()).unwrap();
        if let Some(failure) = report.failure {
            writeln!(out, "{}", failure.message()).unwrap();
        }
        Ok(out)
    }
}

fn setup(command: &'static str) -> Setup<'static> {
    Setup {
        command,
        next: None,
        full: false,
        saved: None,
        from_file: false,
        selection: &Selection::All,
        invocation: Invocation::default(),
    }
}

fn diagnosis() -> Diagnosis {
    let check = |id, health| Check::new(Topic::new(Group::Org, 0, id, "A title"), health, "Seen.");
    let checks = vec![check("login", Health::Ok), check("edition", Health::Problem)];
    Diagnosis { checks, user: None, left_out: 0 }
}

fn verdict() -> Verdict {
    let findings = vec![
        Diagnostic::error("No.").code("CF01"),
        Diagnostic::new(Severity::Warning, "Odd.").code("CF02"),
    ];
    Verdict { kind: FileKind::Config, findings }
}

#[test]
fn a_new_reporter_is_one_file() {
    let items = vec![
        already(ItemId::PACKAGE),
        item(ItemId::USERS, ItemOutcome::Planned, vec![user("ada@example.com", None)]),
    ];
    let run = report("plan", Outcome::Changes, items);
    let (setup, shown) = (setup("plan"), Shown::default());
    let (found, judged, org) = (diagnosis(), verdict(), org());
    let answer = Answer::new(json!({ "alias": "uat" }), "Logged in.\n");
    let failure = Failure::new(Kind::Unreachable, "No route.");
    let doctor = Content::Diagnosis { found: &found, verbose: false };
    let lint = Content::Lint { file: "provision.toml", verdict: &judged };
    for (report, lines) in [
        (
            CommandReport::of_run(&run, &setup, &shown),
            "ok   package\nFAIL users\nplan: changes in Grüne Bäckerei 東京\n",
        ),
        (
            CommandReport::done("doctor", doctor).about(Some(&org)).ending(Outcome::Differs),
            "ok   login\nFAIL edition\ndoctor: differs in Grüne Bäckerei 東京\n",
        ),
        (CommandReport::done("lint", lint), "FAIL CF01\nok   CF02\nlint: done in no org\n"),
        (CommandReport::of_answer("login", &answer, None), "login: done in no org\n"),
        (CommandReport::failed("status", &failure), "status: unreachable in no org\nNo route.\n"),
    ] {
        assert_eq!(Lines.report(&report).unwrap(), lines);
    }
}

/// What each format makes of a report.
fn made(format: Format, report: &CommandReport<'_>) -> String {
    let reporter = format.reporter(&settings(80), &Invocation::default());
    reporter.report(report).unwrap()
}

#[test]
fn one_report_is_a_text_a_document_and_a_line() {
    let (found, judged) = (diagnosis(), verdict());
    let answer = Answer::new(json!({ "alias": "uat" }), "Logged in.\n").about(Some(org()));
    let status = Content::Status { inventory: None, tenant: &TenantStatus::NotAsked };
    let failure = Failure::new(Kind::Refused, "No.").hint("Look.");
    for (report, keys) in [
        (
            CommandReport::done("doctor", Content::Diagnosis { found: &found, verbose: true }),
            ["format", "command", "org", "outcome", "data"].as_slice(),
        ),
        (
            CommandReport::done("lint", Content::Lint { file: "a.toml", verdict: &judged }),
            ["format", "command", "file", "kind", "findings", "outcome"].as_slice(),
        ),
        (
            CommandReport::done("status", status),
            ["format", "command", "org", "outcome", "data"].as_slice(),
        ),
        (
            CommandReport::of_answer("login", &answer, None),
            ["format", "command", "org", "outcome", "data"].as_slice(),
        ),
        (
            CommandReport::failed("login", &failure),
            ["format", "command", "org", "outcome", "data", "failure"].as_slice(),
        ),
    ] {
        let (document, line) = (made(Format::Json, &report), made(Format::Jsonl, &report));
        assert_eq!(line.lines().count(), 1, "{line}");
        let read: Value = serde_json::from_str(&document).unwrap();
        assert_eq!(read, serde_json::from_str::<Value>(&line).unwrap());
        let found: Vec<&String> = read.as_object().unwrap().keys().collect();
        assert_eq!(found, keys);
        assert_eq!(read["command"], report.command);
        let is_text = report.failure.is_none() && report.command != "status";
        assert_eq!(!made(Format::Text, &report).is_empty(), is_text, "{}", report.command);
    }
}

#[test]
fn what_is_shown_goes_through_the_one_door() {
    let answer = Answer::new(json!({ "name": "a\u{202e}b\u{1b}" }), "a\u{202e}b\u{1b}\n");
    let report = CommandReport::of_answer("login", &answer, None);
    for (format, shown) in [
        (Format::Text, "a\u{fffd}b\u{fffd}\n"),
        (
            Format::Jsonl,
            "{\"format\":1,\"command\":\"login\",\"org\":null,\"outcome\":\"done\",\"data\":{\"name\":\"a\\u202eb\\u001b\"}}\n",
        ),
    ] {
        let (terminal, out, err) = terminal(80);
        terminal.report(&report, format, &Invocation::default()).unwrap();
        assert_eq!((out.text().as_str(), err.text().as_str()), (shown, ""));
    }
}
