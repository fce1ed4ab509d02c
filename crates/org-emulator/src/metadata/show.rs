//! Components that the org knows in depth, as reads and retrieves write them, in the WSDL's order
//! and without their full names.

use serde_json::Value;

use crate::ids::Id;
use crate::soap::XSD;
use crate::soap::writer::XmlWriter;
use crate::world::World;
use crate::world::call_center::CallCenter;
use crate::world::custom_metadata::{
    CustomMetadataRecord, CustomMetadataType, Manageability, qualified,
};
use crate::world::fields::{CustomField, CustomObject};
use crate::world::package::{InstalledPackage, PackageVersion};
use crate::world::pages::RecordType;
use crate::world::people::{PermissionSet, Profile};
use crate::world::record_access::FieldAccess;
use crate::world::things::{ApexClass, App, Report, ReportFolder};

/// A call center with all its sections.
pub(super) fn call_center(xml: &mut XmlWriter, center: &CallCenter) {
    xml.optional("adapterUrl", center.adapter_url.as_deref());
    xml.optional("customSettings", center.custom_settings.as_deref());
    xml.leaf("displayName", &center.name);
    xml.leaf("displayNameLabel", &center.display_name_label);
    xml.leaf("internalNameLabel", &center.internal_name_label);
    for section in &center.sections {
        xml.open("sections", |xml| {
            for item in &section.items {
                xml.open("items", |xml| {
                    xml.leaf("label", &item.label);
                    xml.leaf("name", &item.name);
                    xml.leaf("value", &item.value);
                });
            }
            xml.leaf("label", &section.label);
            xml.leaf("name", &section.name);
        });
    }
    xml.optional("version", center.version.as_deref());
}

/// A profile with its layouts and what it gives access to.
pub(super) fn profile(xml: &mut XmlWriter, world: &World, profile: &Profile) {
    let set = world.own_permission_set(&profile.id);
    for (name, visible) in set.iter().flat_map(|set| granted(world, &set.id, "TabSet")) {
        xml.open("applicationVisibilities", |xml| {
            xml.leaf("application", &name);
            xml.leaf("default", "false");
            xml.leaf("visible", &visible.to_string());
        });
    }
    if let Some(set) = set {
        classes(xml, world, &set.id);
    }
    xml.leaf("custom", &profile.custom.to_string());
    xml.optional("description", profile.description.as_deref());
    if let Some(set) = set {
        fields(xml, set);
    }
    let rows = world.profile_layouts.iter().filter(|row| row.profile_id == profile.id);
    for row in rows {
        let layout = world.layouts.iter().find(|layout| Some(&layout.id) == row.layout_id.as_ref());
        let Some(layout) = layout else { continue };
        let kinds = world.record_types.iter();
        let kind = kinds.into_iter().find(|kind| Some(&kind.id) == row.record_type_id.as_ref());
        xml.open("layoutAssignments", |xml| {
            xml.leaf("layout", &layout.full_name());
            xml.optional("recordType", kind.map(RecordType::full_name).as_deref());
        });
    }
    if let Some(set) = set {
        objects(xml, set);
        statuses(xml, world, &set.id);
    }
    xml.leaf("userLicense", "Salesforce");
    if let Some(set) = set {
        permissions(xml, set);
    }
}

/// A permission set with what it gives access to.
pub(super) fn permission_set(xml: &mut XmlWriter, world: &World, set: &PermissionSet) {
    for (name, visible) in granted(world, &set.id, "TabSet") {
        xml.open("applicationVisibilities", |xml| {
            xml.leaf("application", &name);
            xml.leaf("visible", &visible.to_string());
        });
    }
    classes(xml, world, &set.id);
    xml.optional("description", set.description.as_deref());
    fields(xml, set);
    xml.leaf("hasActivationRequired", "false");
    xml.leaf("label", &set.label);
    objects(xml, set);
    statuses(xml, world, &set.id);
    permissions(xml, set);
}

/// What was said of fields.
fn fields(xml: &mut XmlWriter, set: &PermissionSet) {
    for (name, access) in &set.fields {
        xml.open("fieldPermissions", |xml| {
            xml.leaf("editable", &(*access == FieldAccess::Edit).to_string());
            xml.leaf("field", name);
            xml.leaf("readable", &(*access != FieldAccess::None).to_string());
        });
    }
}

/// What was said of objects.
fn objects(xml: &mut XmlWriter, set: &PermissionSet) {
    for (name, access) in &set.objects {
        xml.open("objectPermissions", |xml| {
            xml.leaf("allowCreate", &access.create.to_string());
            xml.leaf("allowDelete", &access.delete.to_string());
            xml.leaf("allowEdit", &access.edit.to_string());
            xml.leaf("allowRead", &access.read.to_string());
            xml.leaf("modifyAllRecords", &access.modify_all.to_string());
            xml.leaf("object", name);
            xml.leaf("viewAllRecords", &access.view_all.to_string());
        });
    }
}

/// Access to Apex classes.
fn classes(xml: &mut XmlWriter, world: &World, set: &Id) {
    for (name, enabled) in granted(world, set, "ApexClass") {
        xml.open("classAccesses", |xml| {
            xml.leaf("apexClass", &name);
            xml.leaf("enabled", &enabled.to_string());
        });
    }
}

/// Access to presence statuses.
fn statuses(xml: &mut XmlWriter, world: &World, set: &Id) {
    for (name, enabled) in granted(world, set, "ServicePresenceStatus") {
        xml.open("servicePresenceStatusAccesses", |xml| {
            xml.leaf("enabled", &enabled.to_string());
            xml.leaf("servicePresenceStatus", &name);
        });
    }
}

/// User permissions.
fn permissions(xml: &mut XmlWriter, set: &PermissionSet) {
    for name in &set.permissions {
        xml.open("userPermissions", |xml| {
            xml.leaf("enabled", "true");
            xml.leaf("name", name);
        });
    }
}

/// Every class, app or presence status by name, with whether a permission set gives access to it.
fn granted(world: &World, set: &Id, kind: &str) -> Vec<(String, bool)> {
    let named =
        |namespace: Option<&String>, name: &str| qualified(namespace.map(String::as_str), name);
    let all: Vec<(String, &Id)> = match kind {
        "ApexClass" => {
            let classes = world.apex_classes.iter();
            classes.map(|one| (named(one.namespace_prefix.as_ref(), &one.name), &one.id)).collect()
        }
        "ServicePresenceStatus" => {
            let statuses = world.presence_statuses.iter();
            statuses.map(|one| (one.developer_name.clone(), &one.id)).collect()
        }
        _ => {
            let apps = world.apps.iter();
            apps.map(|one| (named(one.namespace_prefix.as_ref(), &one.developer_name), &one.id))
                .collect()
        }
    };
    all.into_iter()
        .map(|(name, id)| {
            let given = world.setup_entity_access.iter().any(|access| {
                access.parent_id == *set
                    && access.setup_entity_id == *id
                    && access.setup_entity_type == kind
            });
            (name, given)
        })
        .filter(|(_, given)| *given)
        .collect()
}

/// A record of a custom metadata type; every field of the type is there, empty ones as nil.
pub(super) fn custom_metadata(
    xml: &mut XmlWriter,
    kind: &CustomMetadataType,
    record: &CustomMetadataRecord,
) {
    xml.leaf("label", &record.master_label);
    xml.leaf("protected", &record.protected.to_string());
    for field in &kind.fields {
        let name = field.api_name();
        xml.open("values", |xml| {
            xml.leaf("field", &name);
            match record.values.get(&name) {
                None | Some(Value::Null) => xml.nil("value"),
                Some(value) => typed(xml, value),
            }
        });
    }
}

/// A value that says of which type it is.
fn typed(xml: &mut XmlWriter, value: &Value) {
    let (kind, text) = match value {
        Value::Bool(flag) => ("xsd:boolean", flag.to_string()),
        Value::Number(number) => ("xsd:double", number.to_string()),
        Value::String(text) => ("xsd:string", text.clone()),
        other => ("xsd:string", other.to_string()),
    };
    xml.element("value", &[("xmlns:xsd", XSD), ("xsi:type", kind)], |xml| {
        xml.text(&text);
    });
}

/// An Apex class without its source, which only a retrieve shows.
pub(super) fn apex_class(xml: &mut XmlWriter, class: &ApexClass) {
    xml.leaf("apiVersion", &format!("{:.1}", class.api_version));
    xml.leaf("status", &class.status);
}

/// An app, as far as this org knows it.
pub(super) fn application(xml: &mut XmlWriter, app: &App) {
    xml.optional("description", app.description.as_deref());
    if app.ui_type == "Lightning" {
        xml.leaf("formFactors", "Large");
    }
    xml.leaf("label", &app.label);
    if app.ui_type == "Lightning" {
        xml.leaf("navType", &app.nav_type);
    }
    xml.leaf("uiType", &app.ui_type);
    xml.optional("utilityBar", app.utility_bar.as_deref());
}

/// A record type.
pub(super) fn record_type(xml: &mut XmlWriter, kind: &RecordType) {
    xml.leaf("active", &kind.is_active.to_string());
    xml.optional("description", kind.description.as_deref());
    xml.leaf("label", &kind.name);
}

/// An installed package.
pub(super) fn installed_package(
    xml: &mut XmlWriter,
    package: &InstalledPackage,
    version: &PackageVersion,
) {
    xml.leaf("activateRSS", &package.enable_rss.to_string());
    xml.leaf("versionNumber", &version.number());
}

/// A custom field, as far as its row tells.
pub(super) fn custom_field(xml: &mut XmlWriter, field: &CustomField) {
    let kind = match field.kind.as_str() {
        "boolean" => "Checkbox",
        "double" => "Number",
        "picklist" => "Picklist",
        "url" => "Url",
        "textarea" => "LongTextArea",
        _ => "Text",
    };
    if kind == "Checkbox" {
        xml.leaf("defaultValue", "false");
    }
    xml.leaf("label", &field.label);
    if ["LongTextArea", "Text"].contains(&kind) {
        xml.leaf("length", &field.length.to_string());
    }
    if kind == "Number" {
        xml.leaf("precision", "18");
    }
    xml.leaf("required", &field.required.to_string());
    if kind == "Number" {
        xml.leaf("scale", "0");
    }
    xml.leaf("type", kind);
    if kind == "Picklist" {
        xml.open("valueSet", |xml| picklist(xml, &field.picklist_values));
    }
    if kind == "LongTextArea" {
        xml.leaf("visibleLines", "3");
    }
}

/// The values of a picklist.
fn picklist(xml: &mut XmlWriter, values: &[String]) {
    xml.open("valueSetDefinition", |xml| {
        xml.leaf("sorted", "false");
        for value in values {
            xml.open("value", |xml| {
                xml.leaf("fullName", value);
                xml.leaf("default", "false");
                xml.leaf("label", value);
            });
        }
    });
}

/// A custom metadata type with its fields.
pub(super) fn custom_metadata_type(xml: &mut XmlWriter, kind: &CustomMetadataType) {
    for field in &kind.fields {
        xml.open("fields", |xml| {
            xml.leaf("fullName", &field.api_name());
            if field.kind == "boolean" {
                xml.leaf("defaultValue", "false");
            }
            let manageability = match field.manageability {
                Manageability::SubscriberControlled => "SubscriberControlled",
                Manageability::DeveloperControlled => "DeveloperControlled",
                Manageability::Locked => "Locked",
            };
            xml.leaf("fieldManageability", manageability);
            xml.leaf("label", &field.label);
            let kind = match field.kind.as_str() {
                "boolean" => "Checkbox",
                "double" => "Number",
                "url" => "Url",
                _ => "Text",
            };
            if kind == "Text" {
                xml.leaf("length", &field.length.to_string());
            }
            xml.leaf("type", kind);
        });
    }
    xml.leaf("label", &kind.label);
    xml.leaf("pluralLabel", &kind.label);
    xml.leaf("visibility", "Public");
}

/// A custom object of a package.
pub(super) fn custom_object(xml: &mut XmlWriter, object: &CustomObject) {
    xml.leaf("deploymentStatus", "Deployed");
    xml.leaf("label", &object.label);
    xml.open("nameField", |xml| {
        xml.leaf("label", "Name");
        xml.leaf("type", "Text");
    });
    xml.leaf("pluralLabel", &object.label);
    xml.leaf("sharingModel", "ReadWrite");
}

/// A layout of which only the name is known: one section without fields.
pub(super) fn layout(xml: &mut XmlWriter) {
    xml.open("layoutSections", |xml| {
        for name in ["customLabel", "detailHeading", "editHeading"] {
            xml.leaf(name, "false");
        }
        xml.leaf("label", "Information");
        xml.empty("layoutColumns");
        xml.empty("layoutColumns");
        xml.leaf("style", "TwoColumnsTopToBottom");
    });
}

/// A report of which only the name is known.
pub(super) fn report(xml: &mut XmlWriter, report: &Report) {
    xml.leaf("format", "Tabular");
    xml.leaf("name", &report.name);
    xml.leaf("reportType", "Activity");
}

/// A folder of reports.
pub(super) fn report_folder(xml: &mut XmlWriter, folder: &ReportFolder) {
    xml.leaf("name", &folder.name);
}
