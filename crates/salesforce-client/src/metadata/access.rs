//! Access that profiles and permission sets give, and permission sets as they are deployed.

use super::NAMESPACE;
use crate::xml::{Forbidden, Xml};

/// One access, given or taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessChange {
    /// Full name of the component: the Apex class, the presence status.
    pub component: String,
    /// Whether it is given.
    pub enabled: bool,
}

/// A permission set with the access that it gives.
///
/// Unlike a profile, a permission set is replaced by its file: what the file does not name is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PermissionSetRecord {
    /// API name.
    pub full_name: String,
    /// The name people see.
    pub label: String,
    /// What it is for.
    pub description: String,
    /// Access to Apex classes.
    pub classes: Vec<AccessChange>,
    /// Access to presence statuses.
    pub presence_statuses: Vec<AccessChange>,
    /// Apps that are shown.
    pub applications: Vec<AccessChange>,
    /// Fields that are read and edited, such as `Task.Subject`.
    pub fields: Vec<AccessChange>,
    /// Objects whose records are read, created and edited.
    pub objects: Vec<AccessChange>,
    /// User permissions, such as `EditTask`.
    pub user_permissions: Vec<AccessChange>,
}

/// Writes which apps are shown.
fn write_applications(xml: &mut Xml, applications: &[AccessChange]) {
    for access in applications {
        xml.group("applicationVisibilities", |xml| {
            xml.text("application", &access.component);
            xml.text("visible", flag(access));
        });
    }
}

/// Writes access to fields: edited where given, neither read nor edited where not.
fn write_fields(xml: &mut Xml, fields: &[AccessChange]) {
    for access in fields {
        xml.group("fieldPermissions", |xml| {
            xml.text("editable", flag(access));
            xml.text("field", &access.component);
            xml.text("readable", flag(access));
        });
    }
}

/// Writes access to objects, which never goes as far as deleting or seeing everybody's records.
fn write_objects(xml: &mut Xml, objects: &[AccessChange]) {
    for access in objects {
        xml.group("objectPermissions", |xml| {
            xml.text("allowCreate", flag(access));
            xml.text("allowDelete", "false");
            xml.text("allowEdit", flag(access));
            xml.text("allowRead", flag(access));
            xml.text("modifyAllRecords", "false");
            xml.text("object", &access.component);
            xml.text("viewAllRecords", "false");
        });
    }
}

/// Writes user permissions.
fn write_user_permissions(xml: &mut Xml, permissions: &[AccessChange]) {
    for access in permissions {
        xml.group("userPermissions", |xml| {
            xml.text("enabled", flag(access));
            xml.text("name", &access.component);
        });
    }
}

/// Writes access to Apex classes.
pub(super) fn write_classes(xml: &mut Xml, classes: &[AccessChange]) {
    for access in classes {
        xml.group("classAccesses", |xml| {
            xml.text("apexClass", &access.component);
            xml.text("enabled", flag(access));
        });
    }
}

/// Writes access to presence statuses.
pub(super) fn write_presence_statuses(xml: &mut Xml, statuses: &[AccessChange]) {
    for access in statuses {
        xml.group("servicePresenceStatusAccesses", |xml| {
            xml.text("enabled", flag(access));
            xml.text("servicePresenceStatus", &access.component);
        });
    }
}

fn flag(access: &AccessChange) -> &'static str {
    if access.enabled { "true" } else { "false" }
}

/// Writes the component's file.
pub(super) fn write_file(set: &PermissionSetRecord) -> Result<Vec<u8>, Forbidden> {
    let mut xml = Xml::indented();
    xml.element("PermissionSet", &[("xmlns", NAMESPACE)], |xml| {
        write_applications(xml, &set.applications);
        write_classes(xml, &set.classes);
        xml.text("description", &set.description);
        write_fields(xml, &set.fields);
        xml.text("hasActivationRequired", "false");
        xml.text("label", &set.label);
        write_objects(xml, &set.objects);
        write_presence_statuses(xml, &set.presence_statuses);
        write_user_permissions(xml, &set.user_permissions);
    });
    xml.finish()
}
