//! Rows of `FieldPermissions`, `ObjectPermissions` and `AppMenuItem`.

use serde_json::{Value, json};

use super::OrgCatalog;
use super::row::row;
use crate::ids::Id;
use crate::soql::catalog::Row;
use crate::world::World;
use crate::world::people::PermissionSet;
use crate::world::record_access::{FieldAccess, ObjectAccess, TASK};

/// `FieldPermissions`: what is given, and nothing of fields that everybody has.
pub(super) fn fields(catalog: &OrgCatalog<'_>) -> Vec<Row> {
    let world = catalog.world;
    let objects = world.record_objects();
    let mut rows = Vec::new();
    for set in shown(catalog) {
        let mut place = 0;
        for object in &objects {
            for field in object.fields.iter().filter(|field| field.is_permissionable()) {
                place += 1;
                let access = world.field_access(set, object, field);
                if access == FieldAccess::None {
                    continue;
                }
                rows.push(row(&json!({
                    "Id": id_of(&set.id, "01k", place),
                    "ParentId": set.id,
                    "SobjectType": object.name,
                    "Field": format!("{}.{}", object.name, field.name),
                    "PermissionsRead": true,
                    "PermissionsEdit": access == FieldAccess::Edit,
                })));
            }
        }
    }
    rows
}

/// `ObjectPermissions`: what is given.
pub(super) fn objects(catalog: &OrgCatalog<'_>) -> Vec<Row> {
    let world = catalog.world;
    let tasks = catalog.guesses.tasks_have_object_permissions;
    let mut objects = world.record_objects();
    objects.retain(|object| tasks || object.name != TASK);
    let mut rows = Vec::new();
    for set in shown(catalog) {
        for (place, object) in objects.iter().enumerate() {
            let access = world.object_access(set, object);
            if access == ObjectAccess::default() {
                continue;
            }
            rows.push(row(&json!({
                "Id": id_of(&set.id, "110", place),
                "ParentId": set.id,
                "SobjectType": object.name,
                "PermissionsRead": access.read,
                "PermissionsCreate": access.create,
                "PermissionsEdit": access.edit,
                "PermissionsDelete": access.delete,
                "PermissionsViewAllRecords": access.view_all,
                "PermissionsModifyAllRecords": access.modify_all,
            })));
        }
    }
    rows
}

/// Permission sets of which rows are shown.
fn shown<'a>(catalog: &OrgCatalog<'a>) -> impl Iterator<Item = &'a PermissionSet> {
    let groups = catalog.guesses.group_sets_show_permissions;
    let sets = catalog.world.permission_sets.iter();
    sets.filter(move |set| groups || set.permission_set_group_id.is_none())
}

/// An id of a row that is in no table.
fn id_of(set: &Id, prefix: &str, place: usize) -> Option<String> {
    let body = set.short().get(3..12)?;
    Id::parse(&format!("{prefix}{body}{:03}", place % 1_000)).map(|id| id.to_string())
}

/// `AppMenuItem`: the apps of the App Launcher.
pub(super) fn menu(world: &World) -> Vec<Row> {
    let apps = world.apps.iter().enumerate();
    apps.map(|(place, app)| {
        row(&json!({
            "Id": app.id.as_kind("0DS"),
            "ApplicationId": app.id,
            "Name": app.developer_name,
            "Label": app.label,
            "NamespacePrefix": app.namespace_prefix,
            "Description": app.description.clone().map_or(Value::Null, Value::from),
            "Type": "TabSet",
            "SortOrder": place,
            "IsVisible": true,
            "IsAccessible": true,
        }))
    })
    .collect()
}
