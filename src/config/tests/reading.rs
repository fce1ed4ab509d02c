//! Configurations that are right.

use std::collections::BTreeSet;

use super::*;
use crate::model::{Approval, Audience, ItemKey, OnConflict, RecordTypeChoice, UserSelection};

#[test]
fn the_demo_configuration_is_right() {
    let loaded = load(built_in_demo(), "demo.toml", Some("demo"), &built_in_demo_file).unwrap();
    assert_eq!(loaded.warnings, []);
    assert_eq!(value(&loaded, "softphone.height"), "600");
}

#[test]
fn little_is_needed() {
    let loaded = after_head("");
    let desired = &loaded.desired.connectors[0];
    assert_eq!(desired.recipe.name, "webex-v1");
    assert_eq!(desired.region.name, "eu1");
    assert_eq!(desired.package.audience, Audience::AllUsers);
    assert_eq!(desired.package.sites, Approval::None);
    assert_eq!(desired.call_center.definition.name, "2024-11");
    assert_eq!(desired.users, UserSelection::default());
    assert_eq!(desired.task_layout.record_types, RecordTypeChoice::All);
    // The data centre is what the call center follows.
    assert_eq!(value(&loaded, "adapter_url"), "https://desktop.wxcc-eu1.cisco.com/");
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
    let desired = &loaded.desired.connectors[0];
    assert_eq!(desired.package.version.as_str(), "04t5f000000WxCcAAK");
    assert_eq!(desired.package.audience, Audience::Profiles(vec!["Agent".to_owned()]));
    assert_eq!(desired.package.sites, Approval::Sites(vec!["https://cpc.ccone.net".to_owned()]));
    assert_eq!(desired.call_center.display_name.as_deref(), Some("Our Desk"));
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
    assert_eq!(desired.task_layout.record_types, RecordTypeChoice::Named(vec!["Call".to_owned()]));
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

#[test]
fn equal_wishes_have_equal_hashes() {
    let one = after_head("[users]\nprofiles = [\"A\"]\n");
    let two = after_head("# a comment\n[users]\nprofiles = [ 'A' ]\non_conflict = \"refuse\"\n");
    assert_eq!(one.hash, two.hash);
    assert_ne!(one.hash, after_head("").hash);
    let id = HEAD.replace("04t5f000000WxCcAAK", "04t5f000000WxCc");
    assert_ne!(id, HEAD);
    assert_eq!(good(&id, None).hash, after_head("").hash);
    // Stored plans compare it: it must not change between builds.
    insta::assert_snapshot!(after_head("").hash, @"34e3c75424b44af6");
}

#[test]
fn every_wish_counts_for_the_hash() {
    let mut hashes = BTreeSet::from([after_head("").hash]);
    for wish in [
        "[uninstall]\nfallback_layout = \"Task Layout\"\n",
        "[users]\nprofiles = [\"A\"]\n",
        "[users]\nusernames = [\"A\"]\n",
        "[users]\npermission_sets = [\"A\"]\n",
        "[users]\nwhere = \"A\"\n",
        "[users]\non_conflict = \"move\"\n",
        "[task_layout]\nprofiles = [\"A\"]\n",
        "[softphone_layout]\nname = \"A\"\n",
        "[webex]\norg_id = \"11111111-2222-4333-8444-555555555555\"\n",
        "[call_center]\ndisplay_name = \"A\"\n",
        "[permission_sets]\nassign = [\"A\"]\n",
    ] {
        assert!(hashes.insert(after_head(wish).hash), "{wish}");
    }
}

#[test]
fn an_address_of_ones_own_is_used() {
    let address = "https://desktop.example.com/";
    let loaded = after_head(&format!("[call_center]\nadapter_url = \"{address}\"\n"));
    assert_eq!(value(&loaded, "adapter_url"), address);
    assert_eq!(loaded.warnings, []);
}
