//! What the connector's package is set by: custom metadata whose names tell nothing.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Random, unassigned};
use crate::world::custom_metadata::{
    CustomMetadataField, CustomMetadataRecord, CustomMetadataType, Manageability, Visibility,
};

/// The namespace of the first generation of the package.
pub(super) const NAMESPACE: &str = "ciscocjs";
/// Where recordings are played from, as shipped.
const API_URL: &str = "https://audioconnector.produs1.ciscoccservice.com";

/// Data centre, API URL and redirect URI, under names that tell nothing.
///
/// The default seed can be set up without asking anybody. Others hide or lock a setting, or add
/// look-alikes in the package's own namespace.
pub(super) fn settings(random: &mut Random, seed: u64) -> Vec<CustomMetadataType> {
    let values = ["US1".to_owned(), API_URL.to_owned(), format!("{API_URL}/auth")];
    let mut kinds: Vec<CustomMetadataType> =
        values.iter().enumerate().map(|(place, value)| setting(random, place, value)).collect();
    // A text that is none of the three, so that not every record of the package is one of them.
    kinds.push(setting(random, 3, "v1.1.9"));
    if seed == 1 {
        return kinds;
    }
    match seed % 5 {
        2 => kinds[random.below(3)].visibility = Visibility::Protected,
        3 => {
            for field in &mut kinds[random.below(3)].fields {
                field.manageability = Manageability::DeveloperControlled;
            }
        }
        4 => {
            for record in &mut kinds[random.below(3)].records {
                record.protected = true;
            }
        }
        0 => {
            for (place, value) in
                ["EU1", "https://audioconnector.prodeu1.ciscoccservice.com"].iter().enumerate()
            {
                let mut decoy = setting(random, 4 + place, value);
                for field in &mut decoy.fields {
                    field.manageability = Manageability::Locked;
                }
                kinds.push(decoy);
            }
        }
        _ => {
            // A second record of the same type, of the same shape.
            let name = random.gibberish();
            if let Some(record) = kinds[0].records.first().cloned() {
                let values = record.values.keys().map(|key| (key.clone(), "EU2".into()));
                let values = values.collect();
                let master_label = name.clone();
                kinds[0].records.push(CustomMetadataRecord {
                    developer_name: name,
                    master_label,
                    values,
                    ..record
                });
            }
        }
    }
    kinds
}

fn setting(random: &mut Random, place: usize, value: &str) -> CustomMetadataType {
    let namespace = Some(NAMESPACE.to_owned());
    let (kind, record, field) = (random.gibberish(), random.gibberish(), random.gibberish());
    let values: BTreeMap<String, Value> =
        BTreeMap::from([(format!("{NAMESPACE}__{field}__c"), value.into())]);
    CustomMetadataType {
        id: unassigned(),
        developer_name: kind.clone(),
        namespace_prefix: namespace.clone(),
        label: kind,
        key_prefix: format!("m0{place}"),
        visibility: Visibility::Public,
        fields: vec![CustomMetadataField {
            id: unassigned(),
            developer_name: field.clone(),
            namespace_prefix: namespace.clone(),
            label: field,
            kind: "string".to_owned(),
            length: 255,
            manageability: Manageability::SubscriberControlled,
        }],
        records: vec![CustomMetadataRecord {
            id: unassigned(),
            developer_name: record.clone(),
            namespace_prefix: namespace,
            master_label: record,
            protected: false,
            values,
        }],
    }
}
