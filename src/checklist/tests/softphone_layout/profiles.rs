//! A layout that single profiles get by assignment.

use std::collections::BTreeMap;

use super::{
    names, of_agents, org_of, recorded, recorded_by, removal, right, told, verdict, wished,
};
use crate::checklist::tests::fixture::{past, state};
use crate::checklist::tests::removal::removed;
use crate::checklist::tests::renamed;
use crate::checklist::{ItemId, Sight, Verdict, forget_given_back, plan};
use crate::model::{
    Baseline, ConnectorWish, Observed, OrgState, ScreenPop, SetupBefore, SetupTask,
};

#[test]
fn a_layout_of_some_profiles_is_assigned_to_those() {
    let mut desired = wished();
    let wish = desired.softphone_layout.as_mut().unwrap();
    (wish.default, wish.profiles) = (false, names(&["Agent", "Standard User"]));
    let verdict = verdict(&desired, &state());
    assert_eq!(verdict.setup, Some(SetupTask::Layout(desired.softphone_layout.clone().unwrap())));
    let steps = told(&verdict);
    let step = "Choose Softphone Layout Assignment, assign \"Webex\" to the profiles \"Agent\" and \"Standard User\", and save.";
    assert!(steps.ends_with(step), "{steps}");
}

/// What is wanted of a layout that is right, for profiles.
fn assigned(profiles: &[&str], baseline: &Baseline) -> Verdict {
    let mut desired = wished();
    desired.softphone_layout.as_mut().unwrap().profiles = names(profiles);
    let mut state = org_of(Some(right()));
    state.profile_names = Observed::Seen(BTreeMap::new());
    plan(&desired, &state, &past(baseline)).of(ItemId::SOFTPHONE_LAYOUT).unwrap().clone()
}

#[test]
fn a_profile_of_which_nobody_recorded_that_it_has_the_layout_is_a_persons() {
    let before =
        SetupBefore { profiles: vec![("Agent".to_owned(), None)], ..SetupBefore::default() };
    let verdict = assigned(&["Agent", "Standard User"], &recorded(&before));
    assert_ne!(
        verdict.human.as_ref().unwrap().sight,
        Sight::Undone,
        "no API tells it: a person's word counts"
    );
    assert!(matches!(verdict.setup, Some(SetupTask::Layout(_))));
    insta::assert_snapshot!(told(&verdict), @r#"
    Profile Standard User: None -> Some("Webex")
    Salesforce has no API to assign softphone layouts to profiles or to see the assignment. There is no record that "Standard User" has "Webex".
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose Softphone Layout Assignment, assign "Webex" to the profile "Standard User", and save.
    "#);
    let verdict = assigned(&["Agent"], &recorded(&before));
    assert_eq!((verdict.human, verdict.changes.len()), (None, 0));
}

#[test]
fn the_administrators_own_layout_says_nothing_of_one_that_a_browser_gave_to_others() {
    let (mut desired, state) = of_agents();
    let profiles = vec![("Agent".to_owned(), None)];
    let before = SetupBefore { made: true, profiles, ..SetupBefore::default() };
    let baseline = recorded_by(&desired, &before);
    let verdict = |desired: &ConnectorWish, baseline: &Baseline| {
        plan(desired, &state, &past(baseline)).of(ItemId::SOFTPHONE_LAYOUT).unwrap().clone()
    };
    let settled = verdict(&desired, &baseline);
    assert_eq!((&settled.human, &settled.setup, settled.changes.len()), (&None, &None, 0));
    insta::assert_snapshot!(told(&settled), @r#"note: The softphone layout "Webex" was not checked: your own is "Standard", and Salesforce shows nobody else's. Its values and profiles were recorded when the browser saved them. To have it checked, add a login of one of its users to `softphone_layout.check_users`."#);
    // Where nobody has recorded either of them, it is still to be done.
    let unassigned = recorded_by(&desired, &SetupBefore { profiles: Vec::new(), ..before });
    let mut unsaved = baseline.clone();
    unsaved.entries.retain(|it| it.target.place().1 != "Values");
    assert_eq!(unsaved.entries.len() + 1, baseline.entries.len());
    for baseline in [Baseline::default(), unassigned, unsaved] {
        assert!(verdict(&desired, &baseline).setup.is_some(), "{baseline:?}");
    }
    // What is wanted has changed since.
    let wish = desired.softphone_layout.as_mut().unwrap();
    wish.call_types[0].1.pops[0] = Some(ScreenPop::New("Lead".to_owned()));
    let changed = verdict(&desired, &baseline);
    assert!(changed.setup.is_some() && !changed.changes.is_empty(), "{changed:?}");
}

#[test]
fn what_single_profiles_had_goes_with_the_record_of_what_they_got() {
    let (desired, state) = of_agents();
    let profiles = vec![("Agent".to_owned(), None)];
    let mut baseline = recorded_by(&desired, &SetupBefore { profiles, ..SetupBefore::default() });
    let found = removed(&desired, &state, &baseline);
    let task = found.of(ItemId::SOFTPHONE_LAYOUT).unwrap().setup.clone().unwrap();
    forget_given_back(&mut baseline, &task);
    assert!(baseline.is_empty(), "{baseline:?}");
}

#[test]
fn who_had_the_layout_already_has_it_and_keeps_it() {
    let profiles = vec![("Agent".to_owned(), Some("Webex".to_owned()))];
    let before = SetupBefore { profiles, ..SetupBefore::default() };
    assert_eq!(assigned(&["Agent"], &recorded(&before)).human, None);
    let verdict = removal(&before, Some(right()));
    assert_eq!((verdict.human, verdict.setup, verdict.changes.len()), (None, None, 0));
}

#[test]
fn a_profile_that_the_org_lacks_is_told_before_anything_is_saved() {
    let verdict = assigned(&["Agnet"], &Baseline::default());
    let [stop] = verdict.stops.as_slice() else { panic!("{:?}", verdict.stops) };
    let said =
        "`softphone_layout.profiles` names the profile \"Agnet\", which this org does not have.";
    assert_eq!(stop.message(), said);
    assert_eq!(stop.advice()[0], "Did you mean \"Agent\"?");
}

#[test]
fn a_profile_may_be_named_by_its_api_name_and_is_looked_for_by_its_label() {
    let verdict = assigned(&["Admin", "System Administrator"], &Baseline::default());
    let Some(SetupTask::Layout(wish)) = verdict.setup else { panic!("{verdict:?}") };
    assert_eq!(wish.profiles, ["System Administrator"]);
}

#[test]
fn profiles_get_back_what_they_had() {
    let profiles =
        vec![("Agent".to_owned(), None), ("Supervisor".to_owned(), Some("Old".to_owned()))];
    let before = SetupBefore { profiles: profiles.clone(), ..SetupBefore::default() };
    let verdict = removal(&before, Some(right()));
    insta::assert_snapshot!(told(&verdict), @r#"
    Profile Agent: Some("Webex") -> None
    Profile Supervisor: Some("Webex") -> Some("Old")
    The softphone layout "Webex" is still in use, and no API can change that.
    Open Setup > Softphone Layouts: https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home
    Choose Softphone Layout Assignment, and restore:
    - Agent: the default
    - Supervisor: Old
    "#);
    let task = verdict.setup.unwrap();
    let SetupTask::RemoveLayout { deletes, profiles: back, .. } = &task else { panic!("{task:?}") };
    assert_eq!((*deletes, back), (false, &profiles));
    let mut baseline = recorded(&before);
    forget_given_back(&mut baseline, &task);
    assert!(baseline.is_empty(), "{baseline:?}");
}

#[test]
fn a_profile_that_is_called_otherwise_now_gets_back_what_it_had() {
    let profiles = vec![("Agent".to_owned(), None)];
    let baseline = recorded(&SetupBefore { profiles, ..SetupBefore::default() });
    let mut org = org_of(Some(right()));
    renamed::rename(&mut org);
    let found = removed(&wished(), &org, &baseline);
    let task = found.of(ItemId::SOFTPHONE_LAYOUT).unwrap().setup.clone().unwrap();
    let SetupTask::RemoveLayout { profiles, .. } = &task else { panic!("{task:?}") };
    assert_eq!(*profiles, [("Agentin".to_owned(), None)]);
    // An assignment that is recorded under the former name is not asked for again.
    let mut desired = wished();
    desired.softphone_layout.as_mut().unwrap().profiles = names(&["Agentin"]);
    desired.users.profiles = names(&["Agentin"]);
    desired.task_layout.profiles = names(&["Agentin"]);
    let again = plan(&desired, &org, &past(&baseline));
    let again = again.of(ItemId::SOFTPHONE_LAYOUT).unwrap();
    assert!(again.changes.is_empty(), "{:?}", again.changes);
}

#[test]
fn the_callers_own_layout_counts_where_the_callers_profile_was_given_it() {
    let (desired, mut state) = of_agents();
    let profiles = vec![("Agent".to_owned(), None)];
    let before = SetupBefore { made: true, profiles, ..SetupBefore::default() };
    let baseline = recorded_by(&desired, &before);
    let verdict = |state: &OrgState| {
        plan(&desired, state, &past(&baseline)).of(ItemId::SOFTPHONE_LAYOUT).unwrap().clone()
    };
    let profile = |label: &str| {
        let found = state.profiles.iter().find(|it| it.label == label);
        Some(found.unwrap().id)
    };
    let (agent, other) = (profile("Agent"), profile("Standard User"));
    state.softphone_hints.own_profile = other;
    assert_eq!(verdict(&state).human, None);
    state.softphone_hints.own_profile = agent;
    state.softphone_hints.audited = Observed::Seen(Vec::new());
    let found = verdict(&state);
    insta::assert_snapshot!(told(&found), @r#"
    Profile Agent: None -> Some("Webex")
    Your own profile "Agent" is in `softphone_layout.profiles` and was assigned "Webex", but your softphone layout is "Standard": somebody has changed the assignment.
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose Softphone Layout Assignment, assign "Webex" to the profile "Agent", and save.
    "#);
    assert_eq!(found.human.unwrap().sight, Sight::Undone, "what is seen counts");
    // An org that shows no layout has said nothing.
    state.softphone = Observed::refused("no");
    assert_eq!(verdict(&state).human, None);
}
