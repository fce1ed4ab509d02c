use std::collections::BTreeSet;

use super::{calls_needed, missing, needed};
use crate::checklist::tests::fixture::{desired, planned, state};
use crate::checklist::{Action, After, Change, Item, Plan, PlannedItem, Verdict};
use crate::model::{Permission, Subject, SubjectKind, Told};

fn changing(item: Item, kinds: &[SubjectKind]) -> Plan {
    let changes = kinds.iter().map(|kind| Change {
        item,
        subject: Subject::new(*kind, "it"),
        field: "field".to_owned(),
        before: None,
        after: After::value("new"),
        action: Action::Update,
    });
    let verdict = Verdict { changes: changes.collect(), ..Verdict::default() };
    Plan { items: vec![PlannedItem { item, verdict }], ..Plan::default() }
}

#[test]
fn a_plan_that_changes_nothing_needs_nothing() {
    assert_eq!(needed(&Plan::default()), BTreeSet::new());
    assert_eq!(calls_needed(&Plan::default()), 0);
    let mut by_people = changing(ItemId::SOFTPHONE_LAYOUT, &[SubjectKind::SoftphoneLayout]);
    by_people.items[0].verdict.changes[0].action = Action::Human;
    assert_eq!(needed(&by_people), BTreeSet::new());
}

#[test]
fn each_kind_of_change_needs_its_own() {
    use Permission::*;
    let of = |item, kind| -> BTreeSet<Permission> { needed(&changing(item, &[kind])) };
    let with = |more: &[Permission]| -> BTreeSet<Permission> {
        [ApiEnabled, ViewSetup].into_iter().chain(more.iter().copied()).collect()
    };
    for (item, kind, more) in [
        (ItemId::PACKAGE, SubjectKind::InstalledPackage, [InstallPackages].as_slice()),
        (
            ItemId::CALL_CENTER,
            SubjectKind::CallCenter,
            &[ModifyMetadata, CustomizeApplication, ManageCallCenters],
        ),
        (ItemId::TASK_LAYOUT, SubjectKind::ProfileLayout, &[ModifyMetadata, ManageProfiles]),
        (ItemId::DATA_CENTER, SubjectKind::CustomMetadata, &[ModifyMetadata, CustomizeApplication]),
        (ItemId::OMNI_SYNC, SubjectKind::ApexClass, &[ModifyMetadata, AuthorApex]),
        (ItemId::OMNI_SYNC, SubjectKind::PermissionSet, &[ModifyMetadata, ManageProfiles]),
        (ItemId::USERS, SubjectKind::User, &[ManageUsers]),
        (ItemId::PERMISSION_SET, SubjectKind::PermissionSetAssignment, &[AssignPermissionSets]),
    ] {
        assert_eq!(of(item, kind), with(more), "{kind:?}");
    }
}

#[test]
fn only_what_the_org_says_is_missing_is_missing() {
    let (desired, mut state) = (desired(), state());
    let plan = planned(&desired, &state);
    assert!(!plan.is_empty());
    let lacking = |lacks: Permission| -> Told<_> {
        Told::This(Permission::ALL.into_iter().map(|each| (each, each != lacks)).collect())
    };
    for unknown in
        [Told::Unasked, Told::Refused("no".to_owned()), Told::This([].into_iter().collect())]
    {
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
    let one = calls_needed(&changing(ItemId::USERS, &[SubjectKind::User]));
    let many = calls_needed(&changing(ItemId::USERS, &[SubjectKind::User; 1_000]));
    assert!(one < many && many < one + 20, "{one} and {many}");
}
