//! The metadata types that an org lists, read from `v66.txt`: where their files are and what
//! lives in them.

mod path;
mod prefix;

use std::sync::LazyLock;

pub(crate) use path::{Place, Role, place};
pub(crate) use prefix::key_prefix;

/// A metadata type.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MetadataType {
    /// E.g. `CallCenter`.
    pub(crate) name: &'static str,
    /// Its folder in an archive.
    pub(crate) directory: String,
    /// How its files end, without the dot; nothing where that says nothing.
    pub(crate) suffix: Option<String>,
    /// What its components are made of.
    pub(crate) shape: Shape,
    /// Types that live in its files.
    pub(crate) children: Vec<Child>,
}

/// What a component is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One XML file.
    File,
    /// Any file, and its `-meta.xml` beside it.
    Content,
    /// A directory of files.
    Bundle,
    /// One XML file in a folder of components.
    Folder,
    /// Any file and its `-meta.xml` in a folder of components.
    Letter,
    /// The same, whatever its suffix, which belongs to the name.
    Document,
    /// A directory of files and `NAME.site-meta.xml` beside it.
    Site,
    /// A directory of files in a directory that belongs to the name.
    Space,
}

/// A type that lives in another's files.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Child {
    /// E.g. `CustomField`.
    pub(crate) name: &'static str,
    /// The element that holds one: `fields`.
    pub(crate) element: &'static str,
}

impl MetadataType {
    /// Whether each file has a `-meta.xml` beside it.
    pub(crate) fn meta_file(&self) -> bool {
        matches!(self.shape, Shape::Content | Shape::Letter | Shape::Document)
    }

    /// Whether its components lie in folders, which `listMetadata` then must be told.
    pub(crate) fn in_folder(&self) -> bool {
        matches!(self.shape, Shape::Folder | Shape::Letter | Shape::Document)
    }

    /// The full name of a component that lives in the file of that name.
    pub(crate) fn child_name(&self, parent: &str, child: &str) -> String {
        // Labels are told apart in the whole org.
        if self.name == "CustomLabels" { child.to_owned() } else { format!("{parent}.{child}") }
    }

    /// The full name of the component in whose file a child lives.
    pub(crate) fn parent_name<'n>(&self, child: &'n str) -> &'n str {
        match self.name {
            "CustomLabels" => "CustomLabels",
            _ => child.split('.').next().unwrap_or_default(),
        }
    }

    /// The type of its folders.
    pub(crate) fn folder_type(&self) -> Option<&'static str> {
        FOLDERS.iter().find(|(of, _)| *of == self.name).map(|(_, folder)| *folder)
    }
}

/// Types whose components lie in folders, and the types of those folders.
const FOLDERS: [(&str, &str); 4] = [
    ("Dashboard", "DashboardFolder"),
    ("Document", "DocumentFolder"),
    ("EmailTemplate", "EmailFolder"),
    ("Report", "ReportFolder"),
];

/// The table, whose own first lines say how to read it.
const TABLE: &str = include_str!("v66.txt");

static TYPES: LazyLock<Vec<MetadataType>> = LazyLock::new(|| read(TABLE));

/// Every type, as `describeMetadata` lists them.
pub(crate) fn all() -> &'static [MetadataType] {
    &TYPES
}

/// The type of that name.
pub(crate) fn by_name(name: &str) -> Option<&'static MetadataType> {
    all().iter().find(|kind| kind.name == name)
}

/// A type that lives in another's files, with that other.
pub(crate) fn child(name: &str) -> Option<(&'static MetadataType, &'static Child)> {
    all().iter().find_map(|kind| {
        kind.children.iter().find(|child| child.name == name).map(|child| (kind, child))
    })
}

/// The type whose folders are of that type.
pub(crate) fn by_folder_type(name: &str) -> Option<&'static MetadataType> {
    FOLDERS.iter().find(|(_, folder)| *folder == name).and_then(|(kind, _)| by_name(kind))
}

/// The name of any type, of children and folders too.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    by_name(name)
        .map(|kind| kind.name)
        .or_else(|| child(name).map(|(_, child)| child.name))
        .or_else(|| FOLDERS.iter().find(|(_, folder)| *folder == name).map(|(_, folder)| *folder))
}

/// Reads the table.
fn read(table: &'static str) -> Vec<MetadataType> {
    let mut types: Vec<MetadataType> = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&'static str> = line.split_ascii_whitespace().collect();
        match (words.as_slice(), line.starts_with(' ')) {
            ([name, element], true) => {
                if let Some(parent) = types.last_mut() {
                    parent.children.push(Child { name, element });
                }
            }
            ([name], false) => types.push(regular(name)),
            ([name, directory, suffix, shape], false) => types.push(MetadataType {
                name,
                directory: (*directory).to_owned(),
                suffix: (*suffix != "-").then(|| (*suffix).to_owned()),
                shape: Shape::of(shape),
                children: Vec::new(),
            }),
            _ => {}
        }
    }
    types
}

/// A type whose folder and suffix follow from its name.
fn regular(name: &'static str) -> MetadataType {
    let (first, rest) = name.split_at(1);
    let suffix = first.to_ascii_lowercase() + rest;
    MetadataType {
        name,
        directory: format!("{suffix}s"),
        suffix: Some(suffix),
        shape: Shape::File,
        children: Vec::new(),
    }
}

impl Shape {
    /// The shape that the table calls so.
    fn of(word: &str) -> Self {
        match word {
            "content" => Self::Content,
            "bundle" => Self::Bundle,
            "folder" => Self::Folder,
            "letter" => Self::Letter,
            "document" => Self::Document,
            "site" => Self::Site,
            "space" => Self::Space,
            _ => Self::File,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::metadata_api::tests::support::shared;

    #[test]
    fn every_line_of_the_table_is_understood() {
        let words = ["file", "content", "bundle", "folder", "letter", "document", "site", "space"];
        for line in TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let columns: Vec<&str> = line.split_ascii_whitespace().collect();
            let shape = columns.get(3).is_none_or(|shape| words.contains(shape));
            assert!(matches!(columns.len(), 1 | 2 | 4) && shape, "{line}");
            assert!(known(columns[0]).is_some(), "{line}");
        }
        let names: BTreeSet<&str> = all().iter().map(|kind| kind.name).collect();
        assert_eq!(names.len(), all().len());
        let layout = by_name("Layout").unwrap();
        assert_eq!(
            (layout.directory.as_str(), layout.suffix.as_deref()),
            ("layouts", Some("layout"))
        );
        assert_eq!(child("CustomField").unwrap().1.element, "fields");
    }

    #[test]
    fn every_type_is_one_of_the_official_schema() {
        let Some(schema) = shared("wsdl/metadata-66.wsdl") else { return };
        let schema = std::fs::read_to_string(schema).unwrap();
        let official = |name: &str| schema.contains(&format!("<xsd:complexType name=\"{name}\">"));
        for kind in all().iter().filter(|kind| kind.name != "Settings") {
            assert!(official(kind.name), "{}", kind.name);
            assert!(kind.children.iter().all(|child| official(child.name)), "{}", kind.name);
        }
    }
}
