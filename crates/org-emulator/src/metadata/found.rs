//! Whole components by their names, whatever the world knows of them.

use super::modelled::Modelled;
use super::names::same;
use super::types::{self, MetadataType};
use super::{entries, show, tree};
use crate::soap::writer::XmlWriter;
use crate::soap::xml;
use crate::world::World;
use crate::world::custom_metadata::qualified;
use crate::world::fields::CustomField;
use crate::world::pages::encoded;
use crate::world::people::PermissionSet;

/// A component that was found.
pub(crate) struct Found<'w> {
    /// Its name as the org spells it.
    pub(crate) full_name: String,
    /// The root of its file, where that is not its type.
    pub(crate) root: Option<String>,
    /// The elements in its root, but its full name: what each is called, and what writes it.
    elements: Vec<(String, Write<'w>)>,
}

/// Writes one element or several of the same name.
type Write<'w> = Box<dyn Fn(&mut XmlWriter) + 'w>;

impl<'w> Found<'w> {
    /// A component that one function writes.
    fn of(full_name: String, write: impl Fn(&mut XmlWriter) + 'w) -> Self {
        Self { full_name, root: None, elements: vec![(String::new(), Box::new(write))] }
    }

    /// Writes what is in its root, but its full name.
    pub(crate) fn content(&self, xml: &mut XmlWriter) {
        self.elements.iter().for_each(|(_, write)| write(xml));
    }
}

/// The component of that type and name.
pub(crate) fn find<'w>(world: &'w World, kind: &str, name: &str) -> Option<Found<'w>> {
    if let Some(kind) = types::by_name(kind).filter(|kind| !kind.children.is_empty()) {
        return whole(world, kind, name);
    }
    stored(world, kind, name).or_else(|| known(world, kind, name))
}

/// A component as files brought it.
fn stored<'w>(world: &'w World, kind: &str, name: &str) -> Option<Found<'w>> {
    let component = world.stored.find(kind, name)?;
    let root = xml::parse(&component.description).ok();
    let name = root.as_ref().map(|root| root.name.clone());
    let elements = root.into_iter().flat_map(|root| root.children);
    let elements = elements.filter(|element| element.name != "fullName").map(|element| {
        let write: Write<'w> = Box::new({
            let element = element.clone();
            move |xml| tree::element(xml, &element)
        });
        (element.name, write)
    });
    let full_name = component.full_name.clone();
    Some(Found { full_name, root: name, elements: elements.collect() })
}

/// A component with all that lives in its file.
fn whole<'w>(world: &'w World, kind: &'static MetadataType, name: &str) -> Option<Found<'w>> {
    let entry = entries::everywhere(world, kind.name)
        .into_iter()
        .find(|entry| same(&entry.full_name, name))?;
    let mut found = stored(world, kind.name, name)
        .or_else(|| known(world, kind.name, name))
        .unwrap_or(Found { full_name: entry.full_name, root: None, elements: Vec::new() });
    for child in &kind.children {
        for entry in entries::everywhere(world, child.name) {
            let full_name = entry.full_name;
            if !same(kind.parent_name(&full_name), name) {
                continue;
            }
            let write: Write<'w> = Box::new(move |xml| {
                let short = short_name(kind, &full_name);
                let part = find(world, child.name, &full_name);
                xml.open(child.element, |xml| {
                    xml.leaf("fullName", short);
                    if let Some(part) = &part {
                        part.content(xml);
                    }
                });
            });
            found.elements.push((child.element.to_owned(), write));
        }
    }
    found.elements.sort_by(|one, other| one.0.cmp(&other.0));
    Some(found)
}

/// What a component is called in the file that it lives in.
pub(crate) fn short_name<'n>(parent: &MetadataType, full_name: &'n str) -> &'n str {
    match parent.name {
        "CustomLabels" => full_name,
        _ => full_name.split_once('.').map_or(full_name, |(_, name)| name),
    }
}

/// A component that the world knows in depth, or only by its row.
fn known<'w>(world: &'w World, kind: &str, name: &str) -> Option<Found<'w>> {
    let named = |namespace: Option<&String>, own: &str| {
        same(&qualified(namespace.map(String::as_str), own), name)
    };
    Some(match Modelled::of(kind) {
        Some(Modelled::ApexClass) => {
            let mut classes = world.apex_classes.iter();
            let class = classes.find(|it| named(it.namespace_prefix.as_ref(), &it.name))?;
            let name = qualified(class.namespace_prefix.as_deref(), &class.name);
            Found::of(name, move |xml| show::apex_class(xml, class))
        }
        Some(Modelled::CallCenter) => {
            let center = world.call_center(name)?;
            let name = encoded(&center.internal_name);
            Found::of(name, move |xml| show::call_center(xml, center))
        }
        Some(Modelled::CustomApplication) => {
            let mut apps = world.apps.iter();
            let app = apps.find(|it| named(it.namespace_prefix.as_ref(), &it.developer_name))?;
            let name = qualified(app.namespace_prefix.as_deref(), &app.developer_name);
            Found::of(name, move |xml| show::application(xml, app))
        }
        Some(Modelled::CustomField) => {
            let mut fields = world.custom_fields.iter();
            let full = |row: &CustomField| format!("{}.{}", row.object, row.api_name());
            let field = fields.find(|row| same(&full(row), name))?;
            Found::of(full(field), move |xml| show::custom_field(xml, field))
        }
        Some(Modelled::CustomMetadata) => {
            let (kind, record) = world.custom_metadata_types.iter().find_map(|kind| {
                let mut records = kind.visible_records();
                let record = records.find(|record| same(&kind.record_full_name(record), name))?;
                Some((kind, record))
            })?;
            let name = kind.record_full_name(record);
            Found::of(name, move |xml| show::custom_metadata(xml, kind, record))
        }
        Some(Modelled::CustomObject) => {
            if let Some(object) = world.custom_objects.iter().find(|it| same(&it.api_name(), name))
            {
                return Some(Found::of(object.api_name(), |xml| show::custom_object(xml, object)));
            }
            let mut kinds = world.custom_metadata_types.iter().filter(|kind| kind.is_visible());
            let kind = kinds.find(|kind| same(&kind.api_name(), name))?;
            Found::of(kind.api_name(), move |xml| show::custom_metadata_type(xml, kind))
        }
        Some(Modelled::InstalledPackage) => {
            let package = world.installed_package(name)?;
            let version = world.package_version(&package.subscriber_package_version_id)?;
            let name = version.namespace_prefix.clone()?;
            Found::of(name, move |xml| show::installed_package(xml, package, version))
        }
        Some(Modelled::Layout) => {
            let layout = world.layouts.iter().find(|row| same(&row.full_name(), name))?;
            Found::of(layout.full_name(), show::layout)
        }
        Some(Modelled::PermissionSet) => {
            let full = |set: &PermissionSet| {
                qualified(set.namespace_prefix.as_deref(), &encoded(&set.name))
            };
            let mut sets = world.permission_sets.iter().filter(|set| set.profile_id.is_none());
            let set = sets.find(|set| same(&full(set), name))?;
            Found::of(full(set), move |xml| show::permission_set(xml, world, set))
        }
        Some(Modelled::Profile) => {
            let mut profiles = world.profiles.iter().filter(|profile| !profile.hidden);
            let profile = profiles.find(|it| same(&encoded(&it.full_name), name))?;
            let name = encoded(&profile.full_name);
            Found::of(name, move |xml| show::profile(xml, world, profile))
        }
        Some(Modelled::RecordType) => {
            let kind = world.record_types.iter().find(|kind| same(&kind.full_name(), name))?;
            Found::of(kind.full_name(), move |xml| show::record_type(xml, kind))
        }
        Some(Modelled::Report) => {
            let (folder, own) = name.rsplit_once('/')?;
            let report = world.reports.iter().find(|row| {
                let full = qualified(row.namespace_prefix.as_deref(), &row.developer_name);
                same(&full, own) && folder.ends_with(&row.folder)
            })?;
            Found::of(name.to_owned(), move |xml| show::report(xml, report))
        }
        Some(Modelled::ReportFolder) => {
            let mut folders = world.report_folders.iter();
            let folder =
                folders.find(|it| named(it.namespace_prefix.as_ref(), &it.developer_name))?;
            let name = qualified(folder.namespace_prefix.as_deref(), &folder.developer_name);
            Found::of(name, move |xml| show::report_folder(xml, folder))
        }
        None => {
            let mut made = world.components.iter().filter(|one| one.kind == kind);
            let made = made.find(|one| same(&one.full_name, name))?;
            Found::of(made.full_name.clone(), |_| {})
        }
    })
}
