//! What components of a type there are.

use serde::Deserialize;
use serde_json::Value;

use super::{Metadata, managed_layout_name};
use crate::soap::Api;
use crate::{Error, decode};

/// One component, as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FileProperties {
    /// The full name, percent-encoded; wrong for managed layouts, see [`FileProperties::deploy_name`].
    pub full_name: String,
    /// The metadata type.
    #[serde(rename = "type", default, deserialize_with = "decode::or_default")]
    pub kind: String,
    /// The component's id.
    #[serde(default, deserialize_with = "decode::text")]
    pub id: Option<String>,
    /// The path in a package.
    #[serde(default, deserialize_with = "decode::or_default")]
    pub file_name: String,
    /// The namespace of the package it belongs to.
    #[serde(default, deserialize_with = "decode::text")]
    pub namespace_prefix: Option<String>,
    /// `installed`, `unmanaged` and so on.
    #[serde(default, deserialize_with = "decode::text")]
    pub manageable_state: Option<String>,
}

impl FileProperties {
    /// The full name that a deploy or a read understands.
    pub fn deploy_name(&self) -> String {
        if self.kind == "Layout" {
            let state = self.manageable_state.as_deref().unwrap_or_default();
            return managed_layout_name(&self.full_name, self.namespace_prefix.as_deref(), state);
        }
        self.full_name.clone()
    }
}

#[derive(Deserialize)]
struct Response {
    #[serde(default, deserialize_with = "decode::list")]
    result: Vec<FileProperties>,
}

impl Metadata<'_> {
    /// The components of one type.
    ///
    /// One type a call: when one of several fails, the org answers for none.
    ///
    /// <https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listmetadata.htm>
    pub async fn list(&self, kind: &str) -> Result<Vec<FileProperties>, Error> {
        let operation = "list metadata";
        let version = self.client.version().to_string();
        let response = self.client.soap(Api::Metadata, operation, "listMetadata", |xml| {
            write_list(xml, kind, &version);
        });
        read_list(operation, response.await?)
    }
}

pub(crate) fn write_list(xml: &mut crate::xml::Xml, kind: &str, version: &str) {
    xml.group("queries", |xml| xml.text("type", kind));
    xml.text("asOfVersion", version);
}

pub(crate) fn read_list(
    operation: &'static str,
    response: Value,
) -> Result<Vec<FileProperties>, Error> {
    if !response.is_object() {
        // No components: the response is an empty element.
        return Ok(Vec::new());
    }
    decode::value::<Response>(operation, response).map(|response| response.result)
}
