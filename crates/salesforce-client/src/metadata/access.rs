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
#[derive(Debug, Clone, PartialEq, Eq)]
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
        write_classes(xml, &set.classes);
        xml.text("description", &set.description);
        xml.text("hasActivationRequired", "false");
        xml.text("label", &set.label);
        write_presence_statuses(xml, &set.presence_statuses);
    });
    xml.finish()
}
