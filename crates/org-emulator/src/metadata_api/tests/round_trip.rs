//! Cisco's own definition files: deployed, read back and compared item by item.

use std::fmt::Write as _;

use quick_xml::escape::escape;
use roxmltree::Document;
use serde_json::json;

use super::support::{ask, deploy, manifest, org, shared, text, validate, world};
use crate::OrgKind;
use crate::clock::JobTime;
use crate::soap::METADATA;
use crate::soap::xml;

/// Section, item, label and value, in order; the section's label stands where an item's name would.
type Rows = Vec<(String, String, String, String)>;

/// A definition as it must come back.
struct Definition {
    internal: String,
    file: String,
    rows: Rows,
}

/// Converts a definition file by the rules of the two formats.
fn convert(definition: &str) -> Definition {
    let document = Document::parse(definition).unwrap();
    let (mut internal, mut display) =
        ((String::new(), String::new()), (String::new(), String::new()));
    let (mut sections, mut rows) = (String::new(), Rows::new());
    let trimmed = |text: &str| text.trim().to_owned();
    for section in document.root_element().children().filter(roxmltree::Node::is_element) {
        let name = section.attribute("name").unwrap();
        let title = section.attribute("label").unwrap();
        rows.push((name.into(), trimmed(title), String::new(), String::new()));
        sections.push_str("<sections>");
        for item in section.children().filter(roxmltree::Node::is_element) {
            let value = item.text().unwrap_or_default();
            let label = item.attribute("label").unwrap();
            match item.attribute("name").unwrap() {
                "reqInternalName" => internal = (label.into(), trimmed(value)),
                "reqDisplayName" => display = (label.into(), trimmed(value)),
                item => {
                    rows.push((name.into(), item.into(), trimmed(label), trimmed(value)));
                    write!(
                        sections,
                        "<items><label>{}</label><name>{item}</name><value>{}</value></items>",
                        escape(label),
                        escape(value)
                    )
                    .unwrap();
                }
            }
        }
        write!(sections, "<label>{}</label><name>{name}</name></sections>", escape(title)).unwrap();
    }
    let file = format!(
        "<CallCenter xmlns=\"{METADATA}\"><displayName>{}</displayName><displayNameLabel>{}\
         </displayNameLabel><internalNameLabel>{}</internalNameLabel>{sections}</CallCenter>",
        escape(display.1.as_str()),
        escape(display.0.as_str()),
        escape(internal.0.as_str()),
    );
    Definition { internal: internal.1, file, rows }
}

/// The rows of a call center that was read.
fn rows(answer: &str) -> Rows {
    let root = xml::parse(answer).unwrap();
    let mut found = Rows::new();
    let record = &root.children[0].children[0].children[0].children[0];
    for section in record.all("sections") {
        let own = |name: &str| section.value(name).unwrap().to_owned();
        found.push((own("name"), own("label"), String::new(), String::new()));
        for item in section.all("items") {
            let part = |name: &str| item.child(name).unwrap().text.clone();
            found.push((own("name"), part("name"), part("label"), part("value")));
        }
    }
    found
}

#[test]
fn every_definition_comes_back_as_it_was_sent() {
    let mut seen: usize = 0;
    let mut answers = Vec::new();
    for folder in ["samples/call-centers/v1", "samples/call-centers/v2"] {
        let Some(folder) = shared(folder) else { return };
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let definition = convert(&std::fs::read_to_string(&path).unwrap());
            let mut org = org(world(OrgKind::Sandbox), JobTime::default());
            let package = manifest(&[("CallCenter", &definition.internal)]);
            let file = format!("callCenters/{}.callCenter", definition.internal);
            let files = [("package.xml", package.as_str()), (file.as_str(), &definition.file)];
            let result = deploy(&mut org, &files, &json!({}));
            assert_eq!(result["status"], "Succeeded", "{}: {result}", path.display());
            let successes = &result["details"]["componentSuccesses"];
            let component = successes
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["componentType"] == "CallCenter");
            assert!(component.unwrap()["id"].as_str().unwrap().starts_with("04v"));
            let answer = text(&ask(
                &mut org,
                &format!(
                    "<readMetadata><type>CallCenter</type><fullNames>{}</fullNames></readMetadata>",
                    definition.internal
                ),
            ));
            assert_eq!(rows(&answer), definition.rows, "{}", path.display());
            assert!(answer.contains("<customSettings>{\""), "derived: {answer}");
            answers.push((format!("{seen}.xml"), answer));
            let again = deploy(&mut org, &files, &json!({}));
            let again = &again["details"]["componentSuccesses"];
            let unchanged =
                again.as_array().unwrap().iter().find(|one| one["componentType"] == "CallCenter");
            assert_eq!(unchanged.unwrap()["changed"], false);
            seen += 1;
        }
    }
    assert!(seen >= 15, "{seen} definitions were read");
    // The first and the last stand for all: the checker takes a second for each.
    answers.drain(1..seen - 1);
    validate(&["soap"], &answers);
}
