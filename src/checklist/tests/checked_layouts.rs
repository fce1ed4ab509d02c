//! Softphone layouts that were seen with check users' own logins.

use super::fixture::state;
use super::softphone_layout::{right, told, verdict, wished};
use crate::checklist::Sight;
use crate::checklist::softphone_layout::others_get;
use crate::model::{
    CheckedLayout, ConnectorWish, LayoutOfUser, Observed, OrgState, ScreenPop, SoftphoneLayout,
    UnseenLayout,
};

/// What a user of the profile with that number gets, seen with the login of that name.
fn seen(state: &mut OrgState, name: &str, profile: usize, layout: Option<SoftphoneLayout>) {
    let profile = state.profiles.as_slice().get(profile).map(|profile| profile.id);
    let user = LayoutOfUser { username: format!("{name}@acme.example"), profile, layout };
    state.checked_layouts.push(CheckedLayout { alias: format!("agent-{name}"), seen: Ok(user) });
}

fn unseen(state: &mut OrgState, name: &str, why: &str, remedy: &str) {
    let seen = Err(UnseenLayout { why: why.to_owned(), remedy: vec![remedy.into()] });
    state.checked_layouts.push(CheckedLayout { alias: format!("agent-{name}"), seen });
}

fn standard() -> SoftphoneLayout {
    SoftphoneLayout { name: "Standard".to_owned(), ..right() }
}

fn with_check_users() -> ConnectorWish {
    let mut desired = wished();
    let wish = desired.softphone_layout.as_mut().unwrap();
    wish.check_users = vec!["agent-ada".to_owned(), "agent-bert".to_owned()];
    desired
}

/// Agents, and others who use the softphone.
const AGENT: usize = 2;
const STANDARD_USER: usize = 1;

#[test]
fn what_check_users_get_counts_and_the_callers_own_does_not() {
    let mut state = state();
    state.softphone = Observed::Seen(Some(standard()));
    seen(&mut state, "ada", AGENT, Some(right()));
    insta::assert_snapshot!(told(&verdict(&with_check_users(), &state)), @r#"
    note: Softphone layout of ada@acme.example (profile "Agent"): "Webex", as configured.
    note: These are the check users' layouts; the calling user's own layout does not count.
    "#);
}

#[test]
fn whose_layout_differs_is_told_field_by_field() {
    let mut state = state();
    state.softphone = Observed::Seen(Some(right()));
    let mut wrong = right();
    wrong.call_types[0].1.pops[0] = ScreenPop::New("Contact".to_owned());
    seen(&mut state, "ada", AGENT, Some(wrong));
    seen(&mut state, "bert", 99, Some(right()));
    let verdict = verdict(&with_check_users(), &state);
    assert_eq!(
        verdict.human.as_ref().unwrap().sight,
        Sight::Undone,
        "nobody's word counts against it"
    );
    insta::assert_snapshot!(told(&verdict), @r#"
    Inbound: No matching records: Some("Pop to new Contact") -> Some("Don't pop any screen")
    Salesforce has no API for changing softphone layouts. Check users: ada@acme.example (profile "Agent") gets "Webex", which differs.
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose Edit next to "Webex".
    Select Call Type: Inbound
    - No matching records: Don't pop any screen
    Choose Save.
    note: Softphone layout of ada@acme.example (profile "Agent"): Inbound: No matching records is "Pop to new Contact" instead of "Don't pop any screen".
    note: Softphone layout of bert@acme.example: "Webex", as configured.
    note: These are the check users' layouts; the calling user's own layout does not count.
    "#);
}

#[test]
fn a_profile_that_gets_another_layout_is_to_be_assigned_the_one_that_is_there() {
    let mut state = state();
    state.softphone = Observed::Seen(None);
    seen(&mut state, "ada", AGENT, Some(right()));
    seen(&mut state, "bert", STANDARD_USER, Some(standard()));
    insta::assert_snapshot!(told(&verdict(&with_check_users(), &state)), @r#"
    Name: Some("Standard") -> Some("Webex")
    Salesforce has no API for changing softphone layouts. Check users: bert@acme.example (profile "Standard User") gets "Standard".
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose Softphone Layout Assignment, assign "Webex" to the profile "Standard User", and save.
    note: Softphone layout of ada@acme.example (profile "Agent"): "Webex", as configured.
    note: Softphone layout of bert@acme.example (profile "Standard User"): Name is "Standard" instead of "Webex".
    note: These are the check users' layouts; the calling user's own layout does not count.
    "#);
}

#[test]
fn a_check_user_without_a_layout_has_none() {
    let mut state = state();
    state.softphone = Observed::Seen(Some(right()));
    seen(&mut state, "ada", AGENT, None);
    let verdict = verdict(&with_check_users(), &state);
    let told = told(&verdict);
    assert!(told.contains("ada@acme.example (profile \"Agent\") gets none."), "{told}");
    assert!(told.contains("the org returns none"), "{told}");
    assert_eq!(verdict.human.unwrap().sight, Sight::Undone);
}

#[test]
fn where_no_check_user_was_seen_the_callers_own_counts_and_each_is_told_why() {
    let mut state = state();
    state.softphone = Observed::Seen(Some(right()));
    unseen(&mut state, "ada", "nobody has logged in", "Log in: provision login agent-ada");
    unseen(&mut state, "bert", "API_DISABLED_FOR_ORG: API is off", "");
    let verdict = verdict(&with_check_users(), &state);
    assert!(verdict.changes.is_empty() && verdict.human.is_none());
    insta::assert_snapshot!(told(&verdict), @r#"
    note: The softphone layout "Webex" was checked for the calling user only; Salesforce shows nobody else's.
    note: The softphone layout of the check user `agent-ada` could not be checked: nobody has logged in. Log in: provision login agent-ada
    note: The softphone layout of the check user `agent-bert` could not be checked: API_DISABLED_FOR_ORG: API is off.
    "#);
}

#[test]
fn a_user_of_a_profile_shows_that_it_has_been_assigned() {
    let mut desired = with_check_users();
    let wish = desired.softphone_layout.as_mut().unwrap();
    wish.default = false;
    wish.profiles = vec!["Agent".to_owned(), "Standard User".to_owned()];
    let mut state = state();
    seen(&mut state, "ada", AGENT, Some(right()));
    let found = verdict(&desired, &state);
    let steps = found.human.unwrap().texts().join(" ");
    assert!(steps.contains("to the profile \"Standard User\""), "{steps}");
    assert_eq!(found.changes.len(), 1, "Agent has it: its user gets it");
    seen(&mut state, "bert", STANDARD_USER, Some(right()));
    assert!(verdict(&desired, &state).human.is_none());
}

#[test]
fn after_a_browser_has_saved_it_is_told_who_gets_something_else() {
    let mut state = state();
    assert_eq!(others_get(&state, "Webex"), None, "nobody was asked");
    seen(&mut state, "ada", AGENT, Some(right()));
    insta::assert_snapshot!(others_get(&state, "Webex").unwrap(), @r#"the org still returns different content of "Webex" for ada@acme.example (profile "Agent")"#);
    seen(&mut state, "bert", 99, Some(standard()));
    insta::assert_snapshot!(others_get(&state, "Webex").unwrap(), @r#"the org returns the softphone layout "Standard" for bert@acme.example: a profile may have one of its own (Setup > Softphone Layouts > Softphone Layout Assignment)"#);
    state.checked_layouts.clear();
    seen(&mut state, "eva", AGENT, None);
    insta::assert_snapshot!(others_get(&state, "Webex").unwrap(), @r#"the org returns no softphone layout for eva@acme.example (profile "Agent")"#);
}
