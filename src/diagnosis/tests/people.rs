//! The people, and the one who has no phone.

use super::fixture::{agent, assign, evidence, org, org_of_version_2, profile_id, refusing};
use super::{Health, check, diagnosed, is};
use crate::model::{
    Access, Agent, AgentFound, Evidence, Granted, Holder, ItemKey, Look, Observed, PackageLicence,
};

fn about(agent: Agent) -> Evidence {
    Evidence { agent: Observed::Seen(AgentFound::One(Box::new(agent))), ..evidence() }
}

#[test]
fn a_call_center_that_nobody_is_in_is_worth_a_word() {
    let (mut state, evidence) = (org(), evidence());
    state.users.get_or_insert_default().retain(|user| user.chosen_by.len() > 9);
    is(Health::Warning, "nobody has a phone", &check("users", &state, &evidence));
    let refused = refusing(state, Look::Users, false);
    is(Health::Unknown, "", &check("users", &refused, &evidence));
}

#[test]
fn layouts_of_nobody_and_outdated_ones_are_told() {
    let (mut state, evidence) = (org(), evidence());
    assign(&mut state, 3, None, 3);
    is(Health::Warning, "outdated", &check("task-layout", &state, &evidence));
    for record_type in [None, Some(1), Some(2)] {
        assign(&mut state, 3, record_type, 1);
    }
    is(Health::Warning, "No profile uses", &check("task-layout", &state, &evidence));
}

/// A configuration for it may not name any.
#[test]
fn version_2_asks_nobody_for_a_task_layout() {
    let state = org_of_version_2();
    let evidence = about(agent(1, Some(1)));
    for which in ["task-layout", "user-task-layout"] {
        is(Health::Ok, "Version 2 of the connector brings none", &check(which, &state, &evidence));
    }
}

#[test]
fn who_is_in_the_wrong_place_is_told_where() {
    let state = org();
    for (place, health, part) in [
        (None, Health::Problem, "in no call center"),
        (Some(2), Health::Problem, "another vendor's call center, BrightCTI"),
        (Some(7), Health::Unknown, "does not show"),
        (Some(1), Health::Ok, "In WebexCC"),
    ] {
        is(health, part, &check("user-call-center", &state, &about(agent(1, place))));
    }
}

#[test]
fn who_cannot_log_in_hears_that_first() {
    let state = org();
    let found = |change: fn(&mut Agent)| {
        let mut agent = agent(1, None);
        change(&mut agent);
        diagnosed(&state, &about(agent)).user.unwrap().answer
    };
    assert!(found(|agent| agent.active = false).contains("is inactive"));
    assert!(found(|agent| agent.frozen = Observed::Seen(true)).contains("is frozen"));
    assert!(found(|_| {}).contains("in no call center"));
}

#[test]
fn what_was_given_shows_after_the_next_login() {
    let state = org();
    let mut late = agent(1, Some(1));
    late.last_login = Some("2026-11-20T11:00:00Z".parse().unwrap());
    is(Health::Problem, "after the next login", &check("user-login", &state, &about(late.clone())));
    late.assigned = None;
    let unknown = check("user-login", &state, &about(late.clone()));
    is(Health::Unknown, "does not know when", &unknown);
    late.last_login = None;
    is(Health::Warning, "never logged in", &check("user-login", &state, &about(late)));
}

#[test]
fn a_package_with_seats_needs_one_for_each() {
    let state = org();
    let licence = PackageLicence {
        id: "050000000000001AAA".to_owned(),
        namespace: Some("ciscocjs".to_owned()),
        status: "Active".to_owned(),
        allowed: Some(10),
        used: 2,
        ends: None,
    };
    let mut evidence = about(agent(1, Some(1)));
    evidence.licences = Observed::Seen(vec![licence]);
    is(Health::Problem, "no licence", &check("user-licence", &state, &evidence));
    let mut seated = agent(1, Some(1));
    seated.seats = Observed::Seen(vec!["050000000000001".to_owned()]);
    evidence.agent = Observed::Seen(AgentFound::One(Box::new(seated)));
    is(Health::Ok, "a seat", &check("user-licence", &state, &evidence));
    // A seat of one of two packages of the namespace may be the wrong one.
    let licences = evidence.licences.seen_mut().unwrap();
    licences.push(PackageLicence { id: "050000000000002AAA".to_owned(), ..licences[0].clone() });
    is(Health::Unknown, "2 licences", &check("user-licence", &state, &evidence));
    evidence.agent = Observed::Seen(AgentFound::One(Box::new(agent(1, Some(1)))));
    is(Health::Problem, "no licence", &check("user-licence", &state, &evidence));
}

/// Nobody can take a status that is not there, whatever else they may take.
#[test]
fn a_presence_status_that_the_org_lacks_is_told_of_the_user() {
    let mut state = org();
    let center = state.call_center.found_mut().unwrap();
    for (item, value) in [("isOmniStateSyncEnabled", "true"), ("defaultOmniStateForCall", "Gone")] {
        let key: ItemKey = center.items().find(|(key, _)| key.item == item).unwrap().0;
        center.item_mut(&key).unwrap().value = value.to_owned();
    }
    let holder = Holder::Profile(profile_id(3));
    for to in [
        Granted::ApexClass("sfdcOmniChannel".to_owned()),
        Granted::PresenceStatus("Another".to_owned()),
    ] {
        let access = Access { holder: holder.clone(), to };
        state.omni.seen_mut().unwrap().access.push(access);
    }
    let found = check("user-omni-channel", &state, &about(agent(1, Some(1))));
    is(Health::Warning, "no presence status \"Gone\"", &found);
}

#[test]
fn other_profiles_do_not_see_the_fields() {
    let state = org();
    let mut other = agent(1, Some(1));
    other.profile = Some(profile_id(1));
    is(Health::Warning, "System Administrator", &check("user-task-layout", &state, &about(other)));
}

#[test]
fn nobody_and_several_are_told() {
    let state = org();
    let found = |agent: Observed<AgentFound>| {
        let evidence = Evidence { agent, ..evidence() };
        diagnosed(&state, &evidence).user.unwrap()
    };
    let nobody = found(Observed::Seen(AgentFound::Nobody("Alan Turring".to_owned()))).answer;
    assert_eq!(nobody, "No user of this org is called \"Alan Turring\".");
    let several = AgentFound::Several(vec!["a@x".to_owned(), "b@x".to_owned()]);
    let several = found(Observed::Seen(several));
    assert!(several.answer.contains("a@x and b@x"), "{}", several.answer);
    let refused = found(Observed::refused("no"));
    assert_eq!(refused.checks[0].health, Health::Unknown);
}

#[test]
fn whoever_asks_about_an_agent_is_told_only_what_concerns_the_agent() {
    let mut state = org();
    // The calling user's own layout, and the phone in no app.
    state.softphone = Observed::Seen(None);
    state.utility_bars = Observed::Seen(Vec::new());
    let mut evidence = evidence();
    let of_org = diagnosed(&state, &evidence).about_the_user();
    let odd = |found: &super::Diagnosis| {
        let odd = found.checks.iter().filter(|check| check.health != Health::Ok);
        odd.map(|check| check.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(odd(&of_org), ["screen-pop", "softphone-utility"]);
    evidence.agent = Observed::Seen(AgentFound::One(Box::new(agent(1, Some(1)))));
    let of_agent = diagnosed(&state, &evidence).about_the_user();
    assert_eq!(odd(&of_agent), ["softphone-utility"]);
    assert_eq!((of_org.left_out, of_agent.left_out), (0, 1));
}
