//! The way back from findings to places.

use super::*;
use crate::model::{ItemKey, Place, Severity};

fn drawn(loaded: &Loaded, said: Diagnostic) -> String {
    draw(&[loaded.locate(said)], Style::default())
}

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
    let finding = Diagnostic::new(Severity::Info, "Look here.")
        .code("CC000")
        .at(Place::Item(ItemKey::new("reqGeneralInfo", "reqInternalName")));
    insta::assert_snapshot!(drawn(&loaded, finding.clone()), @r#"
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
    let finding = Diagnostic::new(Severity::Error, "The softphone is too narrow.")
        .code("CC005")
        .at(Place::Item(ItemKey::new("reqGeneralInfo", "reqSoftphoneWidth")))
        .hint("Write 500 or more.");
    insta::assert_snapshot!(drawn(&loaded, finding.clone()), @"
    error[CC005]: The softphone is too narrow.
     --> provision.toml:5:9
      |
    5 | width = 300
      |         ^^^
      |
      = help: Write 500 or more.
    ");
    let stop = Diagnostic::error("The org has no profile `Agnet`.").at_key("users.profiles[0]");
    let text = drawn(&loaded, stop);
    insta::assert_snapshot!(text, @r#"
error: The org has no profile `Agnet`.
 --> provision.toml:7:13
  |
7 | profiles = ["Agnet"]
  |             ^^^^^^^
"#);
    let mut nowhere = finding;
    nowhere.place = None;
    insta::assert_snapshot!(drawn(&loaded, nowhere), @"
    error[CC005]: The softphone is too narrow.
    --> provision.toml
     = help: Write 500 or more.
    ");
}
