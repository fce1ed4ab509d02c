//! Components: what checks and keeps those of each type.

use crate::metadata::modelled::Modelled;
use std::collections::BTreeMap;

use super::super::schema::{self, Problem, Type};
use super::super::{schemas, types};
use super::bundle::Component;
use super::manifest::Manifest;
use super::message::Outcome;
use super::part::{Applied, Part};
use super::store::{self, Author, Wanted};
use super::{
    apex_class, call_center, custom_metadata, installed_package, permission_set, profile, rights,
    uninstall,
};
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::stored::Content;

/// Puts a component of an archive into the world, with those of its file that the manifest names.
pub(super) fn file(
    world: &mut World,
    author: &Author,
    component: &Component<'_>,
    manifest: &Manifest,
) -> Vec<Part> {
    let (kind, name) = (component.type_name, component.name.as_str());
    if let Err(problem) = rights::check(world, author.guesses, &author.user, kind) {
        return vec![Part::of(kind, name, Outcome::Failed(problem))];
    }
    if kind == uninstall::TYPE
        && let Err(problem) = uninstall::check_alone(manifest)
    {
        return vec![Part::of(kind, name, Outcome::Failed(problem))];
    }
    let result = match schema_of(kind) {
        Some(schema) => checked(component.content, schema)
            .and_then(|root| known(world, author, kind, name, &root)),
        None if kind == "ApexClass" => apex_class::apply(world, component),
        None => return store::file(world, author, component, manifest),
    };
    vec![Part::of(kind, name, result.into())]
}

/// Puts a component into the world that is described by itself, with all that lives in it.
pub(crate) fn described(
    world: &mut World,
    author: &Author,
    kind: &'static str,
    name: &str,
    root: &Element,
    files: BTreeMap<String, Content>,
) -> Vec<Part> {
    if let Err(problem) = rights::check(world, author.guesses, &author.user, kind) {
        return vec![Part::of(kind, name, Outcome::Failed(problem))];
    }
    let parent = types::by_name(kind).filter(|kind| !kind.children.is_empty());
    if let Some(parent) = parent {
        return store::divided(world, author, parent, name, root, &|_, _| true);
    }
    let result = if let Some(schema) = schema_of(kind) {
        schema::check_content(root, schema).and_then(|()| known(world, author, kind, name, root))
    } else {
        let root = Some(root);
        store::put(world, author, Wanted { type_name: kind, full_name: name, root, files })
    };
    vec![Part::of(kind, name, result.into())]
}

/// The schema of a type that this org knows in depth.
fn schema_of(kind: &str) -> Option<&'static Type> {
    Some(match Modelled::of(kind) {
        Some(Modelled::CallCenter) => &schemas::CALL_CENTER,
        Some(Modelled::CustomMetadata) => &schemas::CUSTOM_METADATA,
        Some(Modelled::InstalledPackage) => &schemas::INSTALLED_PACKAGE,
        Some(Modelled::PermissionSet) => &schemas::PERMISSION_SET,
        Some(Modelled::Profile) => &schemas::PROFILE,
        Some(
            Modelled::ApexClass
            | Modelled::CustomApplication
            | Modelled::CustomField
            | Modelled::CustomObject
            | Modelled::Layout
            | Modelled::RecordType
            | Modelled::Report
            | Modelled::ReportFolder,
        )
        | None => return None,
    })
}

/// Reads a file and checks it.
fn checked(content: &[u8], schema: &Type) -> Result<Element, Problem> {
    let root = super::parse(content)?;
    schema::check(&root, schema)?;
    Ok(root)
}

/// Puts a component of such a type into the world.
fn known(
    world: &mut World,
    author: &Author,
    kind: &str,
    name: &str,
    root: &Element,
) -> Result<Applied, Problem> {
    match Modelled::of(kind) {
        Some(Modelled::CallCenter) => call_center::apply(world, author.guesses, name, root),
        Some(Modelled::CustomMetadata) => custom_metadata::apply(world, author.guesses, name, root),
        Some(Modelled::InstalledPackage) => installed_package::apply(world, author, name, root),
        Some(Modelled::PermissionSet) => permission_set::apply(world, author.guesses, name, root),
        Some(Modelled::Profile) => profile::apply(world, author.guesses, name, root),
        // Those are no such types: `schema_of` has none for them.
        Some(
            Modelled::ApexClass
            | Modelled::CustomApplication
            | Modelled::CustomField
            | Modelled::CustomObject
            | Modelled::Layout
            | Modelled::RecordType
            | Modelled::Report
            | Modelled::ReportFolder,
        )
        | None => Err(Problem::whole(format!("The emulator does not deploy {kind} like this"))),
    }
}
