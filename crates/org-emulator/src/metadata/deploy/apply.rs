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
    let result = match known(kind) {
        Some((schema, apply)) => {
            checked(component.content, schema).and_then(|root| apply(world, author, name, &root))
        }
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
    let result = if let Some((schema, apply)) = known(kind) {
        schema::check_content(root, schema).and_then(|()| apply(world, author, name, root))
    } else {
        let root = Some(root);
        store::put(world, author, Wanted { type_name: kind, full_name: name, root, files })
    };
    vec![Part::of(kind, name, result.into())]
}

/// How a component of a type that this org knows in depth is put into the world.
type Apply = fn(&mut World, &Author, &str, &Element) -> Result<Applied, Problem>;

/// The schema of a type that this org knows in depth, and how a component of it is applied.
fn known(kind: &str) -> Option<(&'static Type, Apply)> {
    Some(match Modelled::of(kind) {
        Some(Modelled::CallCenter) => (&schemas::CALL_CENTER, |world, author, name, root| {
            call_center::apply(world, author.guesses, name, root)
        }),
        Some(Modelled::CustomMetadata) => {
            (&schemas::CUSTOM_METADATA, |world, author, name, root| {
                custom_metadata::apply(world, author.guesses, name, root)
            })
        }
        Some(Modelled::InstalledPackage) => (&schemas::INSTALLED_PACKAGE, installed_package::apply),
        Some(Modelled::PermissionSet) => (&schemas::PERMISSION_SET, |world, author, name, root| {
            permission_set::apply(world, author.guesses, name, root)
        }),
        Some(Modelled::Profile) => (&schemas::PROFILE, |world, author, name, root| {
            profile::apply(world, author.guesses, name, root)
        }),
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
