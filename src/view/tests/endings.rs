//! Ends of runs that changed something or tried to.

use insta::assert_snapshot;

use super::{shown, text};
use crate::checklist::ItemId;
use crate::engine::{Event, ItemOutcome, Outcome, Report, StageReport};
use crate::failure::Failure;
use crate::model::Wave;
use crate::view::Format;
use crate::view::samples::{self, empty_org, fine_org, item, report, user};

fn applied() -> Report {
    let mut items = empty_org();
    for item in &mut items {
        item.outcome = ItemOutcome::Changed;
        item.made = item.changes.len();
    }
    items[0].message = Some("installed version 1.10 in 20 s".to_owned());
    let mut report = report("apply", Outcome::Done, items);
    let stage = |wave, duration_ms| StageReport { wave, items: Vec::new(), made: 1, duration_ms };
    report.stages = vec![
        stage(Wave::Package, 4_200),
        stage(Wave::Deploy, 2_100),
        stage(Wave::Records, 299),
        stage(Wave::Webex, 640),
    ];
    // A person took their time to read the plan.
    report.duration_ms += 60_000;
    report.person_ms = 60_000;
    report.run = Some("01932f6e-7b1c-7000-8000-000000000000".to_owned());
    report
}

fn events() -> Vec<Event> {
    vec![
        Event::Observing,
        Event::Connected { org: samples::org() },
        Event::Planned { items: empty_org() },
        Event::WaveStarted {
            wave: Wave::Package,
            items: vec![ItemId::PACKAGE],
            changes: 1,
            usual_ms: Some(125_300),
        },
        Event::Doing { item: ItemId::PACKAGE, what: "installing version 1.10".to_owned() },
        Event::Waiting {
            item: ItemId::PACKAGE,
            what: "PackageInstallRequest 0Hf000000000001AAA (IN_PROGRESS)".to_owned(),
            elapsed_ms: 2_500,
        },
        Event::ItemDone { item: ItemId::PACKAGE, outcome: ItemOutcome::Changed, message: None },
        Event::WaveEnded {
            wave: Wave::Package,
            items: vec![ItemId::PACKAGE],
            made: 1,
            duration_ms: 131_700,
            failed: false,
        },
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
    21 changes to 5 of 5 items.

    Managed package
      + ciscocjs  → 1.10 (04tUl000000VK45IAG)

    Call center  (agents notice at the next Salesforce login)
      + WebexCCAgentDesktopV11  → 2024-11 (98 items)

    CTI settings of WebexCCAgentDesktopV11
      (agents notice at the next Salesforce login)
      + reqGeneralInfo/reqAdapterUrl  → https://desktop.wxcc-eu1.cisco.com
      + reqActivity/reqMapping
          + Subject: Webex call
          + Description: {{ANI}} called {{DNIS}}
          + Priority: Normal

    Task page layout → ciscocjs__Webex Task Layout (once installed)
      (agents notice after reloading Salesforce)
      ~ System Administrator           Task Layout  → as above
      ~ 営業マネージャ [Support_Call]  Task Layout  → as above

    Call center users  (agents notice at the next Salesforce login)
      ~ 14 users        (none)          → WebexCCAgentDesktopV11
      ~ さくら@例え.jp  OtherVendorCTI  → WebexCCAgentDesktopV11

    ! Moved out of another vendor's call center, as configured: "さくら@例え.jp".
    · Sites that the package may call: "https://cpc.ccone.net".
    · Similar changes are grouped; --full lists each one.

    21 changes to 5 of 5 items: 1 package to install, 1 call center to create, 2
    settings to set, 2 page layouts to assign, 14 users to add to the call center, 1
    user to move to another call center.

    Result for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)
    Done: the org is as configured. 21 changes were made.

    ✓ Managed package    installed version 1.10 in 20 s
    ✓ Call center        1 change made
    ✓ CTI settings       2 changes made
    ✓ Task page layout   2 changes made
    ✓ Call center users  15 changes made

    Done: the org is as configured. 21 changes were made.
    18 requests, 5 polls, 31 API calls in 8.1 s: package 4.2 s, deploy 2.1 s, Webex
    640 ms.
    Journal: provision runs show 01932f6e-7b1c-7000-8000-000000000000
    Next: Tell agents to log out of Salesforce and in again; until then they keep
          the old settings.
    ------- stderr -------
    Looking at the org
    Connected to Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA)
    Managed package: 1 change, usually 2 min 5 s
    Managed package: installing version 1.10
    Managed package: waiting for PackageInstallRequest 0Hf000000000001AAA (IN_PROGRESS), 2.5 s
    Managed package: done, 1 change made in 2 min 11 s
    warning: The org answered late; the request was sent again.
    "#);
    assert_snapshot!(text(40, &applied()), @r#"
    Result for Grüne Bäckerei 東京
      (sandbox, 00D000000000001AAA, called
      demo)
    Done: the org is as configured. 21
    changes were made.

    ✓ Managed package: installed version
      1.10 in 20 s
    ✓ Call center: 1 change made
    ✓ CTI settings: 2 changes made
    ✓ Task page layout: 2 changes made
    ✓ Call center users: 15 changes made

    ! Moved out of another vendor's call
      center, as configured:
      "さくら@例え.jp".
    · Sites that the package may call:
      "https://cpc.ccone.net".

    Done: the org is as configured. 21
    changes were made.
    18 requests, 5 polls, 31 API calls in
    8.1 s: package 4.2 s, deploy 2.1 s,
    Webex 640 ms.
    Journal: provision runs show 01932f6e-7b1c-7000-8000-000000000000
    Next: Tell agents to log out of
          Salesforce and in again; until
          then they keep the old settings.
    "#);
}

#[test]
fn what_was_planned_and_not_needed_is_in_the_count() {
    let mut items = fine_org();
    items[0] = item(ItemId::PACKAGE, ItemOutcome::Changed, empty_org()[0].changes.to_vec());
    items[6].spared = 3;
    let shown = text(80, &report("apply", Outcome::Done, items));
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("1 change was made. 3 planned changes were unnecessary."), "{shown}");
}

#[test]
fn a_run_with_nothing_to_do() {
    let report = report("apply", Outcome::NothingToDo, fine_org());
    assert_snapshot!(text(80, &report), @"
    ✓ Nothing to change: the org is as configured.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    ");
}

#[test]
fn single_users_that_failed() {
    let mut items = fine_org();
    let users = ["ada@example.com", "さくら@例え.jp", "grace@example.com"];
    let changes = users.iter().map(|name| user(name, None)).collect();
    items[3] = item(ItemId::USERS, ItemOutcome::Failed, changes);
    items[3].message = Some(
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
    Not everything worked.

    – Managed package          already as configured
    – Call center              already as configured
    – CTI settings             already as configured
    ✗ Call center users        2 of 3 users were put into the call center.
                               さくら@例え.jp: FIELD_CUSTOM_VALIDATION_EXCEPTION:
                               Agents need a manager. (field ManagerId)
    – Softphone layout         already as configured
    – Task page layout         already as configured
    – Data centre              already as configured
    – Omni-Channel state sync  already as configured
    – Agent access             already as configured
    – Permission sets          already as configured
    – CSP allow-list           already as configured

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
    Not everything worked.

    – Managed package: already as configured
    – Call center: already as configured
    – CTI settings: already as configured
    ✗ Call center users: 2 of 3 users were
      put into the call center.
      さくら@例え.jp:
      FIELD_CUSTOM_VALIDATION_EXCEPTION:
      Agents need a manager. (field
      ManagerId)
    – Softphone layout: already as
      configured
    – Task page layout: already as
      configured
    – Data centre: already as configured
    – Omni-Channel state sync: already as
      configured
    – Agent access: already as configured
    – Permission sets: already as configured
    – CSP allow-list: already as configured

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
fn a_run_that_was_refused_midway_does_not_say_that_nothing_was_changed() {
    let mut items = empty_org();
    let refused = report("apply", Outcome::Refused, items.clone());
    assert!(text(80, &refused).contains("Nothing was changed."));
    items[0].outcome = ItemOutcome::Changed;
    items[0].made = 1;
    let shown = text(80, &report("apply", Outcome::Refused, items));
    assert!(!shown.contains("Nothing was changed."), "{shown}");
    assert!(shown.contains("Stopped before the end. 1 change was made."), "{shown}");
}

#[test]
fn of_a_selection_with_nothing_to_do_only_the_verdict_is_read() {
    let mut items = fine_org();
    for item in items.iter_mut().skip(1) {
        item.outcome = ItemOutcome::Skipped;
        item.message = Some("Left out, with nothing to do.".to_owned());
    }
    let count = items.len() - 1;
    let shown = text(80, &report("apply", Outcome::NothingToDo, items.clone()));
    let verdict =
        format!("Nothing to change: 1 item is as configured. {count} items were left out.");
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat(&shown).contains(&verdict), "{shown}");
    assert!(shown.lines().count() < 5, "{shown}");
    // What stays undone is counted.
    items[3].left_undone = 2;
    let shown = text(80, &report("plan", Outcome::NothingToDo, items));
    assert!(flat(&shown).contains("items were left out, 1 with changes to make."), "{shown}");
}

#[test]
fn of_a_selection_that_waits_nobody_says_that_it_is_as_configured() {
    let mut items = fine_org();
    for item in &mut items {
        item.outcome = ItemOutcome::Skipped;
        item.message = Some("Left out, with nothing to do.".to_owned());
    }
    items[3].message = Some("Waits for Call center (call-center).".to_owned());
    let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = |command, outcome| flat(text(80, &report(command, outcome, items.clone())));
    let planned = shown("plan", Outcome::NothingToDo);
    assert!(planned.contains("Nothing to change now. 1 item was not checked."), "{planned}");
    let compared = shown("verify", Outcome::Failed);
    assert!(compared.contains("Nothing could be compared. 1 item was not checked."), "{compared}");
}
