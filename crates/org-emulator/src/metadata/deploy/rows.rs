//! Components that other APIs know of too: layouts, fields, record types, apps, reports and their
//! folders have rows there, which a deploy makes and a deletion takes away.
//!
//! Objects of the org's own have no rows, and so neither have their layouts and fields.

use super::super::names::{decoded, same};
use super::super::types::{self, key_prefix};
use crate::ids::Id;
use crate::metadata::modelled::Modelled;
use crate::soap::boolean;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::custom_metadata::qualified;
use crate::world::fields::CustomField;
use crate::world::pages::{Layout, RecordType};
use crate::world::things::{App, Report, ReportFolder};

/// A component's row: its id, and the package that brought it.
struct Row<'w> {
    id: &'w Id,
    namespace: Option<&'w String>,
}

/// The row of a component.
fn find<'w>(world: &'w World, type_name: &str, name: &str) -> Option<Row<'w>> {
    /// The row that the function accepts.
    macro_rules! first {
        ($rows:expr, $is:expr) => {
            $rows.iter().find($is).map(|row| (&row.id, row.namespace_prefix.as_ref()))
        };
    }
    let named = |namespace: Option<&String>, developer: &str| {
        same(&qualified(namespace.map(String::as_str), developer), name)
    };
    let (id, namespace) = match Modelled::of(type_name) {
        Some(Modelled::Layout) => first!(world.layouts, |row| same(&row.full_name(), name)),
        Some(Modelled::CustomField) => first!(world.custom_fields, |row| {
            same(&format!("{}.{}", row.object, row.api_name()), name)
        }),
        Some(Modelled::RecordType) => {
            first!(world.record_types, |row| same(&row.full_name(), name))
        }
        Some(Modelled::CustomApplication) => {
            first!(world.apps, |row| named(row.namespace_prefix.as_ref(), &row.developer_name))
        }
        Some(Modelled::ReportFolder) => first!(world.report_folders, |row| {
            named(row.namespace_prefix.as_ref(), &row.developer_name)
        }),
        Some(Modelled::Report) => {
            let (folder, report) = name.rsplit_once('/')?;
            first!(world.reports, |row| {
                let own = qualified(row.namespace_prefix.as_deref(), &row.developer_name);
                same(&own, report) && unqualified(folder) == row.folder
            })
        }
        // What people are said to have made has no namespace, and nothing inside.
        Some(
            Modelled::ApexClass
            | Modelled::CallCenter
            | Modelled::CustomMetadata
            | Modelled::CustomObject
            | Modelled::InstalledPackage
            | Modelled::PermissionSet
            | Modelled::Profile,
        )
        | None => {
            let mut made = world.components.iter().filter(|one| one.kind == type_name);
            made.find(|one| same(&one.full_name, name)).map(|one| (&one.id, None))
        }
    }?;
    Some(Row { id, namespace })
}

/// A name without its namespace.
fn unqualified(name: &str) -> &str {
    name.split_once("__").map_or(name, |(_, name)| name)
}

/// Whether a component has a row.
pub(super) fn is_there(world: &World, type_name: &str, name: &str) -> bool {
    find(world, type_name, name).is_some()
}

/// Makes or changes the row of a component; returns its id, and whether the component is new.
pub(super) fn enter(
    world: &mut World,
    type_name: &str,
    full_name: &str,
    root: Option<&Element>,
) -> (Id, bool) {
    let row = find(world, type_name, full_name);
    let managed = row.as_ref().is_some_and(|row| row.namespace.is_some_and(|it| it != "standard"));
    let known = row
        .map(|row| row.id)
        .or_else(|| world.stored.find(type_name, full_name).map(|one| &one.id))
        .cloned();
    let created = known.is_none();
    let id = known.unwrap_or_else(|| world.new_id(key_prefix(type_name)));
    if let Some(root) = root.filter(|_| !managed) {
        write(world, type_name, full_name, root, &id);
    }
    (id, created)
}

/// Writes a row, in the place of the one of that id.
fn write(world: &mut World, type_name: &str, full_name: &str, root: &Element, id: &Id) {
    let text = |field: &str| root.value(field).unwrap_or_default().to_owned();
    let id = id.clone();
    match Modelled::of(type_name) {
        Some(Modelled::Layout) => {
            let Some((object, name)) = full_name.split_once('-') else { return };
            if world.layouts.iter().any(|row| row.id == id) || object.contains("__") {
                return;
            }
            world.layouts.push(Layout {
                id,
                name: decoded(name),
                namespace_prefix: None,
                table_enum_or_id: object.to_owned(),
                layout_type: "Standard".to_owned(),
                manageable_state: "unmanaged".to_owned(),
            });
        }
        Some(Modelled::CustomField) => {
            if let Some(field) = custom_field(full_name, root, id) {
                replace(&mut world.custom_fields, field, |row| &row.id);
            }
        }
        Some(Modelled::RecordType) => {
            let Some((object, name)) = full_name.split_once('.') else { return };
            if object.contains("__") {
                return;
            }
            let row = RecordType {
                id,
                name: text("label"),
                developer_name: name.to_owned(),
                namespace_prefix: None,
                sobject_type: object.to_owned(),
                description: root.value("description").map(str::to_owned),
                is_active: boolean(&text("active")),
            };
            replace(&mut world.record_types, row, |row| &row.id);
        }
        Some(Modelled::CustomApplication) => {
            // Salesforce's own apps keep their names; the rest of them is the org's.
            let (namespace, name) =
                full_name.split_once("__").map_or((None, full_name), |(of, it)| (Some(of), it));
            let label = root.value("label").unwrap_or(name);
            let mut row = App::lightning(id, name, label, namespace);
            if text("uiType") != "Lightning" {
                "Aloha".clone_into(&mut row.ui_type);
            }
            if text("navType") == "Console" {
                row.nav_type = text("navType");
            }
            let given = |field: &str| root.value(field).filter(|text| !text.is_empty());
            row.utility_bar = given("utilityBar").map(str::to_owned);
            row.description = given("description").map(str::to_owned);
            replace(&mut world.apps, row, |row| &row.id);
        }
        Some(Modelled::ReportFolder) => {
            let row = ReportFolder {
                id,
                name: text("name"),
                developer_name: full_name.to_owned(),
                namespace_prefix: None,
            };
            replace(&mut world.report_folders, row, |row| &row.id);
        }
        Some(Modelled::Report) => {
            let Some((folder, name)) = full_name.rsplit_once('/') else { return };
            let folder = unqualified(folder).to_owned();
            let row = Report {
                id,
                name: text("name"),
                developer_name: name.to_owned(),
                namespace_prefix: None,
                folder,
            };
            replace(&mut world.reports, row, |row| &row.id);
        }
        Some(
            Modelled::ApexClass
            | Modelled::CallCenter
            | Modelled::CustomMetadata
            | Modelled::CustomObject
            | Modelled::InstalledPackage
            | Modelled::PermissionSet
            | Modelled::Profile,
        )
        | None => {}
    }
}

/// The row of a field of a standard object. What a package brought stays as it is.
fn custom_field(full_name: &str, root: &Element, id: Id) -> Option<CustomField> {
    let (object, name) = full_name.split_once('.')?;
    let developer_name = name.strip_suffix("__c")?;
    if object.contains("__") || developer_name.contains("__") {
        return None;
    }
    let kind = match root.value("type").unwrap_or_default() {
        "Checkbox" => "boolean",
        "Number" | "Currency" | "Percent" => "double",
        "Picklist" => "picklist",
        "Url" => "url",
        "LongTextArea" | "TextArea" | "Html" => "textarea",
        _ => "string",
    };
    let values = root.child("valueSet").and_then(|set| set.child("valueSetDefinition"));
    let values = values.map(|set| set.all("value").filter_map(|value| value.value("fullName")));
    Some(CustomField {
        id,
        object: object.to_owned(),
        developer_name: developer_name.to_owned(),
        namespace_prefix: None,
        label: root.value("label").unwrap_or(developer_name).to_owned(),
        kind: kind.to_owned(),
        length: root.value("length").and_then(|length| length.parse().ok()).unwrap_or(255),
        picklist_values: values.into_iter().flatten().map(str::to_owned).collect(),
        required: root.value("required").is_some_and(boolean),
        updateable: root.child("formula").is_none(),
        formula_of: Vec::new(),
    })
}

/// Puts a row in the place of the one of its id, or behind all others.
fn replace<T>(rows: &mut Vec<T>, row: T, id: impl Fn(&T) -> &Id) {
    match rows.iter_mut().find(|known| id(known) == id(&row)) {
        Some(known) => *known = row,
        None => rows.push(row),
    }
}

/// Takes away a component with its row and all that lives in it; `None` where it is not there.
pub(crate) fn remove(world: &mut World, type_name: &str, name: &str) -> Result<Option<Id>, String> {
    let row = find(world, type_name, name);
    if let Some(Row { id, namespace: Some(_) }) = row {
        return Err(format!(
            "Cannot delete managed object: entity={type_name}, component={id}, state=installed"
        ));
    }
    let stored = world.stored.find(type_name, name).map(|component| &component.id);
    let Some(id) = row.map(|row| row.id).or(stored).cloned() else { return Ok(None) };
    check_free(world, type_name, name, &id)?;
    match Modelled::of(type_name) {
        Some(Modelled::Layout) => world.layouts.retain(|row| row.id != id),
        Some(Modelled::CustomField) => {
            world.custom_fields.retain(|row| row.id != id);
            world.forget_gone_records();
        }
        Some(Modelled::CustomApplication) => world.apps.retain(|row| row.id != id),
        Some(Modelled::ReportFolder) => world.report_folders.retain(|row| row.id != id),
        Some(Modelled::Report) => world.reports.retain(|row| row.id != id),
        Some(
            Modelled::ApexClass
            | Modelled::CallCenter
            | Modelled::CustomMetadata
            | Modelled::CustomObject
            | Modelled::InstalledPackage
            | Modelled::PermissionSet
            | Modelled::Profile
            | Modelled::RecordType,
        )
        | None => {}
    }
    world.setup_entity_access.retain(|access| access.setup_entity_id != id);
    world.components.retain(|component| component.id != id);
    world.stored.retain(type_name, |component| component.id != id);
    if let Some(kind) = types::by_name(type_name) {
        let (inside, layouts) = (format!("{name}."), format!("{name}-"));
        for child in &kind.children {
            world.stored.retain(child.name, |one| !one.full_name.starts_with(&inside));
        }
        if kind.name == "CustomObject" {
            world.stored.retain("Layout", |one| !one.full_name.starts_with(&layouts));
        }
    }
    Ok(Some(id))
}

/// Whether nothing needs a component any more.
fn check_free(world: &World, type_name: &str, name: &str, id: &Id) -> Result<(), String> {
    let folder_of = types::by_folder_type(type_name);
    let inside = format!("{name}/");
    let full = folder_of.is_some_and(|kind| {
        world.stored.of(kind.name).any(|one| one.full_name.starts_with(&inside))
    });
    let assigned = type_name == "Layout"
        && world.profile_layouts.iter().any(|row| row.layout_id.as_ref() == Some(id));
    if full {
        Err("Cannot delete a folder that is not empty".to_owned())
    } else if assigned {
        Err("This layout is assigned to profiles and cannot be deleted".to_owned())
    } else if type_name == "RecordType" {
        Err("Cannot delete record type through API".to_owned())
    } else {
        Ok(())
    }
}
