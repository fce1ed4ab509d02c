//! Plans and verifications at several widths.

use insta::assert_snapshot;

use super::{shown, text};
use crate::checklist::{Aside, ItemId, Selection};
use crate::engine::{Event, ItemOutcome, Outcome, Parties, Question};
use crate::failure::Failure;
use crate::model::in_a_row;
use crate::view::plan::plan;
use crate::view::purpose::Purpose;
use crate::view::samples::{self, empty_org, fine_org, item, layout, plain, report, terminal};
use crate::view::{Format, Proposal, RunView, Screen, Setup};

#[test]
fn the_plan_of_an_empty_org_on_a_narrow_terminal() {
    let report = report("plan", Outcome::Changes, empty_org());
    assert_snapshot!(text(40, &report), @r#"
    Plan for Grüne Bäckerei 東京
      (sandbox, 00D000000000001AAA, called
      demo)
    21 changes to 5 of 5 items.

    Managed package
      + ciscocjs
          → 1.10 (04tUl000000VK45IAG)

    Call center
      (agents notice at the next Salesforce
      login)
      + WebexCCAgentDesktopV11
          → 2024-11 (98 items)

    CTI settings of WebexCCAgentDesktopV11
      (agents notice at the next Salesforce
      login)
      + reqGeneralInfo/reqAdapterUrl
          → https://desktop.wxcc-eu1.cisco.com
      + reqActivity/reqMapping
          + Subject: Webex call
          + Description: {{ANI}} called
              {{DNIS}}
          + Priority: Normal

    Task page layout
      → ciscocjs__Webex Task Layout (once
        installed)
      (agents notice after reloading
      Salesforce)
      ~ System Administrator
          Task Layout → as above
      ~ 営業マネージャ [Support_Call]
          Task Layout → as above

    Call center users
      → WebexCCAgentDesktopV11
      (agents notice at the next Salesforce
      login)
      ~ 14 users  (none)  → as above
      ~ さくら@例え.jp
          OtherVendorCTI → as above

    ! Moved out of another vendor's call
      center, as configured:
      "さくら@例え.jp".
    · Sites that the package may call:
      "https://cpc.ccone.net".
    · Similar changes are grouped; --full
      lists each one.

    21 changes to 5 of 5 items: 1 package to
    install, 1 call center to create, 2
    settings to set, 2 page layouts to
    assign, 14 users to add to the call
    center, 1 user to move to another call
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
    18 requests, 5 polls, 31 API calls in 8.1 s.
    Next: `provision --org demo apply` makes these changes.
    "#);
    assert_snapshot!(text(200, &report), @r#"
    Plan for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)
    21 changes to 5 of 5 items.

    Managed package
      + ciscocjs  → 1.10 (04tUl000000VK45IAG)

    Call center  (agents notice at the next Salesforce login)
      + WebexCCAgentDesktopV11  → 2024-11 (98 items)

    CTI settings of WebexCCAgentDesktopV11  (agents notice at the next Salesforce login)
      + reqGeneralInfo/reqAdapterUrl  → https://desktop.wxcc-eu1.cisco.com
      + reqActivity/reqMapping
          + Subject: Webex call
          + Description: {{ANI}} called {{DNIS}}
          + Priority: Normal

    Task page layout  (agents notice after reloading Salesforce)
      ~ System Administrator           Task Layout  → ciscocjs__Webex Task Layout (once installed)
      ~ 営業マネージャ [Support_Call]  Task Layout  → ciscocjs__Webex Task Layout (once installed)

    Call center users  (agents notice at the next Salesforce login)
      ~ 14 users        (none)          → WebexCCAgentDesktopV11
      ~ さくら@例え.jp  OtherVendorCTI  → WebexCCAgentDesktopV11

    ! Moved out of another vendor's call center, as configured: "さくら@例え.jp".
    · Sites that the package may call: "https://cpc.ccone.net".
    · Similar changes are grouped; --full lists each one.

    21 changes to 5 of 5 items: 1 package to install, 1 call center to create, 2 settings to set, 2 page layouts to assign, 14 users to add to the call center, 1 user to move to another call center.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    Next: `provision --org demo apply` makes these changes.
    "#);
}

#[test]
fn a_plan_with_nothing_in_it() {
    let report = report("plan", Outcome::NothingToDo, fine_org());
    assert_snapshot!(text(40, &report), @"
    ✓ Nothing to change: the org is as
      configured.
    18 requests, 5 polls, 31 API calls in
    8.1 s.
    ");
    assert_snapshot!(text(80, &report), @"
    ✓ Nothing to change: the org is as configured.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    ");
}

#[test]
fn a_verification_that_finds_differences() {
    let mut items = fine_org();
    items[2] = item(
        ItemId::CTI_SETTINGS,
        ItemOutcome::Differs,
        vec![samples::setting("reqGeneralInfo/reqSoftphoneHeight", Some("0"), "600")],
    );
    let differs = report("verify", Outcome::Differs, items);
    assert_snapshot!(text(40, &differs), @"
    Verification for Grüne Bäckerei 東京
      (sandbox, 00D000000000001AAA, called
      demo)
    1 of 11 items is not as configured.

    – Managed package: already as configured
    – Call center: already as configured

    CTI settings of WebexCCAgentDesktopV11
      ~ reqGeneralInfo/reqSoftphoneHeight
          0 → 600

    – Call center users: already as
      configured
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

    1 of 11 items is not as configured: 1
    setting to set.
    18 requests, 5 polls, 31 API calls in
    8.1 s.
    Next: `provision --org demo apply` makes
          these changes.
    ");
    assert_snapshot!(text(200, &differs), @"
    Verification for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)
    1 of 11 items is not as configured.

    – Managed package          already as configured
    – Call center              already as configured

    CTI settings of WebexCCAgentDesktopV11
      ~ reqGeneralInfo/reqSoftphoneHeight  0  → 600

    – Call center users        already as configured
    – Softphone layout         already as configured
    – Task page layout         already as configured
    – Data centre              already as configured
    – Omni-Channel state sync  already as configured
    – Agent access             already as configured
    – Permission sets          already as configured
    – CSP allow-list           already as configured

    1 of 11 items is not as configured: 1 setting to set.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    Next: `provision --org demo apply` makes these changes.
    ");
    assert_snapshot!(text(80, &differs), @"
    Verification for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)
    1 of 11 items is not as configured.

    – Managed package          already as configured
    – Call center              already as configured

    CTI settings of WebexCCAgentDesktopV11
      ~ reqGeneralInfo/reqSoftphoneHeight  0  → 600

    – Call center users        already as configured
    – Softphone layout         already as configured
    – Task page layout         already as configured
    – Data centre              already as configured
    – Omni-Channel state sync  already as configured
    – Agent access             already as configured
    – Permission sets          already as configured
    – CSP allow-list           already as configured

    1 of 11 items is not as configured: 1 setting to set.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    Next: `provision --org demo apply` makes these changes.
    ");
    let fine = report("verify", Outcome::NothingToDo, fine_org());
    assert_snapshot!(text(80, &fine), @"
    ✓ Every item is as configured.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    ");
}

#[test]
fn a_refusal_shows_the_plan_and_then_why_not() {
    let mut items = fine_org();
    items[5] = item(ItemId::TASK_LAYOUT, ItemOutcome::Skipped, vec![layout("Standard User", None)]);
    let planned = Event::Planned { items: items.clone() };
    let mut report = report("apply", Outcome::Refused, items);
    report.failure = Some(
        Failure::refused("\"Grüne Bäckerei 東京\" is a production org, and nobody confirmed that it may be changed.")
            .hint("If it is the right org, say so: provision apply --confirm \"Grüne Bäckerei 東京\""),
    );
    assert_snapshot!(shown(80, Format::Text, &[planned], &report), @r#"
    Plan
    1 change to 1 of 11 items.

    – Managed package          already as configured
    – Call center              already as configured
    – CTI settings             already as configured
    – Call center users        already as configured
    – Softphone layout         already as configured

    Task page layout  (agents notice after reloading Salesforce)
      ~ Standard User  Task Layout  → ciscocjs__Webex Task Layout (once installed)

    – Data centre              already as configured
    – Omni-Channel state sync  already as configured
    – Agent access             already as configured
    – Permission sets          already as configured
    – CSP allow-list           already as configured

    1 change to 1 of 11 items: 1 page layout to assign.

    Nothing was changed.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    ------- stderr -------
    error: "Grüne Bäckerei 東京" is a production org, and nobody confirmed that it
           may be changed.
      hint: If it is the right org, say so: provision apply --confirm "Grüne
            Bäckerei 東京"
    "#);
}

#[test]
fn what_stops_a_plan_is_said_once() {
    let words = "`users.profiles` names the profile \"Agent\", which this org does not have.";
    let mut items = fine_org();
    items[3].outcome = ItemOutcome::Failed;
    items[3].message = Some(words.to_owned());
    items[3].is_in_failure = true;
    items[3].blocks = true;
    items[4].outcome = ItemOutcome::Failed;
    items[4].message = Some("The org does not show this.".to_owned());
    let mut report = report("plan", Outcome::Failed, items);
    report.failure = Some(Failure::usage(words).hint("Did you mean \"Agents\"?"));
    let shown = shown(80, Format::Text, &[], &report);
    assert_eq!(shown.matches("names the profile").count(), 1, "{shown}");
    assert!(shown.contains("✗ Call center users        see the error below\n"), "{shown}");
    assert!(shown.contains("✗ Softphone layout         The org does not show this.\n"), "{shown}");
    assert!(shown.contains("\nStopped at Call center users.\n"), "{shown}");
    let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let last =
        "Stopped at Call center users: see the error below. Softphone layout has a problem. 18";
    assert!(flat.contains(last), "{shown}");
}

#[test]
fn changes_that_nobody_will_make_are_not_called_made() {
    let mut items = empty_org();
    items[4] = item(ItemId::USERS, ItemOutcome::Failed, Vec::new());
    items[4].is_in_failure = true;
    items[4].blocks = true;
    items.push(item(ItemId::OMNI_SYNC, ItemOutcome::Skipped, Vec::new()));
    let mut report = report("plan", Outcome::Refused, items);
    report.failure = Some(Failure::refused("Two call centers have that name."));
    let shown = shown(80, Format::Text, &[], &report);
    assert!(shown.contains("\nStopped at Call center users. 6 changes are planned.\n"), "{shown}");
    let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains(
            "Stopped at Call center users: see the error below. Nothing will be changed until \
            that is fixed. Planned: 6 changes to 4 of 6 items: 1 package to install,"
        ),
        "{shown}"
    );
    assert!(
        flat.contains("2 page layouts to assign. 1 item was not checked. 18 requests"),
        "{shown}"
    );
    assert!(!flat.contains("makes these changes"), "{shown}");
}

#[test]
fn the_definitions_own_name_stands_beside_the_key_where_there_is_room_or_all_is_asked_for() {
    let mut items = empty_org();
    items.truncate(3);
    items.drain(..2);
    for (at, key) in ["call_center.adapter_url", "call_center.activity.mapping"].iter().enumerate()
    {
        let aside = Aside { key: Some((*key).to_owned()), ..Aside::default() };
        items[0].changes[at].aside = Some(aside.into());
    }
    let parties = Parties { org: None, tenant: None };
    let shown = |width, full| {
        let screen = Screen { full, ..Screen::new(width, true) };
        plain(&plan(
            parties,
            &items,
            Purpose::Plan,
            "",
            &crate::model::Invocation::default(),
            screen,
        ))
    };
    assert_snapshot!(shown(120, false), @"
    Plan
    2 changes to 1 of 1 item.

    CTI settings of WebexCCAgentDesktopV11  (agents notice at the next Salesforce login)
      + call_center.adapter_url  reqGeneralInfo/reqAdapterUrl  → https://desktop.wxcc-eu1.cisco.com
      + call_center.activity.mapping (reqActivity/reqMapping)
          + Subject: Webex call
          + Description: {{ANI}} called {{DNIS}}
          + Priority: Normal

    2 changes to 1 of 1 item: 2 settings to set.
    ");
    assert!(!shown(80, false).contains("reqAdapterUrl"));
    assert_snapshot!(shown(60, true), @"
    Plan
    2 changes to 1 of 1 item.

    CTI settings of WebexCCAgentDesktopV11
      (agents notice at the next Salesforce login)
      + call_center.adapter_url (reqGeneralInfo/reqAdapterUrl)
          → https://desktop.wxcc-eu1.cisco.com
      + call_center.activity.mapping (reqActivity/reqMapping)
          + Subject: Webex call
          + Description: {{ANI}} called {{DNIS}}
          + Priority: Normal

    2 changes to 1 of 1 item: 2 settings to set.
    ");
}

#[test]
fn no_changed_mapping_is_without_a_word() {
    let row = |cad: &str, field: &str, more: &str| {
        format!(r#"{{"CadFieldName": "{cad}", "SalesforceFieldName": "{field}"{more}}}"#)
    };
    let (one, other) = (row("A", "A__c", ""), row("B", "B__c", ""));
    let empty = row("A", "A__c", r#", "defaultFieldValue": """#);
    let both = format!("[{one},{other}]");
    let shown = |before: Option<&str>, default: Option<&str>, after: &str| {
        let mut change = samples::setting("reqActivity/reqMapping", before, after);
        let aside = Aside { default: default.map(str::to_owned), ..Aside::default() };
        change.aside = Some(aside.into());
        let items = [item(ItemId::CTI_SETTINGS, ItemOutcome::Planned, vec![change])];
        let parties = Parties { org: None, tenant: None };
        let invocation = crate::model::Invocation::default();
        let screen = Screen::new(80, true);
        let text = plain(&plan(parties, &items, Purpose::Plan, "", &invocation, screen));
        text.split("reqMapping\n")
            .nth(1)
            .and_then(|rest| rest.split("\n\n").next())
            .unwrap()
            .to_owned()
    };
    let turned = format!("[{other},{one}]");
    assert_eq!(shown(Some(&both), None, &turned), "      the same rows in another order");
    assert_eq!(shown(None, Some(&both), &turned), "      the default's rows in another order");
    // Only the whole texts tell.
    let whole = shown(Some(&format!("[{one}]")), None, &format!("[{empty}]"));
    assert!(whole.contains("defaultFieldValue"), "{whole}");
    // A new call center has the default's rows by itself.
    let changed = format!("[{one},{}]", row("C", "B__c", ""));
    assert_eq!(
        shown(None, Some(&both), &changed),
        "      compared with the default:\n      ~ B__c: CadFieldName B → CadFieldName C"
    );
    assert_eq!(shown(None, Some(""), &format!("[{one}]")), "      + A__c: CadFieldName A");
}

#[test]
fn what_is_allowed_and_disallowed_again_has_opposite_signs() {
    use crate::checklist::Action;
    use crate::model::tenant::field::ALLOWED_IDLE_CODE;
    use crate::model::{Subject, SubjectKind};
    use crate::view::counts::{gives, takes_away};
    let mut change = samples::user("ada@example.com", None);
    assert!(!gives(&change), "a user goes from one call center, or none, to another");
    change.subject = Subject::new(SubjectKind::AgentProfile, "Agents");
    change.field = format!("{ALLOWED_IDLE_CODE}Meeting");
    assert!(change.action == Action::Update && gives(&change) && !takes_away(&change));
    change.before = Some("allowed".to_owned());
    change.after = crate::checklist::After::Known(None);
    assert!(takes_away(&change) && !gives(&change));
}

#[test]
fn what_many_lose_is_told_and_the_command_that_is_told_allows_it() {
    let mut items = fine_org();
    items[3] =
        item(ItemId::USERS, ItemOutcome::Planned, vec![samples::user("ada@example.com", None)]);
    let quiet = text(100, &report("plan", Outcome::Changes, items.clone()));
    assert!(!quiet.contains("--allow-removals"), "{quiet}");
    items[3].losses = vec!["6 of 11 users lose their call center.".to_owned()];
    for command in ["plan", "verify"] {
        let shown = text(100, &report(command, Outcome::Changes, items.clone()));
        let next = "Next: `provision --org demo apply --allow-removals` makes these changes.";
        assert!(shown.contains(next), "{shown}");
        assert!(shown.contains("! 6 of 11 users lose their call center."), "{shown}");
    }
}

#[test]
fn a_run_that_changes_nothing_counts_its_notes() {
    let mut items = fine_org();
    items[0].notes = vec![samples::note(false, "Good to know.")];
    let told = |items: &[crate::engine::ItemReport]| {
        let items = items.to_vec();
        text(80, &report("plan", Outcome::NothingToDo, items))
    };
    assert_snapshot!(told(&items), @"
    ✓ Nothing to change: the org is as configured.
    · 1 note: --full shows it.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    ");
    items[3].notes = vec![samples::note(true, "Odd."), samples::note(false, "And this.")];
    assert_snapshot!(told(&items), @"
    ✓ Nothing to change: the org is as configured.
    ! 1 warning and 2 notes: --full shows them.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    ");
    // What keeps an undo from taking something back is the whole of its answer.
    let undo = text(80, &report("undo", Outcome::NothingToDo, items));
    assert!(undo.contains("! Odd."), "{undo}");
}

#[test]
fn long_rows_of_names_are_whole_where_everything_is_asked_for() {
    let users: Vec<String> =
        (1..=14).map(|number| format!("agent{number:02}@example.com")).collect();
    let mut items = empty_org();
    items[4].notes = vec![samples::note(
        false,
        &format!("Skipped, because they are inactive: {}.", in_a_row(&users, 10)),
    )];
    let parties = Parties { org: None, tenant: None };
    let shown = |full| {
        let screen = Screen { full, ..Screen::new(80, true) };
        let text = plain(&plan(
            parties,
            &items,
            Purpose::Plan,
            "",
            &crate::model::Invocation::default(),
            screen,
        ));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let short = shown(false);
    assert!(short.contains("agent10@example.com and 4 more. "), "{short}");
    assert!(short.contains("grouped and long lists cut; --full shows everything."), "{short}");
    let full = shown(true);
    assert!(full.contains("agent13@example.com and agent14@example.com. "), "{full}");
    assert!(!full.contains("--full"), "{full}");
    // Documents are always whole.
    let document = self::shown(80, Format::Json, &[], &report("plan", Outcome::Changes, items));
    assert!(document.contains("agent13@example.com and agent14@example.com.\""), "{document}");
    assert!(!document.contains(" more"), "{document}");
}

#[test]
fn a_person_who_cannot_answer_says_no() {
    let (terminal, out, _) = terminal(80);
    let setup = Setup {
        command: "apply",
        next: None,
        full: false,
        saved: None,
        from_file: false,
        selection: &Selection::All,
        invocation: crate::model::Invocation::default(),
    };
    let view = RunView::new(&terminal, Format::Text, setup);
    let org = samples::org();
    let items = empty_org();
    let question = Question::default();
    let parties = Parties::org(Some(&org));
    let proposal = Proposal { parties, items: &items, question: &question, destroys: false };
    assert_eq!(view.approve(proposal), Some(false));
    assert!(plain(&out.text()).starts_with("Plan for"));
}

#[test]
fn a_command_in_a_note_has_the_options_at_hand_and_a_document_the_command_alone() {
    let mut items = empty_org();
    let delete = crate::model::Command::of_org("apply --delete-old");
    let hint = crate::model::Hint::command("", delete, " deletes it.");
    items[0].notes = vec![crate::checklist::Note::info("The old one stays.").hint(hint)];
    let report = report("plan", Outcome::Changes, items);
    let text = text(80, &report).split_whitespace().collect::<Vec<_>>().join(" ");
    let note = "The old one stays. `provision --org demo apply --delete-old` deletes it.";
    assert!(text.contains(note), "{text}");
    let document = shown(80, Format::Json, &[], &report);
    assert!(document.contains("The old one stays. `provision apply --delete-old` deletes it."));
}
