//! The call center component: reading it from the org, writing its file.

mod data;

use futures_util::future::try_join_all;
use serde::Deserialize;
use serde_json::Value;

pub use data::{
    ADAPTER_URL, CallCenter, GENERAL_SECTION, Item, ItemKey, RESERVED_ITEMS, Section, normalised,
};

use super::{Metadata, NAMESPACE};
use crate::soap::Api;
use crate::xml::{Forbidden, Xml};
use crate::{Error, decode};

/// How many names one read takes.
const MAX_NAMES: usize = 10;

const OPERATION: &str = "read the call centers";

/// The component as the org stores it, with all that it repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallCenterRecord {
    /// The internal name, which is the component's full name.
    #[serde(deserialize_with = "decode::or_default")]
    pub full_name: String,
    /// The adapter's address.
    pub adapter_url: Option<String>,
    /// The reserved items once more, as JSON text.
    pub custom_settings: Option<String>,
    /// The name that people see.
    #[serde(deserialize_with = "decode::or_default")]
    pub display_name: String,
    /// The label of that name.
    #[serde(deserialize_with = "decode::or_default")]
    pub display_name_label: String,
    /// The label of the internal name.
    #[serde(deserialize_with = "decode::or_default")]
    pub internal_name_label: String,
    /// The version of the CTI toolkit; none for Open CTI.
    pub version: Option<String>,
    /// The sections, in their order.
    #[serde(deserialize_with = "decode::list")]
    pub sections: Vec<Section>,
}

/// A call center as it is deployed. The adapter URL and the reserved items stand in it twice, as
/// in every file that an org gave out.
impl From<&CallCenter> for CallCenterRecord {
    fn from(call_center: &CallCenter) -> Self {
        Self {
            full_name: call_center.internal_name.clone(),
            adapter_url: call_center.adapter_url().map(str::to_owned),
            custom_settings: call_center.custom_settings(),
            display_name: call_center.display_name.clone(),
            display_name_label: call_center.display_name_label.clone(),
            internal_name_label: call_center.internal_name_label.clone(),
            version: None,
            sections: call_center.sections.clone(),
        }
    }
}

/// What of a component somebody sets; what the org repeats in it is left out.
impl From<CallCenterRecord> for CallCenter {
    fn from(record: CallCenterRecord) -> Self {
        Self {
            internal_name: record.full_name,
            internal_name_label: record.internal_name_label,
            display_name: record.display_name,
            display_name_label: record.display_name_label,
            sections: record.sections,
        }
    }
}

impl Metadata<'_> {
    /// The call centers of these internal names; those that are not there are left out.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_readMetadata.htm>
    pub async fn read_call_centers<S: AsRef<str>>(
        &self,
        names: &[S],
    ) -> Result<Vec<CallCenterRecord>, Error> {
        let reads = names.chunks(MAX_NAMES).map(async |names| {
            let response = self.client.soap(Api::Metadata, OPERATION, "readMetadata", |xml| {
                write_read(xml, "CallCenter", names);
            });
            decode::value(OPERATION, read_records(response.await?))
        });
        let read: Vec<Vec<CallCenterRecord>> = try_join_all(reads).await?;
        Ok(read.into_iter().flatten().collect())
    }
}

pub(crate) fn write_read<S: AsRef<str>>(xml: &mut Xml, kind: &str, names: &[S]) {
    xml.text("type", kind);
    for name in names {
        xml.text("fullNames", name.as_ref());
    }
}

/// The records of an answer, as a list.
pub(super) fn read_records(mut response: Value) -> Value {
    let records = response.pointer_mut("/result/records").map_or(Value::Null, Value::take);
    let records = if let Value::Array(list) = records { list } else { vec![records] };
    // A name that is not there leaves a nil or nameless record in its place.
    let there = |record: &Value| record["fullName"].as_str().is_some_and(|name| !name.is_empty());
    Value::Array(records.into_iter().filter(there).collect())
}

/// Writes the component's file, its elements in the order of the schema.
pub(super) fn write_file(record: &CallCenterRecord) -> Result<Vec<u8>, Forbidden> {
    let mut xml = Xml::indented();
    xml.element("CallCenter", &[("xmlns", NAMESPACE)], |xml| {
        xml.optional("adapterUrl", record.adapter_url.as_deref());
        xml.optional("customSettings", record.custom_settings.as_deref());
        xml.text("displayName", &record.display_name);
        xml.text("displayNameLabel", &record.display_name_label);
        xml.text("internalNameLabel", &record.internal_name_label);
        for section in &record.sections {
            xml.group("sections", |xml| write_section(xml, section));
        }
        xml.optional("version", record.version.as_deref());
    });
    xml.finish()
}

fn write_section(xml: &mut Xml, section: &Section) {
    for item in &section.items {
        xml.group("items", |xml| {
            xml.text("label", &item.label);
            xml.text("name", &item.name);
            xml.text("value", &item.value);
        });
    }
    xml.text("label", &section.label);
    xml.text("name", &section.name);
}
