//! The components of each type: what the world knows of them, and what files brought.

use std::collections::BTreeSet;

use super::modelled::Modelled;
use super::names::same;
use super::types::{self, MetadataType};
use crate::clock::Millis;
use crate::ids::Id;
use crate::soap::Fault;
use crate::world::World;
use crate::world::custom_metadata::qualified;
use crate::world::pages::encoded;
use crate::world::stored::StoredComponent;
use crate::world::things::Report;

/// A component as it is listed.
pub(crate) struct Entry {
    /// The name that reads and deploys use.
    pub(crate) full_name: String,
    /// The name that lists use, where that is another.
    pub(crate) listed_name: Option<String>,
    pub(crate) id: String,
    pub(crate) namespace: Option<String>,
    /// Whether the type tells the state of its components.
    pub(crate) state: Option<&'static str>,
    /// Who made and last changed it, and when, if anybody did since the org was made.
    pub(crate) written: Option<[(Id, Millis); 2]>,
}

/// The components of a type; of those that lie in folders, the ones in a folder.
///
/// Without a folder none of those are found, as in a real org.
pub(crate) fn of(world: &World, kind: &str, folder: Option<&str>) -> Result<Vec<Entry>, Fault> {
    let mut entries = of_type(world, kind)?;
    if types::by_name(kind).is_some_and(MetadataType::in_folder) {
        let inside = format!("{}/", folder.unwrap_or_default());
        let short = |entry: &Entry| {
            let prefix = entry.namespace.as_ref().map(|namespace| format!("{namespace}__"));
            let path = prefix.and_then(|prefix| entry.full_name.strip_prefix(&prefix));
            path.is_some_and(|path| path.starts_with(&inside))
        };
        entries.retain(|entry| entry.full_name.starts_with(&inside) || short(entry));
    }
    Ok(entries)
}

/// The components of a type.
fn of_type(world: &World, kind: &str) -> Result<Vec<Entry>, Fault> {
    let mut entries = match Modelled::of(kind) {
        Some(Modelled::ApexClass) => apex_classes(world),
        Some(Modelled::CallCenter) if !world.features.call_center => {
            let message = "Cannot use: CallCenter in this organization";
            return Err(Fault::new("INVALID_TYPE", message));
        }
        Some(Modelled::CallCenter) => call_centers(world),
        Some(Modelled::CustomApplication) => apps(world),
        Some(Modelled::CustomField) => custom_fields(world),
        Some(Modelled::CustomMetadata) => custom_metadata(world),
        Some(Modelled::CustomObject) => custom_objects(world),
        Some(Modelled::InstalledPackage) => packages(world),
        Some(Modelled::Layout) => layouts(world),
        Some(Modelled::PermissionSet) => permission_sets(world),
        Some(Modelled::Profile) => profiles(world),
        Some(Modelled::RecordType) => record_types(world),
        Some(Modelled::Report) => reports(world),
        Some(Modelled::ReportFolder) => report_folders(world),
        None if types::known(kind).is_some() => Vec::new(),
        None => {
            let message = format!("Unknown type name '{kind}'");
            return Err(Fault::new("INVALID_TYPE", message));
        }
    };
    for component in world.stored.of(kind) {
        match entries.iter_mut().find(|entry| same(&entry.full_name, &component.full_name)) {
            Some(entry) => entry.written = Some(written(component)),
            None => entries.push(Entry {
                full_name: component.full_name.clone(),
                listed_name: None,
                id: component.id.as_str().to_owned(),
                namespace: None,
                state: Some("unmanaged"),
                written: Some(written(component)),
            }),
        }
    }
    let made = world.components.iter().filter(|component| component.kind == kind);
    entries
        .extend(made.map(|component| packaged(component.full_name.clone(), &component.id, None)));
    if let Some(kind) = types::by_name(kind).filter(|kind| !kind.children.is_empty()) {
        add_parents(world, kind, &mut entries);
    }
    Ok(entries)
}

/// The components of a type wherever they lie; none of a type that is not there.
pub(crate) fn everywhere(world: &World, kind: &str) -> Vec<Entry> {
    of_type(world, kind).unwrap_or_default()
}

/// Adds the components that are only there because others live in their files.
fn add_parents(world: &World, kind: &'static MetadataType, entries: &mut Vec<Entry>) {
    for child in &kind.children {
        for entry in everywhere(world, child.name) {
            let name = kind.parent_name(&entry.full_name);
            if !entries.iter().any(|known| same(&known.full_name, name)) {
                let id = String::new();
                let full_name = name.to_owned();
                entries.push(Entry { id, full_name, namespace: None, state: None, ..entry });
            }
        }
    }
}

/// Who wrote a component, and when.
fn written(component: &StoredComponent) -> [(Id, Millis); 2] {
    [
        (component.created_by_id.clone(), component.created_date),
        (component.last_modified_by_id.clone(), component.last_modified_date),
    ]
}

/// An entry of a type whose components can be packaged.
fn packaged(full_name: String, id: &Id, namespace: Option<&String>) -> Entry {
    let state = if namespace.is_some() { "installed" } else { "unmanaged" };
    let id = id.as_str().to_owned();
    let namespace = namespace.cloned();
    Entry { full_name, listed_name: None, id, namespace, state: Some(state), written: None }
}

/// An entry of a type whose components cannot.
fn local(full_name: String, id: &Id) -> Entry {
    Entry { state: None, ..packaged(full_name, id, None) }
}

fn apex_classes(world: &World) -> Vec<Entry> {
    let classes = world.apex_classes.iter();
    classes
        .map(|class| {
            let name = qualified(class.namespace_prefix.as_deref(), &class.name);
            packaged(name, &class.id, class.namespace_prefix.as_ref())
        })
        .collect()
}

fn call_centers(world: &World) -> Vec<Entry> {
    let centers = world.call_centers.iter();
    centers.map(|center| local(encoded(&center.internal_name), &center.id)).collect()
}

fn apps(world: &World) -> Vec<Entry> {
    let apps = world.apps.iter();
    apps.map(|app| {
        let name = qualified(app.namespace_prefix.as_deref(), &app.developer_name);
        packaged(name, &app.id, app.namespace_prefix.as_ref())
    })
    .collect()
}

fn custom_fields(world: &World) -> Vec<Entry> {
    let fields = world.custom_fields.iter();
    fields
        .map(|field| {
            let name = format!("{}.{}", field.object, field.api_name());
            packaged(name, &field.id, field.namespace_prefix.as_ref())
        })
        .collect()
}

fn custom_metadata(world: &World) -> Vec<Entry> {
    let types = world.custom_metadata_types.iter();
    types
        .flat_map(|kind| {
            kind.visible_records().map(|record| {
                let name = kind.record_full_name(record);
                packaged(name, &record.id, record.namespace_prefix.as_ref())
            })
        })
        .collect()
}

/// Custom metadata types, packaged objects, and standard objects that have layouts.
fn custom_objects(world: &World) -> Vec<Entry> {
    let types = world.custom_metadata_types.iter().filter(|kind| kind.is_visible());
    let mut entries: Vec<Entry> = types
        .map(|kind| packaged(kind.api_name(), &kind.id, kind.namespace_prefix.as_ref()))
        .collect();
    let objects = world.custom_objects.iter();
    entries.extend(objects.map(|it| packaged(it.api_name(), &it.id, it.namespace_prefix.as_ref())));
    let standard = world.layouts.iter().map(|layout| layout.table_enum_or_id.as_str());
    let standard: BTreeSet<&str> = standard.filter(|name| !name.starts_with("01I")).collect();
    entries.extend(standard.into_iter().map(|name| Entry {
        full_name: name.to_owned(),
        listed_name: None,
        id: String::new(),
        namespace: None,
        state: None,
        written: None,
    }));
    entries
}

fn packages(world: &World) -> Vec<Entry> {
    let packages = world.installed_packages.iter();
    packages
        .filter_map(|package| {
            let version = world.package_version(&package.subscriber_package_version_id)?;
            let namespace = version.namespace_prefix.clone()?;
            Some(Entry { namespace: Some(namespace.clone()), ..local(namespace, &package.id) })
        })
        .collect()
}

fn layouts(world: &World) -> Vec<Entry> {
    let layouts = world.layouts.iter();
    layouts
        .map(|layout| Entry {
            listed_name: Some(layout.listed_name()),
            ..packaged(layout.full_name(), &layout.id, layout.namespace_prefix.as_ref())
        })
        .collect()
}

fn permission_sets(world: &World) -> Vec<Entry> {
    let sets = world.permission_sets.iter().filter(|set| set.profile_id.is_none());
    sets.map(|set| {
        let name = qualified(set.namespace_prefix.as_deref(), &encoded(&set.name));
        packaged(name, &set.id, set.namespace_prefix.as_ref())
    })
    .collect()
}

fn profiles(world: &World) -> Vec<Entry> {
    let profiles = world.profiles.iter().filter(|profile| !profile.hidden);
    profiles.map(|profile| local(encoded(&profile.full_name), &profile.id)).collect()
}

fn record_types(world: &World) -> Vec<Entry> {
    let kinds = world.record_types.iter();
    kinds.map(|kind| packaged(kind.full_name(), &kind.id, kind.namespace_prefix.as_ref())).collect()
}

fn reports(world: &World) -> Vec<Entry> {
    let folders = world.report_folders.iter();
    folders
        .flat_map(|folder| {
            let home = qualified(folder.namespace_prefix.as_deref(), &folder.developer_name);
            let inside = |report: &&Report| report.folder == folder.developer_name;
            world.reports.iter().filter(inside).map(move |report| {
                let name = qualified(report.namespace_prefix.as_deref(), &report.developer_name);
                let full_name = format!("{home}/{name}");
                packaged(full_name, &report.id, report.namespace_prefix.as_ref())
            })
        })
        .collect()
}

fn report_folders(world: &World) -> Vec<Entry> {
    let folders = world.report_folders.iter();
    folders
        .map(|folder| {
            let name = qualified(folder.namespace_prefix.as_deref(), &folder.developer_name);
            packaged(name, &folder.id, folder.namespace_prefix.as_ref())
        })
        .collect()
}
