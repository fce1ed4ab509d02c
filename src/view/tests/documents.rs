//! Documents, and runs that ended before the org was reached.

use insta::assert_snapshot;

use super::{shown, text};
use crate::checklist::{ItemId, Selection};
use crate::engine::{Event, ItemOutcome, Outcome, Report};
use crate::failure::{Failure, Kind};
use crate::model::{Diagnostic, Excerpt, Place, Source};
use crate::view::samples::{self, already, item, layout, report, terminal, user};
use crate::view::{Format, RunView, Setup};

/// A run that ended before the org was reached.
fn without_org() -> Report {
    Report {
        org: None,
        requests: 0,
        polls: 0,
        api_calls: 0,
        duration_ms: 3,
        failure: Some(
            Failure::usage("There is no `provision.toml` in this folder.")
                .hint("Name one with --config FILE."),
        ),
        ..report("apply", Outcome::Failed, Vec::new())
    }
}

#[test]
fn a_failure_before_the_org_was_reached() {
    assert_snapshot!(text(80, &without_org()), @"
        ------- stderr -------
        error: There is no `provision.toml` in this folder.
          hint: Name one with --config FILE.
        ");
    assert_snapshot!(shown(80, Format::Json, &[], &without_org()), @r#"
    {
      "format": 1,
      "command": "apply",
      "org": null,
      "outcome": "failed",
      "items": [],
      "requests": 0,
      "polls": 0,
      "api_calls": 0,
      "duration_ms": 3,
      "run": null,
      "failure": {
        "kind": "usage",
        "message": "There is no `provision.toml` in this folder.",
        "hints": [
          "Name one with --config FILE."
        ],
        "diagnostics": [
          {
            "severity": "error",
            "message": "There is no `provision.toml` in this folder.",
            "hints": [
              "Name one with --config FILE."
            ]
          }
        ]
      }
    }
    ------- stderr -------
    error: There is no `provision.toml` in this folder.
      hint: Name one with --config FILE.
    "#);
}

#[test]
fn the_picture_of_a_mistake_takes_the_place_of_its_message() {
    let (terminal, _, err) = terminal(80);
    let setup = Setup {
        command: "plan",
        next: None,
        full: false,
        saved: None,
        from_file: false,
        selection: &Selection::All,
        invocation: crate::model::Invocation::default(),
    };
    let view = RunView::new(&terminal, Format::Text, setup);
    let source = Source::new("provision.toml", "a = 1\nkey = 1\n");
    let place = Place::File(Excerpt::new(&source, Some(6..9), "key"));
    let said = Diagnostic::error("The configuration has no key `key`.").at(place).hint("Look.");
    let failure = Failure::of(Kind::Usage, said);
    view.end(&Report { failure: Some(failure), ..without_org() });
    assert_snapshot!(err.text(), @"
    error: The configuration has no key `key`.
     --> provision.toml:2:1
      |
    2 | key = 1
      | ^^^
      |
      = help: Look.
    ");
}

#[test]
fn the_document() {
    let mut items = vec![already(ItemId::PACKAGE)];
    items.push(item(
        ItemId::TASK_LAYOUT,
        ItemOutcome::Planned,
        vec![layout("Standard User", Some("Support_Call"))],
    ));
    items[1].notes.push(samples::note(true, "A warning."));
    items.push(item(ItemId::USERS, ItemOutcome::Planned, vec![user("ada@example.com", None)]));
    let report = report("plan", Outcome::Changes, items);
    assert_snapshot!(shown(80, Format::Json, &[Event::Observing], &report), @r#"
    {
      "format": 1,
      "command": "plan",
      "org": {
        "alias": "demo",
        "id": "00D000000000001AAA",
        "name": "Grüne Bäckerei 東京",
        "kind": "sandbox",
        "instance_url": "http://127.0.0.1:8080"
      },
      "outcome": "changes",
      "items": [
        {
          "id": "package",
          "title": "Managed package",
          "outcome": "already",
          "changes": []
        },
        {
          "id": "task-layout",
          "title": "Task page layout",
          "outcome": "planned",
          "changes": [
            {
              "subject": {
                "type": "ProfileLayout",
                "name": "Standard User",
                "record_type": "Support_Call"
              },
              "field": "layout",
              "before": "Task Layout",
              "after": {
                "known_after": "package"
              },
              "action": "update"
            }
          ],
          "agents_notice": [
            "salesforce-reload"
          ],
          "notes": [
            {
              "warning": true,
              "text": "A warning."
            }
          ]
        },
        {
          "id": "users",
          "title": "Call center users",
          "outcome": "planned",
          "changes": [
            {
              "subject": {
                "type": "User",
                "name": "ada@example.com",
                "record_type": null
              },
              "field": "CallCenterId",
              "before": null,
              "after": "WebexCCAgentDesktopV11",
              "action": "update"
            }
          ],
          "agents_notice": [
            "salesforce-login"
          ]
        }
      ],
      "requests": 18,
      "polls": 5,
      "api_calls": 31,
      "duration_ms": 8123,
      "run": null
    }
    ------- stderr -------
    Looking at the org
    "#);
}

#[test]
fn events_and_the_document_as_lines() {
    let (item, unit) = (ItemId::USERS, "users");
    let events = [Event::Observing, Event::Progress { item, done: 200, total: 400, unit }];
    let report = report("apply", Outcome::NothingToDo, vec![already(ItemId::PACKAGE)]);
    assert_snapshot!(shown(80, Format::Jsonl, &events, &report), @r#"
    {"event":"observing"}
    {"event":"progress","item":"users","done":200,"total":400,"unit":"users"}
    {"format":1,"command":"apply","org":{"alias":"demo","id":"00D000000000001AAA","name":"Grüne Bäckerei 東京","kind":"sandbox","instance_url":"http://127.0.0.1:8080"},"outcome":"nothing-to-do","items":[{"id":"package","title":"Managed package","outcome":"already","changes":[]}],"requests":18,"polls":5,"api_calls":31,"duration_ms":8123,"run":null}
    "#);
}
