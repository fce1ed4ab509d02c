//! Profiles: a file changes only the settings that it lists; an unknown name makes a new profile.

use super::super::names::{decoded, same};
use super::super::schema::Problem;
use super::access;
use super::part::Applied;
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::pages::{Layout, ProfileLayout, RecordType};
use crate::world::people::{PermissionSet, Profile};

/// The profile that new ones begin as.
const BASE: &str = "Minimum Access - Salesforce";

/// A layout for a record type (or the master) of an object.
struct Assignment {
    layout: Id,
    record_type: Option<Id>,
    object: String,
}

/// Puts a profile's settings into the world.
pub(super) fn apply(
    world: &mut World,
    guesses: Guesses,
    name: &str,
    root: &Element,
) -> Result<Applied, Problem> {
    let kept = ["fullName", "custom", "description", "layoutAssignments", "userLicense"];
    access::check_kept(root, &kept, "profiles")?;
    let assignments = root
        .all("layoutAssignments")
        .map(|element| assignment(world, guesses, element))
        .collect::<Result<Vec<_>, _>>()?;
    let wanted = access::read(world, guesses, root)?;
    let name = decoded(name);
    let known = world.profile_by_full_name(&name).map(|profile| profile.id.clone());
    let created = known.is_none();
    let id = known.unwrap_or_else(|| create(world, &name));
    let mut changed = created;
    for Assignment { layout, record_type, object } in assignments {
        changed |= world.assign_layout(&id, record_type.as_ref(), &layout, &object);
        if guesses.profile_deploy_fills_rows {
            fill_rows(world, &id, &object);
        }
    }
    if let Some(text) = root.value("description")
        && let Some(profile) = world.profiles.iter_mut().find(|profile| profile.id == id)
    {
        let text = (!text.is_empty()).then(|| text.to_owned());
        changed |= profile.description != text;
        profile.description = text;
    }
    if let Some(set) = world.own_permission_set(&id).map(|set| set.id.clone()) {
        changed |= access::apply(world, &set, wanted);
    }
    Ok(Applied { id, created, changed })
}

/// Gives record types that follow the master layout of an object rows of their own.
fn fill_rows(world: &mut World, profile: &Id, object: &str) {
    let rows = world.profile_layouts.iter();
    let own = rows.filter(|row| row.profile_id == *profile && row.table_enum_or_id == object);
    let own: Vec<&ProfileLayout> = own.collect();
    let master = own.iter().find(|row| row.record_type_id.is_none());
    let Some(master) = master.and_then(|row| row.layout_id.clone()) else { return };
    let kinds = world.record_types.iter().filter(|kind| kind.sobject_type == object);
    let missing: Vec<Id> = kinds
        .filter(|kind| !own.iter().any(|row| row.record_type_id.as_ref() == Some(&kind.id)))
        .map(|kind| kind.id.clone())
        .collect();
    for kind in missing {
        world.assign_layout(profile, Some(&kind), &master, object);
    }
}

/// Checks one layout assignment.
fn assignment(world: &World, guesses: Guesses, element: &Element) -> Result<Assignment, Problem> {
    // A layout's name may end in blanks.
    let name = element.child("layout").map_or("", |layout| layout.text.as_str());
    let found = |layout: &&Layout| {
        let known = layout.full_name();
        known == name || (!guesses.layout_names_strict && same(&known, name))
    };
    let layout = world
        .layouts
        .iter()
        .find(found)
        .ok_or_else(|| access::missing(element, "layout", "Layout", name))?;
    let mut record_type = None;
    if let Some(name) = element.value("recordType").filter(|name| !name.is_empty()) {
        let found = |kind: &&RecordType| same(&kind.full_name(), name);
        let kind = world.record_types.iter().find(found);
        let kind = kind.filter(|kind| kind.sobject_type == layout.table_enum_or_id);
        let kind =
            kind.ok_or_else(|| access::missing(element, "recordType", "RecordType", name))?;
        record_type = Some(kind.id.clone());
    }
    Ok(Assignment {
        layout: layout.id.clone(),
        record_type,
        object: layout.table_enum_or_id.clone(),
    })
}

/// Makes a profile that sees what the base profile sees.
fn create(world: &mut World, name: &str) -> Id {
    let id = world.new_id("00e");
    world.profiles.push(Profile {
        id: id.clone(),
        name: name.to_owned(),
        full_name: name.to_owned(),
        description: None,
        user_type: "Standard".to_owned(),
        custom: true,
        hidden: false,
    });
    let set = world.new_id("0PS");
    world.permission_sets.push(PermissionSet {
        name: format!("X{}", id.short()),
        id: set,
        label: name.to_owned(),
        description: None,
        namespace_prefix: None,
        profile_id: Some(id.clone()),
        permissions: std::collections::BTreeSet::new(),
        fields: std::collections::BTreeMap::new(),
        objects: std::collections::BTreeMap::new(),
        permission_set_group_id: None,
    });
    let base = world.profile_by_full_name(BASE).map(|profile| profile.id.clone());
    let rows: Vec<ProfileLayout> = world
        .profile_layouts
        .iter()
        .filter(|row| Some(&row.profile_id) == base.as_ref())
        .cloned()
        .collect();
    for row in rows {
        let row_id = world.new_id("01G");
        world.profile_layouts.push(ProfileLayout { id: row_id, profile_id: id.clone(), ..row });
    }
    id
}
