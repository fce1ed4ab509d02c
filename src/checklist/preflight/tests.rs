use std::collections::BTreeSet;

use super::{calls_needed, missing, needed};
use crate::checklist::tests::fixture::{desired, planned, state};
use crate::checklist::{By, Change, ItemId, Plan, PlannedItem, Verdict};
use crate::model::{
    CallCenterPart, CustomMetadataPlace, Granted, Observed, Permission, Ref, RegionalValue,
    Subject, SubjectKind, Target, Value,
};

fn changing(item: ItemId, targets: &[Target]) -> Plan {
    let new = || Some(Value::Text("new".to_owned()));
    let changes = targets.iter().map(|target| Change::new(item, target.clone(), None, new()));
    let verdict = Verdict { changes: changes.collect(), ..Verdict::default() };
    Plan { items: vec![PlannedItem { item, verdict }], ..Plan::default() }
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_plan_that_changes_nothing_needs_nothing() {
    assert_eq!(needed(&Plan::default()), BTreeSet::new());
    assert_eq!(calls_needed(&Plan::default()), 0);
    for target in [
        Target::SoftphoneField { layout: text("it"), field: text("field") },
        Target::CallCenter(Ref::named("it")),
    ] {
        let mut by_people = changing(ItemId::SOFTPHONE_LAYOUT, &[target]);
        by_people.items[0].verdict.changes[0].by = By::Person;
        assert_eq!(needed(&by_people), BTreeSet::new());
        assert_eq!(calls_needed(&by_people), 0);
    }
}

#[test]
fn each_kind_of_change_needs_its_own() {
    use Permission::*;
    let of = |item, target: &Target| needed(&changing(item, std::slice::from_ref(target)));
    let with = |more: &[Permission]| -> BTreeSet<Permission> {
        [ApiEnabled, ViewSetup].into_iter().chain(more.iter().copied()).collect()
    };
    let call_center: &[Permission] = &[ModifyMetadata, CustomizeApplication, ManageCallCenters];
    let layouts: &[Permission] = &[ModifyMetadata, ManageProfiles];
    let metadata: &[Permission] = &[ModifyMetadata, CustomizeApplication];
    let code: &[Permission] = &[ModifyMetadata, AuthorApex];
    let access = || Granted::ApexClass(text("it"));
    let place = CustomMetadataPlace::parse("ns__A__mdt.B.ns__C__c").unwrap();
    let of_user =
        Target::PermissionSetAssignment { user: Ref::named("it"), set: Ref::named("set") };
    for (item, target, more) in [
        (ItemId::PACKAGE, Target::Package(text("it")), [InstallPackages].as_slice()),
        (ItemId::CALL_CENTER, Target::CallCenter(Ref::named("it")), call_center),
        (
            ItemId::CTI_SETTINGS,
            Target::CallCenterField(Ref::named("it"), CallCenterPart::DisplayName),
            call_center,
        ),
        (
            ItemId::TASK_LAYOUT,
            Target::TaskLayout { profile: Ref::named("it"), record_type: None },
            layouts,
        ),
        (ItemId::DATA_CENTER, Target::CustomMetadata(place), metadata),
        (
            ItemId::DATA_CENTER,
            Target::RegionalValue(text("it"), RegionalValue::ApiUrl, None),
            metadata,
        ),
        (ItemId::AGENT_ACCESS, Target::UtilityItem(text("it"), text("a:b")), metadata),
        (ItemId::OMNI_SYNC, Target::ApexClass(text("it")), code),
        (ItemId::OMNI_SYNC, Target::ApexStatus(text("it")), code),
        (ItemId::OMNI_SYNC, Target::PermissionSet(Ref::named("it")), layouts),
        (ItemId::OMNI_SYNC, Target::PermissionSetAccess(Ref::named("it"), access()), layouts),
        (ItemId::OMNI_SYNC, Target::ProfileAccess(Ref::named("it"), access()), layouts),
        (ItemId::USERS, Target::UserCallCenter(Ref::named("it")), &[ManageUsers]),
        (ItemId::PERMISSION_SET, of_user, &[AssignPermissionSets]),
    ] {
        assert_eq!(of(item, &target), with(more), "{target:?}");
    }
    let unknown = Target::Unknown(Subject::new(SubjectKind::User, "it"), text("field"));
    assert_eq!(of(ItemId::USERS, &unknown), BTreeSet::new(), "nobody acts upon it");
}

#[test]
fn only_what_the_org_says_is_missing_is_missing() {
    let (desired, mut state) = (desired(), state());
    let plan = planned(&desired, &state);
    assert!(!plan.is_empty());
    let lacking = |lacks: Permission| -> Observed<_> {
        Observed::Seen(Permission::ALL.into_iter().map(|each| (each, each != lacks)).collect())
    };
    for unknown in [
        Observed::Unasked,
        Observed::refused("no".to_owned()),
        Observed::Seen([].into_iter().collect()),
    ] {
        state.permissions = unknown;
        assert_eq!(missing(&plan, &state), [], "{:?}", state.permissions);
    }
    state.permissions = lacking(Permission::InstallPackages);
    assert_eq!(missing(&plan, &state), [Permission::InstallPackages]);
    // No state sync is wanted, so that no class is deployed.
    state.permissions = lacking(Permission::AuthorApex);
    assert_eq!(missing(&plan, &state), []);
    // Modify All Data does instead.
    state.permissions = lacking(Permission::ModifyMetadata);
    assert_eq!(missing(&plan, &state), []);
}

#[test]
fn more_users_take_more_calls() {
    let user = Target::UserCallCenter(Ref::named("it"));
    let one = calls_needed(&changing(ItemId::USERS, std::slice::from_ref(&user)));
    let many = calls_needed(&changing(ItemId::USERS, &vec![user; 1_000]));
    assert!(one < many && many < one + 20, "{one} and {many}");
}
