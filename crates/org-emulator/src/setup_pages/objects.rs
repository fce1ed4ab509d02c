//! Objects and fields that a softphone layout can show.

use crate::world::World;
use crate::world::setup_pages::Surprise;

/// An object that the page offers.
pub(super) struct Offered {
    /// API name.
    pub(super) name: String,
    pub(super) label: String,
    /// API name and label of its fields; the first is shown unless somebody chooses others.
    pub(super) fields: Vec<Named>,
}

/// API name and label.
type Named = (&'static str, &'static str);

/// Standard objects: API name, label, fields.
const STANDARD: [(&str, &str, &[Named]); 9] = [
    ("Account", "Account", &[("Name", "Account Name"), ("Phone", "Account Phone")]),
    ("Asset", "Asset", &[("Name", "Asset Name")]),
    ("Campaign", "Campaign", &[("Name", "Campaign Name")]),
    ("Case", "Case", &[("CaseNumber", "Case Number"), ("Subject", "Subject")]),
    ("Contact", "Contact", &[("Name", "Name"), ("Phone", "Business Phone"), ("Title", "Title")]),
    ("Lead", "Lead", &[("Name", "Name"), ("Company", "Company"), ("Phone", "Phone")]),
    ("Opportunity", "Opportunity", &[("Name", "Opportunity Name"), ("StageName", "Stage")]),
    ("Task", "Task", &[("Subject", "Subject")]),
    ("User", "User", &[("Name", "Full Name")]),
];

/// Call-related fields, as the API names them.
pub(super) const CALL_FIELDS: [&str; 4] = ["ANI", "DNIS", "SEGMENT", "QUEUE"];

/// What the page offers in this org, by label.
pub(super) fn offered(world: &World) -> Vec<Offered> {
    let standard = STANDARD.iter().map(|(name, label, fields)| Offered {
        name: (*name).to_owned(),
        label: (*label).to_owned(),
        fields: fields.to_vec(),
    });
    let custom = world.custom_objects.iter().map(|object| Offered {
        name: object.api_name(),
        label: object.label.clone(),
        fields: vec![("Name", "Name")],
    });
    let mut offered: Vec<Offered> = standard.chain(custom).collect();
    if world.setup_pages.surprise == Some(Surprise::SameLabels) {
        offered.push(Offered {
            name: "Contact__c".to_owned(),
            label: "Contact".to_owned(),
            fields: vec![("Name", "Name")],
        });
    }
    offered.sort_by(|one, other| one.label.cmp(&other.label));
    offered
}

/// The flows that can be opened, by their names.
pub(super) fn flows(world: &World) -> Vec<&str> {
    let flows = world.components.iter().filter(|it| it.kind == "Flow");
    flows.map(|flow| flow.full_name.as_str()).collect()
}
