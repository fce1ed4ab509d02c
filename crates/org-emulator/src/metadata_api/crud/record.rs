//! The records of a request: `<metadata xsi:type="CallCenter">`.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::metadata::types;
use crate::soap::Fault;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::stored::Content;

/// A component as a request describes it.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) kind: String,
    pub(super) full_name: String,
    /// What describes it, as the root of its file would.
    pub(super) root: Element,
    /// What is described, in base64, where its type has that.
    content: Option<String>,
}

/// The records of a request.
pub(super) fn of(request: &Element) -> Result<Vec<Record>, Fault> {
    request.all("metadata").map(read).collect()
}

/// Reads a record.
fn read(element: &Element) -> Result<Record, Fault> {
    let kind = element.xsi_type.clone().ok_or_else(|| {
        Fault::new(
            "Client",
            "Must specify a {http://www.w3.org/2001/XMLSchema-instance}type attribute value for \
             the {http://soap.sforce.com/2006/04/metadata}metadata element",
        )
    })?;
    let full_name = element.value("fullName").unwrap_or_default().to_owned();
    let mut root = element.clone();
    root.name.clone_from(&kind);
    let described = types::by_name(&kind).is_some_and(types::MetadataType::meta_file);
    let content = element.value("content").filter(|_| described).map(str::to_owned);
    root.children.retain(|child| match child.name.as_str() {
        "fullName" => false,
        "content" => !described,
        // Clients that send every field of a type send those without a value as nil.
        _ => !child.nil,
    });
    Ok(Record { kind, full_name, root, content })
}

impl Record {
    /// The files beside its description: what it brings, else what is there.
    pub(super) fn files(&self, world: &World, kind: &str) -> BTreeMap<String, Content> {
        let path = types::by_name(kind).and_then(|kind| kind.content_path(&self.full_name));
        match (&self.content, path) {
            (Some(content), Some(path)) => {
                let bytes = STANDARD.decode(content.replace(char::is_whitespace, ""));
                BTreeMap::from([(path, Content::of(&bytes.unwrap_or_default()))])
            }
            _ => world
                .stored
                .find(kind, &self.full_name)
                .map(|known| known.files.clone())
                .unwrap_or_default(),
        }
    }
}
