//! What is deployed of a profile: layout assignments and access, and nothing else of it.

use super::NAMESPACE;
use super::access::{self, AccessChange};
use crate::xml::{Forbidden, Xml};

/// Some settings of one profile.
///
/// A deploy changes only what its file names: all else of the profile stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileSettings {
    /// The profile's full name as the org lists it: a name it does not know creates a new profile.
    pub profile: String,
    /// Layout assignments.
    pub assignments: Vec<LayoutAssignment>,
    /// Access to Apex classes.
    pub classes: Vec<AccessChange>,
    /// Access to presence statuses.
    pub presence_statuses: Vec<AccessChange>,
}

/// Which layout is used for which records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutAssignment {
    /// The layout's full name, such as `Task-ns__Name`, encoded.
    pub layout: String,
    /// The record type's full name, such as `Task.Name`; none for records without one.
    pub record_type: Option<String>,
}

/// Writes the component's file.
pub(super) fn write_file(profile: &ProfileSettings) -> Result<Vec<u8>, Forbidden> {
    let mut xml = Xml::indented();
    xml.element("Profile", &[("xmlns", NAMESPACE)], |xml| {
        access::write_classes(xml, &profile.classes);
        for assignment in &profile.assignments {
            xml.group("layoutAssignments", |xml| {
                xml.text("layout", &assignment.layout);
                xml.optional("recordType", assignment.record_type.as_deref());
            });
        }
        access::write_presence_statuses(xml, &profile.presence_statuses);
    });
    xml.finish()
}
