//! Cisco's own files, and files that people mistake for them.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::model::{CallCenter, Item, ItemKey, Section, SettingKind};

/// Facts that lie beside the project on the machines it is built on.
fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

/// Every sample file: name and content.
pub(super) fn samples() -> Vec<(String, Vec<u8>)> {
    let mut samples = Vec::new();
    for generation in ["v1", "v2"] {
        let Some(folder) = shared(&format!("samples/call-centers/{generation}")) else {
            return Vec::new();
        };
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let file_name = path.file_name().unwrap().to_str().unwrap();
            let name =
                if generation == "v2" { format!("v2/{file_name}") } else { file_name.to_owned() };
            samples.push((name, std::fs::read(&path).unwrap()));
        }
    }
    assert_eq!(samples.len(), 15);
    samples
}

/// Section, its label, item, its label and its value, as the file has them.
type Row = (String, String, String, String, String);

fn rows(text: &str) -> Vec<Row> {
    let document = roxmltree::Document::parse(text).unwrap();
    let attribute = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.attribute(name).unwrap_or_default().to_owned()
    };
    let mut rows = Vec::new();
    for section in document.root_element().children().filter(roxmltree::Node::is_element) {
        for item in section.children().filter(roxmltree::Node::is_element) {
            rows.push((
                attribute(section, "name"),
                attribute(section, "label"),
                attribute(item, "name"),
                attribute(item, "label"),
                item.text().unwrap_or_default().to_owned(),
            ));
        }
    }
    rows
}

#[test]
fn every_file_of_ciscos_is_converted_without_loss() {
    for (name, bytes) in samples() {
        let file =
            SetupFile::read(&bytes).unwrap_or_else(|mistakes| panic!("{name}: {mistakes:?}"));
        assert_eq!(file.notes, [], "{name}");
        let definition = file.define(&name);
        let back = write_setup_file(&definition.call_center);
        assert_eq!(rows(&back), rows(std::str::from_utf8(&bytes).unwrap()), "{name}");
        let again = SetupFile::read(back.as_bytes()).unwrap();
        assert_eq!(again.call_center, file.call_center, "{name}");
    }
}

#[test]
fn every_file_of_ciscos_has_the_items_of_the_table_of_facts() {
    let Some(table) = shared("facts/callcenter_fields_by_version.json") else {
        return;
    };
    let table: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(table).unwrap()).unwrap();
    for (name, bytes) in samples() {
        let file = SetupFile::read(&bytes).unwrap();
        let facts: Vec<Row> = table[&name]
            .as_array()
            .unwrap_or_else(|| panic!("{name}"))
            .iter()
            .map(|fact| {
                let text = |key: &str| fact[key].as_str().unwrap_or_default().to_owned();
                (text("section"), text("slabel"), text("name"), text("label"), text("value"))
            })
            .collect();
        assert_eq!(rows(&write_setup_file(&file.call_center)), facts, "{name}");
    }
}

#[test]
fn the_built_in_definitions_equal_ciscos_newest_files() {
    for (sample, name) in
        [("v1/2024-11-25.xml", "2024-11"), ("v2/2026-04-24.d332441.xml", "2026-04")]
    {
        let Some(path) = shared(&format!("samples/call-centers/{sample}")) else {
            return;
        };
        let file = SetupFile::read(&std::fs::read(path).unwrap()).unwrap();
        let built_in = built_in(name).unwrap();
        assert_eq!(file.call_center, built_in.call_center);
        assert_eq!(file.define(name), built_in);
    }
}

#[test]
fn items_of_earlier_versions_get_their_meaning_under_their_names_of_then() {
    let Some(path) = shared("samples/call-centers/v1/2022-05-06.xml") else {
        return;
    };
    let file = SetupFile::read(&std::fs::read(path).unwrap()).unwrap();
    let definition = file.define("2022-05");
    let mapping = definition.setting("activity.mappings").unwrap();
    assert_eq!(mapping.item.item, "CadSalesforceFieldMapping");
    assert!(matches!(mapping.kind, SettingKind::Mapping(_)));
    // An item that was dropped later is kept, without a meaning.
    let dropped = ItemKey::new("reqOutDialConfig", "reqIsOuDialPhonumberPrefixTobeRemoved");
    assert!(definition.call_center.item(&dropped).is_some());
    assert!(definition.setting_of(&dropped).is_none());
    assert!(definition.setting("omni_sync.enabled").is_none());
}

fn mistakes(text: &str) -> String {
    let mistakes = SetupFile::read(text.as_bytes()).unwrap_err();
    let texts: Vec<_> = mistakes
        .iter()
        .map(|mistake| {
            let place = mistake.span.clone().map(|span| format!(" [{}]", &text[span]));
            format!("{mistake}{}", place.unwrap_or_default())
        })
        .collect();
    texts.join("\n")
}

#[test]
fn files_that_are_something_else_are_told_apart() {
    insta::assert_snapshot!(mistakes(""), @r#"The file is empty. Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download raw file"."#);
    insta::assert_snapshot!(mistakes("\n<!DOCTYPE html>\n<html><body>…"), @r#"This is an HTML page, not a call center definition. Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download raw file"."#);
    insta::assert_snapshot!(mistakes("404: Not Found"), @r#"This is not XML: it does not begin with `<`. Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download raw file"."#);
    insta::assert_snapshot!(mistakes("<CallCenter xmlns=\"http://soap.sforce.com/2006/04/metadata\"/>"), @r#"This is a CallCenter of the Metadata API, not a definition that Setup imports. Definition files begin with <callCenter>, with a small c. Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download raw file". [<CallCenter xmlns="http://soap.sforce.com/2006/04/metadata"/>]"#);
    insta::assert_snapshot!(mistakes("<Profile/>"), @r#"The file begins with <Profile>, but a call center definition begins with <callCenter>. Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download raw file". [<Profile/>]"#);
    insta::assert_snapshot!(mistakes("<callCenter>\n  <section sortOrder=\"0\""), @"This is not well-formed XML: the root node was opened but never closed. Download the file anew, or mend this place. [<callCenter>]");
    insta::assert_snapshot!(mistakes("<callCenter/>"), @"The file has a <callCenter> without any <section>. Take the whole of Cisco's file. [<callCenter/>]");
}

#[test]
fn bombs_are_refused() {
    let laughs = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\">]>\n<callCenter>&lol;</callCenter>";
    insta::assert_snapshot!(mistakes(laughs), @r#"The file has a document type declaration, which no call center definition needs. Remove <!DOCTYPE …> and the entities it declares; they are never read. [<!DOCTYPE lolz [<!ENTITY lol "lol">]>]"#);
    insta::assert_snapshot!(mistakes("<callCenter>&nbsp;</callCenter>"), @"The entity `&nbsp;` is not known. XML knows &amp; &lt; &gt; &quot; and &apos;; write the letter itself. [&nbsp;</callCenter>]");
    let large = vec![b' '; MAX_SIZE + 1];
    insta::assert_snapshot!(SetupFile::read(&large).unwrap_err()[0].message, @"The file is larger than 1 MiB; call center definitions have a few kilobytes.");
    let wide = format!("<callCenter>{}</callCenter>", "<a/>".repeat(60_000));
    insta::assert_snapshot!(mistakes(&wide), @r#"The file has far more elements than a call center definition. Save the definition itself: on GitHub, open the file and use the button "Raw" or "Download raw file"."#);
    let deep = format!("{}{}", "<callCenter>".repeat(40_000), "</callCenter>".repeat(40_000));
    assert!(SetupFile::read(deep.as_bytes()).is_err());
    assert!(SetupFile::read(b"\xff\xfe<\0").is_err());
    assert!(SetupFile::read(b"<callCenter>\xff").is_err());
}

#[test]
fn every_mistake_in_the_structure_is_told_with_its_place() {
    let text = r#"<callCenter>
  <section sortOrder="0" name="s" label="S">
    <item sortOrder="0" name="a" label="A">1</item>
    <item sortOrder="1" name="a" label="A">2</item>
    <item sortOrder="x" name="b" label="B">2</item>
    <item sortOrder="2" label="C">2</item>
    <item sortOrder="3" name="d" label="D"><b>x</b></item>
    <value>1</value>
  </section>
</callCenter>"#;
    insta::assert_snapshot!(mistakes(text), @r#"
`sortOrder` is `x`, but must be a whole number. [<item sortOrder="x" name="b" label="B">]
<value> does not belong into <section>, which holds <item> only. [<value>]
The item `a` is in the section `s` twice. Setup refuses such a file: remove one of the two. [<item sortOrder="1" name="a" label="A">2</item>]
This <item> has no `name`. Take the whole of Cisco's file. [<item sortOrder="2" label="C">]
The item `d` holds <b>, but items hold text only. Write < as &lt; and & as &amp; in values. [<b>]
The file has no item `reqInternalName`, which names the call center. Take the whole of Cisco's file: its first section has this item. [<callCenter>]
"#);
}

#[test]
fn order_is_that_of_sort_order_and_gaps_are_noted() {
    let text = r#"<callCenter>
  <section sortOrder="2" name="late" label="Late"/>
  <section sortOrder="0" name="reqGeneralInfo" label="General">
    <item sortOrder="1" name="reqDisplayName" label="Display Name">Demo</item>
    <item sortOrder="0" name="reqInternalName" label="Internal Name">Demo</item>
    <item sortOrder="2" name="empty" label="Empty"></item>
  </section>
</callCenter>"#;
    let file = SetupFile::read(text.as_bytes()).unwrap();
    let names: Vec<_> = file.call_center.sections.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["reqGeneralInfo", "late"]);
    assert_eq!(file.call_center.sections[0].items[0].value, "");
    assert_eq!(file.notes.len(), 1);
}

prop_compose! {
    fn sections()(
        texts in prop::collection::vec(
            prop::collection::vec((any::<String>(), any::<String>()), 0..6), 1..5)
    ) -> Vec<Section> {
        // XML cannot hold every character; what it cannot hold, no org can hold either.
        let clean = |text: String| -> String {
            text.chars()
                .filter(|c| matches!(*c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..))
                .collect()
        };
        texts.into_iter().enumerate().map(|(number, items)| Section {
            name: format!("section{number}"),
            label: clean(items.first().map(|item| item.0.clone()).unwrap_or_default()),
            items: items.into_iter().enumerate().map(|(number, (label, value))| Item {
                name: format!("item{number}"),
                label: clean(label),
                value: clean(value),
            }).collect(),
        }).collect()
    }
}

proptest! {
    #[test]
    fn any_text_survives_writing_and_reading(sections in sections()) {
        let call_center = CallCenter {
            internal_name: "Any".to_owned(),
            internal_name_label: "Internal Name".to_owned(),
            display_name: "Any".to_owned(),
            display_name_label: "Display Name".to_owned(),
            sections,
        };
        let file = SetupFile::read(write_setup_file(&call_center).as_bytes()).unwrap();
        prop_assert_eq!(file.call_center, call_center);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        // Not crashing is the point.
        drop(SetupFile::read(&bytes));
    }

    #[test]
    fn any_text_after_a_beginning_is_read_or_refused(text in ".{0,200}") {
        drop(SetupFile::read(format!("<callCenter><section name=\"a\">{text}").as_bytes()));
    }
}
