//! Call centers with the connector's adapter under another name.

use super::fixture::{self, desired, id, past, planned, rows, state};
use super::removal::{install, removed};
use crate::checklist::call_center::Role;
use crate::checklist::{ChangeRow, ItemId, StopKind, plan};
use crate::model::{
    Baseline, CallCenterId, CallCenterRow, ConnectorWish, Membership, Observed, OrgState,
    UninstallWish,
};

const BERLIN: &str = "WebexCCAgentDesktopV2Berlin";

/// An org with a clone that somebody made, and its first user in it.
fn berlin() -> (ConnectorWish, OrgState) {
    let (desired, mut state) = (desired(), state());
    state.call_centers.get_or_insert_default().push(CallCenterRow {
        id: CallCenterId::parse(&id("04v", 30)).unwrap(),
        internal_name: BERLIN.to_owned(),
        name: "Webex Berlin".to_owned(),
        adapter_url: Some("https://desktop.wxcc-us1.cisco.com/".to_owned()),
    });
    state.users[0].call_center = Some(CallCenterId::parse(&id("04v", 30)).unwrap());
    (desired, state)
}

fn deleting(desired: &ConnectorWish, name: &str) -> ConnectorWish {
    let uninstall =
        UninstallWish { delete_call_centers: vec![name.to_owned()], ..UninstallWish::default() };
    ConnectorWish { uninstall, ..desired.clone() }
}

fn gone(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Vec<String> {
    let found = removed(desired, state, baseline);
    let rows = rows(found.of(ItemId::CALL_CENTER).unwrap());
    rows.into_iter().map(|row| row.subject.name).collect()
}

#[test]
fn a_clone_is_the_connectors_and_no_other_vendors() {
    let (desired, state) = berlin();
    let found = planned(&desired, &state);
    assert_eq!(found.stops().count(), 0, "{:?}", found.stops().collect::<Vec<_>>());
    let users = &found.of(ItemId::USERS).unwrap().notes;
    let told = users.iter().any(|note| note.is_warning() && note.text().contains(BERLIN));
    assert!(told, "{users:?}");
    let note = &found.of(ItemId::CALL_CENTER).unwrap().notes[0].text();
    assert!(note.contains("\"WebexCCAgentDesktopV2Berlin (1 user)\""), "{note}");
    let listed = crate::checklist::call_center::list_call_centers(&state, &desired.recipe);
    let role = |name: &str| listed.iter().find(|it| it.internal_name == name).unwrap().role;
    assert_eq!((role(BERLIN), role("AcmeCTI")), (Role::Clone, Role::Other));
}

#[test]
fn a_host_that_the_configuration_names_makes_a_clone_and_takes_nothing_out() {
    let (mut desired, mut state) = berlin();
    let row = state.call_centers.seen_mut().unwrap().last_mut().unwrap();
    row.adapter_url = Some("https://Desktop.wxcc-eu9.cisco.com/start".to_owned());
    let role = |desired: &ConnectorWish| {
        let listed = crate::checklist::call_center::list_call_centers(&state, &desired.recipe);
        listed.iter().find(|it| it.internal_name == BERLIN).unwrap().role
    };
    assert_eq!(role(&desired), Role::Other);
    desired.recipe.adapter_hosts = vec!["desktop.wxcc-eu9.cisco.com".to_owned()];
    assert_eq!(role(&desired), Role::Clone);
    assert!(gone(&desired, &state, &Baseline::default()).is_empty());
}

#[test]
fn users_of_a_clone_that_nobody_looked_up_are_not_counted_as_none() {
    let (desired, mut state) = berlin();
    let row = state.call_centers.get_or_insert_default().last_mut().unwrap();
    row.internal_name = "Service_Berlin".to_owned();
    let there = row.id;
    let told = |state: &OrgState| {
        planned(&desired, state).of(ItemId::CALL_CENTER).unwrap().notes[0].text()
    };
    assert!(told(&state).contains("(at least 1 user)"), "{}", told(&state));
    state.users[0].call_center = None;
    assert!(told(&state).contains("(its users were not looked up)"), "{}", told(&state));
    let member = |call_center| Membership { profile: None, call_center };
    let elsewhere = CallCenterId::parse(&id("04v", 31)).unwrap();
    state.softphone_hints.memberships =
        Observed::Seen(vec![member(there), member(there), member(elsewhere)]);
    assert!(told(&state).contains("(2 active users)"), "{}", told(&state));
    state.softphone_hints.memberships = Observed::Seen(Vec::new());
    assert!(told(&state).contains("\"Service_Berlin\""), "{}", told(&state));
}

/// Another vendor may have a call center at the host that a configuration names.
#[test]
fn the_adapter_that_the_configuration_names_makes_a_clone_and_its_host_does_not() {
    let (mut desired, mut state) = berlin();
    let address = "https://cti.acme.example/webex/";
    let row = state.call_centers.get_or_insert_default().last_mut().unwrap();
    row.adapter_url = Some("https://CTI.acme.example/webex?mode=2".to_owned());
    let stops = |desired: &ConnectorWish, state: &OrgState| planned(desired, state).stops().count();
    assert_eq!(stops(&desired, &state), 1, "another vendor's");
    desired.recipe.own_adapter = Some(address.to_owned());
    assert_eq!(stops(&desired, &state), 0);
    assert!(gone(&desired, &state, &Baseline::default()).is_empty());
    let row = state.call_centers.get_or_insert_default().last_mut().unwrap();
    row.adapter_url = Some("https://cti.acme.example/bright".to_owned());
    assert_eq!(stops(&desired, &state), 1, "another vendor's at the same host");
}

/// The softphone layout, and who else has one, follow from whose users are in a call center.
#[test]
fn users_of_a_clone_that_the_configuration_names_are_no_other_vendors() {
    let (mut desired, mut state) = berlin();
    let row = state.call_centers.get_or_insert_default().last_mut().unwrap();
    row.internal_name = "Service_Berlin".to_owned();
    row.adapter_url = Some("https://desktop.wxcc-eu9.cisco.com/".to_owned());
    let member = Membership { profile: None, call_center: row.id };
    state.softphone_hints.memberships = Observed::Seen(vec![member]);
    let others = |desired: &ConnectorWish| {
        crate::checklist::vendors::users_of_others(desired, &state, &Baseline::default()).len()
    };
    assert_eq!(others(&desired), 1);
    desired.recipe.adapter_hosts = vec!["desktop.wxcc-eu9.cisco.com".to_owned()];
    assert_eq!(others(&desired), 0);
}

#[test]
fn an_uninstall_lists_a_clone_and_leaves_it_with_its_users() {
    let (mut desired, mut state) = berlin();
    desired.users.profiles.clear();
    for user in &mut state.users {
        user.chosen_by.clear();
    }
    let baseline = install(&desired, &mut state);
    assert_eq!(gone(&desired, &state, &baseline), [fixture::INTERNAL_NAME]);
    let found = removed(&desired, &state, &baseline);
    assert!(rows(found.of(ItemId::USERS).unwrap()).is_empty());
    let notes = &found.of(ItemId::CALL_CENTER).unwrap().notes;
    assert!(notes.iter().any(|it| it.text().contains("V2Berlin (1 user)")), "{notes:?}");
}

#[test]
fn whom_we_put_into_a_clone_is_freed_and_the_clone_stays() {
    let (mut desired, mut state) = berlin();
    state.users[0].call_center = Some(state.call_centers[0].id);
    desired.users.on_conflict = crate::model::OnConflict::Move;
    // Once the clone was the configured call center.
    let mut cloned = desired.clone();
    BERLIN.clone_into(&mut cloned.call_center.definition.call_center.internal_name);
    state.call_center = Observed::Seen(Some(cloned.call_center.definition.call_center.clone()));
    let baseline = install(&cloned, &mut state);
    state.call_center = Observed::Seen(None);
    let found = removed(&desired, &state, &baseline);
    let users = rows(found.of(ItemId::USERS).unwrap());
    let back: Vec<Option<Option<&str>>> = users.iter().map(ChangeRow::known_after).collect();
    assert_eq!(back, [Some(Some("AcmeCTI")), Some(None), Some(None)]);
    assert!(gone(&desired, &state, &baseline).is_empty());
}

#[test]
fn what_is_only_called_so_stays() {
    let (desired, mut state) = berlin();
    let name = "WebexCCAgentDesktopV20990101";
    let row = state.call_centers.get_or_insert_default().last_mut().unwrap();
    row.internal_name = name.to_owned();
    assert_eq!(gone(&desired, &state, &Baseline::default()), [name]);
    let row = state.call_centers.get_or_insert_default().last_mut().unwrap();
    row.adapter_url = Some("https://cti.acme.example/".to_owned());
    assert!(gone(&desired, &state, &Baseline::default()).is_empty());
    let found = removed(&desired, &state, &Baseline::default());
    let notes = &found.of(ItemId::CALL_CENTER).unwrap().notes;
    assert!(
        notes.iter().any(|it| it.text().contains("cti.acme.example/: it is kept")),
        "{notes:?}"
    );
    assert_eq!(gone(&deleting(&desired, name), &state, &Baseline::default()), [name]);
}

#[test]
fn a_clone_goes_where_a_person_names_it_and_nothing_else_does() {
    let (desired, state) = berlin();
    let named = deleting(&desired, BERLIN);
    let nothing = Baseline::default();
    assert_eq!(gone(&named, &state, &nothing), [BERLIN]);
    let found = removed(&named, &state, &nothing);
    let freed = rows(found.of(ItemId::USERS).unwrap());
    assert_eq!(freed.len(), 1);
    assert_eq!(freed[0].known_after(), Some(None));
    assert_eq!(found.stops().count(), 0);
    // Another vendor's is nobody's to delete.
    let other = removed(&deleting(&desired, "AcmeCTI"), &state, &nothing);
    let stops: Vec<_> = other.stops().collect();
    assert!(stops.iter().any(|(_, stop)| {
        stop.kind == StopKind::Refused && stop.message().contains("not one of the connector's")
    }));
    let absent = removed(&deleting(&desired, "Nothing"), &state, &nothing);
    let notes = &absent.of(ItemId::CALL_CENTER).unwrap().notes;
    assert!(notes.iter().any(|it| it.text().contains("\"Nothing\"")), "{notes:?}");
    // Where the connector is installed it says nothing.
    let installed = plan(&named, &state, &past(&nothing));
    assert!(installed.changes().all(|it| !it.operation.removes()));
}
