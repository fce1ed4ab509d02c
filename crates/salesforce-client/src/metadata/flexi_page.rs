//! Lightning pages: which components are in them, and the items of utility bars.
//!
//! A deploy replaces a page as a whole. So a page that is to be changed is written as it was read, with
//! one item more or less.

use futures_util::future::try_join_all;
use serde_json::{Map, Value, json};

use super::call_center::{read_records, write_read};
use super::{Metadata, NAMESPACE};
use crate::Error;
use crate::soap::Api;
use crate::xml::{Forbidden, Xml};

/// How many names one read takes.
const MAX_NAMES: usize = 10;

const OPERATION: &str = "read the utility bars";

/// A Lightning page and the components in it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FlexiPageRecord {
    /// The full name.
    pub full_name: String,
    /// Names of the components: `opencti:softPhone`.
    pub components: Vec<String>,
    /// All that it consists of, as the org tells it.
    content: Value,
}

/// The region of a utility bar that its items stand in.
const ITEMS: &str = "utilityItems";

/// What an item of a utility bar is shown with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UtilityItem<'a> {
    /// Its component: `opencti:softPhone`.
    pub component: &'a str,
    /// How it is shown, by the names that the API gives these properties: `label`, `icon`, `width`.
    pub properties: &'a [(&'a str, &'a str)],
}

impl FlexiPageRecord {
    /// A page of that content, as `readMetadata` tells it.
    pub fn of(full_name: impl Into<String>, content: Value) -> Self {
        let mut components = Vec::new();
        collect(&content, &mut components);
        Self { full_name: full_name.into(), components, content }
    }

    /// The same utility bar with an item more, behind those that are there; as it is where it has one of
    /// that component. `None` where it is built in a way that is not known here.
    #[must_use]
    pub fn with_item(&self, item: UtilityItem<'_>) -> Option<Self> {
        let mut content = self.content.clone();
        let items = items_mut(&mut content)?;
        if items.iter().any(|known| component_of(known) == Some(item.component)) {
            return Some(self.clone());
        }
        let properties: Vec<Value> = item
            .properties
            .iter()
            .map(|(name, value)| json!({ "name": name, "type": "decorator", "value": value }))
            .collect();
        let mut instance = Map::new();
        if !properties.is_empty() {
            instance.insert("componentInstanceProperties".to_owned(), properties.into());
        }
        instance.insert("componentName".to_owned(), item.component.into());
        instance.insert("identifier".to_owned(), identifier(&self.content, item.component).into());
        items.push(json!({ "componentInstance": instance }));
        Some(Self::of(&self.full_name, content))
    }

    /// The same utility bar without its last item of a component; as it is where it has none. `None` where
    /// it is built in a way that is not known here.
    #[must_use]
    pub fn without_item(&self, component: &str) -> Option<Self> {
        let mut content = self.content.clone();
        let items = items_mut(&mut content)?;
        if let Some(place) = items.iter().rposition(|it| component_of(it) == Some(component)) {
            items.remove(place);
        }
        Some(Self::of(&self.full_name, content))
    }
}

/// The items of a utility bar; `None` where it is built in a way that is not known here.
fn items_mut(content: &mut Value) -> Option<&mut Vec<Value>> {
    let regions = listed(content.get_mut("flexiPageRegions")?)?;
    let region = regions.iter_mut().find(|region| region["name"] == ITEMS)?.as_object_mut()?;
    // Versions of the API before 49 write items otherwise.
    if region.contains_key("componentInstances") {
        return None;
    }
    if !region.contains_key("itemInstances") {
        region.insert("itemInstances".to_owned(), json!([]));
        // The schema has its elements in this order.
        region.sort_keys();
    }
    let items = listed(region.get_mut("itemInstances")?)?;
    let is_known = |item: &Value| component_of(item).is_some();
    items.iter().all(is_known).then_some(items)
}

/// What may be there several times is a list, though one alone looks otherwise.
fn listed(value: &mut Value) -> Option<&mut Vec<Value>> {
    if !value.is_array() {
        *value = Value::Array(vec![value.take()]);
    }
    value.as_array_mut()
}

fn component_of(item: &Value) -> Option<&str> {
    item["componentInstance"]["componentName"].as_str()
}

/// A name for an item that the page has none of yet, as Setup makes them.
fn identifier(content: &Value, component: &str) -> String {
    let mut known = Vec::new();
    find_all(content, "identifier", &mut known);
    let plain = component.replace(':', "_");
    let numbered = (2..).map(|number| format!("{plain}{number}"));
    let mut names = std::iter::once(plain.clone()).chain(numbered);
    names.find(|name| !known.contains(name)).unwrap_or(plain)
}

/// Writes the component's file: what the org told, in its order, but for the name, which the file has.
pub(super) fn write_file(page: &FlexiPageRecord) -> Result<Vec<u8>, Forbidden> {
    let mut xml = Xml::indented();
    xml.element("FlexiPage", &[("xmlns", NAMESPACE)], |xml| {
        for (name, value) in page.content.as_object().into_iter().flatten() {
            if name != "fullName" {
                write(xml, name, value);
            }
        }
    });
    xml.finish()
}

fn write(xml: &mut Xml, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Array(list) => list.iter().for_each(|one| write(xml, name, one)),
        Value::Object(fields) => xml.group(name, |xml| {
            fields.iter().for_each(|(name, value)| write(xml, name, value));
        }),
        Value::String(text) => xml.text(name, text),
        Value::Bool(_) | Value::Number(_) => xml.text(name, &value.to_string()),
    }
}

impl Metadata<'_> {
    /// The Lightning pages of these full names; those that are not there, or do not show, are left
    /// out.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_flexipage.htm>
    pub async fn read_flexi_pages<S: AsRef<str>>(
        &self,
        names: &[S],
    ) -> Result<Vec<FlexiPageRecord>, Error> {
        let reads = names.chunks(MAX_NAMES).map(async |names| {
            let response = self.client.soap(Api::Metadata, OPERATION, "readMetadata", |xml| {
                write_read(xml, "FlexiPage", names);
            });
            Ok::<_, Error>(records(&read_records(response.await?)))
        });
        let read: Vec<Vec<FlexiPageRecord>> = try_join_all(reads).await?;
        Ok(read.into_iter().flatten().collect())
    }
}

fn records(read: &Value) -> Vec<FlexiPageRecord> {
    let pages = read.as_array().into_iter().flatten();
    let name = |page: &Value| page["fullName"].as_str().unwrap_or_default().to_owned();
    pages.map(|page| FlexiPageRecord::of(name(page), page.clone())).collect()
}

fn collect(value: &Value, components: &mut Vec<String>) {
    find_all(value, "componentName", components);
}

/// The texts of that name. Where components stand in a page has changed over the years; what names one has
/// not.
fn find_all(value: &Value, wanted: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| find_all(one, wanted, found)),
        Value::Object(object) => {
            for (key, value) in object {
                match value.as_str() {
                    Some(name) if key == wanted => found.push(name.to_owned()),
                    _ => find_all(value, wanted, found),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn components_are_found_wherever_a_version_of_the_api_puts_them() {
        let read = json!([
            {
                "fullName": "New",
                "flexiPageRegions": {"itemInstances": [
                    {"componentInstance": {"componentName": "opencti:softPhone"}},
                    {"componentInstance": {"componentName": "omni:util"}}
                ]}
            },
            {
                "fullName": "Old",
                "flexiPageRegions": [{"componentInstances": {"componentName": "force:x"}}]
            },
            {"fullName": "Empty"}
        ]);
        let found = records(&read);
        assert_eq!(found[0].components, ["opencti:softPhone", "omni:util"]);
        assert_eq!(found[1].components, ["force:x"]);
        assert_eq!(found[2].components, [""; 0]);
    }

    const PHONE: UtilityItem<'static> =
        UtilityItem { component: "opencti:softPhone", properties: &[("label", "Phone")] };

    fn bar(items: &Value) -> FlexiPageRecord {
        let content = json!({
            "fullName": "Bar",
            "flexiPageRegions": [
                { "itemInstances": items, "name": "utilityItems", "type": "Region" },
                { "name": "backgroundComponents", "type": "Background" }
            ],
            "masterLabel": "A & B",
            "sobjectType": null,
            "template": { "name": "one:utilityBarTemplateDesktop" },
            "type": "UtilityBar"
        });
        FlexiPageRecord::of("Bar", content)
    }

    fn history() -> Value {
        json!({ "componentInstance": {
            "componentInstanceProperties": { "name": "width", "value": "5" },
            "componentName": "console:history",
            "identifier": "opencti_softPhone"
        }})
    }

    fn text(page: &FlexiPageRecord) -> String {
        String::from_utf8(write_file(page).unwrap()).unwrap()
    }

    #[test]
    fn an_item_comes_behind_the_others_and_goes_again() {
        // One item alone is no list.
        for items in [history(), json!([history()])] {
            let page = bar(&items);
            let with = page.with_item(PHONE).unwrap();
            assert_eq!(with.components, ["console:history", "opencti:softPhone"]);
            assert_eq!(with.with_item(PHONE).as_ref(), Some(&with), "once is enough");
            assert_eq!(text(&with.without_item("opencti:softPhone").unwrap()), text(&page));
            let whole = text(&with);
            assert!(whole.contains("<identifier>opencti_softPhone2</identifier>"), "{whole}");
            assert!(!whole.contains("fullName") && !whole.contains("sobjectType"), "{whole}");
            assert!(whole.contains("<masterLabel>A &amp; B</masterLabel>"), "{whole}");
        }
    }

    #[test]
    fn an_empty_bar_takes_an_item_and_is_empty_again() {
        let mut page = bar(&json!([]));
        page.content["flexiPageRegions"][0].as_object_mut().unwrap().shift_remove("itemInstances");
        let with = page.with_item(PHONE).unwrap();
        assert_eq!(with.components, ["opencti:softPhone"]);
        assert_eq!(text(&with.without_item("opencti:softPhone").unwrap()), text(&page));
    }

    #[test]
    fn a_page_that_is_built_otherwise_is_left_alone() {
        let mut old = bar(&json!([]));
        old.content["flexiPageRegions"][0]["componentInstances"] = json!([]);
        let mut strange = bar(&json!([{ "fieldInstance": { "fieldItem": "Record.Name" } }]));
        for page in [&old, &strange, &FlexiPageRecord::of("Bar", json!({}))] {
            assert_eq!((page.with_item(PHONE), page.without_item("a:b")), (None, None));
        }
        strange.content["flexiPageRegions"] = json!("odd");
        assert_eq!(strange.with_item(PHONE), None);
    }
}
