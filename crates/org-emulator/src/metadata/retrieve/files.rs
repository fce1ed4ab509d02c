//! The files of a retrieve.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::found::{self, Found};
use super::super::types::{self, MetadataType};
use super::super::{names, tree};
use super::members::Members;
use crate::soap::xml::{self, Element};
use crate::world::World;
use crate::world::custom_metadata::qualified;

/// What of a profile is only shown with what it is about: element, its reference, and the type.
const ABOUT: [(&str, &str, &str); 8] = [
    ("applicationVisibilities", "application", "CustomApplication"),
    ("classAccesses", "apexClass", "ApexClass"),
    ("customMetadataTypeAccesses", "name", "CustomObject"),
    ("fieldPermissions", "field", "CustomField"),
    ("layoutAssignments", "layout", "Layout"),
    ("objectPermissions", "object", "CustomObject"),
    ("recordTypeVisibilities", "recordType", "RecordType"),
    ("servicePresenceStatusAccesses", "servicePresenceStatus", "ServicePresenceStatus"),
];

/// Files by their paths.
#[derive(Debug, Default)]
pub(super) struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Adds a file.
    pub(super) fn add(&mut self, path: String, content: Vec<u8>) {
        self.0.insert(path, content);
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Keeps only some.
    pub(super) fn keep(&mut self, wanted: impl Fn(&str) -> bool) {
        self.0.retain(|path, _| wanted(path));
    }

    /// Adds the files of all components that were found.
    pub(super) fn add_all(&mut self, world: &World, prefix: &str, members: &Members) {
        for (name, names) in &members.found {
            if let Some(kind) = types::by_name(name) {
                for name in names {
                    self.add_component(world, prefix, kind, name, members);
                }
            } else if let Some(kind) = types::by_folder_type(name) {
                for folder in names {
                    if let Some(found) = found::find(world, name, folder) {
                        let path = format!("{prefix}{}", kind.folder_path(folder));
                        self.add(path, description(&found, name));
                    }
                }
            }
        }
        for kind in types::all().iter().filter(|kind| !kind.children.is_empty()) {
            self.add_children(world, prefix, kind, members);
        }
    }

    /// Adds the files of a component.
    fn add_component(
        &mut self,
        world: &World,
        prefix: &str,
        kind: &MetadataType,
        name: &str,
        members: &Members,
    ) {
        let Some(found) = found::find(world, kind.name, name) else { return };
        let stored = world.stored.find(kind.name, name);
        if stored.is_none_or(|component| !component.description.is_empty()) {
            let path = format!("{prefix}{}", kind.path(name));
            let content = match kind.name {
                "Profile" => profile(&found, members),
                name => description(&found, name),
            };
            self.add(path, content);
        }
        if kind.name == "ApexClass" {
            let class = world.apex_classes.iter().find(|class| {
                names::same(&qualified(class.namespace_prefix.as_deref(), &class.name), name)
            });
            if let (Some(class), Some(path)) = (class, kind.content_path(name)) {
                self.add(format!("{prefix}{path}"), class.body.clone().into_bytes());
            }
        }
        for (path, content) in stored.iter().flat_map(|component| &component.files) {
            self.add(format!("{prefix}{path}"), content.bytes());
        }
    }

    /// Adds files that hold only those components that were asked for by themselves.
    fn add_children(
        &mut self,
        world: &World,
        prefix: &str,
        kind: &'static MetadataType,
        members: &Members,
    ) {
        let mut parents: BTreeMap<&str, Vec<(&str, &str, &str)>> = BTreeMap::new();
        for child in &kind.children {
            for name in members.found.get(child.name).into_iter().flatten() {
                let parent = kind.parent_name(name);
                if !members.has(kind.name, parent) {
                    parents.entry(parent).or_default().push((child.element, child.name, name));
                }
            }
        }
        for (parent, mut children) in parents {
            children.sort_unstable();
            let file = tree::file(kind.name, |xml| {
                for (element, child, name) in children {
                    let Some(found) = found::find(world, child, name) else { continue };
                    xml.open(element, |xml| {
                        xml.leaf("fullName", found::short_name(kind, name));
                        found.content(xml);
                    });
                }
            });
            self.add(format!("{prefix}{}", kind.path(parent)), file.into_bytes());
        }
    }

    /// All of them as a zip file in base64.
    pub(super) fn zipped(&self) -> String {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let written = self.0.iter().try_for_each(|(path, content)| {
            zip.start_file(path.as_str(), SimpleFileOptions::default())?;
            zip.write_all(content).map_err(zip::result::ZipError::from)
        });
        let bytes = written.and_then(|()| zip.finish()).map(Cursor::into_inner);
        debug_assert!(bytes.is_ok(), "a zip file in memory takes every path that a deploy took");
        STANDARD.encode(bytes.unwrap_or_default())
    }
}

/// The file that describes a component.
fn description(found: &Found<'_>, kind: &str) -> Vec<u8> {
    tree::file(found.root.as_deref().unwrap_or(kind), |xml| found.content(xml)).into_bytes()
}

/// A profile's file, without what it says of components that were not asked for.
fn profile(found: &Found<'_>, members: &Members) -> Vec<u8> {
    let whole = tree::file("Profile", |xml| found.content(xml));
    let Ok(mut root) = xml::parse(&whole) else { return whole.into_bytes() };
    root.children.retain(|element: &Element| {
        let about = ABOUT.iter().find(|(name, ..)| *name == element.name);
        about.is_none_or(|(_, field, kind)| {
            element.value(field).is_some_and(|name| members.has(kind, name))
        })
    });
    let root = tree::normal(&root);
    tree::file("Profile", |xml| tree::content(xml, &root)).into_bytes()
}
