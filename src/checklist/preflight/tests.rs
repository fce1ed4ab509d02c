use std::collections::BTreeSet;

use super::{calls_needed, missing, needed};
use crate::checklist::tests::fixture::{desired, planned, state};
use crate::checklist::{Action, After, Change, Item, Plan, PlannedItem, Verdict};
use crate::model::{Observed, Permission, Subject, SubjectKind};

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
    let mut by_people = changing(Item::SoftphoneLayout, &[SubjectKind::SoftphoneLayout]);
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
        (Item::Package, SubjectKind::InstalledPackage, [InstallPackages].as_slice()),
        (
            Item::CallCenter,
            SubjectKind::CallCenter,
            &[ModifyMetadata, CustomizeApplication, ManageCallCenters],
        ),
        (Item::TaskLayout, SubjectKind::ProfileLayout, &[ModifyMetadata, ManageProfiles]),
        (Item::DataCenter, SubjectKind::CustomMetadata, &[ModifyMetadata, CustomizeApplication]),
        (Item::OmniSync, SubjectKind::ApexClass, &[ModifyMetadata, AuthorApex]),
        (Item::OmniSync, SubjectKind::PermissionSet, &[ModifyMetadata, ManageProfiles]),
        (Item::Users, SubjectKind::User, &[ManageUsers]),
        (Item::PermissionSet, SubjectKind::PermissionSetAssignment, &[AssignPermissionSets]),
    ] {
        assert_eq!(of(item, kind), with(more), "{kind:?}");
    }
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
    let one = calls_needed(&changing(Item::Users, &[SubjectKind::User]));
    let many = calls_needed(&changing(Item::Users, &[SubjectKind::User; 1_000]));
    assert!(one < many && many < one + 20, "{one} and {many}");
}
