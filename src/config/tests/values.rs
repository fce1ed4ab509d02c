//! Values of the wrong type, and values that are not allowed.

use std::io::ErrorKind;

use super::*;

#[test]
fn wrong_types_are_told() {
    insta::assert_snapshot!(wrong_after_head("[users]\nprofiles = \"Agent\"\nusernames = [1]\n"), @r#"
    error[CF004]: `users.profiles` is text, but must be a list of profiles: `["Contact Center Agent"]`.
     --> provision.toml:5:12
      |
    5 | profiles = "Agent"
      |            ^^^^^^^ this is text

    error[CF004]: `users.usernames[0]` is a whole number, but must be text.
     --> provision.toml:6:14
      |
    6 | usernames = [1]
      |              ^ this is a whole number
    "#);
    let text = wrong_after_head(
        "[call_center]\nsoftphone.height = \"600\"\nscreen_pop.advanced = 1\nsoftphone.width = 5.5\n",
    );
    insta::assert_snapshot!(text, @r#"
    error[CF004]: `call_center.softphone.height` is text, but must be a whole number, without quotation
                  marks.
     --> provision.toml:5:20
      |
    5 | softphone.height = "600"
      |                    ^^^^^ this is text

    error[CF004]: `call_center.screen_pop.advanced` is a whole number, but must be `true` or `false`,
                  without quotation marks.
     --> provision.toml:6:23
      |
    6 | screen_pop.advanced = 1
      |                       ^ this is a whole number

    error[CF004]: `call_center.softphone.width` is a number with a fraction, but must be a whole number,
                  without quotation marks.
     --> provision.toml:7:19
      |
    7 | softphone.width = 5.5
      |                   ^^^ this is a number with a fraction
    "#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\nsoftphone = 600\n"), @"
    error[CF004]: `call_center.softphone` is a whole number, but must be a table of settings:
                  `[call_center.softphone]`.
     --> provision.toml:5:13
      |
    5 | softphone = 600
      |             ^^^ this is a whole number
    ");
    insta::assert_snapshot!(wrong_after_head("[call_center]\nactivity.mappings = [\"x\"]\n"), @r#"
    error[CF004]: `call_center.activity.mappings[0]` is text, but rows of a mapping are tables.
     --> provision.toml:5:22
      |
    5 | activity.mappings = ["x"]
      |                      ^^^ this is text
      |
      = help: For example: { variable = "queueName", field = "Queue__c" }
    "#);
    insta::assert_snapshot!(wrong_after_head("[call_center.values]\n\"reqGeneralInfo/reqUseApi\" = []\n"), @r#"
    error[CF004]: `call_center.values."reqGeneralInfo/reqUseApi"` is a list, but raw values are text.
     --> provision.toml:5:30
      |
    5 | "reqGeneralInfo/reqUseApi" = []
      |                              ^^ this is a list
      |
      = help: Write the value as the call center is to hold it: "true", "600", "[…]".
    "#);
}

#[test]
fn values_that_are_not_allowed_are_told() {
    insta::assert_snapshot!(wrong("data_center = \"us2\"\n[package]\nversion = \"04t5f000000WxCcAAK\""), @r#"
    error[CF005]: `data_center` cannot be `us2`.
     --> provision.toml:1:15
      |
    1 | data_center = "us2"
      |               ^^^^^
      |
      = help: Did you mean `us1`?
      = help: Allowed here: `us1`, `eu1`, `eu2`, `anz1`, `ca1`, `jp1`, `sg1`, `in1`.
    "#);
    insta::assert_snapshot!(wrong_after_head("install_for = \"all_users\"\n"), @r#"
    error[CF005]: `package.install_for` cannot be `all_users`.
     --> provision.toml:4:15
      |
    4 | install_for = "all_users"
      |               ^^^^^^^^^^^
      |
      = help: Did you mean `all-users`?
      = help: Allowed here: `admins`, `all-users`.
    "#);
    insta::assert_snapshot!(wrong_after_head("approve_sites = \"https://cpc.ccone.net\"\n"), @r#"
    error[CF004]: `package.approve_sites` is text, but must be a list of sites: `["https://…"]`.
     --> provision.toml:4:17
      |
    4 | approve_sites = "https://cpc.ccone.net"
      |                 ^^^^^^^^^^^^^^^^^^^^^^^ this is text
    "#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\ndefinition = \"2025-11\"\n"), @r#"
    error[CF005]: There is no built-in definition `2025-11`.
     --> provision.toml:5:14
      |
    5 | definition = "2025-11"
      |              ^^^^^^^^^
      |
      = help: Did you mean `2024-11`?
      = help: Allowed here: `2024-11`, `2026-04`.
      = help: A definition file is named by its path: "./definition.xml".
    "#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\nuse_api = false\n"), @"
    error[CF005]: `call_center.use_api` is fixed: the connector works with `true` only.
     --> provision.toml:5:11
      |
    5 | use_api = false
      |           ^^^^^
      |
      = help: Remove it.
    ");
    insta::assert_snapshot!(wrong_after_head("[users]\nprofiles = [\"\"]\nwhere = \"a\\u0000\"\n"), @r#"
    error[CF005]: `users.profiles[0]` is empty, but must be text.
     --> provision.toml:5:13
      |
    5 | profiles = [""]
      |             ^^

    error[CF005]: `users.where` has a line break or another control character, but must be a SOQL
                  condition: "Department = 'Support'".
     --> provision.toml:6:9
      |
    6 | where = "a\u0000"
      |         ^^^^^^^^^
    "#);
}

#[test]
fn package_versions_that_are_none_are_told() {
    let with = |version: &str| {
        wrong(&format!("data_center = \"us1\"\n[package]\nversion = \"{version}\"\n"))
    };
    insta::assert_snapshot!(with("0335f000000WxCcAAK"), @r#"
    error[CF005]: `package.version` is the id of a package, not of one of its versions:
                  `0335f000000WxCcAAK`.
     --> provision.toml:3:11
      |
    3 | version = "0335f000000WxCcAAK"
      |           ^^^^^^^^^^^^^^^^^^^^
      |
      = help: Copy the package's install link, or the id in it that begins with 04t. An org that has the
              package shows it too.
    "#);
    insta::assert_snapshot!(with("04t5f"), @r#"
    error[CF005]: `package.version` is not a whole package version id, which has 15 or 18 letters and
                  digits: `04t5f`.
     --> provision.toml:3:11
      |
    3 | version = "04t5f"
      |           ^^^^^^^
      |
      = help: Copy the package's install link, or the id in it that begins with 04t. An org that has the
              package shows it too.
    "#);
    insta::assert_snapshot!(with("1.9"), @r#"
    error[CF005]: `package.version` is not the id of a package version, which begins with 04t and has 15
                  or 18 letters and digits: `1.9`.
     --> provision.toml:3:11
      |
    3 | version = "1.9"
      |           ^^^^^
      |
      = help: Copy the package's install link, or the id in it that begins with 04t. An org that has the
              package shows it too.
    "#);
    insta::assert_snapshot!(with("https://appexchange.salesforce.com/appxListingDetail?listingId=a0N30000008YM3bEAG"), @r#"
    error[CF005]: `package.version` is an address without the id of a package version:
                  `https://appexchange.salesforce.com/appxListingDetail?listingId=a0N30000008YM3bEAG`.
     --> provision.toml:3:11
      |
    3 | version = "https://appexchange.salesforce.com/appxListingDetail?listingId=a0N30000008YM3bEAG"
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: Copy the package's install link, or the id in it that begins with 04t. An org that has the
              package shows it too.
    "#);
}

#[test]
fn a_call_center_can_have_another_internal_name() {
    let named = |name: &str| {
        let text = format!(
            "data_center = \"us1\"\n[package]\nversion = \"04tHp000000wXcZIAU\"\n[call_center]\n\
             internal_name = {name:?}\n"
        );
        let read = |_: &str| Err(ErrorKind::NotFound.into());
        load(&text, "provision.toml", None, &read)
    };
    let loaded = named(" WebexCCAgentDesktopV202412 ").unwrap();
    let definition = &loaded.desired.connectors[0].call_center.definition;
    assert_eq!(definition.call_center.internal_name, "WebexCCAgentDesktopV202412");
    assert_eq!(definition.name, "2024-11");
    for wrong in ["9lives", "has blank", "a-b", ""] {
        assert!(named(wrong).is_err(), "{wrong}");
    }
}
