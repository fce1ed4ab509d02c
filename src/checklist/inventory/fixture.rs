//! An org in which somebody has installed the connector by hand.

use std::collections::BTreeMap;

use crate::definitions::{built_in, region};
use crate::model::org_fixture::{self, OrgFixture, id};
use crate::model::{
    CallCenterId, CustomMetadata, CustomMetadataRecord, Generation, InstalledPackage,
    LayoutAssignment, LayoutId, LayoutName, Observed, OmniState, OrgState, PackageContents,
    PackageVersionId, PresenceStatus, ProfileId, RecordTypeId, RegionalValue, SeenRecords, User,
    Version,
};

pub(crate) const VERSION: &str = "04t5f000000WxCcAAK";

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
        profile: Some(profile_id(profile)),
        call_center: call_center.map(call_center_id),
        ..org_fixture::user(number)
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
    let (bright, acme) = ("https://cti.bright.example/", call_center.adapter_url());
    let mut state = OrgFixture::new()
        .profiles(&[
            ("System Administrator", "Admin"),
            ("Standard User", "Standard"),
            ("Agent", "Agent"),
        ])
        .record_types(&[("Call", true), ("Mail", true), ("Gone", false)])
        .layouts([
            LayoutName::local("Task Layout"),
            LayoutName::managed("ciscocjs", "Webex Contact Center Task Layout"),
            LayoutName::managed("ciscocjs", "Cisco Webex Contact Center Task Layout"),
        ])
        .call_centers(&[
            (&call_center.internal_name, "Call center 1", acme),
            ("BrightCTI", "Call center 2", Some(bright)),
        ])
        .users([user(1, 3, Some(1)), user(2, 3, Some(1)), user(3, 3, Some(1)), user(4, 2, Some(2))])
        .build();
    state.packages = Observed::Seen(vec![InstalledPackage {
        name: "Webex Contact Center".to_owned(),
        namespace: Some("ciscocjs".to_owned()),
        package_id: Some(id("033", 1)),
        version_id: Some(PackageVersionId::parse(VERSION).unwrap()),
        version: Some(Version { major: 4, minor: 2, patch: 0 }),
        generation: Generation::First,
        managed: true,
    }]);
    state.contents = PackageContents {
        apps: Observed::Seen(vec!["Webex Contact Center".to_owned()]),
        reports: Observed::Seen(vec!["Call Activity".to_owned()]),
        custom_metadata_types: Observed::Seen(
            ["Aa", "Bb", "Cc"].map(|kind| format!("ciscocjs__{kind}__mdt")).to_vec(),
        ),
    };
    state.custom_metadata = CustomMetadata {
        seen: Observed::Seen(SeenRecords::Everything),
        records: records("us1"),
        ..CustomMetadata::default()
    };
    state.call_center = Observed::Seen(Some(call_center));
    state.permission_sets = Observed::Seen(Vec::new());
    let status =
        |label: &str| PresenceStatus { api_name: label.to_owned(), label: label.to_owned() };
    state.presence_statuses = Observed::Seen(["Available", "Busy"].map(status).to_vec());
    state.omni = Observed::Seen(OmniState::default());
    for record_type in [None, Some(1), Some(2)] {
        assign(&mut state, 3, record_type, 2);
    }
    state
}
