//! Records of custom metadata types: reading them from the org, writing their files.

use futures_util::future::try_join_all;
use serde::Deserialize;

use super::call_center::{read_records, write_read};
use super::{Metadata, NAMESPACE};
use crate::soap::Api;
use crate::xml::{Forbidden, Xml};
use crate::{Error, decode};

/// How many names one read takes; ten for other types.
const MAX_NAMES: usize = 200;

const OPERATION: &str = "read the custom metadata";

/// A record of a custom metadata type, as the org stores it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct CustomMetadataRecord {
    /// `ns__Type.ns__Record`: the type without `__mdt`; a record that a subscriber made has no
    /// namespace of its own.
    #[serde(deserialize_with = "decode::or_default")]
    pub full_name: String,
    /// What people see.
    #[serde(deserialize_with = "decode::or_default")]
    pub label: String,
    /// Whether only code of its package may read it.
    #[serde(deserialize_with = "decode::flag")]
    pub protected: bool,
    /// The values.
    #[serde(deserialize_with = "decode::list")]
    pub values: Vec<CustomMetadataValue>,
}

/// A value of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct CustomMetadataValue {
    /// API name of the field, without the type: `ns__Field__c`.
    #[serde(deserialize_with = "decode::or_default")]
    pub field: String,
    /// The value as text, whatever its type; none where it is empty.
    pub value: Option<String>,
}

/// What a deploy is to change of a record: a field that is not named keeps its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomMetadataFile {
    /// `ns__Type.ns__Record`.
    pub full_name: String,
    /// The label that it has: a packaged record keeps it.
    pub label: String,
    /// Whether it is protected, as it is.
    pub protected: bool,
    /// Texts by field; none empties the field.
    pub values: Vec<CustomMetadataValue>,
}

impl Metadata<'_> {
    /// The records of these full names; those that are not there, or do not show, are left out.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_readMetadata.htm>
    pub async fn read_custom_metadata<S: AsRef<str>>(
        &self,
        names: &[S],
    ) -> Result<Vec<CustomMetadataRecord>, Error> {
        let reads = names.chunks(MAX_NAMES).map(async |names| {
            let response = self.client.soap(Api::Metadata, OPERATION, "readMetadata", |xml| {
                write_read(xml, "CustomMetadata", names);
            });
            decode::value(OPERATION, read_records(response.await?))
        });
        let read: Vec<Vec<CustomMetadataRecord>> = try_join_all(reads).await?;
        Ok(read.into_iter().flatten().collect())
    }
}

/// Writes the component's file, its elements in the order of the schema.
pub(super) fn write_file(record: &CustomMetadataFile) -> Result<Vec<u8>, Forbidden> {
    let namespaces = [
        ("xmlns", NAMESPACE),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
    ];
    let mut xml = Xml::indented();
    xml.element("CustomMetadata", &namespaces, |xml| {
        xml.text("label", &record.label);
        xml.text("protected", if record.protected { "true" } else { "false" });
        for value in &record.values {
            xml.group("values", |xml| {
                xml.text("field", &value.field);
                match &value.value {
                    Some(text) => xml.typed("value", &[("xsi:type", "xsd:string")], text),
                    None => xml.typed("value", &[("xsi:nil", "true")], ""),
                }
            });
        }
    });
    xml.finish()
}
