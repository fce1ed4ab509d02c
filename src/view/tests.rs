//! Whole outputs, as somebody would read them.

use insta::assert_snapshot;

use super::samples::{
    self, already, empty_org, fine_org, item, layout, plain, report, terminal, user,
};
use super::{Format, Proposal, RunView, Setup};
use crate::checklist::{Item, Wave};
use crate::engine::{Event, ItemOutcome, Outcome, Report};
use crate::failure::Failure;

fn shown(width: usize, format: Format, events: &[Event], report: &Report) -> String {
    let (terminal, out, err) = terminal(width);
    let view = RunView::new(Setup {
        terminal: &terminal,
        format,
        command: report.command,
        again: "provision --org demo".to_owned(),
    });
    for event in events {
        view.event(event);
    }
    view.end(report, None);
    let (out, err) = (out.text(), err.text());
    // The way to the journal is one line, so that it can be copied.
    let lines = out.lines().filter(|line| !line.starts_with("Journal:"));
    let widest = lines.map(super::text::columns).max();
    assert!(format != Format::Text || widest <= Some(width), "{widest:?}\n{out}");
    if err.is_empty() { out } else { format!("{out}------- stderr -------\n{err}") }
}

fn text(width: usize, report: &Report) -> String {
    shown(width, Format::Text, &[], report)
}

#[test]
fn the_plan_of_an_empty_org_on_a_narrow_terminal() {
    let report = report("plan", Outcome::Changes, empty_org());
    assert_snapshot!(text(40, &report), @r#"
        Plan for Grüne Bäckerei 東京
          (sandbox, 00D000000000001AAA, called
          demo)

        Managed package
          + ciscocjs
              → 1.10 (04tUl000000VK45IAG)

        Call center
          + WebexCCAgentDesktopV11
              → 2024-11 (98 items)

        CTI settings of WebexCCAgentDesktopV11
          + reqGeneralInfo/reqAdapterUrl
              → https://desktop.…c-eu1.cisco.com
          + reqActivity/reqMapping
              → {"Subject": "Web…ity": "Normal"}

        Task page layout
          → ciscocjs__Webex Task Layout (known
            after package)
          ~ System Administrator
              Task Layout → as above
          ~ 営業マネージャ [Support_Call]
              Task Layout → as above

        Call center users
          → WebexCCAgentDesktopV11
          ~ agent01@example.com
              (none) → as above
          ~ agent02@example.com
              (none) → as above
          ~ agent03@example.com
              (none) → as above
          ~ agent04@example.com
              (none) → as above
          ~ agent05@example.com
              (none) → as above
          ~ agent06@example.com
              (none) → as above
          ~ agent07@example.com
              (none) → as above
          ~ agent08@example.com
              (none) → as above
          ~ agent09@example.com
              (none) → as above
          ~ agent10@example.com
              (none) → as above
            … and 4 more with the same change
          ~ さくら@例え.jp
              OtherVendorCTI → as above

        ! Moved out of another vendor's call
          center, as configured:
          "さくら@例え.jp".
        · Approved for the package to call:
          "https://cpc.ccone.net".

        5 of 5 items, 21 changes: 1 package to
        install, 1 call center to create, 2
        settings to set, 2 page layouts to
        assign, 15 users to put into the call
        center.
        18 requests, 5 polls, 31 API calls in
        8.1 s.
        Next: `provision --org demo apply` makes
              these changes.
        "#);
}

#[test]
fn the_plan_of_an_empty_org() {
    let report = report("plan", Outcome::Changes, empty_org());
    assert_snapshot!(text(80, &report), @r#"
        Plan for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

        Managed package
          + ciscocjs  → 1.10 (04tUl000000VK45IAG)

        Call center
          + WebexCCAgentDesktopV11  → 2024-11 (98 items)

        CTI settings of WebexCCAgentDesktopV11
          + reqGeneralInfo/reqAdapterUrl  → https://desktop.wxcc-eu1.cisco.com
          + reqActivity/reqMapping        → {"Subject": "Webex cal…"Priority": "Normal"}

        Task page layout → ciscocjs__Webex Task Layout (known after package)
          ~ System Administrator           Task Layout  → as above
          ~ 営業マネージャ [Support_Call]  Task Layout  → as above

        Call center users
          ~ agent01@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent02@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent03@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent04@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent05@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent06@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent07@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent08@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent09@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent10@example.com  (none)          → WebexCCAgentDesktopV11
            … and 4 more with the same change
          ~ さくら@例え.jp       OtherVendorCTI  → WebexCCAgentDesktopV11

        ! Moved out of another vendor's call center, as configured: "さくら@例え.jp".
        · Approved for the package to call: "https://cpc.ccone.net".

        5 of 5 items, 21 changes: 1 package to install, 1 call center to create, 2
        settings to set, 2 page layouts to assign, 15 users to put into the call center.
        18 requests, 5 polls, 31 API calls in 8.1 s.
        Next: `provision --org demo apply` makes these changes.
        "#);
    assert_snapshot!(text(200, &report), @r#"
        Plan for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

        Managed package
          + ciscocjs  → 1.10 (04tUl000000VK45IAG)

        Call center
          + WebexCCAgentDesktopV11  → 2024-11 (98 items)

        CTI settings of WebexCCAgentDesktopV11
          + reqGeneralInfo/reqAdapterUrl  → https://desktop.wxcc-eu1.cisco.com
          + reqActivity/reqMapping        → {"Subject": "Webex call", "Description": "{{ANI}} called {{DNIS}}", "Priority": "Normal"}

        Task page layout
          ~ System Administrator           Task Layout  → ciscocjs__Webex Task Layout (known after package)
          ~ 営業マネージャ [Support_Call]  Task Layout  → ciscocjs__Webex Task Layout (known after package)

        Call center users
          ~ agent01@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent02@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent03@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent04@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent05@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent06@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent07@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent08@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent09@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent10@example.com  (none)          → WebexCCAgentDesktopV11
            … and 4 more with the same change
          ~ さくら@例え.jp       OtherVendorCTI  → WebexCCAgentDesktopV11

        ! Moved out of another vendor's call center, as configured: "さくら@例え.jp".
        · Approved for the package to call: "https://cpc.ccone.net".

        5 of 5 items, 21 changes: 1 package to install, 1 call center to create, 2 settings to set, 2 page layouts to assign, 15 users to put into the call center.
        18 requests, 5 polls, 31 API calls in 8.1 s.
        Next: `provision --org demo apply` makes these changes.
        "#);
}

#[test]
fn a_plan_with_nothing_in_it() {
    let report = report("plan", Outcome::NothingToDo, fine_org());
    assert_snapshot!(text(40, &report), @"
        Plan for Grüne Bäckerei 東京
          (sandbox, 00D000000000001AAA, called
          demo)

        – Managed package: already as configured
        – Call center: already as configured
        – CTI settings: already as configured
        – Task page layout: already as
          configured
        – Call center users: already as
          configured

        Nothing to change: the org is as
        configured.
        18 requests, 5 polls, 31 API calls in
        8.1 s.
        ");
    assert_snapshot!(text(80, &report), @"
        Plan for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

        – Managed package    already as configured
        – Call center        already as configured
        – CTI settings       already as configured
        – Task page layout   already as configured
        – Call center users  already as configured

        Nothing to change: the org is as configured.
        18 requests, 5 polls, 31 API calls in 8.1 s.
        ");
}

#[test]
fn a_verification_that_finds_differences() {
    let mut items = fine_org();
    items[2] = item(
        Item::CtiSettings,
        ItemOutcome::Differs,
        vec![samples::setting("reqGeneralInfo/reqSoftphoneHeight", Some("0"), "600")],
    );
    let differs = report("verify", Outcome::Differs, items);
    assert_snapshot!(text(80, &differs), @"
        Verification for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

        – Managed package    already as configured
        – Call center        already as configured

        CTI settings
          ~ WebexCCAgentDesktopV11  0  → 600

        – Task page layout   already as configured
        – Call center users  already as configured

        1 of 5 items is not as configured: 1 setting to set.
        18 requests, 5 polls, 31 API calls in 8.1 s.
        Next: `provision --org demo apply` makes these changes.
        ");
    let fine = report("verify", Outcome::NothingToDo, fine_org());
    assert_snapshot!(text(80, &fine), @"
        Verification for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

        – Managed package    already as configured
        – Call center        already as configured
        – CTI settings       already as configured
        – Task page layout   already as configured
        – Call center users  already as configured

        Every item is as configured.
        18 requests, 5 polls, 31 API calls in 8.1 s.
        ");
}

fn applied() -> Report {
    let mut items = empty_org();
    for item in &mut items {
        item.outcome = ItemOutcome::Changed;
    }
    items[0].message = Some("installed version 1.10 in 20 s".to_owned());
    let mut report = report("apply", Outcome::Done, items);
    report.run = Some("01932f6e-7b1c-7000-8000-000000000000".to_owned());
    report
}

fn events() -> Vec<Event> {
    vec![
        Event::Observing,
        Event::Connected { org: samples::org() },
        Event::Planned { items: empty_org() },
        Event::WaveStarted { wave: Wave::Package, items: vec![Item::Package], changes: 1 },
        Event::Doing { item: Item::Package, what: "installing version 1.10".to_owned() },
        Event::Waiting {
            item: Item::Package,
            what: "PackageInstallRequest 0Hf000000000001AAA (IN_PROGRESS)".to_owned(),
            elapsed_ms: 2_500,
        },
        Event::ItemDone { item: Item::Package, outcome: ItemOutcome::Changed, message: None },
        Event::Note {
            warning: true,
            text: "The org answered late; the request was sent again.".to_owned(),
        },
    ]
}

#[test]
fn a_run_that_did_everything() {
    assert_snapshot!(shown(80, Format::Text, &events(), &applied()), @r#"
        Plan for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

        Managed package
          + ciscocjs  → 1.10 (04tUl000000VK45IAG)

        Call center
          + WebexCCAgentDesktopV11  → 2024-11 (98 items)

        CTI settings of WebexCCAgentDesktopV11
          + reqGeneralInfo/reqAdapterUrl  → https://desktop.wxcc-eu1.cisco.com
          + reqActivity/reqMapping        → {"Subject": "Webex cal…"Priority": "Normal"}

        Task page layout → ciscocjs__Webex Task Layout (known after package)
          ~ System Administrator           Task Layout  → as above
          ~ 営業マネージャ [Support_Call]  Task Layout  → as above

        Call center users
          ~ agent01@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent02@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent03@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent04@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent05@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent06@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent07@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent08@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent09@example.com  (none)          → WebexCCAgentDesktopV11
          ~ agent10@example.com  (none)          → WebexCCAgentDesktopV11
            … and 4 more with the same change
          ~ さくら@例え.jp       OtherVendorCTI  → WebexCCAgentDesktopV11

        ! Moved out of another vendor's call center, as configured: "さくら@例え.jp".
        · Approved for the package to call: "https://cpc.ccone.net".

        5 of 5 items, 21 changes: 1 package to install, 1 call center to create, 2
        settings to set, 2 page layouts to assign, 15 users to put into the call center.

        Result for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

        ✓ Managed package    installed version 1.10 in 20 s
        ✓ Call center        1 change made
        ✓ CTI settings       2 changes made
        ✓ Task page layout   2 changes made
        ✓ Call center users  15 changes made

        Done: the org is as configured. 21 changes were made.
        18 requests, 5 polls, 31 API calls in 8.1 s.
        Journal: provision runs show 01932f6e-7b1c-7000-8000-000000000000
        Next: Agents who are logged in to Salesforce log out and in again; until then
              they keep the old call center.
        ------- stderr -------
        Looking at the org
        Connected to Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA)
        Installing: 1 change
        Managed package: installing version 1.10
        Managed package: waiting for PackageInstallRequest 0Hf000000000001AAA (IN_PROGRESS), 2.5 s
        Managed package: done
        warning: The org answered late; the request was sent again.
        "#);
    assert_snapshot!(text(40, &applied()), @r#"
        Result for Grüne Bäckerei 東京
          (sandbox, 00D000000000001AAA, called
          demo)

        ✓ Managed package: installed version
          1.10 in 20 s
        ✓ Call center: 1 change made
        ✓ CTI settings: 2 changes made
        ✓ Task page layout: 2 changes made
        ✓ Call center users: 15 changes made

        ! Moved out of another vendor's call
          center, as configured:
          "さくら@例え.jp".
        · Approved for the package to call:
          "https://cpc.ccone.net".

        Done: the org is as configured. 21
        changes were made.
        18 requests, 5 polls, 31 API calls in
        8.1 s.
        Journal: provision runs show 01932f6e-7b1c-7000-8000-000000000000
        Next: Agents who are logged in to
              Salesforce log out and in again;
              until then they keep the old call
              center.
        "#);
}

#[test]
fn a_run_with_nothing_to_do() {
    let report = report("apply", Outcome::NothingToDo, fine_org());
    assert_snapshot!(text(80, &report), @"
        Result for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

        – Managed package    already as configured
        – Call center        already as configured
        – CTI settings       already as configured
        – Task page layout   already as configured
        – Call center users  already as configured

        Nothing to change: the org is as configured.
        18 requests, 5 polls, 31 API calls in 8.1 s.
        ");
}

#[test]
fn single_users_that_failed() {
    let mut items = fine_org();
    let users = ["ada@example.com", "さくら@例え.jp", "grace@example.com"];
    let changes = users.iter().map(|name| user(name, None)).collect();
    items[4] = item(Item::Users, ItemOutcome::Failed, changes);
    items[4].message = Some(
        "2 of 3 users were put into the call center.\nさくら@例え.jp: \
         FIELD_CUSTOM_VALIDATION_EXCEPTION: Agents need a manager. (field ManagerId)"
            .to_owned(),
    );
    let mut report = report("apply", Outcome::Failed, items);
    report.failure = Some(
        Failure::new(
            crate::failure::Kind::Failed,
            "1 of 3 users could not be put into the call center.",
        )
        .hint("Mend what the org says of each user, then run this again."),
    );
    assert_snapshot!(text(80, &report), @"
        Result for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

        – Managed package    already as configured
        – Call center        already as configured
        – CTI settings       already as configured
        – Task page layout   already as configured
        ✗ Call center users  2 of 3 users were put into the call center.
                             さくら@例え.jp: FIELD_CUSTOM_VALIDATION_EXCEPTION: Agents
                             need a manager. (field ManagerId)

        Not everything worked.
        18 requests, 5 polls, 31 API calls in 8.1 s.
        ------- stderr -------
        error: 1 of 3 users could not be put into the call center.
          hint: Mend what the org says of each user, then run this again.
        ");
    assert_snapshot!(text(40, &report), @"
        Result for Grüne Bäckerei 東京
          (sandbox, 00D000000000001AAA, called
          demo)

        – Managed package: already as configured
        – Call center: already as configured
        – CTI settings: already as configured
        – Task page layout: already as
          configured
        ✗ Call center users: 2 of 3 users were
          put into the call center.
          さくら@例え.jp:
          FIELD_CUSTOM_VALIDATION_EXCEPTION:
          Agents need a manager. (field
          ManagerId)

        Not everything worked.
        18 requests, 5 polls, 31 API calls in
        8.1 s.
        ------- stderr -------
        error: 1 of 3 users could not be put
               into the call center.
          hint: Mend what the org says of each
                user, then run this again.
        ");
}

#[test]
fn a_refusal_shows_the_plan_and_then_why_not() {
    let mut items = fine_org();
    items[3] = item(Item::TaskLayout, ItemOutcome::Skipped, vec![layout("Standard User", None)]);
    let planned = Event::Planned { items: items.clone() };
    let mut report = report("apply", Outcome::Refused, items);
    report.failure = Some(
        Failure::refused("\"Grüne Bäckerei 東京\" is a production org, and nobody confirmed that it may be changed.")
            .hint("If it is the right org, say so: provision apply --confirm \"Grüne Bäckerei 東京\""),
    );
    assert_snapshot!(shown(80, Format::Text, &[planned], &report), @r#"
        Plan

        – Managed package    already as configured
        – Call center        already as configured
        – CTI settings       already as configured

        Task page layout
          ~ Standard User  Task Layout  → ciscocjs__We…Task Layout (known after package)

        – Call center users  already as configured

        1 of 5 items, 1 change: 1 page layout to assign.

        Nothing was changed.
        18 requests, 5 polls, 31 API calls in 8.1 s.
        ------- stderr -------
        error: "Grüne Bäckerei 東京" is a production org, and nobody confirmed that it
               may be changed.
          hint: If it is the right org, say so: provision apply --confirm "Grüne
                Bäckerei 東京"
        "#);
}

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
    let view = RunView::new(Setup {
        terminal: &terminal,
        format: Format::Text,
        command: "plan",
        again: "provision".to_owned(),
    });
    view.end(&without_org(), Some("error: unknown key\n --> provision.toml:3:1\n"));
    assert_snapshot!(err.text(), @"
        error: unknown key
         --> provision.toml:3:1
          hint: Name one with --config FILE.
        ");
}

#[test]
fn the_document() {
    let mut items = vec![already(Item::Package)];
    items.push(item(
        Item::TaskLayout,
        ItemOutcome::Planned,
        vec![layout("Standard User", Some("Support_Call"))],
    ));
    items[1].notes.push(samples::note(true, "A warning."));
    items.push(item(Item::Users, ItemOutcome::Planned, vec![user("ada@example.com", None)]));
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
    let events = [Event::Observing, Event::Progress { item: Item::Users, done: 200, total: 400 }];
    let report = report("apply", Outcome::NothingToDo, vec![already(Item::Package)]);
    assert_snapshot!(shown(80, Format::Jsonl, &events, &report), @r#"
        {"event":"observing"}
        {"event":"progress","item":"users","done":200,"total":400}
        {"format":1,"command":"apply","org":{"alias":"demo","id":"00D000000000001AAA","name":"Grüne Bäckerei 東京","kind":"sandbox","instance_url":"http://127.0.0.1:8080"},"outcome":"nothing-to-do","items":[{"id":"package","title":"Managed package","outcome":"already","changes":[]}],"requests":18,"polls":5,"api_calls":31,"duration_ms":8123,"run":null}
        "#);
}

#[test]
fn a_person_who_cannot_answer_says_no() {
    let (terminal, out, _) = terminal(80);
    let view = RunView::new(Setup {
        terminal: &terminal,
        format: Format::Text,
        command: "apply",
        again: "provision".to_owned(),
    });
    let org = samples::org();
    let items = empty_org();
    let proposal = Proposal { org: &org, items: &items };
    assert_eq!(view.approve(proposal), Some(false));
    assert!(plain(&out.text()).starts_with("Plan for"));
}
