//! Configurations that are right, and every way in which they are wrong, read aloud.

use proptest::prelude::*;

use super::*;
use crate::model::{
    Approval, Audience, Finding, ItemKey, OnConflict, RecordTypeChoice, Severity, UserSelection,
};

const HEAD: &str = r#"data_center = "eu1"
[package]
version = "04t5f000000WxCcAAK"
"#;

/// A definition file with one item that the data files know and one that nobody knows.
const SMALL_FILE: &str = r#"<callCenter>
  <section sortOrder="0" name="reqGeneralInfo" label="General">
    <item sortOrder="0" name="reqInternalName" label="Internal Name">WebexCCAgentDesktopV20300101</item>
    <item sortOrder="1" name="reqDisplayName" label="Display Name">Future</item>
    <item sortOrder="2" name="reqAdapterUrl" label="URL">https://desktop.wxcc-us1.cisco.com</item>
    <item sortOrder="3" name="reqSoftphoneHeight" label="Height">550</item>
  </section>
  <section sortOrder="1" name="futureSection" label="Future">
    <item sortOrder="0" name="futureItem" label="Future">1</item>
  </section>
</callCenter>"#;

fn read(name: &str) -> io::Result<Vec<u8>> {
    match name {
        "small.xml" => Ok(SMALL_FILE.into()),
        "page.xml" => Ok(b"<!DOCTYPE html><html></html>".to_vec()),
        "broken.xml" => Ok(b"<callCenter>\n  <section name=\"a\">\n</callCenter>".to_vec()),
        _ => Err(io::Error::new(io::ErrorKind::NotFound, "no such file")),
    }
}

fn good(text: &str, org: Option<&str>) -> Loaded {
    load(text, "provision.toml", org, &read)
        .unwrap_or_else(|errors| panic!("{}", errors.render(Style::default())))
}

fn after_head(text: &str) -> Loaded {
    good(&format!("{HEAD}{text}"), None)
}

fn wrong(text: &str) -> String {
    load(text, "provision.toml", None, &read)
        .expect_err("mistakes")
        .render(Style::default())
}

fn wrong_after_head(text: &str) -> String {
    wrong(&format!("{HEAD}{text}"))
}

fn value<'a>(loaded: &'a Loaded, key: &str) -> &'a str {
    let wish = &loaded.desired.call_center;
    let item = &wish.definition.setting(key).unwrap().item;
    wish.values
        .get(item)
        .map_or("(not configured)", |wanted| &wanted.value)
}

#[test]
fn the_demo_configuration_is_right() {
    let loaded = good(built_in_demo(), Some("demo"));
    assert_eq!(loaded.warnings, []);
    assert_eq!(value(&loaded, "softphone.height"), "600");
}

#[test]
fn little_is_needed() {
    let loaded = after_head("");
    let desired = &loaded.desired;
    assert_eq!(desired.recipe.name, "webex-v1");
    assert_eq!(desired.region.name, "eu1");
    assert_eq!(desired.package.audience, Audience::AllUsers);
    assert_eq!(desired.package.sites, Approval::None);
    assert_eq!(desired.call_center.definition.name, "2024-11");
    assert_eq!(desired.users, UserSelection::default());
    assert_eq!(desired.task_layout.record_types, RecordTypeChoice::All);
    // The data centre is what the call center follows.
    assert_eq!(
        value(&loaded, "adapter_url"),
        "https://desktop.wxcc-eu1.cisco.com/"
    );
    let key = ItemKey::new("reqGeneralInfo", "reqAdapterUrl");
    assert_eq!(desired.call_center.values[&key].asked_by, "data_center");
    assert_eq!(desired.call_center.values.len(), 1);
}

#[test]
fn everything_is_read() {
    let loaded = good(
        r#"
recipe = "webex-v1"
data_center = "us1"
[package]
version = "https://login.salesforce.com/packaging/installPackage.apexp?p0=04t5f000000WxCcAAK"
install_for = { profiles = ["Agent"] }
approve_sites = ["https://cpc.ccone.net"]
[call_center]
definition = "2024-11"
display_name = " Our Desk "
[call_center.softphone]
height = 600
[call_center.screen_pop]
advanced = true
cad_variable = "AccountNumber"
remove_ani_prefixes = ["+1", "+49"]
[call_center.values]
"reqSFDCCaseConfig/isCaseCreationEnabledForInboundCalls" = true
"reqOutDialConfig/reqPrefixStringTobeRemoved" = ""
[[call_center.activity.mappings]]
field = "Language__c"
variable = "Language"
[[call_center.activity.mappings]]
field = "Status"
constant = "Completed"
[[call_center.no_match.mappings]]
sfdcFieldName = "Phone"
wxccFieldName = "ani"
conditional = true
[[call_center.no_match.conditional_mappings]]
variable = "ani"
equals = "x"
value = "y"
[users]
profiles = ["Agent"]
usernames = ["ada@example.com"]
permission_sets = ["Voice"]
where = "Department = 'Support'"
on_conflict = "move"
[task_layout]
profiles = ["Agent"]
record_types = ["Call"]
"#,
        None,
    );
    let desired = &loaded.desired;
    assert_eq!(desired.package.version.as_str(), "04t5f000000WxCcAAK");
    assert_eq!(
        desired.package.audience,
        Audience::Profiles(vec!["Agent".to_owned()])
    );
    assert_eq!(
        desired.package.sites,
        Approval::Sites(vec!["https://cpc.ccone.net".to_owned()])
    );
    assert_eq!(
        desired.call_center.display_name.as_deref(),
        Some("Our Desk")
    );
    for (key, expected) in [
        ("softphone.height", "600"),
        ("screen_pop.advanced", "true"),
        ("screen_pop.remove_ani_prefixes", "+1,+49"),
        ("case.create_inbound", "true"),
        ("outdial.remove_prefixes", ""),
        (
            "activity.mappings",
            r#"[{"CadFieldName":"Language","SalesforceFieldName":"Language__c","isDefaultValueEnabled":false,"defaultFieldValue":""},{"CadFieldName":"","SalesforceFieldName":"Status","isDefaultValueEnabled":true,"defaultFieldValue":"Completed"}]"#,
        ),
        (
            "no_match.mappings",
            r#"[{"wxccFieldName":"ani","sfdcFieldName":"Phone","isDefaultValueEnabled":"false","isConditionalEnabled":"true"}]"#,
        ),
        (
            "no_match.conditional_mappings",
            r#"[{"wxccFieldName":"ani","wxccFieldValue":"x","sfdcFieldValue":"y"}]"#,
        ),
        ("omni_sync.enabled", "(not configured)"),
    ] {
        assert_eq!(value(&loaded, key), expected, "{key}");
    }
    assert_eq!(desired.users.on_conflict, OnConflict::Move);
    assert_eq!(
        desired.task_layout.record_types,
        RecordTypeChoice::Named(vec!["Call".to_owned()])
    );
}

#[test]
fn json_text_is_brought_into_order_or_kept() {
    let loaded = after_head(
        r#"[call_center.activity]
mappings = '''[ { "SalesforceFieldName": "Status", "CadFieldName": "s",
  "defaultFieldValue": "", "isDefaultValueEnabled": false } ]'''
[call_center.case]
mappings = '[{"CadFieldName":"s"}]'
"#,
    );
    assert_eq!(
        value(&loaded, "activity.mappings"),
        r#"[{"CadFieldName":"s","SalesforceFieldName":"Status","isDefaultValueEnabled":false,"defaultFieldValue":""}]"#
    );
    // What does not fit its shape is for the rules to judge.
    assert_eq!(value(&loaded, "case.mappings"), r#"[{"CadFieldName":"s"}]"#);
}

const ORGS: &str = r#"data_center = "us1"
[package]
version = "04t5f000000WxCcAAK"
[call_center.softphone]
height = 600
[users]
profiles = ["Agent", "Lead"]
[orgs.sandbox]
login = "https://test.salesforce.com"
[orgs.production]
protected = true
data_center = "eu1"
call_center.softphone.height = 700
users.profiles = ["Agent"]
"#;

#[test]
fn an_orgs_table_is_laid_over_the_rest() {
    let sandbox = good(ORGS, Some("sandbox"));
    assert!(!sandbox.protected);
    assert_eq!(
        sandbox.login.as_deref(),
        Some("https://test.salesforce.com")
    );
    assert_eq!(value(&sandbox, "softphone.height"), "600");
    let production = good(ORGS, Some("production"));
    assert!(production.protected);
    assert_eq!(production.desired.region.name, "eu1");
    assert_eq!(production.desired.users.profiles, ["Agent"]);
    assert_eq!(value(&production, "softphone.height"), "700");
    let origin = &production.origins[&ItemKey::new("reqGeneralInfo", "reqSoftphoneHeight")];
    assert_eq!(origin.path, "orgs.production.call_center.softphone.height");
    assert_ne!(sandbox.hash, production.hash);
    assert_eq!(sandbox.hash, good(ORGS, None).hash);
    let misspelt = good(ORGS, Some("prodcution"));
    insta::assert_snapshot!(misspelt.render_warnings(Style::default()), @r"
warning: The org `prodcution` has no table of its own here, but `production` has one.
  --> provision.toml:10:7
   |
10 | [orgs.production]
   |       ^^^^^^^^^^ not used in this run
   |
   = help: If the alias was misspelt, correct it: this run uses the general values.
");
}

#[test]
fn other_orgs_are_checked_too() {
    let text = format!("{HEAD}[orgs.a]\ndata_center = \"us11\"\n[orgs.b]\npackage.version = 4\n");
    let errors = load(&text, "provision.toml", Some("a"), &read).unwrap_err();
    let paths: Vec<_> = errors
        .mistakes
        .iter()
        .map(|mistake| mistake.path.as_str())
        .collect();
    assert_eq!(paths, ["orgs.a.data_center", "orgs.b.package.version"]);
}

#[test]
fn what_one_org_alone_says_need_not_be_said_for_all() {
    let text = "data_center = \"us1\"\n[orgs.a]\npackage.version = \"04t5f000000WxCcAAK\"\n";
    assert!(load(text, "provision.toml", Some("a"), &read).is_ok());
    assert!(load(text, "provision.toml", None, &read).is_err());
}

#[test]
fn equal_wishes_have_equal_hashes() {
    let one = after_head("[users]\nprofiles = [\"A\"]\n");
    let two = after_head("# a comment\n[users]\nprofiles = [ 'A' ]\non_conflict = \"refuse\"\n");
    assert_eq!(one.hash, two.hash);
    assert_ne!(one.hash, after_head("").hash);
    // Stored plans compare it: it must not change between builds.
    insta::assert_snapshot!(after_head("").hash, @"c654cc4f5903bd40");
}

#[test]
fn a_definition_may_come_from_a_file() {
    let loaded = after_head(
        "[call_center]\ndefinition = \"small.xml\"\nsoftphone.height = 600\n[call_center.values]\n\
         \"futureSection/futureItem\" = 2\n",
    );
    let key = ItemKey::new("futureSection", "futureItem");
    assert_eq!(loaded.desired.call_center.values[&key].value, "2");
    // The address follows the slash of the definition's own.
    assert_eq!(
        value(&loaded, "adapter_url"),
        "https://desktop.wxcc-eu1.cisco.com"
    );
    let finding = Finding {
        rule: "CC000",
        severity: Severity::Info,
        at: Some(ItemKey::new("reqGeneralInfo", "reqInternalName")),
        message: "Look here.".to_owned(),
        help: None,
    };
    let (file, place) = loaded.place_of(&finding).unwrap();
    assert_eq!((file, place.line), ("small.xml", 3));
    insta::assert_snapshot!(loaded.render_finding(&finding, Style::default()), @r#"
info: CC000: Look here.
 --> small.xml:3:5
  |
3 |     <item sortOrder="0" name="reqInternalName" label="Internal Name">WebexCCAgentDesktopV20300101</item>
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
"#);
}

#[test]
fn findings_point_at_the_configuration() {
    let loaded =
        after_head("[call_center.softphone]\nwidth = 300\n[users]\nprofiles = [\"Agnet\"]\n");
    let finding = Finding {
        rule: "CC005",
        severity: Severity::Error,
        at: Some(ItemKey::new("reqGeneralInfo", "reqSoftphoneWidth")),
        message: "The softphone is too narrow.".to_owned(),
        help: Some("Write 500 or more.".to_owned()),
    };
    insta::assert_snapshot!(loaded.render_finding(&finding, Style::default()), @r"
error: CC005: The softphone is too narrow.
 --> provision.toml:5:9
  |
5 | width = 300
  |         ^^^
  |
  = help: Write 500 or more.
");
    insta::assert_snapshot!(
        loaded.render_at("users.profiles[0]", "The org has no profile `Agnet`.", None, Style::default()),
        @r#"
error: The org has no profile `Agnet`.
 --> provision.toml:7:13
  |
7 | profiles = ["Agnet"]
  |             ^^^^^^^
"#
    );
    let nowhere = Finding {
        at: None,
        ..finding
    };
    insta::assert_snapshot!(loaded.render_finding(&nowhere, Style::default()), @r"
error: CC005: The softphone is too narrow.
--> provision.toml
 = help: Write 500 or more.
");
}

#[test]
fn what_is_missing_is_told() {
    insta::assert_snapshot!(wrong(""), @r#"
error: `data_center` is missing: it says where the Webex Contact Center tenant is.
--> provision.toml
 = help: Allowed here: `us1`, `eu1`, `eu2`, `anz1`, `ca1`, `jp1`, `sg1`, `in1`.
 = help: Write for example: data_center = "us1"

error: `package.version` is missing: it says which version of the package is to be installed.
--> provision.toml
 = help: Copy the id that begins with 04t, or the whole installation address, from the AppExchange listing or from an org that has the package.
"#);
}

#[test]
fn what_is_not_toml_is_told() {
    insta::assert_snapshot!(wrong("data_center = us1\n"), @r"
error: This is not TOML: string values must be quoted, expected literal string.
 --> provision.toml:1:15
  |
1 | data_center = us1
  |               ^^^
");
    insta::assert_snapshot!(wrong("[package\nversion = \"04t\n"), @r"
error: This is not TOML: unclosed table, expected `]`.
 --> provision.toml:1:9
  |
1 | [package
  |         ^
");
    insta::assert_snapshot!(wrong("a = 1\na = 2\n"), @r"
error: This is not TOML: duplicate key.
 --> provision.toml:2:1
  |
2 | a = 2
  | ^
");
}

#[test]
fn unknown_keys_are_told_with_the_nearest_right_one() {
    insta::assert_snapshot!(wrong_after_head("[user]\nprofiles = []\n"), @r"
error: The configuration has no key `user`.
 --> provision.toml:4:2
  |
4 | [user]
  |  ^^^^
  |
  = help: Did you mean `users`?
  = help: Allowed here: `recipe`, `data_center`, `package`, `call_center`, `users`, `task_layout`, `orgs`.
");
    insta::assert_snapshot!(wrong_after_head("[users]\nprofile = []\n"), @r"
error: `users` has no key `profile`.
 --> provision.toml:5:1
  |
5 | profile = []
  | ^^^^^^^
  |
  = help: Did you mean `profiles`?
  = help: Allowed here: `profiles`, `usernames`, `permission_sets`, `where`, `on_conflict`.
");
    insta::assert_snapshot!(wrong_after_head("installation_key = \"x\"\n"), @r#"
error: `package.installation_key` looks like a secret, which a configuration never holds.
 --> provision.toml:4:1
  |
4 | installation_key = "x"
  | ^^^^^^^^^^^^^^^^
  |
  = help: Put the package's installation key into the environment variable PROVISION_INSTALLATION_KEY.
"#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\nheight = 600\n"), @r"
error: The call center has no setting `height`.
 --> provision.toml:5:1
  |
5 | height = 600
  | ^^^^^^
  |
  = help: Did you mean `softphone.height`?
  = help: Allowed here: `definition`, `display_name`, `values`, `adapter_url`, `use_api`, `softphone`, `screen_pop`, `no_match`, `activity`, `case`, `outdial`, `omni_sync`.
");
    insta::assert_snapshot!(wrong_after_head("[call_center.softphone]\nhieght = 600\n"), @r"
error: The call center has no setting `softphone.hieght`.
 --> provision.toml:5:1
  |
5 | hieght = 600
  | ^^^^^^
  |
  = help: Did you mean `softphone.height`?
  = help: Allowed here: `softphone.height`, `softphone.width`, `softphone.compatibility_mode`.
");
    insta::assert_snapshot!(
            wrong_after_head("[call_center.values]\nreqSoftphoneHeight = 600\n"),
            @r"
error: The definition `2024-11` has no item `reqSoftphoneHeight`.
 --> provision.toml:5:1
  |
5 | reqSoftphoneHeight = 600
  | ^^^^^^^^^^^^^^^^^^
  |
  = help: Did you mean `reqGeneralInfo/reqSoftphoneHeight`?
  = help: Keys here are `section/item` in quotation marks, as in the definition file.
"
        );
}

#[test]
fn later_work_is_told() {
    insta::assert_snapshot!(wrong_after_head("[softphone_layout]\nname = \"Webex\"\n"), @r"
error: `softphone_layout` is not supported yet.
 --> provision.toml:4:2
  |
4 | [softphone_layout]
  |  ^^^^^^^^^^^^^^^^
  |
  = help: Allowed here: `recipe`, `data_center`, `package`, `call_center`, `users`, `task_layout`, `orgs`.
  = help: Remove it, or do this part by hand for now.
");
    insta::assert_snapshot!(wrong_after_head("upgrade = \"clean\"\n"), @r#"
error: `package.upgrade` is not supported yet.
 --> provision.toml:4:1
  |
4 | upgrade = "clean"
  | ^^^^^^^
  |
  = help: Remove it: an org that has an older version of the package is refused for now.
"#);
    insta::assert_snapshot!(wrong(&format!("recipe = \"webex-v2\"\n{HEAD}")), @r#"
error: The recipe `webex-v2` is not supported yet.
 --> provision.toml:1:10
  |
1 | recipe = "webex-v2"
  |          ^^^^^^^^^^
  |
  = help: Allowed here: `webex-v1`.
"#);
}

#[test]
fn wrong_types_are_told() {
    insta::assert_snapshot!(wrong_after_head("[users]\nprofiles = \"Agent\"\nusernames = [1]\n"), @r#"
error: `users.profiles` is a text, but must be a list of profiles: `["Contact Center Agent"]`.
 --> provision.toml:5:12
  |
5 | profiles = "Agent"
  |            ^^^^^^^ this is a text

error: `users.usernames[0]` is a whole number, but must be a text.
 --> provision.toml:6:14
  |
6 | usernames = [1]
  |              ^ this is a whole number
"#);
    insta::assert_snapshot!(
        wrong_after_head("[call_center]\nsoftphone.height = \"600\"\nscreen_pop.advanced = 1\nsoftphone.width = 5.5\n"),
        @r#"
error: `call_center.softphone.height` is a text, but must be a whole number, without quotation marks.
 --> provision.toml:5:20
  |
5 | softphone.height = "600"
  |                    ^^^^^ this is a text

error: `call_center.screen_pop.advanced` is a whole number, but must be `true` or `false`, without quotation marks.
 --> provision.toml:6:23
  |
6 | screen_pop.advanced = 1
  |                       ^ this is a whole number

error: `call_center.softphone.width` is a number with a fraction, but must be a whole number, without quotation marks.
 --> provision.toml:7:19
  |
7 | softphone.width = 5.5
  |                   ^^^ this is a number with a fraction
"#
    );
    insta::assert_snapshot!(wrong_after_head("[call_center]\nsoftphone = 600\n"), @r"
error: `call_center.softphone` is a whole number, but must be a table of settings: `[call_center.softphone]`.
 --> provision.toml:5:13
  |
5 | softphone = 600
  |             ^^^ this is a whole number
");
    insta::assert_snapshot!(wrong_after_head("[call_center]\nactivity.mappings = [\"x\"]\n"), @r#"
error: `call_center.activity.mappings[0]` is a text, but rows of a mapping are tables.
 --> provision.toml:5:22
  |
5 | activity.mappings = ["x"]
  |                      ^^^ this is a text
  |
  = help: Write for example: { variable = "queueName", field = "Queue__c" }
"#);
    insta::assert_snapshot!(wrong_after_head("[call_center.values]\n\"reqGeneralInfo/reqUseApi\" = []\n"), @r#"
error: `call_center.values."reqGeneralInfo/reqUseApi"` is a list, but raw values are texts.
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
error: `data_center` is `us2`, which it cannot be.
 --> provision.toml:1:15
  |
1 | data_center = "us2"
  |               ^^^^^
  |
  = help: Did you mean `us1`?
  = help: Allowed here: `us1`, `eu1`, `eu2`, `anz1`, `ca1`, `jp1`, `sg1`, `in1`.
"#);
    insta::assert_snapshot!(wrong_after_head("install_for = \"all_users\"\n"), @r#"
error: `package.install_for` is `all_users`, which it cannot be.
 --> provision.toml:4:15
  |
4 | install_for = "all_users"
  |               ^^^^^^^^^^^
  |
  = help: Did you mean `all-users`?
  = help: Allowed here: `admins`, `all-users`.
"#);
    insta::assert_snapshot!(wrong_after_head("approve_sites = \"https://cpc.ccone.net\"\n"), @r#"
error: `package.approve_sites` is a text, but must be a list of sites: `["https://…"]`.
 --> provision.toml:4:17
  |
4 | approve_sites = "https://cpc.ccone.net"
  |                 ^^^^^^^^^^^^^^^^^^^^^^^ this is a text
"#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\ndefinition = \"2025-11\"\n"), @r#"
error: There is no built-in definition `2025-11`.
 --> provision.toml:5:14
  |
5 | definition = "2025-11"
  |              ^^^^^^^^^
  |
  = help: Did you mean `2024-11`?
  = help: Allowed here: `2024-11`.
  = help: A definition file is named by its path: "./definition.xml".
"#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\nuse_api = false\n"), @r"
error: `call_center.use_api` is fixed: the connector works with `true` only.
 --> provision.toml:5:11
  |
5 | use_api = false
  |           ^^^^^
  |
  = help: Remove it.
");
    insta::assert_snapshot!(wrong_after_head("[users]\nprofiles = [\"\"]\nwhere = \"a\\u0000\"\n"), @r#"
error: `users.profiles[0]` is empty, but must be a text.
 --> provision.toml:5:13
  |
5 | profiles = [""]
  |             ^^

error: `users.where` has a line break or another control character, but must be a SOQL condition: "Department = 'Support'".
 --> provision.toml:6:9
  |
6 | where = "a\u0000"
  |         ^^^^^^^^^
"#);
}

#[test]
fn package_versions_that_are_none_are_told() {
    let with = |version: &str| {
        wrong(&format!(
            "data_center = \"us1\"\n[package]\nversion = \"{version}\"\n"
        ))
    };
    insta::assert_snapshot!(with("0335f000000WxCcAAK"), @r#"
error: `package.version` is the id of a package, not of one of its versions: `0335f000000WxCcAAK`.
 --> provision.toml:3:11
  |
3 | version = "0335f000000WxCcAAK"
  |           ^^^^^^^^^^^^^^^^^^^^
  |
  = help: Copy the id that begins with 04t, or the whole installation address, from the AppExchange listing or from an org that has the package.
"#);
    insta::assert_snapshot!(with("04t5f"), @r#"
error: `package.version` has the beginning of a package version's id, but not 15 or 18 letters and digits: `04t5f`.
 --> provision.toml:3:11
  |
3 | version = "04t5f"
  |           ^^^^^^^
  |
  = help: Copy the id that begins with 04t, or the whole installation address, from the AppExchange listing or from an org that has the package.
"#);
    insta::assert_snapshot!(with("1.9"), @r#"
error: `package.version` is not the id of a package version, which begins with 04t and has 15 or 18 letters and digits: `1.9`.
 --> provision.toml:3:11
  |
3 | version = "1.9"
  |           ^^^^^
  |
  = help: Copy the id that begins with 04t, or the whole installation address, from the AppExchange listing or from an org that has the package.
"#);
    insta::assert_snapshot!(with("https://appexchange.salesforce.com/appxListingDetail?listingId=a0N30000008YM3bEAG"), @r#"
error: `package.version` is an address without the id of a package version: `https://appexchange.salesforce.com/appxListingDetail?listing…`.
 --> provision.toml:3:11
  |
3 | version = "https://appexchange.salesforce.com/appxListingDetail?listingId=a0N30000008YM3bEAG"
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: Copy the id that begins with 04t, or the whole installation address, from the AppExchange listing or from an org that has the package.
"#);
}

#[test]
fn two_sources_are_told() {
    insta::assert_snapshot!(
        wrong_after_head("[call_center.softphone]\nheight = 600\n[call_center.values]\n\"reqGeneralInfo/reqSoftphoneHeight\" = \"700\"\n"),
        @r#"
error: `call_center.softphone.height` and `call_center.values."reqGeneralInfo/reqSoftphoneHeight"` set the same item of the call center, reqGeneralInfo/reqSoftphoneHeight.
 --> provision.toml:7:1
  |
5 | height = 600
  | ------ and here
6 | [call_center.values]
7 | "reqGeneralInfo/reqSoftphoneHeight" = "700"
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ set here
  |
  = help: Keep one of the two.
"#
    );
    insta::assert_snapshot!(
        wrong_after_head("[[call_center.activity.mappings]]\nfield = \"Status\"\nSalesforceFieldName = \"Status\"\n[[call_center.activity.mappings]]\nvariable = \"x\"\ncolour = \"red\"\n[[call_center.activity.mappings]]\nvariable = \"x\"\n"),
        @r#"
error: `field` and `SalesforceFieldName` are two names of the same key.
 --> provision.toml:5:1
  |
5 | field = "Status"
  | ^^^^^
  |
  = help: Keep one of the two.

error: `call_center.activity.mappings[1]` has no key `colour`.
 --> provision.toml:9:1
  |
9 | colour = "red"
  | ^^^^^^
  |
  = help: Allowed here: `variable`, `field`, `is_constant`, `constant`.

error: This row of a mapping has no `field`.
  --> provision.toml:11:1
   |
11 | variable = "x"
   | ^^^^^^^^
"#
    );
}

#[test]
fn settings_that_the_chosen_definition_lacks_are_told() {
    insta::assert_snapshot!(
            wrong_after_head("[call_center]\ndefinition = \"small.xml\"\nomni_sync.enabled = true\n"),
            @r"
error: The definition `small.xml` has no setting `omni_sync.enabled`.
 --> provision.toml:6:11
  |
6 | omni_sync.enabled = true
  |           ^^^^^^^
  |
  = help: Other versions have it: choose one of them with `call_center.definition`, or remove the setting.
"
        );
}

#[test]
fn definition_files_that_cannot_be_used_are_told() {
    insta::assert_snapshot!(wrong_after_head("[call_center]\ndefinition = \"page.xml\"\n"), @r#"
error: The definition `page.xml` cannot be used. This is an HTML page, not a call center definition.
 --> provision.toml:5:14
  |
5 | definition = "page.xml"
  |              ^^^^^^^^^^
  |
  = help: Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download raw file".
"#);
    insta::assert_snapshot!(wrong_after_head("[call_center]\ndefinition = \"broken.xml\"\n"), @r#"
error: The definition `broken.xml` cannot be used. This is not well-formed XML: expected 'section' tag, not 'callCenter' at 3:1.
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
error: The definition `gone.xml` cannot be read: no such file.
 --> provision.toml:5:14
  |
5 | definition = "gone.xml"
  |              ^^^^^^^^^^
  |
  = help: Allowed here: `2024-11`.
  = help: Paths are relative to the folder of the configuration.
"#);
}

#[test]
fn an_address_that_is_not_the_data_centres_is_a_warning() {
    let loaded =
        after_head("[call_center]\nadapter_url = \"https://desktop.wxcc-us1.cisco.com/\"\n");
    insta::assert_snapshot!(loaded.render_warnings(Style::default()), @r#"
warning: `call_center.adapter_url` leads to another address than the data centre `eu1`, whose desktop is https://desktop.wxcc-eu1.cisco.com.
 --> provision.toml:5:15
  |
1 | data_center = "eu1"
  |               ----- not this data centre's
...
5 | adapter_url = "https://desktop.wxcc-us1.cisco.com/"
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this address is used
  |
  = help: Remove the address, unless Cisco gave it to you for this tenant.
"#);
    let same = after_head("[call_center]\nadapter_url = \"https://desktop.wxcc-eu1.cisco.com\"\n");
    assert_eq!(same.warnings, []);
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
provision.toml:1:10: `recipe` is `x`, which it cannot be.
provision.toml:2:1: The configuration has no key `foo`.
provision.toml:3:15: `data_center` is a whole number, but must be the name of a data centre: "us1".
provision.toml:5:1: `users` has no key `bar`.
provision.toml:1:1: `package.version` is missing: it says which version of the package is to be installed.
"#);
}

#[test]
fn terminal_escapes_in_a_configuration_never_reach_the_terminal() {
    let text = wrong("\"\\u001b[31mred\" = 1\ndata_center = \"\\u001b]0;x\\u0007\"\n");
    assert!(!text.contains('\u{1b}'), "{text:?}");
    let coloured = load("a = 1\n", "provision.toml", None, &read)
        .unwrap_err()
        .render(Style {
            colour: true,
            width: 40,
        });
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn bombs_are_refused() {
    let deep = format!("a = {}1{}", "{b = ".repeat(60), "}".repeat(60));
    assert!(load(&deep, "provision.toml", None, &read).is_err());
    let dotted = format!("{} = 1", vec!["a"; 100_000].join("."));
    assert!(load(&dotted, "provision.toml", None, &read).is_err());
    let both = (0..60).fold("1".to_owned(), |inner, _| {
        format!("{{ {} = {inner} }}", vec!["a"; 60].join("."))
    });
    assert!(load(&format!("a = {both}"), "provision.toml", None, &read).is_err());
    let just_allowed = (0..16).fold("1".to_owned(), |inner, _| {
        format!("{{ {} = {inner} }}", vec!["a"; 79].join("."))
    });
    assert!(
        load(
            &format!("a = {just_allowed}"),
            "provision.toml",
            None,
            &read
        )
        .is_err()
    );
    let large = " ".repeat(MAX_SIZE + 1);
    assert!(load(&large, "provision.toml", None, &read).is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        if let Err(errors) = load(&text, "any.toml", Some("a"), &read) {
            prop_assert!(!errors.mistakes.is_empty());
            let narrow = Style { colour: false, width: 40 };
            prop_assert!(!errors.render(narrow).is_empty());
        }
    }

    #[test]
    fn any_value_at_any_known_key_is_read_or_refused(
        key in prop::sample::select(vec![
            "recipe", "data_center", "package.version", "package.install_for",
            "package.approve_sites", "call_center.definition", "call_center.softphone",
            "call_center.softphone.height", "call_center.screen_pop.advanced",
            "call_center.activity.mappings", "call_center.values", "users.profiles", "users.where",
            "task_layout.record_types", "orgs", "orgs.a", "orgs.a.protected", "orgs.a.users",
        ]),
        value in prop::sample::select(vec![
            "1", "-1", "1.5", "true", "\"\"", "\"text\"", "[]", "[1]", "[[]]", "[\"a\"]", "{}",
            "[{}]", "{ a = 1 }", "1979-05-27", "99999999999999999999", "[{variable = 1}]", "nan",
        ]),
        rest in prop::sample::select(vec!["", HEAD]),
    ) {
        let text = format!("{key} = {value}\n{rest}");
        if let Err(errors) = load(&text, "any.toml", Some("a"), &read) {
            prop_assert!(!errors.mistakes.is_empty());
            prop_assert!(!errors.render(Style::default()).is_empty());
        }
    }
}
