//! `listMetadata`, with the real service's quirks.
//!
//! Managed layouts lack the namespace in front of their own name (`Task-Name` for what deploys
//! call `Task-ns__Name`); no hits is an empty answer, not an error.

use super::soap::{self, Fault, METADATA};
use super::writer::XmlWriter;
use super::xml::Element;
use crate::emulator::clock::soap_time;
use crate::emulator::ids::Id;
use crate::emulator::world::World;
use crate::emulator::world::custom_metadata::qualified;
use crate::emulator::world::pages::encoded;

/// How many queries one call may have.
const QUERIES: usize = 3;

/// A component as it is listed.
struct Entry {
    full_name: String,
    id: String,
    namespace: Option<String>,
    /// Whether the type tells the state of its components.
    state: Option<&'static str>,
}

/// Answers `listMetadata`.
pub(super) fn answer(world: &World, request: &Element) -> Result<String, Fault> {
    let queries: Vec<&Element> = request.all("queries").collect();
    if queries.len() > QUERIES {
        let message = format!("record limit reached. cannot submit more than {QUERIES} queries");
        return Err(Fault::new("EXCEEDED_ID_LIMIT", message));
    }
    let mut found = Vec::new();
    for query in queries {
        let kind = query.value("type").unwrap_or_default();
        let (directory, suffix, entries) = entries(world, kind, query.value("folder"))?;
        found.extend(entries.into_iter().map(|entry| (kind, directory, suffix, entry)));
    }
    Ok(soap::answer(METADATA, "listMetadata", |xml| {
        for (kind, directory, suffix, entry) in &found {
            xml.open("result", |xml| {
                properties(xml, world, kind, (directory, suffix), entry);
            });
        }
    }))
}

/// Folder, file suffix and components of a type.
fn entries(
    world: &World,
    kind: &str,
    folder: Option<&str>,
) -> Result<(&'static str, &'static str, Vec<Entry>), Fault> {
    Ok(match kind {
        "ApexClass" => ("classes", "cls", apex_classes(world)),
        "CallCenter" if !world.features.call_center => {
            let message = "Cannot use: CallCenter in this organization";
            return Err(Fault::new("INVALID_TYPE", message));
        }
        "CallCenter" => ("callCenters", "callCenter", call_centers(world)),
        "CustomApplication" => ("applications", "app", apps(world)),
        "CustomField" => ("objects", "object", custom_fields(world)),
        "CustomMetadata" => ("customMetadata", "md", custom_metadata(world)),
        "CustomObject" => ("objects", "object", custom_objects(world)),
        "InstalledPackage" => ("installedPackages", "installedPackage", packages(world)),
        "Layout" => ("layouts", "layout", layouts(world)),
        "PermissionSet" => ("permissionsets", "permissionset", permission_sets(world)),
        "Profile" => ("profiles", "profile", profiles(world)),
        "RecordType" => ("objects", "object", record_types(world)),
        "Report" => ("reports", "report", reports(world, folder)),
        "ReportFolder" => ("reports", "", report_folders(world)),
        other => {
            let message = format!("Unknown type name '{other}'");
            return Err(Fault::new("INVALID_TYPE", message));
        }
    })
}

/// One `FileProperties`, in the WSDL's order.
fn properties(
    xml: &mut XmlWriter,
    world: &World,
    kind: &str,
    (directory, suffix): (&str, &str),
    entry: &Entry,
) {
    let author = world.users.first();
    let id = author.map(|user| user.id.as_str()).unwrap_or_default();
    let name = author.map(crate::emulator::world::people::User::name).unwrap_or_default();
    let born = soap_time(world.born);
    // Children of an object lie in the object's file.
    let stem = match kind {
        "CustomField" | "RecordType" => entry.full_name.split('.').next().unwrap_or_default(),
        _ => entry.full_name.as_str(),
    };
    let dot = if suffix.is_empty() { "" } else { "." };
    xml.leaf("createdById", id);
    xml.leaf("createdByName", &name);
    xml.leaf("createdDate", &born);
    xml.leaf("fileName", &format!("{directory}/{stem}{dot}{suffix}"));
    xml.leaf("fullName", &entry.full_name);
    xml.leaf("id", &entry.id);
    xml.leaf("lastModifiedById", id);
    xml.leaf("lastModifiedByName", &name);
    xml.leaf("lastModifiedDate", &born);
    xml.optional("manageableState", entry.state);
    xml.optional("namespacePrefix", entry.namespace.as_deref());
    xml.leaf("type", kind);
}

/// An entry of a type whose components can be packaged.
fn packaged(full_name: String, id: &Id, namespace: Option<&String>) -> Entry {
    let state = if namespace.is_some() { "installed" } else { "unmanaged" };
    let id = id.as_str().to_owned();
    Entry { full_name, id, namespace: namespace.cloned(), state: Some(state) }
}

/// An entry of a type whose components cannot.
fn local(full_name: String, id: &Id) -> Entry {
    Entry { full_name, id: id.as_str().to_owned(), namespace: None, state: None }
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

/// Custom metadata types; of standard objects those that the world has anything of.
fn custom_objects(world: &World) -> Vec<Entry> {
    let types = world.custom_metadata_types.iter().filter(|kind| kind.is_visible());
    let mut entries: Vec<Entry> = types
        .map(|kind| packaged(kind.api_name(), &kind.id, kind.namespace_prefix.as_ref()))
        .collect();
    let objects = world.custom_objects.iter();
    entries.extend(objects.map(|it| packaged(it.api_name(), &it.id, it.namespace_prefix.as_ref())));
    let mut standard: Vec<&str> =
        world.layouts.iter().map(|layout| layout.table_enum_or_id.as_str()).collect();
    standard.extend(world.record_types.iter().map(|kind| kind.sobject_type.as_str()));
    standard.retain(|name| !name.starts_with("01I") && !name.contains("__"));
    standard.sort_unstable();
    standard.dedup();
    entries.extend(standard.into_iter().map(|name| Entry {
        full_name: name.to_owned(),
        id: String::new(),
        namespace: None,
        state: None,
    }));
    entries
}

fn packages(world: &World) -> Vec<Entry> {
    let packages = world.installed_packages.iter();
    packages
        .filter_map(|package| {
            let version = world.package_version(&package.subscriber_package_version_id)?;
            let namespace = version.namespace_prefix.clone()?;
            Some(Entry {
                full_name: namespace.clone(),
                id: package.id.as_str().to_owned(),
                namespace: Some(namespace),
                state: None,
            })
        })
        .collect()
}

fn layouts(world: &World) -> Vec<Entry> {
    let layouts = world.layouts.iter();
    layouts
        .map(|layout| packaged(layout.listed_name(), &layout.id, layout.namespace_prefix.as_ref()))
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

/// Reports of one folder: without a folder nothing is found, as in a real org.
fn reports(world: &World, folder: Option<&str>) -> Vec<Entry> {
    let wanted = folder.unwrap_or_default();
    let folders = world.report_folders.iter();
    let folders = folders.filter(|folder| {
        let name = qualified(folder.namespace_prefix.as_deref(), &folder.developer_name);
        name == wanted || folder.developer_name == wanted
    });
    folders
        .flat_map(|folder| {
            let home = qualified(folder.namespace_prefix.as_deref(), &folder.developer_name);
            let reports =
                world.reports.iter().filter(|report| report.folder == folder.developer_name);
            reports.map(move |report| {
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
