//! What only people do: `[softphone_layout]` and `[webex]`.

use super::*;
use crate::model::{CallKind, OpensIn, ScreenPop};

#[test]
fn a_softphone_layout_is_read_and_what_is_absent_stays_open() {
    let loaded = after_head(
        "[softphone_layout]\nname = \"Webex\"\ndefault = false\n[softphone_layout.inbound]\n\
         objects = [\"Account\"]\nno_match = \"new:Contact\"\nsingle_match = \"flow: Greet \"\n\
         opens_in = \"new\"\n[softphone_layout.internal]\n",
    );
    let wish = loaded.desired.connectors[0].softphone_layout.clone().unwrap();
    assert_eq!((wish.name.as_str(), wish.default), ("Webex", false));
    let [(CallKind::Inbound, inbound), (CallKind::Internal, internal)] = &wish.call_types[..]
    else {
        panic!("{wish:?}");
    };
    assert_eq!(inbound.objects.as_deref(), Some(["Account".to_owned()].as_slice()));
    assert_eq!(inbound.opens_in, Some(OpensIn::New));
    let named = |name: &str| name.to_owned();
    assert_eq!(
        inbound.pops,
        [Some(ScreenPop::New(named("Contact"))), Some(ScreenPop::Flow(named("Greet"))), None]
    );
    assert_eq!((&internal.objects, internal.opens_in), (&None, None));
    assert!(wish.check_users.is_empty());
    assert_eq!(after_head("").desired.connectors[0].softphone_layout, None);
}

#[test]
fn check_users_are_aliases_and_no_part_of_what_is_wanted() {
    let table = "[softphone_layout]\nname = \"Webex\"\n";
    let nobody = after_head(table);
    let agents = after_head(&format!("{table}check_users = [\"agent-de\", \"agent-fr\"]\n"));
    let wish = agents.desired.connectors[0].softphone_layout.clone().unwrap();
    assert_eq!(wish.check_users, ["agent-de", "agent-fr"]);
    assert_eq!(
        agents.hash, nobody.hash,
        "a saved plan is good for whoever looks with other logins"
    );
    let wrong = wrong_after_head(&format!("{table}check_users = \"agent-de\"\n"));
    assert!(wrong.contains("a list of aliases of logins"), "{wrong}");
}

#[test]
fn what_the_page_does_not_offer_is_told() {
    let inbound = |line: &str| {
        wrong_after_head(&format!(
            "[softphone_layout]\nname = \"Webex\"\n[softphone_layout.inbound]\n{line}\n"
        ))
    };
    insta::assert_snapshot!(inbound("no_match = \"detail\""), @r#"
    error[CF005]: `softphone_layout.inbound.no_match` cannot be `detail`.
     --> provision.toml:7:12
      |
    7 | no_match = "detail"
      |            ^^^^^^^^
      |
      = help: Allowed here: `none`, `new:Contact`, `page:NAME`, `flow:NAME`.
    "#);
    insta::assert_snapshot!(inbound("multiple_matches = \"flow:\""), @r#"
    error[CF005]: `softphone_layout.inbound.multiple_matches` cannot be `flow:`.
     --> provision.toml:7:20
      |
    7 | multiple_matches = "flow:"
      |                    ^^^^^^^
      |
      = help: Did you mean `flow:NAME`?
      = help: Allowed here: `none`, `search`, `page:NAME`, `flow:NAME`.
    "#);
    insta::assert_snapshot!(wrong_after_head("[softphone_layout]\ndefault = true\n"), @r#"
    error[CF006]: `softphone_layout.name` is missing: it is the name of the layout.
    --> provision.toml
     = help: For example: name = "Webex"
    "#);
}

#[test]
fn a_webex_organization_has_an_id() {
    let id = "01234567-89AB-cdef-0123-456789abcdef";
    let loaded = after_head(&format!("[webex]\norg_id = \"{id}\"\n"));
    assert_eq!(loaded.desired.connectors[0].webex_org, Some(id.to_lowercase()));
    insta::assert_snapshot!(wrong_after_head("[webex]\norg_id = \"../x\"\n"), @r#"
    error[CF005]: `webex.org_id` is not the id of a Webex organization.
     --> provision.toml:5:10
      |
    5 | org_id = "../x"
      |          ^^^^^^
      |
      = help: Control Hub shows it under Management > Account as Organization ID: five groups of letters
              and digits, like 01234567-89ab-cdef-0123-456789abcdef.
    "#);
    let named = |length: usize| {
        let name = "x".repeat(length);
        format!(
            "[webex]\norg_id = \"{id}\"\n[webex.desktop_layout]\nname = \"{name}\"\nfile = \"?\"\n"
        )
    };
    let is_too_long = |length| wrong_after_head(&named(length)).contains("is too long: a desktop");
    assert!(is_too_long(256) && !is_too_long(255));
    insta::assert_snapshot!(wrong_after_head("[webex]\nteams = [\"a\"]\norg = 1\n"), @r#"
    error[CF006]: `webex.org_id` is missing: it is the id of your Webex organization.
     --> provision.toml:5:1
      |
    5 | teams = ["a"]
      | ^^^^^ this is wanted of it
      |
      = help: Control Hub shows it under Management > Account as Organization ID: five groups of letters
              and digits, like 01234567-89ab-cdef-0123-456789abcdef.

    error[CF002]: `webex` has no key `org`.
     --> provision.toml:6:1
      |
    6 | org = 1
      | ^^^
      |
      = help: Did you mean `org_id`?
      = help: Allowed here: `org_id`, `teams`, `desktop_layout`, `idle_codes`, `variables`, `outdial`,
              `recording_rights`.
    "#);
}
