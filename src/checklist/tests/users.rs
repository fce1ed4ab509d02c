use super::fixture::{INTERNAL_NAME, desired, id, past, planned, rows, state};
use super::removal::install;
use crate::checklist::{After, ItemId, StopKind, plan};
use crate::model::{
    CallCenterId, CallCenterRow, Observed, OnConflict, OrgState, Ref, Refused, Target, Value,
};

fn sits_in(state: &mut OrgState, user: usize, internal_name: &str) {
    let known = state.call_centers.iter().find(|row| row.internal_name == internal_name);
    let row = known.cloned().unwrap_or_else(|| {
        let number = state.call_centers.as_slice().len() + 20;
        let row = CallCenterRow {
            id: CallCenterId::parse(&id("04v", number)).unwrap(),
            internal_name: internal_name.to_owned(),
            name: internal_name.to_owned(),
            adapter_url: None,
        };
        state.call_centers.get_or_insert_default().push(row.clone());
        row
    });
    state.users[user].call_center = Some(row.id);
}

#[test]
fn chosen_users_are_assigned_and_the_rest_is_left_alone() {
    let (desired, mut state) = (desired(), state());
    state.users[0].chosen_by.clear();
    let plan = planned(&desired, &state);
    let changes = rows(plan.of(ItemId::USERS).unwrap());
    assert_eq!(changes.len(), 2);
    assert!(changes.iter().all(|change| change.after == After::value(INTERNAL_NAME)));
}

#[test]
fn inactive_users_are_skipped_and_said_so() {
    let (desired, mut state) = (desired(), state());
    state.users[1].active = false;
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::USERS).unwrap();
    assert_eq!(verdict.changes.len(), 2);
    assert_eq!(
        verdict.notes[0].text(),
        "Skipped, because they are inactive: \"user2@example.com\"."
    );
}

#[test]
fn who_is_no_user_of_salesforce_is_skipped_and_said_so() {
    let (desired, mut state) = (desired(), state());
    state.users[1].standard = false;
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::USERS).unwrap();
    assert_eq!(verdict.changes.len(), 2);
    assert!(verdict.notes.iter().any(|it| it.text().contains("user2@example.com")), "{verdict:?}");
}

#[test]
fn who_is_in_a_namesake_of_the_connectors_call_center_is_another_vendors() {
    let (desired, mut state) = (desired(), state());
    let name = "WebexCCAgentDesktopV20990101";
    sits_in(&mut state, 0, name);
    assert!(planned(&desired, &state).of(ItemId::USERS).unwrap().stops.is_empty());
    let rows = state.call_centers.get_or_insert_default();
    let row = rows.iter_mut().find(|row| row.internal_name == name).unwrap();
    row.adapter_url = Some("https://cti.acme.example/".to_owned());
    let plan = planned(&desired, &state);
    let [stop] = plan.of(ItemId::USERS).unwrap().stops.as_slice() else { panic!() };
    assert!(stop.message().contains("another vendor"), "{}", stop.message());
}

#[test]
fn another_vendors_users_are_refused_or_moved() {
    let (mut desired, mut state) = (desired(), state());
    sits_in(&mut state, 0, "AcmeCTI");
    let plan = planned(&desired, &state);
    let [stop] = plan.of(ItemId::USERS).unwrap().stops.as_slice() else { panic!() };
    assert_eq!(stop.kind, StopKind::Refused);
    assert_eq!(
        stop.message(),
        "One chosen user is in another vendor's call center, AcmeCTI: \"user1@example.com\"."
    );
    desired.users.on_conflict = OnConflict::Move;
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::USERS).unwrap();
    assert!(verdict.stops.is_empty());
    assert_eq!(rows(verdict)[0].before.as_deref(), Some("AcmeCTI"));
    assert!(verdict.notes[0].is_warning());
}

/// Whoever chooses people by profile may not know that they work with another version by now.
#[test]
fn who_is_moved_out_of_another_version_is_told() {
    let (mut desired, mut state) = (desired(), state());
    sits_in(&mut state, 0, "wxCcCallCenter");
    let refused = planned(&desired, &state);
    let [stop] = refused.of(ItemId::USERS).unwrap().stops.as_slice() else { panic!() };
    assert!(stop.message().contains("works with Version 2"), "{}", stop.message());
    desired.users.on_conflict = OnConflict::Move;
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::USERS).unwrap();
    assert!(verdict.notes[0].is_warning());
    assert_eq!(
        verdict.notes[0].text(),
        "Users moved out of the call center of Version 2 of the connector, as configured: \
         \"user1@example.com\"."
    );
    // `migrate` has told it by then.
    desired.users.on_conflict = OnConflict::Migrate;
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::USERS).unwrap();
    assert_eq!((verdict.changes.len(), verdict.notes.len()), (3, 0));
}

#[test]
fn a_predecessor_is_no_other_vendor() {
    let (desired, mut state) = (desired(), state());
    sits_in(&mut state, 0, "WebexCCAgentDesktopV1");
    sits_in(&mut state, 1, "WebexCCAgentDesktopVacation");
    let plan = planned(&desired, &state);
    let verdict = plan.of(ItemId::USERS).unwrap();
    assert_eq!(rows(verdict)[0].before.as_deref(), Some("WebexCCAgentDesktopV1"));
    assert!(verdict.stops[0].message().contains("WebexCCAgentDesktopVacation"));
}

#[test]
fn unknown_users_profiles_and_permission_sets_are_configuration_errors() {
    let (mut desired, state) = (desired(), state());
    desired.users.usernames = vec!["user9@example.com".to_owned()];
    desired.users.profiles = vec!["Agents".to_owned()];
    desired.users.permission_sets = vec!["Nothing".to_owned()];
    let plan = planned(&desired, &state);
    let stops = &plan.of(ItemId::USERS).unwrap().stops;
    assert_eq!(stops.len(), 3);
    assert!(stops.iter().all(|stop| stop.kind == StopKind::Configuration));
}

#[test]
fn a_name_that_may_be_a_groups_is_not_called_unknown() {
    let mut desired = desired();
    let mut state = state();
    desired.users.permission_sets = vec!["Agents_of_the_Desk".to_owned()];
    state.permission_sets.get_or_insert_default();
    assert!(!planned(&desired, &state).of(ItemId::USERS).unwrap().stops.is_empty());
    state.permission_set_groups = Observed::Refused(Refused::new("INVALID_FIELD: No such column"));
    let blind = planned(&desired, &state);
    let users = blind.of(ItemId::USERS).unwrap();
    assert!(users.is_held() && users.stops.is_empty() && users.changes.is_empty());
}

#[test]
fn whom_nobody_chooses_any_more_is_given_back_from_whatever_call_center() {
    let (mut desired, mut state) = (desired(), state());
    let baseline = install(&desired, &mut state);
    // An older definition's call center holds the user now, as after a way back by hand.
    sits_in(&mut state, 0, "WebexCCAgentDesktopV1");
    let mut held = baseline.clone();
    for entry in &mut held.entries {
        if matches!(&entry.target, Target::UserCallCenter(user) if user.name == "user1@example.com")
        {
            let there = state.users[0].call_center.unwrap();
            entry.ours = Some(Value::CallCenter(Ref::seen("WebexCCAgentDesktopV1", &there)));
        }
    }
    desired.users.profiles = vec!["Standard User".to_owned()];
    for user in &mut state.users {
        user.chosen_by.clear();
    }
    let plan = plan(&desired, &state, &past(&held));
    let back = rows(plan.of(ItemId::USERS).unwrap());
    let first = back.iter().find(|row| row.subject.name == "user1@example.com").unwrap();
    assert_eq!(first.before.as_deref(), Some("WebexCCAgentDesktopV1"));
    assert_eq!(first.known_after(), Some(None));
}

#[test]
fn whoever_names_what_is_not_there_does_not_hear_that_nobody_is_chosen() {
    let (mut desired, mut state) = (desired(), state());
    state.users = Observed::Seen(Vec::new());
    let nobody = "matches nobody in this org";
    let told = |plan: &crate::checklist::Plan| {
        let notes = &plan.of(ItemId::USERS).unwrap().notes;
        notes.iter().filter(|note| note.text().contains(nobody)).count()
    };
    assert_eq!(told(&planned(&desired, &state)), 1);
    desired.users.usernames = vec!["nobody@example.com".to_owned()];
    let plan = planned(&desired, &state);
    assert_eq!(plan.of(ItemId::USERS).unwrap().stops.len(), 1);
    assert_eq!(told(&plan), 0, "the stop says it");
}
