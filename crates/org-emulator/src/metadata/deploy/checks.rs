//! What is checked of components that are only kept: required elements, and what they belong to.

use super::super::schema::Problem;
use super::super::types;
use super::{flexi_page, rows};
use crate::guesses::Guesses;
use crate::soap::xml::Element;
use crate::world::World;
use crate::world::custom_metadata::qualified;

/// Elements without which a component of a type is refused.
const REQUIRED: [(&str, &[&str]); 16] = [
    ("CustomLabel", &["language", "protected", "shortDescription", "value"]),
    ("DashboardFolder", &["name"]),
    ("DocumentFolder", &["name"]),
    ("EmailFolder", &["name"]),
    ("FlexiPage", &["masterLabel", "type"]),
    ("Flow", &["label"]),
    ("ListView", &["filterScope", "label"]),
    ("QuickAction", &["optionsCreateFeedItem", "type"]),
    ("RecordType", &["active", "label"]),
    ("RemoteSiteSetting", &["disableProtocolSecurity", "isActive", "url"]),
    ("Report", &["format", "name", "reportType"]),
    ("ReportFolder", &["name"]),
    ("StaticResource", &["cacheControl"]),
    ("ValidationRule", &["active", "errorConditionFormula", "errorMessage"]),
    ("WebLink", &["availability", "displayType", "linkType", "masterLabel", "protected"]),
    ("WorkflowRule", &["active", "triggerType"]),
];

/// Checks a component before it is kept.
pub(super) fn check(
    world: &World,
    guesses: Guesses,
    type_name: &str,
    full_name: &str,
    root: Option<&Element>,
) -> Result<(), Problem> {
    if let Some(root) = root {
        check_required(type_name, root)?;
    }
    match type_name {
        "Layout" => {
            let (object, _) = full_name
                .split_once('-')
                .ok_or_else(|| Problem::whole(format!("The name \"{full_name}\" is not valid.")))?;
            check_object(world, object)?;
            if root.is_some_and(|root| root.child("layoutSections").is_none()) {
                return Err(Problem::whole("Layout must have at least 1 section"));
            }
        }
        "FlexiPage" => root.map_or(Ok(()), |root| flexi_page::check(guesses, root))?,
        "CustomObject" => check_new_object(world, full_name, root)?,
        "Report" | "Dashboard" | "EmailTemplate" | "Document" => {
            check_folder(world, type_name, full_name)?;
        }
        child if types::child(child).is_some_and(|(parent, _)| parent.name == "CustomObject") => {
            check_object(world, full_name.split('.').next().unwrap_or_default())?;
        }
        _ => {}
    }
    let known = world.stored.find(type_name, full_name).is_some()
        || rows::is_there(world, type_name, full_name);
    if known { Ok(()) } else { check_namespace(world, full_name) }
}

/// Elements that must be there.
fn check_required(type_name: &str, root: &Element) -> Result<(), Problem> {
    let required = REQUIRED.iter().find(|(name, _)| *name == type_name);
    let missing = required.and_then(|(_, fields)| {
        fields.iter().find(|field| root.value(field).is_none_or(str::is_empty))
    });
    missing.map_or(Ok(()), |field| {
        Err(Problem::at(root.at, format!("Required field is missing: {field}")))
    })
}

/// A custom object that is not there yet must say what it is called.
fn check_new_object(world: &World, name: &str, root: Option<&Element>) -> Result<(), Problem> {
    let custom = ["__c", "__e", "__b", "__x", "__mdt"].iter().any(|end| name.ends_with(end));
    if !custom || world.stored.find("CustomObject", name).is_some() {
        return Ok(());
    }
    match root {
        Some(root) if root.value("label").is_none_or(str::is_empty) => {
            let message = "Must specify a non-empty label for the CustomObject";
            Err(Problem::at(root.at, message))
        }
        _ => Ok(()),
    }
}

/// A custom object that something belongs to is there; of standard ones it is believed.
fn check_object(world: &World, name: &str) -> Result<(), Problem> {
    let known = !name.contains("__")
        || world.stored.find("CustomObject", name).is_some()
        || world.custom_objects.iter().any(|object| object.api_name() == name)
        || world.custom_metadata_types.iter().any(|kind| kind.api_name() == name);
    if known {
        return Ok(());
    }
    Err(Problem::whole(format!(
        "Entity Enumeration Or ID: bad value for restricted picklist field: {name}"
    )))
}

/// The folder that a component lies in is there.
fn check_folder(world: &World, type_name: &str, full_name: &str) -> Result<(), Problem> {
    let kind = types::by_name(type_name).and_then(types::MetadataType::folder_type);
    let folder = full_name.rsplit_once('/').map(|(folder, _)| folder);
    let (Some(kind), Some(folder)) = (kind, folder) else { return Ok(()) };
    let own = ["unfiled$public", "private"].contains(&folder);
    let packaged = world.report_folders.iter().any(|row| {
        type_name == "Report"
            && qualified(row.namespace_prefix.as_deref(), &row.developer_name) == folder
    });
    if own || packaged || world.stored.find(kind, folder).is_some() {
        return Ok(());
    }
    Err(Problem::whole(format!("Cannot find folder:{folder}")))
}

/// Nothing new can be made in the namespace of a package.
fn check_namespace(world: &World, full_name: &str) -> Result<(), Problem> {
    let own = full_name.rsplit(['.', '/', '-']).next().unwrap_or_default();
    let namespace = own.split_once("__").map(|(namespace, _)| namespace);
    let of_package = |namespace: &&str| {
        let mut versions = world.package_versions.iter();
        versions.any(|version| version.namespace_prefix.as_deref() == Some(*namespace))
    };
    namespace.filter(of_package).map_or(Ok(()), |namespace| {
        Err(Problem::whole(format!(
            "Cannot create a new component with the namespace: {namespace}.  Only components in \
             the same namespace as the organization can be created through the API"
        )))
    })
}
