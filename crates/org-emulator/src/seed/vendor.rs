//! Another vendor who was here first: a package, a call center with users, look-alike settings.

use std::collections::BTreeMap;

use super::{Random, unassigned};
use crate::ids::Id;
use crate::world::World;
use crate::world::call_center::{CallCenter, CallCenterItem, CallCenterSection};
use crate::world::custom_metadata::{
    CustomMetadataField, CustomMetadataRecord, CustomMetadataType, Manageability, Visibility,
};
use crate::world::fields::CustomField;
use crate::world::package::{InstalledPackage, PackageContent, PackageLicense, PackageVersion};
use crate::world::pages::Layout;
use crate::world::things::ApexClass;

const NAMESPACE: &str = "brightcti";
const PACKAGE: &str = "033Jk0000001aCmIAI";
const VERSION: &str = "04tJk000000aCm1IAE";

/// Puts the vendor's package and call center into the org, and some users into it.
pub(super) fn install(world: &mut World, random: &mut Random, seed: u64) {
    let version = version(random);
    let installed = InstalledPackage {
        id: world.new_id("0A3"),
        subscriber_package_id: version.subscriber_package_id.clone(),
        subscriber_package_version_id: version.id.clone(),
        security_type: "Full".to_owned(),
        enable_rss: false,
    };
    let license = PackageLicense {
        id: world.new_id("050"),
        namespace_prefix: NAMESPACE.to_owned(),
        status: "Active".to_owned(),
        allowed_licenses: 10,
    };
    world.unpack(version.content.clone());
    world.package_versions.push(version);
    world.installed_packages.push(installed);
    world.package_licenses.push(license);
    let id = add_call_center(world);
    // In the first org only people of other profiles work with it, so that agents can be set up
    // without a question; elsewhere one of the agents does too.
    let places: &[usize] = if seed == 1 { &[6, 13, 21] } else { &[4, 6, 13, 21] };
    let last = world.users.len().saturating_sub(1);
    for place in places.iter().map(|place| *place.min(&last)) {
        if let Some(user) = world.users.get_mut(place) {
            user.call_center_id = Some(id.clone());
        }
    }
}

fn version(random: &mut Random) -> PackageVersion {
    let own = |id: &str| Id::parse(id).unwrap_or_else(unassigned);
    PackageVersion {
        id: own(VERSION),
        subscriber_package_id: own(PACKAGE),
        package_name: "Bright CTI (Lightning)".to_owned(),
        name: "Winter".to_owned(),
        namespace_prefix: Some(NAMESPACE.to_owned()),
        description: Some("Telephony of another vendor".to_owned()),
        publisher_name: Some("Bright & Söhne".to_owned()),
        major_version: 2,
        minor_version: 11,
        patch_version: 0,
        build_number: 4,
        release_state: "Released".to_owned(),
        is_managed: true,
        is_beta: false,
        is_deprecated: false,
        is_security_reviewed: true,
        package2_container_options: None,
        installation_key: None,
        on_offer: false,
        obstacle: None,
        install_error: None,
        seats: None,
        remote_sites: Vec::new(),
        csp_trusted_sites: Vec::new(),
        depends_on: Vec::new(),
        absent: Vec::new(),
        content: content(random),
    }
}

fn content(random: &mut Random) -> PackageContent {
    let zone = *random.pick(&["EU2", "US1", "AP3"]);
    let namespace = Some(NAMESPACE.to_owned());
    PackageContent {
        layouts: vec![Layout {
            id: unassigned(),
            name: "Bright-CTI Task Layout".to_owned(),
            namespace_prefix: namespace.clone(),
            table_enum_or_id: "Task".to_owned(),
            layout_type: "Standard".to_owned(),
            manageable_state: "installed".to_owned(),
        }],
        fields: vec![CustomField {
            id: unassigned(),
            object: "Task".to_owned(),
            developer_name: "Call_Key".to_owned(),
            namespace_prefix: namespace.clone(),
            label: "Bright Call Key".to_owned(),
            kind: "string".to_owned(),
            length: 40,
            picklist_values: Vec::new(),
            required: false,
            updateable: true,
            formula_of: Vec::new(),
        }],
        apex_classes: vec![ApexClass {
            id: unassigned(),
            name: "BrightAdapter".to_owned(),
            namespace_prefix: namespace,
            body: "global class BrightAdapter {}".to_owned(),
            api_version: 55.0,
            status: "Active".to_owned(),
            is_valid: true,
            manageable_state: "installed".to_owned(),
        }],
        // Settings of the same shapes as the ones that the checklist looks for.
        custom_metadata_types: vec![
            settings("Zone", "Zone__c", zone),
            settings("Endpoint", "Address__c", "https://audioconnector.bright.example"),
            settings("Callback", "Target__c", "https://audioconnector.bright.example/auth"),
        ],
        ..PackageContent::default()
    }
}

fn settings(name: &str, field: &str, value: &str) -> CustomMetadataType {
    let namespace = Some(NAMESPACE.to_owned());
    let values = BTreeMap::from([(format!("{NAMESPACE}__{field}"), value.into())]);
    CustomMetadataType {
        id: unassigned(),
        developer_name: name.to_owned(),
        namespace_prefix: namespace.clone(),
        label: format!("Bright {name}"),
        key_prefix: format!("m0{}", &name[..1]),
        visibility: Visibility::Public,
        fields: vec![CustomMetadataField {
            id: unassigned(),
            developer_name: field.trim_end_matches("__c").to_owned(),
            namespace_prefix: namespace.clone(),
            label: "Value".to_owned(),
            kind: "string".to_owned(),
            length: 255,
            manageability: Manageability::SubscriberControlled,
        }],
        records: vec![CustomMetadataRecord {
            id: unassigned(),
            developer_name: "Default".to_owned(),
            namespace_prefix: namespace,
            master_label: "Default".to_owned(),
            protected: false,
            values,
        }],
    }
}

fn add_call_center(world: &mut World) -> Id {
    let item = |name: &str, label: &str, value: &str| CallCenterItem {
        name: name.to_owned(),
        label: label.to_owned(),
        value: value.to_owned(),
    };
    let mut center = CallCenter {
        id: world.new_id("04v"),
        internal_name: "BrightCTI".to_owned(),
        name: "Bright CTI – Support (EMEA) & \"Sales\"".to_owned(),
        display_name_label: "Display Name".to_owned(),
        internal_name_label: "Internal Name".to_owned(),
        adapter_url: Some("https://cti.bright.example/adapter?mode=full&v=2".to_owned()),
        custom_settings: None,
        version: None,
        sections: vec![
            CallCenterSection {
                name: "reqGeneralInfo".to_owned(),
                label: "General Information".to_owned(),
                items: vec![
                    item(
                        "reqAdapterUrl",
                        "CTI Adapter URL",
                        "https://cti.bright.example/adapter?mode=full&v=2",
                    ),
                    item("reqUseApi", "Use CTI API", "true"),
                    item("reqSoftphoneHeight", "Softphone Height", "400"),
                    item("reqSoftphoneWidth", "Softphone Width", "300"),
                    item(
                        "reqSalesforceCompatibilityMode",
                        "Salesforce Compatibility Mode",
                        "Lightning",
                    ),
                ],
            },
            CallCenterSection {
                name: "brightDialing".to_owned(),
                label: "Dialing Options".to_owned(),
                items: vec![item("outsidePrefix", "Outside Prefix", "9")],
            },
        ],
    };
    center.derive_custom_settings();
    let id = center.id.clone();
    world.call_centers.push(center);
    id
}
