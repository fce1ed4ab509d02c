//! Configurations of the connector's second generation.

use super::{HEAD, wrong};
use crate::config::{Loaded, load};
use crate::model::{Approval, Audience, ItemKey};

const HEAD_OF_2: &str = "recipe = \"webex-v2\"\ndata_center = \"us1\"\n";

fn after_head(text: &str) -> Loaded {
    let none = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    load(&format!("{HEAD_OF_2}{text}"), "provision.toml", None, &none)
        .unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn value(loaded: &Loaded, item: &str) -> Option<String> {
    let key = ItemKey::parse(item).unwrap();
    let wanted = loaded.desired.connectors[0].call_center.values.get(&key);
    wanted.map(|wanted| wanted.value.clone())
}

#[test]
fn what_cisco_publishes_need_not_be_said() {
    let loaded = after_head("");
    let package = &loaded.desired.connectors[0].package;
    assert_eq!(package.version.long(), "04tUl000000VK45IAG");
    assert_eq!((&package.audience, &package.sites), (&Audience::Admins, &Approval::None));
    let loaded =
        after_head("[package]\nversion = \"04tHp000000wXcZIAU\"\ninstall_for = \"all-users\"\n");
    let package = &loaded.desired.connectors[0].package;
    assert_eq!(package.version.long(), "04tHp000000wXcZIAU");
    assert_eq!(package.audience, Audience::AllUsers);
}

#[test]
fn the_region_and_its_webrtc_domain_follow_the_data_center() {
    let [region, domain] = ["wxCCReqData/openCtiWxCCRegion", "wxCCReqData/wxccWebRtcDomain"];
    let loaded = after_head("");
    assert_eq!(value(&loaded, region).as_deref(), Some("us1"));
    assert_eq!(value(&loaded, domain).as_deref(), Some("rtw.prod-us1.rtmsprod.net"));
    let loaded = after_head("[call_center]\nwebrtc_domain = \"\"\nregion = \"eu1\"\n");
    assert_eq!(value(&loaded, region).as_deref(), Some("eu1"));
    assert_eq!(value(&loaded, domain).as_deref(), Some(""));
}

#[test]
fn mappings_are_rows_or_text_and_items_of_one_name_are_told_apart() {
    let loaded = after_head(
        "[call_center.activity]\nmappings = [{ field = \"A__c\", variable = \"a\" }, { variable = \
         \"b\", field = \"B__c\" }]\n[call_center.case]\nmappings = \" Subject = {subject} \"\n\
         [call_center.no_match]\nmappings = []\n",
    );
    let of = |section: &str| value(&loaded, &format!("{section}/objectFieldMapping"));
    assert_eq!(of("wxCCCallActivity").as_deref(), Some("A__c={a},B__c={b}"));
    assert_eq!(of("objectCreationManagement").as_deref(), Some("Subject={subject}"));
    let no_match = "screenpopNoRecordMatch/noRecordMatchObjectFieldMappings";
    assert_eq!(value(&loaded, no_match).as_deref(), Some(""));
}

#[test]
fn what_only_version_1_has_is_refused() {
    for (table, words) in [
        ("[task_layout]\nprofiles = [\"System Administrator\"]\n", "no Task page layout"),
        ("[custom_metadata]\n", "not in custom metadata"),
    ] {
        let said = wrong(&format!("{HEAD_OF_2}{table}"));
        assert!(said.contains(words), "{said}");
    }
    let said = wrong(&format!("{HEAD}[call_center]\nregion = \"us1\"\n"));
    assert!(said.contains("has no setting `region`"), "{said}");
    insta::assert_snapshot!(wrong(&format!("{HEAD_OF_2}[call_center]\nregion = \"us2\"\n")), @r#"
    error[CF005]: `call_center.region` cannot be `us2`.
     --> provision.toml:4:10
      |
    4 | region = "us2"
      |          ^^^^^
      |
      = help: Did you mean `us1`?
      = help: Allowed here: `us1`, `eu1`, `eu2`, `anz1`, `ca1`, `jp1`, `sg1`, `in1`.
    "#);
    insta::assert_snapshot!(
        wrong(&format!("{HEAD_OF_2}[call_center.activity]\nmappings = [{{ field = \"A\" }}]\n")),
        @r#"
        error[CF006]: This row of a mapping has no `variable`.
         --> provision.toml:4:15
          |
        4 | mappings = [{ field = "A" }]
          |               ^^^^^
        "#
    );
}
