//! Keys that are missing, unknown, later work, or said twice.

use super::*;

#[test]
fn what_is_missing_is_told() {
    insta::assert_snapshot!(wrong(""), @r#"
    error[CF006]: `data_center` is missing: it is where your Webex Contact Center tenant is.
    --> provision.toml
     = help: Allowed here: `us1`, `eu1`, `eu2`, `anz1`, `ca1`, `jp1`, `sg1`, `in1`.
     = help: For example: data_center = "us1"

    error[CF006]: `package.version` is missing: it is the version of the package to install.
    --> provision.toml
     = help: Copy the package's install link, or the id in it that begins with 04t. An org that has the
             package shows it too.
    "#);
}

#[test]
fn what_is_not_toml_is_told() {
    insta::assert_snapshot!(wrong("data_center = us1\n"), @"
    error[CF001]: This is not TOML: string values must be quoted, expected literal string.
     --> provision.toml:1:15
      |
    1 | data_center = us1
      |               ^^^
    ");
    insta::assert_snapshot!(wrong("[package\nversion = \"04t\n"), @"
    error[CF001]: This is not TOML: unclosed table, expected `]`.
     --> provision.toml:1:9
      |
    1 | [package
      |         ^
    ");
    insta::assert_snapshot!(wrong("a = 1\na = 2\n"), @"
    error[CF001]: This is not TOML: duplicate key.
     --> provision.toml:2:1
      |
    2 | a = 2
      | ^
    ");
}

#[test]
fn unknown_keys_are_told_with_the_nearest_right_one() {
    insta::assert_snapshot!(wrong_after_head("[user]\nprofiles = []\n"), @"
    error[CF002]: The configuration has no key `user`.
     --> provision.toml:4:2
      |
    4 | [user]
      |  ^^^^
      |
      = help: Did you mean `users`?
      = help: Allowed here: `recipe`, `data_center`, `package`, `call_center`, `users`,
              `softphone_layout`, `task_layout`, `custom_metadata`, `omni_sync`, `agent_access`,
              `permission_sets`, `webex`, `recipe_overrides`, `uninstall`, `confirmed`, `orgs`.
    ");
    insta::assert_snapshot!(wrong_after_head("[users]\nprofile = []\n"), @"
    error[CF002]: `users` has no key `profile`.
     --> provision.toml:5:1
      |
    5 | profile = []
      | ^^^^^^^
      |
      = help: Did you mean `profiles`?
      = help: Allowed here: `profiles`, `usernames`, `permission_sets`, `where`, `on_conflict`.
    ");
    insta::assert_snapshot!(wrong_after_head("installation_key = \"x\"\n"), @r#"
    error[CF002]: `package.installation_key` looks like a secret, which must not be in a configuration.
     --> provision.toml:4:1
      |
    4 | installation_key = "x"
      | ^^^^^^^^^^^^^^^^
      |
      = help: Set the environment variable PROVISION_INSTALLATION_KEY to the package's installation key.
    "#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\nheight = 600\n"), @"
    error[CF002]: The call center has no setting `height`.
     --> provision.toml:5:1
      |
    5 | height = 600
      | ^^^^^^
      |
      = help: Did you mean `softphone.height`?
      = help: Allowed here: `definition`, `internal_name`, `display_name`, `values`, `adapter_url`,
              `use_api`, `softphone`, `screen_pop`, `no_match`, `activity`, `case`, `outdial`,
              `omni_sync`.
    ");
    insta::assert_snapshot!(wrong_after_head("[call_center.softphone]\nhieght = 600\n"), @"
    error[CF002]: The call center has no setting `softphone.hieght`.
     --> provision.toml:5:1
      |
    5 | hieght = 600
      | ^^^^^^
      |
      = help: Did you mean `softphone.height`?
      = help: Allowed here: `softphone.height`, `softphone.width`, `softphone.compatibility_mode`.
    ");
    insta::assert_snapshot!(wrong_after_head("[call_center.softphne]\nheight = 600\n"), @"
    error[CF002]: The call center has no setting `softphne`.
     --> provision.toml:4:14
      |
    4 | [call_center.softphne]
      |              ^^^^^^^^
      |
      = help: Did you mean `softphone`?
      = help: Allowed here: `definition`, `internal_name`, `display_name`, `values`, `adapter_url`,
              `use_api`, `softphone`, `screen_pop`, `no_match`, `activity`, `case`, `outdial`,
              `omni_sync`.
    ");
    let text = wrong_after_head("[call_center.values]\nreqSoftphoneHeight = 600\n");
    insta::assert_snapshot!(text, @"
    error[CF003]: The definition `2024-11` has no item `reqSoftphoneHeight`.
     --> provision.toml:5:1
      |
    5 | reqSoftphoneHeight = 600
      | ^^^^^^^^^^^^^^^^^^
      |
      = help: Did you mean `reqGeneralInfo/reqSoftphoneHeight`?
      = help: Keys here are `section/item` in quotation marks, as in the definition file.
    ");
}

#[test]
fn later_work_is_told() {
    insta::assert_snapshot!(wrong_after_head("[uninstall]\nname = \"Webex\"\n"), @r#"
    error[CF002]: `uninstall` has no key `name`.
     --> provision.toml:5:1
      |
    5 | name = "Webex"
      | ^^^^
      |
      = help: Allowed here: `fallback_layout`.
    "#);
}

#[test]
fn two_sources_are_told() {
    let text = wrong_after_head(
        "[call_center.softphone]\nheight = 600\n[call_center.values]\n\"reqGeneralInfo/reqSoftphoneHeight\" = \"700\"\n",
    );
    insta::assert_snapshot!(text, @r#"
    error[CF007]: `call_center.softphone.height` and
                  `call_center.values."reqGeneralInfo/reqSoftphoneHeight"` set the same item of the call
                  center, reqGeneralInfo/reqSoftphoneHeight.
     --> provision.toml:7:1
      |
    5 | height = 600
      | ------ and here
    6 | [call_center.values]
    7 | "reqGeneralInfo/reqSoftphoneHeight" = "700"
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ set here
      |
      = help: Keep one of the two.
    "#);
    let text = wrong_after_head(
        "[[call_center.activity.mappings]]\nfield = \"Status\"\nSalesforceFieldName = \"Status\"\n[[call_center.activity.mappings]]\nvariable = \"x\"\ncolour = \"red\"\n[[call_center.activity.mappings]]\nvariable = \"x\"\n",
    );
    insta::assert_snapshot!(text, @r#"
    error[CF007]: `field` and `SalesforceFieldName` are two names of the same key.
     --> provision.toml:5:1
      |
    5 | field = "Status"
      | ^^^^^
      |
      = help: Keep one of the two.

    error[CF002]: `call_center.activity.mappings[1]` has no key `colour`.
     --> provision.toml:9:1
      |
    9 | colour = "red"
      | ^^^^^^
      |
      = help: Allowed here: `variable`, `field`, `is_constant`, `constant`.

    error[CF006]: This row of a mapping has no `field`.
      --> provision.toml:11:1
       |
    11 | variable = "x"
       | ^^^^^^^^
    "#);
}

#[test]
fn settings_that_the_chosen_definition_lacks_are_told() {
    let text =
        wrong_after_head("[call_center]\ndefinition = \"small.xml\"\nomni_sync.enabled = true\n");
    insta::assert_snapshot!(text, @"
    error[CF003]: The definition `small.xml` has no setting `omni_sync.enabled`.
     --> provision.toml:6:11
      |
    6 | omni_sync.enabled = true
      |           ^^^^^^^
      |
      = help: Other versions have it: choose one of them with `call_center.definition`, or remove the
              setting.
    ");
}

#[test]
fn definition_files_that_cannot_be_used_are_told() {
    insta::assert_snapshot!(wrong_after_head("[call_center]\ndefinition = \"page.xml\"\n"), @r#"
    error[CF009]: The definition `page.xml` cannot be used. This is an HTML page, not a call center
                  definition.
     --> provision.toml:5:14
      |
    5 | definition = "page.xml"
      |              ^^^^^^^^^^
      |
      = help: Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download
              raw file".
    "#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\ndefinition = \"broken.xml\"\n"), @r#"
    error[CF009]: The definition `broken.xml` cannot be used. This is not well-formed XML: expected
                  'section' tag, not 'callCenter' at 3:1.
     --> provision.toml:5:14
      |
    5 | definition = "broken.xml"
      |              ^^^^^^^^^^^^
      |
     ::: broken.xml:3:1
      |
    3 | </callCenter>
      | ^^^^^^^^^^^^^
      |
      = help: Download the file anew, or mend this place.
    "#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\ndefinition = \"gone.xml\"\n"), @r#"
    error[CF009]: The definition `gone.xml` cannot be read: no such file.
     --> provision.toml:5:14
      |
    5 | definition = "gone.xml"
      |              ^^^^^^^^^^
      |
      = help: Allowed here: `2024-11`, `2026-04`.
      = help: Paths are relative to the folder of the configuration.
    "#);
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_file() {
    let errors = load(
        "recipe = \"x\"\nfoo = 1\ndata_center = 5\n[users]\nbar = 1\n",
        "provision.toml",
        None,
        &read,
    )
    .unwrap_err();
    insta::assert_snapshot!(errors.to_string(), @r#"
    provision.toml:1:10: CF005: `recipe` cannot be `x`.
    provision.toml:2:1: CF002: The configuration has no key `foo`.
    provision.toml:3:15: CF004: `data_center` is a whole number, but must be the name of a data centre: "us1".
    provision.toml:5:1: CF002: `users` has no key `bar`.
    provision.toml:1:1: CF006: `package.version` is missing: it is the version of the package to install.
    "#);
}

/// Whoever such a condition chooses would be assigned by one run and taken out by the next.
#[test]
fn a_condition_may_not_look_at_what_every_run_changes() {
    for condition in ["CallCenterId = null", "callcenterid != null AND IsActive = true"] {
        let told = wrong_after_head(&format!("[users]\nwhere = {condition:?}\n"));
        assert!(told.contains("looks at CallCenterId, which every run changes"), "{told}");
    }
    // Another field's name may hold it, and so may a text.
    for condition in ["Old_CallCenterId__c = '7'", r"Title = 'O\'CallCenterId = 1'"] {
        let loaded = after_head(&format!("[users]\nwhere = {}\n", serde_json::json!(condition)));
        assert_eq!(loaded.desired.connectors[0].users.condition.as_deref(), Some(condition));
    }
}
