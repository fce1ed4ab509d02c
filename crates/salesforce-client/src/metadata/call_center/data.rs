//! The values of a call center: sections of items, as an org holds them and as a definition file
//! brings them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::decode;

/// Where an item stands: names of items repeat between sections, so both count.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemKey {
    /// Name of the section, e.g. `reqGeneralInfo`.
    pub section: String,
    /// Name of the item, e.g. `reqSoftphoneHeight`.
    pub item: String,
}

impl ItemKey {
    /// The key of an item in a section.
    pub fn new(section: impl Into<String>, item: impl Into<String>) -> Self {
        Self { section: section.into(), item: item.into() }
    }

    /// Reads `section/item`.
    pub fn parse(text: &str) -> Option<Self> {
        let (section, item) = text.split_once('/')?;
        (!section.is_empty() && !item.is_empty() && !item.contains('/'))
            .then(|| Self::new(section, item))
    }
}

impl fmt::Display for ItemKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.section, self.item)
    }
}

/// A call center with all its values.
///
/// The internal name and the display name are items of a definition file but not of this: they
/// are the call center's own (the Metadata API's rule; `reqAdapterUrl` is both).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallCenter {
    /// `reqInternalName`: the full name of the metadata component.
    pub internal_name: String,
    /// Label of the internal name on the Setup page.
    pub internal_name_label: String,
    /// `reqDisplayName`: what people see.
    pub display_name: String,
    /// Label of the display name on the Setup page.
    pub display_name_label: String,
    /// Sections in their order.
    pub sections: Vec<Section>,
}

/// A section of a call center.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    /// API name.
    #[serde(deserialize_with = "decode::or_default")]
    pub name: String,
    /// Heading on the Setup page.
    #[serde(deserialize_with = "decode::or_default")]
    pub label: String,
    /// Items in their order.
    #[serde(deserialize_with = "decode::list")]
    pub items: Vec<Item>,
}

/// One setting of a call center. Values are text, whatever they mean.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    /// API name, unique in its section.
    #[serde(deserialize_with = "decode::or_default")]
    pub name: String,
    /// Label on the Setup page.
    #[serde(deserialize_with = "decode::or_default")]
    pub label: String,
    /// Value; empty where there is none.
    #[serde(deserialize_with = "decode::or_default")]
    pub value: String,
}

impl CallCenter {
    /// Every item with its key, in order.
    pub fn items(&self) -> impl Iterator<Item = (ItemKey, &Item)> {
        self.sections.iter().flat_map(|section| {
            section.items.iter().map(|item| (ItemKey::new(&section.name, &item.name), item))
        })
    }

    /// The item at a key.
    pub fn item(&self, key: &ItemKey) -> Option<&Item> {
        self.sections
            .iter()
            .find(|section| section.name == key.section)?
            .items
            .iter()
            .find(|item| item.name == key.item)
    }

    /// The item at a key, to be changed.
    pub fn item_mut(&mut self, key: &ItemKey) -> Option<&mut Item> {
        self.sections
            .iter_mut()
            .find(|section| section.name == key.section)?
            .items
            .iter_mut()
            .find(|item| item.name == key.item)
    }

    /// The same with every item that a definition has, without a value where this one has no such item:
    /// orgs may leave out of their answers what is empty. What is there keeps its order.
    #[must_use]
    pub fn completed_by(&self, definition: &Self) -> Self {
        let mut whole = self.clone();
        for wanted in &definition.sections {
            let place = whole.sections.iter().position(|section| section.name == wanted.name);
            let place = place.unwrap_or_else(|| {
                let (name, label) = (wanted.name.clone(), wanted.label.clone());
                whole.sections.push(Section { name, label, items: Vec::new() });
                whole.sections.len() - 1
            });
            let items = &mut whole.sections[place].items;
            let mut behind = 0;
            for item in &wanted.items {
                let there = items.iter().position(|known| known.name == item.name);
                behind = 1 + there.unwrap_or_else(|| {
                    items.insert(behind, Item { value: String::new(), ..item.clone() });
                    behind
                });
            }
        }
        whole
    }

    /// The adapter URL, wherever its section is.
    pub fn adapter_url(&self) -> Option<&str> {
        self.items().find(|(key, _)| key.item == ADAPTER_URL).map(|(_, item)| item.value.as_str())
    }

    /// `customSettings` of the component: the reserved items that exist, as JSON text in
    /// Salesforce's own order; `None` where none exists.
    ///
    /// Orgs repeat these items there, so it is derived and never compared.
    pub fn custom_settings(&self) -> Option<String> {
        let settings: serde_json::Map<_, _> = RESERVED_ITEMS
            .iter()
            .filter_map(|name| {
                let (_, item) = self.items().find(|(key, _)| key.item == *name)?;
                Some(((*name).to_owned(), item.value.clone().into()))
            })
            .collect();
        (!settings.is_empty()).then(|| serde_json::Value::Object(settings).to_string())
    }
}

/// The items that [`CallCenter::custom_settings`] repeats, in the order in which it does.
pub const RESERVED_ITEMS: [&str; 6] = [
    "reqTimeout",
    "reqStandbyUrl",
    "reqSoftphoneHeight",
    "reqUseApi",
    "reqSoftphoneWidth",
    "reqSalesforceCompatibilityMode",
];

/// The section that Salesforce's own items stand in.
pub const GENERAL_SECTION: &str = "reqGeneralInfo";

/// The reserved item that holds the adapter URL; the component repeats it outside the sections.
pub const ADAPTER_URL: &str = "reqAdapterUrl";

/// A value as an org keeps it: deploys trim blanks at both ends of an element's text.
pub fn normalised(text: &str) -> &str {
    text.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call_center(items: &[(&str, &str)]) -> CallCenter {
        CallCenter {
            internal_name: "Demo".to_owned(),
            internal_name_label: "Internal Name".to_owned(),
            display_name: "Demo".to_owned(),
            display_name_label: "Display Name".to_owned(),
            sections: vec![Section {
                name: "reqGeneralInfo".to_owned(),
                label: "General Information".to_owned(),
                items: items
                    .iter()
                    .map(|(name, value)| Item {
                        name: (*name).to_owned(),
                        label: (*name).to_owned(),
                        value: (*value).to_owned(),
                    })
                    .collect(),
            }],
        }
    }

    #[test]
    fn custom_settings_repeat_reserved_items_in_their_own_order() {
        let call_center = call_center(&[
            ("reqAdapterUrl", "https://example.com"),
            ("reqUseApi", "true"),
            ("reqSoftphoneHeight", "600"),
            ("reqSoftphoneWidth", "500"),
            ("reqOther", "\"quoted\""),
        ]);
        assert_eq!(
            call_center.custom_settings().unwrap(),
            r#"{"reqSoftphoneHeight":"600","reqUseApi":"true","reqSoftphoneWidth":"500"}"#
        );
    }

    #[test]
    fn custom_settings_are_absent_where_no_reserved_item_exists() {
        assert_eq!(call_center(&[("reqOther", "x")]).custom_settings(), None);
    }

    #[test]
    fn what_an_org_leaves_out_is_completed_in_the_order_of_the_definition() {
        let definition = call_center(&[("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]);
        let values = |of: &CallCenter| -> Vec<(String, String)> {
            of.items().map(|(key, item)| (key.item, item.value.clone())).collect()
        };
        let told = call_center(&[("c", "x"), ("a", "y"), ("own", "z")]);
        let whole = told.completed_by(&definition);
        let named: Vec<String> =
            values(&whole).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(named, ["c=x", "d=", "a=y", "b=", "own=z"]);
        assert_eq!(whole.completed_by(&definition), whole);
        let nothing = CallCenter { sections: Vec::new(), ..told };
        assert_eq!(values(&nothing.completed_by(&definition)).len(), 4);
    }
}
