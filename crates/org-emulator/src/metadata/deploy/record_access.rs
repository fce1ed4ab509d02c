//! What files of profiles and permission sets say of objects and fields.

use super::super::schema::Problem;
use super::access::{flag, missing};
use crate::guesses::Guesses;
use crate::ids::Id;
use crate::schema::{self, Api};
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::record_access::{FieldAccess, ObjectAccess, TASK};

/// What a file says of objects and fields, checked against the world.
pub(super) struct Wanted {
    fields: Vec<(String, FieldAccess)>,
    objects: Vec<(String, ObjectAccess)>,
}

/// Reads and checks it.
pub(super) fn read(world: &World, guesses: Guesses, root: &Element) -> Result<Wanted, Problem> {
    let fields = root.all("fieldPermissions").map(|element| field(world, element));
    let objects = root.all("objectPermissions").map(|element| object(world, guesses, element));
    Ok(Wanted {
        fields: fields.collect::<Result<_, _>>()?,
        objects: objects.collect::<Result<_, _>>()?,
    })
}

fn field(world: &World, element: &Element) -> Result<(String, FieldAccess), Problem> {
    let name = element.value("field").unwrap_or_default();
    let unknown = || missing(element, "field", "CustomField", name);
    let (object, field) = name.split_once('.').ok_or_else(unknown)?;
    let object = schema::object(world, Api::Data, object).filter(|it| it.layoutable && !it.setup);
    let object = object.ok_or_else(unknown)?;
    let field = object.field(field).ok_or_else(unknown)?;
    if !field.is_permissionable() {
        let text = format!("You cannot deploy to a required field: {name}");
        return Err(Problem::at(element.at, text));
    }
    let access = match (flag(element, "readable"), flag(element, "editable")) {
        (true, true) => FieldAccess::Edit,
        (true, false) => FieldAccess::Read,
        (false, false) => FieldAccess::None,
        (false, true) => {
            let text = format!("Field {name} is editable and not readable");
            return Err(Problem::at(element.at, text));
        }
    };
    Ok((format!("{}.{}", object.name, field.name), access))
}

fn object(
    world: &World,
    guesses: Guesses,
    element: &Element,
) -> Result<(String, ObjectAccess), Problem> {
    let name = element.value("object").unwrap_or_default();
    let found = schema::object(world, Api::Data, name).filter(|it| it.layoutable && !it.setup);
    let found = found.filter(|object| guesses.tasks_have_object_permissions || object.name != TASK);
    let found = found.ok_or_else(|| missing(element, "object", "CustomObject", name))?;
    let access = ObjectAccess {
        read: flag(element, "allowRead"),
        create: flag(element, "allowCreate"),
        edit: flag(element, "allowEdit"),
        delete: flag(element, "allowDelete"),
        view_all: flag(element, "viewAllRecords"),
        modify_all: flag(element, "modifyAllRecords"),
    };
    let needs = [
        (access.create, "Create", access.read, "Read"),
        (access.edit, "Edit", access.read, "Read"),
        (access.view_all, "View All", access.read, "Read"),
        (access.delete, "Delete", access.edit, "Edit"),
        (access.modify_all, "Modify All", access.delete, "Delete"),
    ];
    for (given, what, needed, other) in needs {
        if given && !needed {
            let name = &found.name;
            let text = format!("Permission {what} {name} depends on permission(s): {other} {name}");
            return Err(Problem::at(element.at, text));
        }
    }
    Ok((found.name.clone(), access))
}

/// Puts it into a permission set, and says whether that changed anything.
pub(super) fn apply(world: &mut World, set: &Id, wanted: Wanted) -> bool {
    let Some(place) = world.permission_sets.iter().position(|known| known.id == *set) else {
        return false;
    };
    let mut changed = false;
    for (name, access) in wanted.fields {
        let (object, field) = name.split_once('.').unwrap_or_default();
        let Some(object) = schema::object(world, Api::Data, object) else { continue };
        let Some(field) = object.field(field) else { continue };
        let known = &world.permission_sets[place];
        changed |= world.field_access(known, &object, field) != access;
        let is_default = World::default_field_access(known, &object, field) == access;
        let fields = &mut world.permission_sets[place].fields;
        if is_default {
            fields.remove(&name);
        } else {
            fields.insert(name, access);
        }
    }
    for (name, access) in wanted.objects {
        let Some(object) = schema::object(world, Api::Data, &name) else { continue };
        let known = &world.permission_sets[place];
        changed |= world.object_access(known, &object) != access;
        let is_default = world.default_object_access(known, &object) == access;
        let objects = &mut world.permission_sets[place].objects;
        if is_default {
            objects.remove(&name);
        } else {
            objects.insert(name, access);
        }
    }
    changed
}
