//! `[confirmed]`: what people have confirmed, in the configuration.

use super::*;
use crate::model::{Confirmation, Confirmed, OrgId, StatedConfirmation};

const CSP: &str = "[confirmed.csp-allow-list]\n\
                   webex_org_id = \"7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10\"\nby = \"ada\"\n\
                   at = 2026-11-22\nwanted = \"*.force.com\"\n";

const LAYOUT: &str = "[confirmed.softphone-layout]\norg = \"00D000000000001\"\nby = \"ada\"\n\
                      at = \"2026-11-22T10:00:00Z\"\nwanted = \"Name=\\\"Webex\\\"\"\n";

#[test]
fn a_confirmation_is_read_with_or_without_quotation_marks_around_its_date() {
    let loaded = after_head(&format!("{CSP}{LAYOUT}"));
    let [of_tenant, of_org] = loaded.desired.confirmed.as_slice() else { panic!("{loaded:#?}") };
    assert_eq!(of_tenant.said.at.to_string(), "2026-11-22T00:00:00Z");
    assert_eq!(of_tenant.of, Confirmed::Tenant("7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10".to_owned()));
    assert_eq!(of_org.of, Confirmed::Org(OrgId::parse("00D000000000001AAA").unwrap()));
    assert_eq!(of_org.said.at.to_string(), "2026-11-22T10:00:00Z");
}

#[test]
fn a_confirmation_is_no_wish() {
    let hash = after_head("").hash;
    assert_eq!(after_head(CSP).hash, hash);
    assert_eq!(after_head(LAYOUT).hash, hash);
}

#[test]
fn what_is_written_is_read() {
    let mut stated = StatedConfirmation {
        said: Confirmation {
            item: "softphone-layout".to_owned(),
            by: "ada \"the\" admin".to_owned(),
            at: "2026-11-22T10:00:00Z".parse().unwrap(),
            wanted: "Name=\"Webex\\\", default=true".to_owned(),
        },
        of: Confirmed::Org(OrgId::parse("00D000000000001AAA").unwrap()),
        place: String::new(),
    };
    for (alias, place) in [
        (None, "confirmed.softphone-layout"),
        (Some("uat"), "orgs.uat.confirmed.softphone-layout"),
        (Some("u at.1"), "orgs.\"u at.1\".confirmed.softphone-layout"),
    ] {
        // What is said of it names the table that the file has.
        place.clone_into(&mut stated.place);
        let lines = write_confirmation(&stated, alias);
        let loaded = good(&format!("{HEAD}{lines}"), alias);
        assert_eq!(loaded.desired.confirmed, std::slice::from_ref(&stated), "{lines}");
    }
    insta::assert_snapshot!(write_confirmation(&stated, Some("uat")), @r#"
    [orgs.uat.confirmed.softphone-layout]
    org = "00D000000000001EAA"
    by = 'ada "the" admin'
    at = 2026-11-22T10:00:00Z
    wanted = 'Name="Webex\", default=true'
    "#);
}

#[test]
fn mistakes_in_a_confirmation_are_told() {
    insta::assert_snapshot!(wrong_after_head("[confirmed.users]\nby = \"ada\"\n"), @"
    error[CF002]: `users` is no item that a person confirms.
     --> provision.toml:4:12
      |
    4 | [confirmed.users]
      |            ^^^^^
      |
      = help: Allowed here: `csp-allow-list`, `data-center`, `softphone-layout`.
      = help: A confirmation counts only where no program can see whether it is so.
    ");
    insta::assert_snapshot!(wrong_after_head("[confirmed.csp-allow-list]\nby = \"ada\"\nwho = 1\n"), @"
    error[CF006]: `confirmed.csp-allow-list` does not say `webex_org_id`, `at`, `wanted`.
     --> provision.toml:4:12
      |
    4 | [confirmed.csp-allow-list]
      |            ^^^^^^^^^^^^^^
      |
      = help: `provision confirm ITEM --print` writes these lines.

    error[CF002]: `confirmed.csp-allow-list` has no key `who`.
     --> provision.toml:6:1
      |
    6 | who = 1
      | ^^^
      |
      = help: Allowed here: `webex_org_id`, `by`, `at`, `wanted`.
    ");
    let text =
        LAYOUT.replace("00D000000000001", "uat").replace("2026-11-22T10:00:00Z", "yesterday");
    insta::assert_snapshot!(wrong_after_head(&text), @r#"
    error[CF005]: `confirmed.softphone-layout.org` is not the id of a Salesforce org.
     --> provision.toml:5:7
      |
    5 | org = "uat"
      |       ^^^^^
      |
      = help: It is no alias: an id begins with 00D and has 15 or 18 letters and digits.
      = help: `provision confirm ITEM --print` writes these lines.

    error[CF005]: `confirmed.softphone-layout.at` is `yesterday`, but must be a date: 2026-11-22.
     --> provision.toml:7:6
      |
    7 | at = "yesterday"
      |      ^^^^^^^^^^^
      |
      = help: With a time it needs its offset: 2026-11-22T10:00:00Z.
    "#);
    insta::assert_snapshot!(wrong_after_head(&CSP.replace("2026-11-22", "2026-11-22T10:00:00")), @"
    error[CF005]: `confirmed.csp-allow-list.at` is `2026-11-22T10:00:00`, but must be a date:
                  2026-11-22.
     --> provision.toml:7:6
      |
    7 | at = 2026-11-22T10:00:00
      |      ^^^^^^^^^^^^^^^^^^^
      |
      = help: With a time it needs its offset: 2026-11-22T10:00:00Z.
    ");
    insta::assert_snapshot!(wrong_after_head(&CSP.replace("2026-11-22", "7")), @"
    error[CF004]: `confirmed.csp-allow-list.at` is a whole number, but must be a date: 2026-11-22.
     --> provision.toml:7:6
      |
    7 | at = 7
      |      ^ this is a whole number
    ");
}
