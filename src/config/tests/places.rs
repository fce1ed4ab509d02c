//! The way back from findings to places.

use super::*;
use crate::model::{Finding, ItemKey, Severity};

#[test]
fn a_definition_may_come_from_a_file() {
    let loaded = after_head(
        "[call_center]\ndefinition = \"small.xml\"\nsoftphone.height = 600\n[call_center.values]\n\
         \"futureSection/futureItem\" = 2\n",
    );
    let key = ItemKey::new("futureSection", "futureItem");
    assert_eq!(loaded.desired.connectors[0].call_center.values[&key].value, "2");
    // The address follows the slash of the definition's own.
    assert_eq!(value(&loaded, "adapter_url"), "https://desktop.wxcc-eu1.cisco.com");
    let finding = Finding {
        rule: "CC000",
        severity: Severity::Info,
        at: Some(ItemKey::new("reqGeneralInfo", "reqInternalName")),
        also: None,
        message: "Look here.".to_owned(),
        help: None,
    };
    let (file, place) = loaded.place_of(&finding).unwrap();
    assert_eq!((file, place.line), ("small.xml", 3));
    insta::assert_snapshot!(loaded.picture(&finding).draw(&loaded.source, Style::default()), @r#"
    info[CC000]: Look here.
     --> provision.toml:5:14
      |
    5 | definition = "small.xml"
      |              ^^^^^^^^^^^
      |
     ::: small.xml:3:5
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
        also: None,
        message: "The softphone is too narrow.".to_owned(),
        help: Some("Write 500 or more.".to_owned()),
    };
    insta::assert_snapshot!(loaded.picture(&finding).draw(&loaded.source, Style::default()), @"
    error[CC005]: The softphone is too narrow.
     --> provision.toml:5:9
      |
    5 | width = 300
      |         ^^^
      |
      = help: Write 500 or more.
    ");
    let text = loaded
        .picture_at(
            &loaded.excerpt("users.profiles[0]").unwrap(),
            "The org has no profile `Agnet`.",
            None,
        )
        .draw(&loaded.source, Style::default());
    insta::assert_snapshot!(text, @r#"
error: The org has no profile `Agnet`.
 --> provision.toml:7:13
  |
7 | profiles = ["Agnet"]
  |             ^^^^^^^
"#);
    let nowhere = Finding { at: None, ..finding };
    insta::assert_snapshot!(loaded.picture(&nowhere).draw(&loaded.source, Style::default()), @"
    error[CC005]: The softphone is too narrow.
    --> provision.toml
     = help: Write 500 or more.
    ");
}
