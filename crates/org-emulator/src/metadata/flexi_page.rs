//! Lightning pages: utility bars that an org is made with, and what a page's file says of it.

use serde_json::{Map, Value, json};

use super::tree;
use crate::soap;
use crate::soap::writer::XmlWriter;
use crate::soap::xml::{self, Element};

/// Elements of a page that may be there any number of times, so that JSON shows a list.
const LISTS: [&str; 8] = [
    "componentInstanceProperties",
    "events",
    "flexiPageRegions",
    "flexipageDataSources",
    "itemInstances",
    "properties",
    "schemaProperties",
    "valueListItems",
];
/// Elements that JSON shows as null where a page lacks them.
const OPTIONAL: [&str; 7] = [
    "description",
    "events",
    "flexiPageRegions",
    "parentFlexiPage",
    "platformActionlist",
    "quickActionList",
    "sobjectType",
];

/// What the file of a page says.
pub(crate) struct Facts {
    pub(crate) master_label: String,
    pub(crate) kind: String,
    pub(crate) description: Option<String>,
    pub(crate) object: Option<String>,
    /// The whole of it, as the Tooling API shows it.
    pub(crate) metadata: Value,
}

/// Reads a page's file; `None` where it is none.
pub(crate) fn facts(file: &str) -> Option<Facts> {
    let root = xml::parse(file).ok()?;
    let text = |name: &str| root.value(name).map(str::to_owned);
    let mut metadata = json(&root);
    if let Value::Object(fields) = &mut metadata {
        for name in OPTIONAL {
            let absent = if LISTS.contains(&name) { json!([]) } else { Value::Null };
            fields.entry(name).or_insert(absent);
        }
    }
    Some(Facts {
        master_label: text("masterLabel")?,
        kind: text("type")?,
        description: text("description"),
        object: text("sobjectType"),
        metadata,
    })
}

/// The file of a utility bar with these components, in this order.
pub(crate) fn utility_bar(label: &str, components: &[String]) -> String {
    tree::file("FlexiPage", |xml| {
        xml.open("flexiPageRegions", |xml| {
            for (place, component) in components.iter().enumerate() {
                xml.open("itemInstances", |xml| item(xml, place, component));
            }
            xml.leaf("name", "utilityItems");
            xml.leaf("type", "Region");
        });
        xml.open("flexiPageRegions", |xml| {
            xml.leaf("name", "backgroundComponents");
            xml.leaf("type", "Background");
        });
        xml.leaf("masterLabel", label);
        xml.open("template", |xml| {
            xml.leaf("name", "one:utilityBarTemplateDesktop");
            xml.open("properties", |xml| {
                xml.leaf("name", "isLeftAligned");
                xml.leaf("value", "true");
            });
        });
        xml.leaf("type", "UtilityBar");
    })
}

/// One item of a utility bar, with the size that Setup proposes.
fn item(xml: &mut XmlWriter, place: usize, component: &str) {
    let name = component.rsplit(':').next().unwrap_or_default();
    let identifier = component.replace(':', "_");
    xml.open("componentInstance", |xml| {
        for (name, value) in [
            ("eager", "false"),
            ("height", "480"),
            ("icon", if name == "softPhone" { "call" } else { "fallback" }),
            ("label", if name == "softPhone" { "Open CTI Softphone" } else { name }),
            ("scrollable", "true"),
            ("width", "340"),
        ] {
            xml.open("componentInstanceProperties", |xml| {
                xml.leaf("name", name);
                xml.leaf("type", "decorator");
                xml.leaf("value", value);
            });
        }
        xml.leaf("componentName", component);
        let again = if place == 0 { String::new() } else { (place + 1).to_string() };
        xml.leaf("identifier", &format!("{identifier}{again}"));
    });
}

/// An element as the Tooling API writes metadata.
fn json(element: &Element) -> Value {
    if element.children.is_empty() {
        let text = element.text.trim();
        return match element.name.as_str() {
            // Values of properties stay texts, whatever they look like.
            "value" | "name" | "label" | "masterLabel" => text.into(),
            _ if text == "true" || text == "false" => soap::boolean(text).into(),
            _ => text.into(),
        };
    }
    let mut fields = Map::new();
    for child in &element.children {
        if LISTS.contains(&child.name.as_str()) {
            let list = fields.entry(child.name.clone()).or_insert_with(|| json!([]));
            if let Value::Array(list) = list {
                list.push(json(child));
            }
        } else {
            fields.insert(child.name.clone(), json(child));
        }
    }
    fields.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_utility_bar_can_be_read_again() {
        let file = utility_bar("Service & Co", &["opencti:softPhone".to_owned()]);
        let facts = facts(&file).unwrap();
        assert_eq!(
            (facts.master_label.as_str(), facts.kind.as_str()),
            ("Service & Co", "UtilityBar")
        );
        let component = "/flexiPageRegions/0/itemInstances/0/componentInstance/componentName";
        assert_eq!(facts.metadata.pointer(component).unwrap(), "opencti:softPhone");
        assert_eq!(facts.metadata["sobjectType"], Value::Null);
        assert!(self::facts("no page").is_none());
    }
}
