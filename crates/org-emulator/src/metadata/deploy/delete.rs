//! Destructive changes. What is not there is a warning; what is in use stays.
//!
//! Packages have rules of their own: [`super::uninstall`].

use super::super::names::same;
use super::super::schema::Problem;
use super::super::types;
use super::manifest::Manifest;
use super::message::{Message, Outcome};
use super::options::Options;
use super::{rights, rows, uninstall};
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::metadata::modelled::Modelled;
use crate::world::World;
use crate::world::custom_metadata::qualified;
use crate::world::pages::encoded;

/// Deletes what a manifest names.
pub(super) fn run(
    world: &mut World,
    guesses: Guesses,
    options: &Options,
    manifest: &Manifest,
    path: &str,
) -> Vec<Message> {
    let members = manifest.members.iter();
    members
        .flat_map(|(kind, member)| {
            let results = if kind == uninstall::TYPE {
                uninstall::run(world, guesses, options, member)
            } else {
                vec![outcome(world, guesses, options, kind, member)]
            };
            results.into_iter().map(move |result| {
                let of_manifest = guesses.deletions_refused_of_the_manifest
                    && matches!(result, Outcome::Failed(_));
                let kind = types::known(kind).unwrap_or_default();
                Message {
                    component_type: if of_manifest { "" } else { kind },
                    full_name: if of_manifest { path.to_owned() } else { member.clone() },
                    file_name: path.to_owned(),
                    result,
                }
            })
        })
        .collect()
}

/// Deletes one component, and says what came of it.
fn outcome(
    world: &mut World,
    guesses: Guesses,
    options: &Options,
    kind: &str,
    member: &str,
) -> Outcome {
    if let Err(problem) = rights::check(world, guesses, &options.caller, kind) {
        return Outcome::Failed(problem);
    }
    match delete(world, guesses, kind, member) {
        Ok(Some(id)) => Outcome::Deleted(id),
        Ok(None) => Outcome::Warned(Problem::whole(format!("No {kind} named: {member} found"))),
        Err(message) => Outcome::Failed(Problem::whole(message)),
    }
}

/// Deletes one component; `None` where it is not there.
pub(crate) fn delete(
    world: &mut World,
    guesses: Guesses,
    kind: &str,
    name: &str,
) -> Result<Option<Id>, String> {
    if name == "*" {
        return Err("Wildcards are not supported in destructive changes".to_owned());
    }
    match Modelled::of(kind) {
        Some(Modelled::CallCenter) => call_center(world, guesses, name),
        Some(Modelled::ApexClass) => apex_class(world, name),
        Some(Modelled::CustomMetadata) => custom_metadata(world, name),
        Some(Modelled::PermissionSet) => permission_set(world, name),
        Some(Modelled::Profile) => profile(world, name),
        Some(Modelled::InstalledPackage) => {
            Err("The emulator does not support deleting InstalledPackage".into())
        }
        Some(
            Modelled::CustomApplication
            | Modelled::CustomField
            | Modelled::CustomObject
            | Modelled::Layout
            | Modelled::RecordType
            | Modelled::Report
            | Modelled::ReportFolder,
        )
        | None => stored(world, kind, name),
    }
}

/// Deletes what is only kept; a folder is named as if it were a component.
fn stored(world: &mut World, kind: &str, name: &str) -> Result<Option<Id>, String> {
    let folder = types::by_name(kind).and_then(types::MetadataType::folder_type);
    let found = rows::remove(world, kind, name)?;
    match folder.filter(|_| found.is_none()) {
        Some(folder) => rows::remove(world, folder, name),
        None => Ok(found),
    }
}

fn call_center(world: &mut World, guesses: Guesses, name: &str) -> Result<Option<Id>, String> {
    let Some(center) = world.call_center(name) else {
        return Ok(None);
    };
    let id = center.id.clone();
    if !guesses.call_center_deletable {
        return Err(if guesses.call_center_refused_like_others {
            format!("Cannot delete CallCenter {name}: entity cannot be deleted")
        } else {
            "Deletion of CallCenter is not supported through the API".to_owned()
        });
    }
    let users = world.users.iter().filter(|user| user.call_center_id.as_ref() == Some(&id)).count();
    if users > 0 && guesses.call_center_kept_by_users {
        return Err(format!(
            "This call center cannot be deleted because {users} users are assigned to it"
        ));
    }
    for user in &mut world.users {
        user.call_center_id = user.call_center_id.take().filter(|center| *center != id);
    }
    world.call_centers.retain(|center| center.id != id);
    Ok(Some(id))
}

fn apex_class(world: &mut World, name: &str) -> Result<Option<Id>, String> {
    let found = world.apex_classes.iter().find(|class| {
        qualified(class.namespace_prefix.as_deref(), &class.name).eq_ignore_ascii_case(name)
    });
    let Some(class) = found else { return Ok(None) };
    let id = class.id.clone();
    refuse_managed("ApexClass", class.namespace_prefix.as_ref(), &id)?;
    world.apex_classes.retain(|class| class.id != id);
    world.setup_entity_access.retain(|access| access.setup_entity_id != id);
    Ok(Some(id))
}

fn custom_metadata(world: &mut World, name: &str) -> Result<Option<Id>, String> {
    let mut types = world.custom_metadata_types.iter_mut().filter(|kind| kind.is_visible());
    let found = types.find_map(|kind| {
        let place =
            kind.records.iter().position(|record| same(&kind.record_full_name(record), name))?;
        Some((kind, place))
    });
    let Some((kind, place)) = found else {
        return Ok(None);
    };
    let record = &kind.records[place];
    refuse_managed("CustomMetadata", record.namespace_prefix.as_ref(), &record.id)?;
    Ok(Some(kind.records.remove(place).id))
}

fn permission_set(world: &mut World, name: &str) -> Result<Option<Id>, String> {
    let found = world.permission_sets.iter().find(|set| {
        let full = qualified(set.namespace_prefix.as_deref(), &encoded(&set.name));
        set.profile_id.is_none() && same(&full, name)
    });
    let Some(set) = found else { return Ok(None) };
    let id = set.id.clone();
    refuse_managed("PermissionSet", set.namespace_prefix.as_ref(), &id)?;
    if world.permission_set_assignments.iter().any(|given| given.permission_set_id == id) {
        return Err("This permission set can't be deleted because it is assigned to users".into());
    }
    remove_set(world, &id);
    Ok(Some(id))
}

fn profile(world: &mut World, name: &str) -> Result<Option<Id>, String> {
    let found = world
        .profiles
        .iter()
        .find(|profile| !profile.hidden && same(&encoded(&profile.full_name), name));
    let Some(profile) = found else {
        return Ok(None);
    };
    let id = profile.id.clone();
    if !profile.custom {
        return Err("Standard profiles cannot be deleted".to_owned());
    }
    if world.users.iter().any(|user| user.profile_id == id) {
        return Err("Your attempt to delete this profile failed because it has users".to_owned());
    }
    if let Some(set) = world.own_permission_set(&id).map(|set| set.id.clone()) {
        remove_set(world, &set);
    }
    world.profile_layouts.retain(|row| row.profile_id != id);
    world.profiles.retain(|profile| profile.id != id);
    Ok(Some(id))
}

/// Removes a permission set and what it gave access to.
fn remove_set(world: &mut World, id: &Id) {
    world.permission_sets.retain(|set| set.id != *id);
    world.setup_entity_access.retain(|access| access.parent_id != *id);
}

/// What a package brought stays as long as the package.
fn refuse_managed(kind: &str, namespace: Option<&String>, id: &Id) -> Result<(), String> {
    match namespace {
        Some(_) => Err(format!(
            "Cannot delete managed object: entity={kind}, component={id}, state=installed"
        )),
        None => Ok(()),
    }
}
