//! What is left to people, and what they said.

use insta::assert_snapshot;

use super::{shown, text};
use crate::checklist::{Action, After, ChangeRow, ItemId, Selection};
use crate::engine::{Confirmed, Event, ItemOutcome, ItemReport, Outcome};
use crate::model::{Command, Confirmation, Ids, Subject, SubjectKind};
use crate::view::samples::{self, fine_org, item, plain, report, user};
use crate::view::{ConfirmationView, Format, Screen, render_confirmation, render_todo};

/// An org that lacks what only people do; the texts are the checklist's.
fn left() -> Vec<ItemReport> {
    let change = |field: &str, before: &str, after: &str| ChangeRow {
        item: ItemId::SOFTPHONE_LAYOUT,
        subject: Subject::new(SubjectKind::SoftphoneLayout, "Webex"),
        field: field.to_owned(),
        before: Some(before.to_owned()),
        after: After::value(after),
        action: Action::Human,
        ids: Ids::default(),
        aside: None,
    };
    let mut items = fine_org();
    let changes = vec![
        change("Name", "Standard Softphone Layout", "Webex"),
        change("Inbound: Multiple-matching records", "Don't pop any screen", "Pop to search page"),
    ];
    items[4] = item(ItemId::SOFTPHONE_LAYOUT, ItemOutcome::NeedsHuman, changes);
    items[4].message = Some(
        "No API of Salesforce writes softphone layouts. One tells the calling user's own layout, \
         which is \"Standard Softphone Layout\"."
            .to_owned(),
    );
    items[4].steps = vec![
        "Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > \
         Feature Settings > Service > Call Center > Softphone Layouts)."
            .to_owned(),
        "Name: Webex".to_owned(),
        "Select Call Type: Inbound\n- Display these salesforce.com objects: Account, Contact, \
         Case\n- Multiple-matching records: Pop to search page"
            .to_owned(),
        "Choose Save.".to_owned(),
    ];
    items[9] = item(ItemId::CSP_ALLOW_LIST, ItemOutcome::NeedsHuman, Vec::new());
    items[9].message = Some("No API of Webex reads or writes this list.".to_owned());
    items[9].steps = vec!["Wait ten minutes.".to_owned()];
    items
}

fn confirmed() -> Vec<ItemReport> {
    let mut items = fine_org();
    items[9] = item(ItemId::CSP_ALLOW_LIST, ItemOutcome::Confirmed, Vec::new());
    items[9].message = Some("confirmed by ada on 2026-11-22".to_owned());
    items[9].confirmed =
        Some(Confirmed { by: "ada".to_owned(), at: "2026-11-22T10:00:00Z".parse().unwrap() });
    items
}

#[test]
fn steps_stand_at_the_end_of_a_plan() {
    let report = report("plan", Outcome::NeedsHuman, left());
    assert_snapshot!(text(40, &report), @"
    ✓ Nothing to change: 9 items are as
      configured. 2 items need manual steps.
    18 requests, 5 polls, 31 API calls in
    8.1 s.
    Next: `provision --org demo todo` shows
          the manual steps.
    ");
    assert_snapshot!(text(80, &report), @"
    ✓ Nothing to change: 9 items are as configured. 2 items need manual steps.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    Next: `provision --org demo todo` shows the manual steps.
    ");
    assert_snapshot!(text(200, &report), @"
    ✓ Nothing to change: 9 items are as configured. 2 items need manual steps.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    Next: `provision --org demo todo` shows the manual steps.
    ");
}

#[test]
fn a_second_run_shows_no_plan_and_the_steps_again() {
    let report = report("apply", Outcome::NeedsHuman, left());
    let planned = Event::Planned { items: left() };
    assert_snapshot!(shown(80, Format::Text, &[planned], &report), @"
    ✓ Nothing to change: 9 items are as configured. 2 items need manual steps.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    Next: `provision --org demo todo` shows the manual steps.
    ");
}

#[test]
fn a_run_that_did_its_part() {
    let mut items = left();
    items[3] = item(ItemId::USERS, ItemOutcome::Changed, vec![user("ada@example.com", None)]);
    let mut report = report("apply", Outcome::NeedsHuman, items);
    report.run = Some("01932f6e-7b1c-7000-8000-000000000000".to_owned());
    let text = text(80, &report);
    let ending = text.split("already as configured\n").last().unwrap();
    assert!(text.contains("Done. 1 change was made. 2 items need"), "{ending}");
    assert!(text.contains("log out of Salesforce"), "{ending}");
}

#[test]
fn a_verification_says_what_rests_on_somebodys_word() {
    assert_snapshot!(text(80, &report("verify", Outcome::Done, confirmed())), @"
    ✓ Everything that provision sets up is as configured. 1 item is confirmed by a
      person, not verified.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    ");
    let both = text(80, &report("verify", Outcome::NeedsHuman, left()));
    assert!(both.contains("Everything that provision sets up is as configured. 2 items"));
    assert!(!both.contains("your own"), "{both}");
    // What the calling user sees is no difference, and is said.
    let mut doubtful = left();
    doubtful[4].doubt =
        Some("your own differs from the configuration, and what your agents get was not checked");
    assert_snapshot!(text(80, &report("verify", Outcome::NeedsHuman, doubtful)), @"
    ✓ Everything that provision sets up is as configured. 2 items need manual steps.
      Softphone layout: your own differs from the configuration, and what your
      agents get was not checked.
    18 requests, 5 polls, 31 API calls in 8.1 s.
    Next: `provision --org demo todo` shows the manual steps.
    ");
}

#[test]
fn scripts_get_who_and_when() {
    let report = report("verify", Outcome::Done, confirmed());
    let item = serde_json::to_value(&report.items[9]).unwrap();
    assert_snapshot!(item, @r#"{"id":"csp-allow-list","title":"CSP allow-list","outcome":"confirmed","changes":[],"message":"confirmed by ada on 2026-11-22","confirmed":{"by":"ada","at":"2026-11-22T10:00:00Z"}}"#);
}

#[test]
fn what_confirm_did_is_told() {
    let screen = Screen::new(80, true);
    let whose = "the org Grüne Bäckerei 東京 (00D000000000001AAA)";
    let gone = Confirmation {
        item: "csp-allow-list".to_owned(),
        by: "ada".to_owned(),
        at: "2026-11-22T10:00:00Z".parse().unwrap(),
        wanted: String::new(),
    };
    let title = ItemId::SOFTPHONE_LAYOUT.title();
    let back = &Command::of_org("confirm --forget softphone-layout").within(&super::demo());
    let texts = [
        ConfirmationView::Confirmed {
            title,
            whose,
            by: "ada\u{1b}[2J",
            differs: "",
            next: None,
            back,
        },
        ConfirmationView::Confirmed {
            title,
            whose,
            by: "ada",
            differs: "",
            next: Some(&Command::of_org("uninstall").within(&super::demo())),
            back,
        },
        ConfirmationView::Forgotten { title, whose, gone: Some(&gone), stated: None },
        ConfirmationView::Forgotten {
            title,
            whose,
            gone: None,
            stated: Some("confirmed.softphone-layout".to_owned()),
        },
    ];
    let texts: Vec<String> =
        texts.iter().map(|one| plain(&render_confirmation(one, screen))).collect();
    assert_snapshot!(texts.join("\n"), @"
    Recorded: Softphone layout, confirmed by ada�[2J for the org Grüne Bäckerei 東京
    (00D000000000001AAA). provision has not verified it.
    To withdraw it, run:
      provision --org demo confirm --forget softphone-layout

    Recorded: Softphone layout taken out, confirmed by ada for the org Grüne
    Bäckerei 東京 (00D000000000001AAA). provision has not verified it.
    To finish the uninstall, run:
      provision --org demo uninstall
    To withdraw it, run:
      provision --org demo confirm --forget softphone-layout

    Withdrawn: the confirmation of Softphone layout for the org Grüne Bäckerei 東京
    (00D000000000001AAA), given by ada on 2026-11-22.

    Nothing to withdraw: nobody had confirmed Softphone layout for the org Grüne
    Bäckerei 東京 (00D000000000001AAA).
    ! The configuration still says so: remove [confirmed.softphone-layout] from it
      too.
    ");
}

#[test]
fn what_is_left_to_a_person_can_be_asked_for() {
    let open: Vec<_> =
        left().into_iter().filter(|item| item.outcome == ItemOutcome::NeedsHuman).collect();
    let again = super::demo();
    let shown = |items: &[ItemReport], width: usize| {
        plain(&render_todo(&samples::org(), items, &again, Screen::new(width, true)))
    };
    assert_snapshot!(shown(&open, 40), @r#"
    To do for Grüne Bäckerei 東京
      (sandbox, 00D000000000001AAA, called
      demo)

    ☞ Softphone layout
      No API of Salesforce writes softphone
      layouts. One tells the calling user's
      own layout, which is "Standard
      Softphone Layout".
       1. Open
          https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home
          (Setup > Feature Settings >
          Service > Call Center > Softphone
          Layouts).
       2. Name: Webex
       3. Select Call Type: Inbound
          - Display these salesforce.com
            objects: Account, Contact, Case
          - Multiple-matching records: Pop
            to search page
       4. Choose Save.
      The next run detects when it is done.
      If your agents have a different layout
      from yours, add one of their logins to
      `softphone_layout.check_users`, or
      confirm it:
        provision --org demo confirm softphone-layout

    ☞ CSP allow-list
      No API of Webex reads or writes this
      list.
      Wait ten minutes.
      When it is done, run:
        provision --org demo confirm csp-allow-list
    "#);
    assert_snapshot!(shown(&open, 80), @r#"
    To do for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

    ☞ Softphone layout
      No API of Salesforce writes softphone layouts. One tells the calling user's
      own layout, which is "Standard Softphone Layout".
       1. Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home
          (Setup > Feature Settings > Service > Call Center > Softphone Layouts).
       2. Name: Webex
       3. Select Call Type: Inbound
          - Display these salesforce.com objects: Account, Contact, Case
          - Multiple-matching records: Pop to search page
       4. Choose Save.
      The next run detects when it is done. If your agents have a different layout
      from yours, add one of their logins to `softphone_layout.check_users`, or
      confirm it:
        provision --org demo confirm softphone-layout

    ☞ CSP allow-list
      No API of Webex reads or writes this list.
      Wait ten minutes.
      When it is done, run:
        provision --org demo confirm csp-allow-list
    "#);
    assert_snapshot!(shown(&[], 80), @"No manual steps are left in Grüne Bäckerei 東京.");
}

#[test]
fn steps_that_are_on_the_screen_are_not_repeated() {
    let (terminal, out, _) = samples::terminal(80);
    let setup = crate::view::Setup {
        command: "apply",
        next: None,
        full: false,
        saved: None,
        from_file: false,
        selection: &Selection::All,
        invocation: super::demo(),
    };
    let view = crate::view::RunView::new(&terminal, Format::Text, setup);
    let mut items = left();
    items[3] = item(ItemId::USERS, ItemOutcome::Changed, vec![user("ada@example.com", None)]);
    assert!(!view.watch(&items[4]), "nobody is there to answer");
    view.end(&report("apply", Outcome::NeedsHuman, items));
    let text = out.text();
    assert_eq!(text.matches("Name: Webex").count(), 1, "{text}");
    assert_eq!(text.matches("Wait ten minutes.").count(), 1, "{text}");
}
