//! Orgs with this and that of the connector.

use super::fixture::{assign, org, user};
use super::*;
use crate::checklist::call_center::{Role, find_data_center, role};
use crate::definitions::default_recipe;
use crate::model::{CallCenterRow, OrgState};

fn kinds(state: &OrgState) -> Vec<Remains> {
    Inventory::take(state).leftovers.into_iter().map(|left| left.kind).collect()
}

fn row(number: usize, internal_name: &str) -> CallCenterRow {
    CallCenterRow {
        id: fixture::call_center_id(number),
        internal_name: internal_name.to_owned(),
        name: internal_name.to_owned(),
        adapter_url: None,
    }
}

#[test]
fn a_sound_installation_leaves_nothing_over() {
    let inventory = Inventory::take(&org());
    assert_eq!(inventory.leftovers, []);
    assert_eq!(inventory.packages[0].generation, Some("1GP"));
    let [connector, other] = inventory.call_centers.as_slice() else { panic!("two") };
    assert_eq!((connector.role, other.role), (Role::Connector, Role::Other));
    assert_eq!(connector.data_center.as_deref(), Some("us1"));
    assert_eq!(connector.profiles[0].profile, "Agent");
    let [current, outdated] = inventory.task_layouts.as_slice() else { panic!("two") };
    assert!(current.profiles[0].every_active && outdated.profiles.is_empty());
    let center = inventory.custom_metadata.data_center.unwrap();
    assert_eq!(center.value, "US1");
    assert_eq!(center.place, "ciscocjs__Aa__mdt.ciscocjs__Default.ciscocjs__Value__c");
}

#[test]
fn call_centers_are_told_apart_by_their_internal_names() {
    let recipe = &default_recipe().recipe;
    for (name, whose) in [
        ("WebexCCAgentDesktopV20241121", Role::Connector),
        ("WebexCCAgentDesktopV20991231", Role::Connector),
        ("WebexCCAgentDesktopV20230101", Role::Predecessor),
        ("WebexCCAgentDesktopVision", Role::Other),
        ("wxCcCallCenter", Role::Version2),
        ("BrightCTI", Role::Other),
    ] {
        assert_eq!(role(name, recipe), whose, "{name}");
    }
    assert_eq!(find_data_center("https://Desktop.wxcc-EU1.cisco.com/?x"), Some("eu1"));
    assert_eq!(find_data_center("https://desktop.example/desktop.wxcc-eu1.cisco.com"), None);
    assert_eq!(find_data_center("desktop.wxcc-eu1.cisco.com"), None);
}

#[test]
fn what_is_left_over_is_said() {
    let mut state = org();
    state.packages.get_or_insert_default().clear();
    // Layouts of a package that is not listed: one of both is not true, and nothing is said of it.
    assert_eq!(kinds(&state), []);
    let unseen = Inventory::take(&state);
    assert!(unseen.unseen(Part::Packages).unwrap().message.contains("lists no package"));
    assert_eq!(unseen.document().unwrap()["packages"], Value::Null);
    state.layouts.get_or_insert_default().clear();
    assert_eq!(kinds(&state), [Remains::CallCenterWithoutPackage]);

    let mut state = org();
    state.call_centers.get_or_insert_default().push(row(7, "WebexCCAgentDesktopV20230101"));
    assert_eq!(kinds(&state), [Remains::Predecessor]);
    state.users.get_or_insert_default().push(user(7, 3, Some(7)));
    assert_eq!(kinds(&state), [Remains::UsersOfPredecessor]);
    state.users[0].active = false;
    assert_eq!(kinds(&state), [Remains::InactiveUsers, Remains::UsersOfPredecessor]);

    let mut state = org();
    assign(&mut state, 2, Some(1), fixture::LAYOUTS[2]);
    let left = Inventory::take(&state).leftovers;
    assert_eq!(left[0].kind, Remains::OutdatedLayout);
    assert!(left[0].message.contains("is still used by Standard User"), "{}", left[0].message);
}

#[test]
fn a_layout_is_told_by_record_types_where_it_is_not_everywhere() {
    let mut state = org();
    assign(&mut state, 3, Some(2), fixture::LAYOUTS[0]);
    assign(&mut state, 2, Some(3), fixture::LAYOUTS[1]);
    let uses = &Inventory::take(&state).task_layouts[0].profiles;
    let told: Vec<_> = uses
        .iter()
        .map(|found| (found.profile.as_str(), found.master, &found.record_types))
        .collect();
    assert_eq!(
        told,
        [
            ("Agent", true, &vec!["Call".to_owned()]),
            ("Standard User", false, &vec!["Gone".to_owned()]),
        ]
    );
    assert!(!uses[0].every_active && !uses[1].every_active);
}
