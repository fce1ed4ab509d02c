//! An org in which somebody has installed the connector by hand.

use std::collections::BTreeMap;

use crate::definitions::{built_in, region};
use crate::model::{
    CallCenterId, CallCenterRow, CustomMetadata, CustomMetadataRecord, Generation,
    InstalledPackage, Layout, LayoutAssignment, LayoutId, LayoutName, Observed, OmniState, OrgId,
    OrgKind, OrgState, Organization, PackageContents, PackageVersionId, PresenceStatus, Profile,
    ProfileId, RecordType, RecordTypeId, RegionalValue, SeenRecords, User, UserId, Version,
};

pub(crate) const VERSION: &str = "04t5f000000WxCcAAK";

fn id(prefix: &str, number: usize) -> String {
    format!("{prefix}{number:012}")
}

pub(crate) fn profile_id(number: usize) -> ProfileId {
    ProfileId::parse(&id("00e", number)).unwrap()
}

pub(crate) fn call_center_id(number: usize) -> CallCenterId {
    CallCenterId::parse(&id("04v", number)).unwrap()
}

fn layout_id(number: usize) -> LayoutId {
    LayoutId::parse(&id("00h", number)).unwrap()
}

/// The layout that everybody has, the package's, and the package's outdated one.
pub(crate) const LAYOUTS: [usize; 3] = [1, 2, 3];

pub(crate) fn user(number: usize, profile: usize, call_center: Option<usize>) -> User {
    User {
        id: UserId::parse(&id("005", number)).unwrap(),
        username: format!("user{number}@example.com"),
        name: format!("User {number}"),
        active: true,
        standard: true,
        profile: Some(profile_id(profile)),
        call_center: call_center.map(call_center_id),
        chosen_by: Vec::new(),
    }
}

/// Which layout a profile has, in general or for a record type.
pub(crate) fn assign(
    state: &mut OrgState,
    profile: usize,
    record_type: Option<usize>,
    layout: usize,
) {
    let assignment = LayoutAssignment {
        profile: profile_id(profile),
        record_type: record_type.map(|number| RecordTypeId::parse(&id("012", number)).unwrap()),
        layout: Some(layout_id(layout)),
    };
    let assignments = state.layout_assignments.get_or_insert_default();
    assignments.retain(|known| {
        known.profile != assignment.profile || known.record_type != assignment.record_type
    });
    assignments.push(assignment);
}

fn record(kind: &str, value: &str) -> CustomMetadataRecord {
    CustomMetadataRecord {
        kind: format!("ciscocjs__{kind}__mdt"),
        name: "ciscocjs__Default".to_owned(),
        label: "Default".to_owned(),
        protected: false,
        values: BTreeMap::from([("ciscocjs__Value__c".to_owned(), Some(value.to_owned()))]),
    }
}

/// What the package's custom metadata says for a data centre.
pub(crate) fn records(name: &str) -> Vec<CustomMetadataRecord> {
    let region = region(name).unwrap();
    let kinds = RegionalValue::ALL.into_iter().zip(["Aa", "Bb", "Cc"]);
    kinds.map(|(value, kind)| record(kind, &value.of(region))).collect()
}

/// Three agents (profile 3) in the connector's call center, with the package's layout for every
/// record type; one user of the standard profile in another vendor's.
pub(crate) fn org() -> OrgState {
    let call_center = built_in("2024-11").unwrap().call_center;
    let row = |number: usize, internal_name: &str, url: Option<&str>| CallCenterRow {
        id: call_center_id(number),
        internal_name: internal_name.to_owned(),
        name: format!("Call center {number}"),
        adapter_url: url.map(str::to_owned),
    };
    let layout = |number: usize, name: LayoutName| Layout { id: layout_id(number), name };
    let profile = |number: usize, label: &str, api_name: &str| Profile {
        id: profile_id(number),
        label: label.to_owned(),
        api_name: Some(api_name.to_owned()),
    };
    let record_type = |number: usize, name: &str, active: bool| RecordType {
        id: RecordTypeId::parse(&id("012", number)).unwrap(),
        api_name: name.to_owned(),
        label: name.to_owned(),
        active,
    };
    let mut state = OrgState {
        packages: Observed::Seen(vec![InstalledPackage {
            name: "Webex Contact Center".to_owned(),
            namespace: Some("ciscocjs".to_owned()),
            package_id: Some(id("033", 1)),
            version_id: Some(PackageVersionId::parse(VERSION).unwrap()),
            version: Some(Version { major: 4, minor: 2, patch: 0 }),
            generation: Generation::First,
            managed: true,
        }]),
        contents: PackageContents {
            apps: Observed::Seen(vec!["Webex Contact Center".to_owned()]),
            reports: Observed::Seen(vec!["Call Activity".to_owned()]),
            custom_metadata_types: Observed::Seen(
                ["Aa", "Bb", "Cc"].map(|kind| format!("ciscocjs__{kind}__mdt")).to_vec(),
            ),
        },
        custom_metadata: CustomMetadata {
            seen: Observed::Seen(SeenRecords::Everything),
            records: records("us1"),
            ..CustomMetadata::default()
        },
        call_centers: Observed::Seen(vec![
            row(1, &call_center.internal_name, call_center.adapter_url()),
            row(2, "BrightCTI", Some("https://cti.bright.example/")),
        ]),
        call_center: Observed::Seen(Some(call_center)),
        profiles: Observed::Seen(vec![
            profile(1, "System Administrator", "Admin"),
            profile(2, "Standard User", "Standard"),
            profile(3, "Agent", "Agent"),
        ]),
        profile_names: Observed::Seen(BTreeMap::new()),
        record_types: Observed::Seen(vec![
            record_type(1, "Call", true),
            record_type(2, "Mail", true),
            record_type(3, "Gone", false),
        ]),
        layouts: Observed::Seen(vec![
            layout(1, LayoutName::local("Task Layout")),
            layout(2, LayoutName::managed("ciscocjs", "Webex Contact Center Task Layout")),
            layout(3, LayoutName::managed("ciscocjs", "Cisco Webex Contact Center Task Layout")),
        ]),
        users: Observed::Seen(vec![
            user(1, 3, Some(1)),
            user(2, 3, Some(1)),
            user(3, 3, Some(1)),
            user(4, 2, Some(2)),
        ]),
        permission_sets: Observed::Seen(Vec::new()),
        presence_statuses: Observed::Seen(
            ["Available", "Busy"]
                .map(|label| PresenceStatus { api_name: label.to_owned(), label: label.to_owned() })
                .to_vec(),
        ),
        omni: Observed::Seen(OmniState::default()),
        ..OrgState::new(Organization {
            id: OrgId::parse(&id("00D", 1)).unwrap(),
            name: "Acme".to_owned(),
            kind: OrgKind::Sandbox,
            instance_url: "https://acme.my.salesforce.com".to_owned(),
        })
    };
    for profile in 1..=3 {
        for record_type in [None, Some(1), Some(2), Some(3)] {
            let is_package = profile == 3 && record_type != Some(3);
            assign(&mut state, profile, record_type, if is_package { 2 } else { 1 });
        }
    }
    state
}
