//! A wanted state and an org to try the checklist on, and a world in which changes come true.

use std::collections::BTreeMap;

use crate::checklist::{Change, ChangeRow, ItemId, Past, Plan, Verdict, baseline_entries, plan};
use crate::model::org_fixture::{self, OrgFixture};
use crate::model::{
    ApexSource, Approval, Audience, Baseline, CallCenter, CallCenterId, CallCenterPart,
    CallCenterRow, CallCenterWish, ConnectorWish, CustomMetadataRecord, CustomMetadataWish,
    Definition, Generation, InstalledPackage, ItemKey, Layout, LayoutAssignment, LayoutId,
    LayoutName, Observed, Offer, OfferedVersion, OmniCode, OmniRecipe, OmniSyncWish, OnConflict,
    Operation, OrgState, PackageContents, PackageName, PackageVersionId, PackageWish,
    PermissionSet, PermissionSetId, ProfileId, Recipe, RecordTypeId, Ref, Region, RegionalValue,
    Section, SeenRecords, Selector, StatedNames, Target, TaskLayoutWish, UnnamedValues, User,
    UserSelection, Value, Version, Wanted,
};

pub(in crate::checklist) use crate::model::org_fixture::id;

pub(in crate::checklist) const VERSION: &str = "04t000000000001AAA";
pub(in crate::checklist) const INTERNAL_NAME: &str = "WebexCCAgentDesktopV2";

pub(in crate::checklist) fn height() -> ItemKey {
    ItemKey::new("reqGeneralInfo", "reqSoftphoneHeight")
}

fn item(name: &str, value: &str) -> crate::model::Item {
    crate::model::Item { name: name.to_owned(), label: name.to_owned(), value: value.to_owned() }
}

pub(in crate::checklist) fn desired() -> ConnectorWish {
    let call_center = CallCenter {
        internal_name: INTERNAL_NAME.to_owned(),
        internal_name_label: "InternalName".to_owned(),
        display_name: "Webex".to_owned(),
        display_name_label: "Display Name".to_owned(),
        sections: vec![Section {
            name: "reqGeneralInfo".to_owned(),
            label: "General ".to_owned(),
            items: vec![
                item("reqAdapterUrl", "https://desktop.wxcc-us1.cisco.com/"),
                item("reqSoftphoneHeight", "550"),
            ],
        }],
    };
    let region = Region {
        webrtc_domain: None,
        name: "us1".to_owned(),
        title: "North America".to_owned(),
        desktop_url: "https://desktop.wxcc-us1.cisco.com".to_owned(),
        api_url: "https://api.wxcc-us1.cisco.com".to_owned(),
        audio_url: "https://audioconnector.produs1.ciscoccservice.com".to_owned(),
        audio_listed: true,
        listed: true,
    };
    ConnectorWish {
        custom_metadata: CustomMetadataWish::of(&region, "data_center"),
        recipe: Recipe {
            title: "Version 1".to_owned(),
            csp_allow_list: true,
            editions: crate::model::Editions {
                named: vec!["Enterprise".to_owned()],
                excluded: vec!["Team".to_owned()],
            },
            name: "webex-v1".to_owned(),
            namespace: "ciscocjs".to_owned(),
            app: Some("Webex Contact Center".to_owned()),
            task_layout: Some("New Layout".to_owned()),
            old_task_layouts: vec!["Old Layout".to_owned()],
            report: true,
            custom_metadata_types: 1,
            adapter_hosts: Vec::new(),
            own_adapter: None,
            desktop_layouts: BTreeMap::new(),
            internal_name_prefix: "WebexCCAgentDesktopV".to_owned(),
            permission_sets: Vec::new(),
            omni_sync: omni_recipe(),
            agent_access: crate::model::AccessRecipe {
                objects: vec!["Task".to_owned(), "Case".to_owned()],
                fields: vec!["Task.Subject".to_owned()],
                permission_set: "Agent_Access".to_owned(),
                permission_set_label: "Agent access".to_owned(),
            },
            stated: StatedNames {
                bare_internal_name: false,
                namespace: "ciscocjs".to_owned(),
                internal_name_prefix: "WebexCCAgentDesktopV".to_owned(),
            },
        },
        region,
        package: PackageWish {
            version: PackageVersionId::parse(VERSION).unwrap(),
            audience: Audience::AllUsers,
            sites: Approval::All,
            upgrade: None,
        },
        call_center: CallCenterWish {
            definition: Definition { name: "two".to_owned(), call_center, settings: Vec::new() },
            display_name: None,
            values: BTreeMap::from([(
                height(),
                Wanted { value: "600".to_owned(), asked_by: "softphone.height".to_owned() },
            )]),
            unnamed: UnnamedValues::GoBack,
            delete_old: false,
        },
        users: UserSelection {
            profiles: vec!["Agent".to_owned()],
            on_conflict: OnConflict::Refuse,
            ..UserSelection::default()
        },
        softphone_layout: None,
        webex_org: None,
        task_layout: TaskLayoutWish {
            profiles: vec!["Agent".to_owned(), "System Administrator".to_owned()],
            ..TaskLayoutWish::default()
        },
        omni_sync: OmniSyncWish::default(),
        agent_access: None,
        permission_sets: Vec::new(),
        uninstall: crate::model::UninstallWish::default(),
    }
}

fn omni_recipe() -> OmniRecipe {
    let source =
        |name: &str, body: &str| ApexSource { name: name.to_owned(), body: body.to_owned() };
    OmniRecipe {
        code: Some(OmniCode {
            class: source("Sync", "class Sync { static String tell() {} }\n"),
            method: "tell".to_owned(),
            test: source("SyncTest", "@IsTest class SyncTest {}\n"),
        }),
        permission_set: "Sync_Access".to_owned(),
        permission_set_label: "Sync Access".to_owned(),
    }
}

pub(in crate::checklist) fn user(number: usize, chosen: bool) -> User {
    let chosen_by = if chosen { vec![Selector::Profiles] } else { Vec::new() };
    User { chosen_by, ..org_fixture::user(number) }
}

/// An org without the connector: three profiles, one active and one inactive record type, three
/// chosen users, another vendor's call center.
pub(in crate::checklist) fn state() -> OrgState {
    OrgFixture::new()
        .profiles(&[
            ("System Administrator", "Admin"),
            ("Standard User", "Standard"),
            ("Agent", "Agent"),
        ])
        .record_types(&[("Call", true), ("Gone", false)])
        .layouts([LayoutName::local("Task Layout")])
        .call_centers(&[("AcmeCTI", "Acme", None)])
        .users((1..=3).map(|number| user(number, true)))
        .with(|state| {
            let version = PackageVersionId::parse(VERSION).unwrap();
            state.offered =
                Observed::Seen(OfferedVersion { id: version, answer: Ok(offer("1.10")) });
            state.packages = Observed::Seen(Vec::new());
            state.call_center = Observed::Seen(None);
        })
        .build()
}

pub(in crate::checklist) fn offer(version: &str) -> Offer {
    let (major, minor) = version.split_once('.').unwrap();
    Offer {
        package_id: Some(id("033", 1)),
        package: Some(PackageName {
            name: Some("Connector".to_owned()),
            namespace: Some(desired().recipe.namespace),
        }),
        version: Version { major: major.parse().unwrap(), minor: minor.parse().unwrap(), patch: 0 },
        status: "NO_ERRORS_DETECTED".to_owned(),
        sites: Vec::new(),
    }
}

/// A past in which only values were recorded.
pub(in crate::checklist) fn past(baseline: &Baseline) -> Past {
    Past { baseline: baseline.clone(), ..Past::default() }
}

pub(in crate::checklist) fn planned(desired: &ConnectorWish, state: &OrgState) -> Plan {
    plan(desired, state, &Past::default())
}

/// The changes of an answer as people read them.
pub(in crate::checklist) fn rows(verdict: &Verdict) -> Vec<ChangeRow> {
    verdict.changes.iter().flat_map(Change::rows).collect()
}

/// Lets a change come true.
pub(in crate::checklist) fn come_true(
    desired: &ConnectorWish,
    state: &mut OrgState,
    change: &Change,
) {
    let Operation { target, to, .. } = &change.operation;
    let text = to.as_ref().map(|value| value.text(target));
    match (change.item, target) {
        (ItemId::PACKAGE, Target::Package(_)) => install(desired, state),
        (ItemId::CALL_CENTER, Target::CallCenter(_)) => create(desired, state),
        (ItemId::CALL_CENTER, Target::CallCenterField(..)) => {}
        (ItemId::CTI_SETTINGS, Target::CallCenterField(_, part)) => {
            let (Some(found), Some(value)) = (state.call_center.found_mut(), text) else {
                return;
            };
            match part {
                CallCenterPart::DisplayName => found.display_name = value,
                CallCenterPart::Item(key) => {
                    found.item_mut(key).expect("an item that exists").value = value;
                }
                other => panic!("no such setting: {other:?}"),
            }
        }
        (ItemId::TASK_LAYOUT, Target::TaskLayout { profile, record_type }) => {
            assign_layout(state, profile, record_type.as_ref(), to.as_ref());
        }
        (ItemId::DATA_CENTER, Target::CustomMetadata(place)) => {
            let mut records = state.custom_metadata.records.iter_mut();
            let record = records.find(|record| record.member() == place.member());
            let record = record.expect("a record that exists");
            let there = record.values.insert(place.field.clone(), text);
            there.expect("a field that exists");
        }
        (ItemId::USERS, Target::UserCallCenter(user)) => {
            let target = to.as_ref().map(|value| {
                let Value::CallCenter(wanted) = value else { panic!("no call center: {value:?}") };
                let mut rows = state.call_centers.iter();
                let row = rows.find(|row| Some(&row.id) == wanted.id.as_ref());
                let row = row.expect("a call center that exists");
                assert_eq!(row.internal_name, wanted.name);
                row.id
            });
            let found = state.users.iter_mut().find(|found| Some(&found.id) == user.id.as_ref());
            let found = found.expect("a user that exists");
            assert_eq!(found.username, user.name);
            found.call_center = target;
        }
        (ItemId::OMNI_SYNC, _) => super::omni_sync::come_true(state, &change.operation),
        (ItemId::AGENT_ACCESS, _) => super::agent_access::come_true(state, &change.operation),
        (ItemId::PERMISSION_SET, _) => super::permission_set::come_true(state, &change.operation),
        other => panic!("no such change: {other:?}"),
    }
}

fn assign_layout(
    state: &mut OrgState,
    profile: &Ref<ProfileId>,
    record_type: Option<&Ref<RecordTypeId>>,
    to: Option<&Value>,
) {
    let layout = to.map(|value| {
        let Value::Layout(wanted) = value else { panic!("no layout: {value:?}") };
        let found = state.layouts.iter().find(|found| Some(&found.id) == wanted.id.as_ref());
        let found = found.expect("a layout that exists");
        assert_eq!(found.name.qualified(), wanted.name);
        found.id
    });
    let profile = {
        let mut known = state.profiles.iter();
        let found = known.find(|known| Some(&known.id) == profile.id.as_ref());
        let found = found.expect("a profile that exists");
        assert_eq!(found.label, profile.name);
        found.id
    };
    let record_type = record_type.map(|record_type| {
        let mut known = state.record_types.iter();
        let found = known.find(|known| Some(&known.id) == record_type.id.as_ref());
        let found = found.expect("a record type that exists");
        assert_eq!(found.api_name, record_type.name);
        found.id
    });
    let there = state
        .layout_assignments
        .iter_mut()
        .find(|assignment| assignment.profile == profile && assignment.record_type == record_type);
    match there {
        Some(assignment) => assignment.layout = layout,
        None => state.layout_assignments.get_or_insert_default().push(LayoutAssignment {
            profile,
            record_type,
            layout,
        }),
    }
}

/// What the installation of the package brings.
pub(in crate::checklist) fn install(desired: &ConnectorWish, state: &mut OrgState) {
    state.packages.get_or_insert_default().push(InstalledPackage {
        name: "Webex Contact Center".to_owned(),
        namespace: Some("ciscocjs".to_owned()),
        package_id: Some(id("033", 1)),
        version_id: Some(desired.package.version),
        version: Some(Version { major: 1, minor: 10, patch: 0 }),
        generation: Generation::First,
        managed: true,
    });
    for (number, name) in [(2, "New Layout"), (3, "Old Layout")] {
        state.layouts.get_or_insert_default().push(Layout {
            id: LayoutId::parse(&id("00h", number)).unwrap(),
            name: LayoutName::managed("ciscocjs", name),
        });
    }
    state.contents = PackageContents {
        apps: Observed::Seen(vec!["Webex Contact Center".to_owned()]),
        reports: Observed::Seen(vec!["Call Activity".to_owned()]),
        custom_metadata_types: Observed::Seen(vec!["ciscocjs__X__mdt".to_owned()]),
    };
    state.custom_metadata.seen = Observed::Seen(SeenRecords::Everything);
    state.custom_metadata.records = RegionalValue::ALL
        .into_iter()
        .zip(["Aa", "Bb", "Cc"])
        .map(|(value, name)| {
            record(name, &format!("ciscocjs__{name}1"), &value.of(&desired.region))
        })
        .collect();
}

/// A record of the package's type of that name, with one value.
pub(in crate::checklist) fn record(kind: &str, name: &str, value: &str) -> CustomMetadataRecord {
    CustomMetadataRecord {
        kind: format!("ciscocjs__{kind}__mdt"),
        name: name.to_owned(),
        label: name.to_owned(),
        protected: false,
        values: BTreeMap::from([(format!("ciscocjs__{kind}__c"), Some(value.to_owned()))]),
    }
}

fn create(desired: &ConnectorWish, state: &mut OrgState) {
    state.call_centers.get_or_insert_default().push(CallCenterRow {
        id: CallCenterId::parse(&id("04v", 9)).unwrap(),
        internal_name: INTERNAL_NAME.to_owned(),
        name: "Webex".to_owned(),
        adapter_url: None,
    });
    state.call_center = Observed::Seen(Some(desired.call_center.definition.call_center.clone()));
}

/// An org in which everything is done, and what was there before.
pub(in crate::checklist) fn done(
    desired: &ConnectorWish,
    mut state: OrgState,
) -> (OrgState, Baseline) {
    let mut baseline = Baseline::default();
    for _ in 0..4 {
        let found = plan(desired, &state, &past(&baseline));
        let Some((_, changes)) = found.next_stage() else { break };
        let changes: Vec<Change> = changes.into_iter().cloned().collect();
        for change in &changes {
            for entry in baseline_entries(change, desired, "run") {
                baseline.record(entry);
            }
            come_true(desired, &mut state, change);
        }
    }
    (state, baseline)
}

/// A permission set of that number, of a package or of the org's own.
pub(super) fn permission_set(
    number: usize,
    namespace: Option<&str>,
    name: &str,
    label: &str,
) -> PermissionSet {
    PermissionSet {
        id: PermissionSetId::parse(&id("0PS", number)).unwrap(),
        namespace: namespace.map(str::to_owned),
        name: name.to_owned(),
        label: label.to_owned(),
    }
}
