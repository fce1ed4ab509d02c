//! `readMetadata`: whole components, in the order in which they were asked for.

use super::names::same;
use super::show;
use super::soap::{self, Fault, METADATA};
use super::writer::XmlWriter;
use super::xml::Element;
use crate::emulator::world::World;
use crate::emulator::world::custom_metadata::qualified;
use crate::emulator::world::pages::encoded;

/// Types of which this org has components that it cannot show whole.
const UNREADABLE: [&str; 5] = ["CustomField", "CustomObject", "Layout", "Report", "ReportFolder"];

/// Answers `readMetadata`. A name that leads nowhere gives a nil record in its place.
pub(super) fn answer(world: &World, request: &Element) -> Result<String, Fault> {
    let kind = request.value("type").unwrap_or_default();
    let limit = if matches!(kind, "CustomMetadata" | "CustomApplication") { 200 } else { 10 };
    let names: Vec<&str> = request.all("fullNames").map(|name| name.text.trim()).collect();
    if names.len() > limit {
        return Err(Fault::new(
            "EXCEEDED_ID_LIMIT",
            format!("record limit reached. cannot submit more than {limit} records into this call"),
        ));
    }
    let write = writer(world, kind)?;
    Ok(soap::answer(METADATA, "readMetadata", |xml| {
        xml.open("result", |xml| {
            for name in &names {
                write(xml, world, name);
            }
        });
    }))
}

/// Writes the record of a name.
type Write = fn(&mut XmlWriter, &World, &str);

/// What writes records of a type.
fn writer(world: &World, kind: &str) -> Result<Write, Fault> {
    match kind {
        "ApexClass" => Ok(apex_class),
        "CallCenter" if world.features.call_center => Ok(call_center),
        "CallCenter" => {
            Err(Fault::new("INVALID_TYPE", "Cannot use: CallCenter in this organization"))
        }
        "CustomApplication" => Ok(application),
        "CustomMetadata" => Ok(custom_metadata),
        "InstalledPackage" => Ok(installed_package),
        "PermissionSet" => Ok(permission_set),
        "Profile" => Ok(profile),
        "RecordType" => Ok(record_type),
        other if UNREADABLE.contains(&other) => {
            let message = format!("The emulator does not support reading {other}");
            Err(Fault::new("UNKNOWN_EXCEPTION", message))
        }
        other => Err(Fault::new("INVALID_TYPE", format!("Unknown type name '{other}'"))),
    }
}

/// A record of a type, or nil.
fn record<T>(xml: &mut XmlWriter, kind: &str, found: Option<T>, write: fn(&mut XmlWriter, T)) {
    match found {
        Some(found) => xml.element("records", &[("xsi:type", kind)], |xml| write(xml, found)),
        None => xml.nil("records"),
    }
}

fn call_center(xml: &mut XmlWriter, world: &World, name: &str) {
    record(xml, "CallCenter", world.call_center(name), show::call_center);
}

fn profile(xml: &mut XmlWriter, world: &World, name: &str) {
    let mut profiles = world.profiles.iter();
    let found =
        profiles.find(|profile| !profile.hidden && same(&encoded(&profile.full_name), name));
    let found = found.map(|profile| (world, profile));
    record(xml, "Profile", found, |xml, (world, profile)| {
        show::profile(xml, world, profile);
    });
}

fn custom_metadata(xml: &mut XmlWriter, world: &World, name: &str) {
    let found = world.custom_metadata_types.iter().find_map(|kind| {
        let mut records = kind.visible_records();
        let record = records.find(|record| same(&kind.record_full_name(record), name))?;
        Some((kind, record))
    });
    record(xml, "CustomMetadata", found, |xml, (kind, record)| {
        show::custom_metadata(xml, kind, record);
    });
}

fn permission_set(xml: &mut XmlWriter, world: &World, name: &str) {
    let found = world.permission_sets.iter().find(|set| {
        let full = qualified(set.namespace_prefix.as_deref(), &encoded(&set.name));
        set.profile_id.is_none() && same(&full, name)
    });
    let found = found.map(|set| (world, set));
    record(xml, "PermissionSet", found, |xml, (world, set)| {
        show::permission_set(xml, world, set);
    });
}

fn apex_class(xml: &mut XmlWriter, world: &World, name: &str) {
    let found = world.apex_classes.iter().find(|class| {
        qualified(class.namespace_prefix.as_deref(), &class.name).eq_ignore_ascii_case(name)
    });
    record(xml, "ApexClass", found, show::apex_class);
}

fn application(xml: &mut XmlWriter, world: &World, name: &str) {
    let found = world
        .apps
        .iter()
        .find(|app| qualified(app.namespace_prefix.as_deref(), &app.developer_name) == name);
    record(xml, "CustomApplication", found, show::application);
}

fn record_type(xml: &mut XmlWriter, world: &World, name: &str) {
    let found = world.record_types.iter().find(|kind| same(&kind.full_name(), name));
    record(xml, "RecordType", found, show::record_type);
}

fn installed_package(xml: &mut XmlWriter, world: &World, name: &str) {
    let found = world.installed_package(name).and_then(|package| {
        let version = world.package_version(&package.subscriber_package_version_id)?;
        Some((package, version))
    });
    record(xml, "InstalledPackage", found, |xml, (package, version)| {
        show::installed_package(xml, package, version);
    });
}
