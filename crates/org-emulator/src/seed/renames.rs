//! What people call things: other names and other languages.

use std::collections::BTreeMap;

use super::file::{Fields, merge};
use crate::world::World;

/// Enters translations.
pub(super) fn translate(world: &mut World, labels: &BTreeMap<String, BTreeMap<String, String>>) {
    for (language, labels) in labels {
        world.translations.entry(language.clone()).or_default().extend(labels.clone());
    }
}

/// Puts fields over profiles, by label or API name.
pub(super) fn change_profiles(
    world: &mut World,
    profiles: &BTreeMap<String, Fields>,
) -> Result<(), String> {
    for (name, fields) in profiles {
        let place = world.profiles.iter().position(|it| it.name == *name || it.full_name == *name);
        let place = place.ok_or_else(|| format!("the org has no profile {name:?}"))?;
        let before = world.profiles[place].clone();
        merge(&mut world.profiles[place], fields)?;
        let after = world.profiles[place].name.clone();
        // A custom profile has no other API name than its own, unless two would have the same.
        let follows = before.custom && before.full_name == before.name;
        let taken = world.profiles.iter().any(|it| it.full_name == after);
        if follows && !taken && !fields.contains_key("FullName") {
            world.profiles[place].full_name = after;
        }
    }
    Ok(())
}

/// Puts fields over package versions, by id.
pub(super) fn change_packages(
    world: &mut World,
    packages: &BTreeMap<String, Fields>,
) -> Result<(), String> {
    for (id, fields) in packages {
        let mut versions = world.package_versions.iter_mut();
        let version = versions.find(|it| it.id.as_str() == id || it.id.short() == id);
        merge(version.ok_or_else(|| format!("no package version {id:?} is on offer"))?, fields)?;
    }
    Ok(())
}

/// Puts fields over layouts, by full name; what a file says of a layout keeps its content.
pub(super) fn change_layouts(
    world: &mut World,
    layouts: &BTreeMap<String, Fields>,
) -> Result<(), String> {
    for (name, fields) in layouts {
        let place = world.layouts.iter().position(|it| it.full_name() == *name);
        let place = place.ok_or_else(|| format!("the org has no layout {name:?}"))?;
        merge(&mut world.layouts[place], fields)?;
        let full_name = world.layouts[place].full_name();
        if let Some(mut kept) = world.stored.find("Layout", name).cloned() {
            world.stored.retain("Layout", |one| one.id != kept.id);
            kept.full_name = full_name;
            world.stored.put("Layout", kept);
        }
    }
    Ok(())
}

/// Puts fields over record types, by full name.
pub(super) fn change_record_types(
    world: &mut World,
    kinds: &BTreeMap<String, Fields>,
) -> Result<(), String> {
    for (name, fields) in kinds {
        let kind = world.record_types.iter_mut().find(|it| it.full_name() == *name);
        merge(kind.ok_or_else(|| format!("the org has no record type {name:?}"))?, fields)?;
    }
    Ok(())
}
