//! What the record of a browser's work counts for, and what no run can see.

use super::{
    keep, made, names, of_agents, org_of, recorded_by, right, sent_by, standard, told, verdict,
    wished,
};
use crate::checklist::tests::fixture::{past, state};
use crate::checklist::{
    ItemId, Sight, Verdict, forget_given_back, kept_softphone_layout, plan,
    recorded_softphone_layout,
};
use crate::model::{
    Baseline, ConnectorWish, Membership, Observed, OpensIn, OrgState, ScreenPop, SetupBefore,
    SetupTask, SetupWay, SoftphoneLayout,
};

fn with(desired: &ConnectorWish, state: &OrgState, baseline: &Baseline) -> Verdict {
    plan(desired, state, &past(baseline)).of(ItemId::SOFTPHONE_LAYOUT).unwrap().clone()
}

fn agents() -> SetupBefore {
    SetupBefore { profiles: vec![("Agent".to_owned(), None)], ..SetupBefore::default() }
}

/// Whether the layout is the default or somebody's is decided by what runs have done, whatever the caller sees
/// and whoever is left of other vendors.
#[test]
fn one_that_was_assigned_stays_so_and_one_that_is_the_default_too() {
    let (of_agents, mut state) = of_agents();
    let assigned = sent_by(&of_agents, &agents());
    let mut open = wished();
    open.softphone_layout.as_mut().unwrap().is_default_said = false;
    let made = SetupBefore {
        former_default: Some("Standard Softphone Layout".to_owned()),
        ..SetupBefore::default()
    };
    let default = sent_by(&open, &made);
    let wanted = |state: &OrgState, baseline: &Baseline| match with(&open, state, baseline).setup {
        Some(SetupTask::Layout(task)) => Some((task.default, task.profiles)),
        _ => None,
    };
    let agent = state.profiles.as_slice()[2].id;
    let vendor = state.call_centers.as_slice()[0].id;
    let other = Membership { profile: None, call_center: vendor };
    let to_agents = Some((false, vec!["Agent".to_owned()]));
    state.softphone_hints.own_profile = Some(agent);
    let mut edited = right();
    edited.call_types[0].1.pops[2] = ScreenPop::Nothing;
    state.softphone = Observed::Seen(Some(edited));
    for memberships in [Vec::new(), vec![other]] {
        state.softphone_hints.memberships = Observed::Seen(memberships);
        assert_eq!(wanted(&state, &assigned), to_agents);
        assert_eq!(wanted(&state, &default), Some((true, Vec::new())));
    }
}

#[test]
fn what_was_sent_is_no_record_before_it_was_read_back() {
    let (mut desired, state) = of_agents();
    let sent = sent_by(&desired, &agents());
    let open = with(&desired, &state, &sent);
    assert!(open.setup.is_some(), "{}", told(&open));
    assert!(told(&open).contains("Profile Agent: None"), "{}", told(&open));
    assert_eq!(with(&desired, &state, &recorded_by(&desired, &agents())).human, None);
    // An edit that Setup did not keep takes back what an earlier run had read.
    let mut baseline = recorded_by(&desired, &agents());
    let wish = desired.softphone_layout.as_mut().unwrap();
    wish.call_types[0].1.pops[0] = Some(ScreenPop::New("Lead".to_owned()));
    let wish = desired.softphone_layout.clone().unwrap();
    let edited = SetupBefore { profiles: Vec::new(), ..agents() };
    let changes = recorded_softphone_layout(&wish, &edited, state.profiles.as_slice());
    keep(&mut baseline, &desired, &changes);
    assert!(with(&desired, &state, &baseline).setup.is_some());
    keep(&mut baseline, &desired, &kept_softphone_layout(&wish, None));
    assert_eq!(with(&desired, &state, &baseline).human, None);
}

#[test]
fn an_assignment_beside_a_default_counts_once_it_was_read_back() {
    let mut desired = wished();
    desired.softphone_layout.as_mut().unwrap().profiles = names(&["Agent"]);
    let state = org_of(Some(right()));
    assert!(with(&desired, &state, &sent_by(&desired, &agents())).human.is_some());
    assert_eq!(with(&desired, &state, &recorded_by(&desired, &agents())).human, None);
    // Versions before this one wrote down no values of a default layout.
    let mut older = recorded_by(&desired, &agents());
    older.entries.retain(|it| it.target.place().1 != "Values");
    assert_eq!(with(&desired, &state, &older).human, None);
}

/// The administrator's own profile has a layout of its own, which the default does not replace.
#[test]
fn a_default_that_the_caller_does_not_get_is_done_once() {
    let desired = wished();
    let wish = desired.softphone_layout.clone().unwrap();
    let own = org_of(Some(standard()));
    let mut baseline = recorded_by(&desired, &made());
    assert!(
        with(&desired, &own, &baseline).setup.is_some(),
        "the caller went on to get nothing else"
    );
    keep(&mut baseline, &desired, &kept_softphone_layout(&wish, Some(&standard().name)));
    let done = with(&desired, &own, &baseline);
    assert_eq!((&done.human, &done.setup, done.changes.len()), (&None, &None, 0));
    let note = "The softphone layout \"Webex\" was not checked: your own is \"Standard\", and Salesforce shows nobody \
                else's. The browser last saw it in Setup as configured, and as the default.";
    assert!(told(&done).contains(note), "{}", told(&done));
    // Whoever gets another layout than that, or wants another, is told.
    let other = SoftphoneLayout { name: "Other".to_owned(), ..standard() };
    assert!(with(&desired, &org_of(Some(other)), &baseline).setup.is_some());
    let mut changed = desired.clone();
    changed.softphone_layout.as_mut().unwrap().call_types[0].1.opens_in = Some(OpensIn::New);
    let open = with(&changed, &own, &baseline);
    let human = open.human.as_ref().unwrap();
    assert_eq!(human.sight, Sight::Nothing, "a person's word counts");
    let why = human.unseen.unwrap();
    assert!(why.contains("your own profile has another softphone layout"), "{why}");
    // Where the org shows no layout at all, the record counts too.
    let mut hidden = state();
    hidden.softphone = Observed::refused("INSUFFICIENT_ACCESS: no");
    assert_eq!(with(&desired, &hidden, &baseline).human, None);
    // It goes with the rest.
    let task = SetupTask::RemoveLayout {
        name: "Webex".to_owned(),
        defaults: Vec::new(),
        deletes: false,
        profiles: Vec::new(),
        apply: SetupWay::Auto,
    };
    forget_given_back(&mut baseline, &task);
    let left: Vec<String> = baseline.entries.iter().map(|it| it.target.place().1).collect();
    assert_eq!(left, ["Name"]);
}

#[test]
fn what_the_caller_never_sees_is_told() {
    let unseen = |verdict: &Verdict| verdict.human.as_ref().unwrap().unseen;
    let (desired, mut state) = of_agents();
    let of_others = with(&desired, &state, &Baseline::default());
    assert!(unseen(&of_others).unwrap().contains("this one is for other profiles"));
    // The caller's own profile is one of them: its layout will be seen.
    let own = state.profiles.iter().find(|it| it.label == "Agent").unwrap().id;
    state.softphone_hints.own_profile = Some(own);
    assert_eq!(unseen(&with(&desired, &state, &Baseline::default())), None);
    state.softphone = Observed::Seen(Some(right()));
    let seen = with(&desired, &state, &Baseline::default());
    assert_eq!(seen.human, None, "the caller has it: {}", told(&seen));
    // A default is seen, unless the org shows nothing.
    let desired = wished();
    assert_eq!(unseen(&verdict(&desired, &org_of(Some(standard())))), None);
    let mut hidden = org_of(None);
    hidden.softphone = Observed::refused("INSUFFICIENT_ACCESS: not yours.");
    let hidden = verdict(&desired, &hidden);
    assert!(unseen(&hidden).unwrap().contains("does not show you"));
    let words = "was not shown by the org (INSUFFICIENT_ACCESS: not yours).";
    assert!(told(&hidden).contains(words), "{}", told(&hidden));
    // Who has been assigned what is shown to nobody.
    let mut desired = wished();
    desired.softphone_layout.as_mut().unwrap().profiles = names(&["Agent"]);
    let assigned = verdict(&desired, &org_of(Some(right())));
    assert!(unseen(&assigned).unwrap().contains("no API shows which profiles"));
}
