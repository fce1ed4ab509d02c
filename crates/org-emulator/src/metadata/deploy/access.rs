//! What profiles and permission sets have in common: classes, apps, presence statuses, user
//! permissions, objects and fields.

use super::super::schema::Problem;
use super::record_access;
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::soap::boolean;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::custom_metadata::qualified;
use crate::world::people::{PERMISSIONS, SetupEntityAccess};

/// Settings that are understood, other than those that only profiles have.
const KEPT: [&str; 6] = [
    "applicationVisibilities",
    "classAccesses",
    "fieldPermissions",
    "objectPermissions",
    "servicePresenceStatusAccesses",
    "userPermissions",
];

/// An access to a class, an app or a presence status: what it is about, and whether it is given.
pub(super) struct Grant {
    entity: Id,
    kind: &'static str,
    enabled: bool,
}

/// What a file asks for, checked against the world.
pub(super) struct Wanted {
    grants: Vec<Grant>,
    permissions: Vec<(String, bool)>,
    records: record_access::Wanted,
}

/// Refuses settings that the emulator would silently drop.
pub(super) fn check_kept(root: &Element, also: &[&str], what: &str) -> Result<(), Problem> {
    let unknown = |element: &&Element| {
        let name = element.name.as_str();
        !KEPT.contains(&name) && !also.contains(&name)
    };
    match root.children.iter().find(unknown) {
        Some(element) => Err(Problem::at(
            element.at,
            format!("The emulator does not keep {} of {what}", element.name),
        )),
        None => Ok(()),
    }
}

/// Reads and checks the settings that profiles and permission sets share.
pub(super) fn read(world: &World, guesses: Guesses, root: &Element) -> Result<Wanted, Problem> {
    let records = record_access::read(world, guesses, root)?;
    let mut wanted = Wanted { grants: Vec::new(), permissions: Vec::new(), records };
    for element in root.all("classAccesses") {
        let name = element.value("apexClass").unwrap_or_default();
        let class = world.apex_classes.iter().find(|class| {
            qualified(class.namespace_prefix.as_deref(), &class.name).eq_ignore_ascii_case(name)
        });
        let class = class.ok_or_else(|| missing(element, "apexClass", "ApexClass", name))?;
        let enabled = flag(element, "enabled");
        wanted.grants.push(Grant { entity: class.id.clone(), kind: "ApexClass", enabled });
    }
    for element in root.all("applicationVisibilities") {
        let name = element.value("application").unwrap_or_default();
        let app = world
            .apps
            .iter()
            .find(|app| qualified(app.namespace_prefix.as_deref(), &app.developer_name) == name);
        let app = app.ok_or_else(|| missing(element, "application", "CustomApplication", name))?;
        let enabled = flag(element, "visible");
        wanted.grants.push(Grant { entity: app.id.clone(), kind: "TabSet", enabled });
    }
    for element in root.all("servicePresenceStatusAccesses") {
        let name = element.value("servicePresenceStatus").unwrap_or_default();
        // Without Omni-Channel there are no presence statuses.
        let mut statuses = world.presence_statuses.iter().filter(|_| world.features.omni_channel);
        let status = statuses.find(|status| status.developer_name == name).ok_or_else(|| {
            missing(element, "servicePresenceStatus", "ServicePresenceStatus", name)
        })?;
        let enabled = flag(element, "enabled");
        let kind = "ServicePresenceStatus";
        wanted.grants.push(Grant { entity: status.id.clone(), kind, enabled });
    }
    for element in root.all("userPermissions") {
        let name = element.value("name").unwrap_or_default();
        if !PERMISSIONS.contains(&name) {
            return Err(Problem::at(element.at, format!("Unknown user permission: {name}")));
        }
        wanted.permissions.push((name.to_owned(), flag(element, "enabled")));
    }
    Ok(wanted)
}

/// Gives a permission set what is wanted, and says whether that changed anything.
pub(super) fn apply(world: &mut World, set: &Id, wanted: Wanted) -> bool {
    let mut changed = record_access::apply(world, set, wanted.records);
    for Grant { entity, kind, enabled } in wanted.grants {
        let has = |access: &SetupEntityAccess| {
            access.parent_id == *set && access.setup_entity_id == entity
        };
        let known = world.setup_entity_access.iter().any(has);
        changed |= known != enabled;
        if known && !enabled {
            world.setup_entity_access.retain(|access| !has(access));
        } else if enabled && !known {
            let id = world.new_id("0J0");
            world.setup_entity_access.push(SetupEntityAccess {
                id,
                parent_id: set.clone(),
                setup_entity_id: entity,
                setup_entity_type: kind.to_owned(),
            });
        }
    }
    if let Some(set) = world.permission_sets.iter_mut().find(|known| known.id == *set) {
        for (name, enabled) in wanted.permissions {
            changed |=
                if enabled { set.permissions.insert(name) } else { set.permissions.remove(&name) };
        }
    }
    changed
}

/// The problem of a reference that leads nowhere; its place is the element around it.
pub(super) fn missing(element: &Element, field: &str, kind: &str, name: &str) -> Problem {
    Problem::at(element.at, format!("In field: {field} - no {kind} named {name} found"))
}

/// A boolean of an element.
pub(super) fn flag(element: &Element, name: &str) -> bool {
    element.value(name).is_some_and(boolean)
}
