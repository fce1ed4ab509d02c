//! What a retrieve finds: `*` resolved, missing names told.

use std::collections::{BTreeMap, BTreeSet};

use super::super::names::same;
use super::super::types::{self, MetadataType};
use super::super::{entries, found};
use super::Failure;
use crate::world::World;

/// What was found, and what was not.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// Full names by type.
    pub(super) found: BTreeMap<&'static str, BTreeSet<String>>,
    /// What is to be said of names that lead nowhere.
    pub(super) problems: Vec<String>,
}

impl Members {
    /// Whether a component was found.
    pub(super) fn has(&self, kind: &str, name: &str) -> bool {
        self.found.get(kind).is_some_and(|names| names.iter().any(|known| same(known, name)))
    }

    /// Types with their members as manifests list them: folders among what lies in them.
    pub(super) fn listed(&self) -> BTreeMap<&'static str, BTreeSet<&String>> {
        let mut listed: BTreeMap<&'static str, BTreeSet<&String>> = BTreeMap::new();
        for (kind, names) in &self.found {
            let kind = types::by_folder_type(kind).map_or(*kind, |kind| kind.name);
            listed.entry(kind).or_default().extend(names);
        }
        listed
    }

    fn add(&mut self, kind: &'static str, name: impl Into<String>) {
        self.found.entry(kind).or_default().insert(name.into());
    }
}

/// What a manifest asks for.
pub(super) fn of_manifest(world: &World, pairs: impl Iterator<Item = (String, String)>) -> Members {
    let mut members = Members::default();
    for (kind, name) in pairs {
        let there = kind != "CallCenter" || world.features.call_center;
        let Some(known) = types::known(&kind).filter(|_| there) else {
            members.problems.push(format!("Entity type: '{kind}' is unknown"));
            continue;
        };
        if name == "*" {
            for name in all(world, known) {
                members.add(known, name);
            }
        } else if let Some((kind, name)) = one(world, known, &name) {
            members.add(kind, name);
        } else {
            let problem = format!("Entity of type '{kind}' named '{name}' cannot be found");
            members.problems.push(problem);
        }
    }
    members
}

/// What `*` stands for: of objects only the custom ones, and nothing of what lies in folders.
fn all(world: &World, kind: &'static str) -> Vec<String> {
    let lives_in_object = types::child(kind).is_some_and(|(it, _)| it.name == "CustomObject");
    if lives_in_object || types::by_name(kind).is_some_and(MetadataType::in_folder) {
        return Vec::new();
    }
    let names = entries::everywhere(world, kind).into_iter().map(|entry| entry.full_name);
    names.filter(|name| kind != "CustomObject" || name.contains("__")).collect()
}

/// The component of a name; a folder may be named as if it lay in itself.
fn one(world: &World, kind: &'static str, name: &str) -> Option<(&'static str, String)> {
    if let Some(found) = found::find(world, kind, name) {
        return Some((kind, found.full_name));
    }
    let folder = types::by_name(kind).and_then(MetadataType::folder_type)?;
    found::find(world, folder, name).map(|found| (folder, found.full_name))
}

/// What an installed package brought.
pub(super) fn of_package(world: &World, name: &str) -> Result<Members, Failure> {
    let version = world.installed_packages.iter().find_map(|package| {
        let version = world.package_version(&package.subscriber_package_version_id)?;
        (version.package_name == name).then_some(version)
    });
    let missing = || {
        let message = format!("INVALID_CROSS_REFERENCE_KEY: No package named '{name}' found");
        ("UNKNOWN_EXCEPTION", message)
    };
    let version = version.ok_or_else(missing)?;
    let mut members = Members::default();
    for kind in types::all().iter().filter(|kind| kind.name != "InstalledPackage") {
        let kinds = kind.folder_type().into_iter().chain([kind.name]);
        for kind in kinds.chain(kind.children.iter().map(|child| child.name)) {
            let entries = entries::everywhere(world, kind).into_iter();
            for entry in entries.filter(|it| it.namespace == version.namespace_prefix) {
                members.add(kind, entry.full_name);
            }
        }
    }
    Ok(members)
}
