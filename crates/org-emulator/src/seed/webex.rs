//! The packages on offer: versions of Webex Contact Center for Salesforce, and another one.

use super::settings::{NAMESPACE, settings};
use super::{Random, unassigned};
use crate::ids::Id;
use crate::world::World;
use crate::world::custom_metadata::CustomMetadataType;
use crate::world::fields::{CustomField, CustomObject};
use crate::world::package::{PackageContent, PackageVersion};
use crate::world::pages::Layout;
use crate::world::people::PermissionSet;
use crate::world::things::{ApexClass, App, Report, ReportFolder};

/// The first generation's package.
const PACKAGE: &str = "033Hp0000008sWbIAI";
/// An old version, without the current Task layout.
pub(crate) const OLD: &str = "04tHp000000wXcAIAU";
/// A version that wants an installation key.
pub(crate) const WITH_KEY: &str = "04tHp000000wXcKIAU";
/// That key.
pub(crate) const KEY: &str = "it's \\a key\\";
/// The version before the newest.
pub(crate) const PREVIOUS: &str = "04tHp000000wXcPIAU";
/// The newest version of the first generation.
pub(crate) const NEWEST: &str = "04tHp000000wXcZIAU";
/// The second generation's package, of another namespace.
const SECOND_PACKAGE: &str = "033Ul0000004K2vIAE";
/// Its namespace.
pub(super) const SECOND_NAMESPACE: &str = "cisco_wxcc";
/// Its version, the one that Cisco's public link installs.
pub(crate) const SECOND: &str = "04tUl000000VK45IAG";
/// The version before it.
pub(crate) const SECOND_PREVIOUS: &str = "04tUl000000VK2PIAW";

/// A package of somebody else's that extends the first generation.
const EXTENSION_PACKAGE: &str = "033Qk0000002xTnIAI";
/// Its version.
pub(crate) const EXTENSION: &str = "04tQk000000xTnEIAU";

/// The site that the package asks to call.
const SITE: &str = "https://cpc.ccone.net";

/// Puts every version on offer.
pub(super) fn offer(world: &mut World, random: &mut Random, seed: u64) {
    let settings = settings(random, seed);
    let versions = [
        (OLD, 2, 6, 0, None),
        (WITH_KEY, 3, 2, 1, Some(KEY)),
        (PREVIOUS, 4, 1, 0, None),
        (NEWEST, 4, 2, 0, None),
    ];
    for (id, major, minor, patch, key) in versions {
        let mut version = version(id, PACKAGE, (major, minor, patch), content(major, &settings));
        version.installation_key = key.map(str::to_owned);
        world.package_versions.push(version);
    }
    world.package_versions.push(second(SECOND_PREVIOUS, 0));
    world.package_versions.push(second(SECOND, 1));
    world.package_versions.push(extension());
}

/// The second generation's package, as the list of installed packages and the install page of an org
/// have shown it. Which generation of packaging it is, nobody has told: its number and the name of its
/// version are those of the second, and a seed's `packages` can say otherwise.
fn second(id: &str, minor: u32) -> PackageVersion {
    let mut second = version(id, SECOND_PACKAGE, (1, minor, 0), second_content());
    "Webex Contact Center for Salesforce".clone_into(&mut second.package_name);
    second.name = format!("ver 1.{minor}");
    second.description = Some("Webex Contact Center through Open CTI".to_owned());
    second.publisher_name = Some("cisco.com".to_owned());
    second.namespace_prefix = Some(SECOND_NAMESPACE.to_owned());
    second.package2_container_options = Some("Managed".to_owned());
    // Its components count against the limits of the org.
    second.is_security_reviewed = false;
    second.remote_sites.clear();
    second.seats = None;
    second
}

/// A package that needs the first generation's. It is not on offer: a seed file installs it.
fn extension() -> PackageVersion {
    let content = PackageContent {
        apps: vec![App::lightning(
            unassigned(),
            "Call_Insights",
            "Call Insights",
            Some("callinsights"),
        )],
        ..PackageContent::default()
    };
    let mut version = version(EXTENSION, EXTENSION_PACKAGE, (1, 3, 0), content);
    "Call Insights".clone_into(&mut version.package_name);
    version.namespace_prefix = Some("callinsights".to_owned());
    version.publisher_name = Some("Insights Partners".to_owned());
    version.description = None;
    version.remote_sites.clear();
    version.seats = None;
    version.on_offer = false;
    version.depends_on = Id::parse(PACKAGE).into_iter().collect();
    version
}

fn version(
    id: &str,
    package: &str,
    (major, minor, patch): (u32, u32, u32),
    content: PackageContent,
) -> PackageVersion {
    let own = |id: &str| Id::parse(id).unwrap_or_else(unassigned);
    PackageVersion {
        id: own(id),
        subscriber_package_id: own(package),
        package_name: "Webex Contact Center".to_owned(),
        name: format!("{major}.{minor}"),
        namespace_prefix: Some(NAMESPACE.to_owned()),
        description: Some("Webex Contact Center for Salesforce".to_owned()),
        publisher_name: Some("Cisco Systems, Inc.".to_owned()),
        major_version: major,
        minor_version: minor,
        patch_version: patch,
        build_number: 1,
        release_state: "Released".to_owned(),
        is_managed: true,
        is_beta: false,
        is_deprecated: false,
        is_security_reviewed: true,
        package2_container_options: None,
        installation_key: None,
        on_offer: true,
        obstacle: None,
        install_error: None,
        seats: Some(-1),
        remote_sites: vec![SITE.to_owned()],
        csp_trusted_sites: Vec::new(),
        depends_on: Vec::new(),
        absent: Vec::new(),
        content,
    }
}

fn content(major: u32, settings: &[CustomMetadataType]) -> PackageContent {
    let namespace = Some(NAMESPACE.to_owned());
    let mut layouts = vec![layout("Cisco Webex Contact Center Task Layout")];
    if major > 2 {
        layouts.push(layout("Webex Contact Center Task Layout"));
    }
    PackageContent {
        apps: vec![App::lightning(
            unassigned(),
            "Webex_Contact_Center",
            "Webex Contact Center",
            namespace.as_deref(),
        )],
        layouts,
        report_folders: vec![ReportFolder {
            id: unassigned(),
            name: "Webex Contact Center Reports".to_owned(),
            developer_name: "Webex_Contact_Center_Reports".to_owned(),
            namespace_prefix: namespace.clone(),
        }],
        reports: vec![Report {
            id: unassigned(),
            name: "Call Activity Report".to_owned(),
            developer_name: "Call_Activity_Report".to_owned(),
            namespace_prefix: namespace.clone(),
            folder: "Webex_Contact_Center_Reports".to_owned(),
        }],
        objects: vec![CustomObject {
            id: unassigned(),
            developer_name: "Call_Segment".to_owned(),
            namespace_prefix: namespace.clone(),
            label: "Call Segment".to_owned(),
            key_prefix: "a0C".to_owned(),
        }],
        fields: fields(),
        // The playback settings came with the recording feature.
        custom_metadata_types: if major > 2 { settings.to_vec() } else { Vec::new() },
        permission_sets: Vec::new(),
        apex_classes: vec![ApexClass {
            id: unassigned(),
            name: "ActivityController".to_owned(),
            namespace_prefix: namespace,
            body: "global with sharing class ActivityController {}".to_owned(),
            api_version: 58.0,
            status: "Active".to_owned(),
            is_valid: true,
            manageable_state: "installed".to_owned(),
        }],
    }
}

fn layout(name: &str) -> Layout {
    Layout {
        id: unassigned(),
        name: name.to_owned(),
        namespace_prefix: Some(NAMESPACE.to_owned()),
        table_enum_or_id: "Task".to_owned(),
        layout_type: "Standard".to_owned(),
        manageable_state: "installed".to_owned(),
    }
}

fn fields() -> Vec<CustomField> {
    let segment = format!("{NAMESPACE}__Call_Segment__c");
    let custom = |object: &str, name: &str, kind: &str, length: u32, values: &[&str]| CustomField {
        id: unassigned(),
        object: object.to_owned(),
        developer_name: name.to_owned(),
        namespace_prefix: Some(NAMESPACE.to_owned()),
        label: name.replace('_', " "),
        kind: kind.to_owned(),
        length,
        picklist_values: values.iter().map(|&value| value.to_owned()).collect(),
        required: false,
        updateable: true,
        formula_of: Vec::new(),
    };
    let field = |name: &str, kind: &str, length: u32, values: &[&str]| {
        custom("Task", name, kind, length, values)
    };
    let label = ["Agent_Name", "ANI"].map(|name| format!("{NAMESPACE}__{name}__c"));
    vec![
        field("Contact_Type", "picklist", 255, &["Inbound", "Outbound", "Internal"]),
        field("Agent_Name", "string", 120, &[]),
        field("ANI", "string", 40, &[]),
        field("DNIS", "string", 40, &[]),
        field("Queue_Name", "string", 120, &[]),
        field("Recording_Link", "url", 255, &[]),
        field("Wrap_Up_Reason", "string", 255, &[]),
        field("Call_Notes", "textarea", 32_000, &[]),
        field("Handle_Time", "double", 0, &[]),
        field("Answered_At", "datetime", 0, &[]),
        field("Is_Transferred", "boolean", 0, &[]),
        CustomField {
            updateable: false,
            formula_of: label.into(),
            ..field("Call_Label", "string", 1300, &[])
        },
        custom(&segment, "Call_Key", "string", 64, &[]),
        custom(&segment, "Transcript", "textarea", 131_072, &[]),
        custom(&segment, "Seconds", "double", 0, &[]),
    ]
}

/// The second generation has no app, no Task layout and no settings: a permission set instead, whose
/// label is all that Cisco tells of it.
fn second_content() -> PackageContent {
    PackageContent {
        permission_sets: vec![PermissionSet {
            id: unassigned(),
            name: "Webex_Contact_Center_Agent".to_owned(),
            label: "Webex Contact Center Agent".to_owned(),
            description: None,
            namespace_prefix: Some(SECOND_NAMESPACE.to_owned()),
            profile_id: None,
            permissions: std::collections::BTreeSet::new(),
            fields: std::collections::BTreeMap::new(),
            objects: std::collections::BTreeMap::new(),
            permission_set_group_id: None,
        }],
        ..PackageContent::default()
    }
}
