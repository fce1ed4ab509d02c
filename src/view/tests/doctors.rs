//! Diagnoses at several widths.

use insta::assert_snapshot;

use crate::checklist::{Check, Group, Health, Topic};
use crate::diagnosis::{Diagnosis, UserDiagnosis};
use crate::view::Screen;
use crate::view::doctor::render_diagnosis;
use crate::view::samples::{org, plain};

fn check(group: Group, title: &str, health: Health, evidence: &str, fix: &[&str]) -> Check {
    let id = title.to_lowercase();
    let check = Check::new(Topic::new(group, 0, &id, title), health, evidence);
    Check { blocks: health == Health::Problem, ..check.steps(fix.iter().copied()) }
}

fn found() -> Diagnosis {
    let permission = |name: &str, health| Check {
        id: format!("permission-{name}"),
        ..check(Group::Login, name, health, "The calling user lacks it.", &["Tick it."])
    };
    Diagnosis {
        checks: vec![
            check(Group::Login, "Login", Health::Ok, "ada@example.com is logged in.", &[]),
            permission("API Enabled", Health::Ok),
            permission("Manage Users", Health::Problem),
            check(
                Group::Connector,
                "Phone in the utility bar",
                Health::Warning,
                "No app has it.",
                &["Setup > App Manager > Edit > Utility Items."],
            ),
            check(Group::People, "Users", Health::Unknown, "The org does not show it: no.", &[]),
        ],
        user: None,
        left_out: 0,
    }
}

#[test]
fn problems_are_marked_and_what_is_fine_is_short() {
    assert_snapshot!(plain(&render_diagnosis(Some(&org()), &found(), false, Screen::new(80, true))), @"
    Doctor for Grüne Bäckerei 東京 (sandbox, 00D000000000001AAA, called demo)

    Login and permissions
      ✓ Login         ada@example.com is logged in.
      ✗ Manage Users  The calling user lacks it.
          → Tick it.
      ✓ Permissions   The other one that provision needs.

    Connector
      ! Phone in the utility bar  No app has it.
          → Setup > App Manager > Edit > Utility Items.

    People
      ○ Users  The org does not show it: no.

    1 problem, 1 warning, 1 unknown, 2 passed. It blocks `apply`.
    ");
    assert_snapshot!(plain(&render_diagnosis(Some(&org()), &found(), false, Screen::new(40, false))), @"
    Doctor for Grüne Bäckerei 東京
      (sandbox, 00D000000000001AAA, called
      demo)

    Login and permissions
      ok Login
           ada@example.com is logged in.
      !! Manage Users
           The calling user lacks it.
           -> Tick it.
      ok Permissions
           The other one that provision
           needs.

    Connector
      !  Phone in the utility bar
           No app has it.
           -> Setup > App Manager > Edit >
              Utility Items.

    People
      .. Users
           The org does not show it: no.

    1 problem, 1 warning, 1 unknown, 2
    passed. It blocks `apply`.
    ");
}

#[test]
fn a_user_gets_an_answer_first() {
    let mut found = found();
    found.left_out = 1;
    found.user = Some(UserDiagnosis {
        username: Some("ada@example.com".to_owned()),
        name: Some("Ada Park".to_owned()),
        answer: "Ada Park is in no call center.".to_owned(),
        checks: vec![
            check(Group::User, "Active", Health::Ok, "An active user.", &[]),
            check(
                Group::User,
                "Call center",
                Health::Problem,
                "Ada Park is in no call center.",
                &["Name the user."],
            ),
        ],
    });
    assert_snapshot!(plain(&render_diagnosis(None, &found, false, Screen::new(60, true))), @"
    Doctor

    Ada Park (ada@example.com)
      Ada Park is in no call center.

      ✓ Active       An active user.
      ✗ Call center  Ada Park is in no call center.
          → Name the user.

    Login and permissions
      ✗ Manage Users  The calling user lacks it.
          → Tick it.

    Connector
      ! Phone in the utility bar
          No app has it.
          → Setup > App Manager > Edit > Utility Items.

    People
      ○ Users  The org does not show it: no.

    2 problems, 1 warning, 1 unknown, 1 passed. One of them
    blocks `apply`. Run doctor without --user for 1 more warning
    about the org.
    ");
}

#[test]
fn what_the_answer_says_at_length_is_not_said_twice() {
    let long =
        "Ada Park last logged in at 2026-11-20 10:00 UTC, before being assigned: log in again.";
    let mut found = found();
    found.user = Some(UserDiagnosis {
        username: None,
        name: None,
        answer: long.to_owned(),
        checks: vec![check(Group::User, "Logged in since", Health::Problem, long, &["Log in."])],
    });
    let text = plain(&render_diagnosis(None, &found, false, Screen::new(120, true)));
    assert_eq!(text.matches(long).count(), 1, "{text}");
    assert!(text.contains("✗ Logged in since  See above."), "{text}");
}

#[test]
fn only_what_is_shown_is_counted() {
    let mut found = found();
    let count = |found: &Diagnosis, verbose| {
        let text = plain(&render_diagnosis(None, found, verbose, Screen::new(80, true)));
        let at = text.find(" passed").unwrap();
        text[..at].rsplit(' ').next().unwrap().parse::<usize>().unwrap()
    };
    assert_eq!(count(&found, false), 2, "the permissions are one row, which says how many");
    let fine = check(Group::User, "Active", Health::Ok, "An active user.", &[]);
    let answer = "Nothing is wrong.".to_owned();
    found.user = Some(UserDiagnosis { username: None, name: None, answer, checks: vec![fine] });
    assert_eq!((count(&found, false), count(&found, true)), (1, 3));
}

#[test]
fn what_no_program_sees_is_for_those_who_ask() {
    let text = plain(&render_diagnosis(None, &found(), true, Screen::new(80, true)));
    assert!(text.contains("Not checked automatically"), "{text}");
    assert!(text.contains("API Enabled"), "{text}");
}
