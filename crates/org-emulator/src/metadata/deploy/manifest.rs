//! `package.xml` and the destructive manifests.

use super::super::schema::{self, Problem};
use super::super::schemas;
use super::super::types;
use super::bundle::Component;
use crate::soap::xml;

/// What a manifest names.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// Type and member, as written.
    pub(super) members: Vec<(String, String)>,
}

impl Manifest {
    /// Whether it names anything of a type.
    pub(super) fn has(&self, kind: &str) -> bool {
        self.members.iter().any(|(of, _)| of == kind)
    }

    /// Whether it names a component, itself or by `*`.
    pub(super) fn names(&self, kind: &str, name: &str) -> bool {
        // Folders are named as if they were components.
        let listed = types::by_folder_type(kind).map_or(kind, |kind| kind.name);
        self.members.iter().any(|(of, member)| {
            of == listed && (member == "*" || super::super::names::same(member, name))
        })
    }

    /// Whether it names a component or anything that may live in its file.
    pub(super) fn names_any(&self, component: &Component<'_>) -> bool {
        let inside = format!("{}.", component.name);
        let lives_in = |kind: &str, member: &str| {
            component.kind.children.iter().any(|child| {
                child.name == kind
                    && (component.kind.name == "CustomLabels" || member.starts_with(&inside))
            })
        };
        self.names(component.type_name, &component.name)
            || self.members.iter().any(|(kind, member)| lives_in(kind, member))
    }
}

/// Reads a manifest. Only `package.xml` needs a version.
pub(super) fn read(content: &[u8], needs_version: bool) -> Result<Manifest, Problem> {
    let root = super::parse(content)?;
    schema::check(&root, &schemas::PACKAGE)?;
    match root.value("version") {
        None if needs_version => {
            return Err(Problem::at(root.at, "Required field is missing: version"));
        }
        Some(version) => check_version(version).map_err(|text| Problem::at(root.at, text))?,
        None => {}
    }
    let mut manifest = Manifest::default();
    for kinds in root.all("types") {
        let kind = kinds.value("name").unwrap_or_default();
        check_type(kind, kinds)?;
        for member in kinds.all("members") {
            manifest.members.push((kind.to_owned(), member.text.trim().to_owned()));
        }
    }
    Ok(manifest)
}

/// Checks an API version.
pub(super) fn check_version(version: &str) -> Result<(), String> {
    let known = version.parse::<f64>().is_ok_and(|version| (7.0..=68.0).contains(&version));
    if known { Ok(()) } else { Err(format!("Invalid api version:{version}")) }
}

/// Checks that a type exists.
fn check_type(kind: &str, element: &xml::Element) -> Result<(), Problem> {
    if types::known(kind).is_some() {
        return Ok(());
    }
    let message = format!("Unknown type name '{kind}' specified in package.xml");
    Err(Problem::at(element.at, message))
}
