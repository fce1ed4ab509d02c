//! The softphone layout.

use std::collections::BTreeMap;

use super::fixture::{desired, past, planned, rows, state};
use super::removal::removed;
use crate::checklist::{
    Action, Item, ItemId, Note, Sight, Verdict, baseline_entries, forget_given_back, plan,
    recorded_softphone_layout,
};
use crate::model::{
    Audited, Baseline, CallKind, CallTypeLayout, CallTypeWish, ConnectorWish, Look, Match,
    Membership, Observed, OpensIn, OrgState, ProfileId, ScreenPop, SetupBefore, SetupTask,
    SetupWay, SoftphoneField, SoftphoneLayout, SoftphoneLayoutWish,
};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(super) fn wished() -> ConnectorWish {
    let mut desired = desired();
    let inbound = CallTypeWish {
        objects: Some(names(&["Account", "Contact", "Case"])),
        opens_in: Some(OpensIn::Existing),
        pops: [Some(ScreenPop::Nothing), Some(ScreenPop::Detail), Some(ScreenPop::Search)],
    };
    let outbound = CallTypeWish { objects: Some(names(&["Account"])), ..CallTypeWish::default() };
    desired.softphone_layout = Some(SoftphoneLayoutWish {
        name: "Webex".to_owned(),
        default: true,
        call_types: vec![(CallKind::Inbound, inbound), (CallKind::Outbound, outbound)],
        profiles: Vec::new(),
        check_users: Vec::new(),
        apply: SetupWay::Auto,
    });
    desired
}

/// A layout that is as wished.
pub(super) fn right() -> SoftphoneLayout {
    let inbound = CallTypeLayout {
        objects: names(&["Case", "account", "Contact"]),
        opens_in: Some(OpensIn::Existing),
        pops: [ScreenPop::Nothing, ScreenPop::Detail, ScreenPop::Search],
    };
    let outbound = CallTypeLayout {
        objects: names(&["Account"]),
        opens_in: None,
        pops: [ScreenPop::Nothing, ScreenPop::Nothing, ScreenPop::Nothing],
    };
    SoftphoneLayout {
        name: "Webex".to_owned(),
        call_types: vec![(CallKind::Inbound, inbound), (CallKind::Outbound, outbound)],
    }
}

pub(super) fn verdict(desired: &ConnectorWish, state: &OrgState) -> Verdict {
    planned(desired, state).of(ItemId::SOFTPHONE_LAYOUT).unwrap().clone()
}

/// What people would read of it.
pub(super) fn told(verdict: &Verdict) -> String {
    let mut lines = Vec::new();
    for change in rows(verdict) {
        assert_eq!(change.action, Action::Human);
        let after = change.known_after().unwrap();
        lines.push(format!("{}: {:?} -> {after:?}", change.field, change.before.as_deref()));
    }
    if let Some(human) = &verdict.human {
        lines.push(human.why.clone());
        lines.extend(human.texts());
    }
    lines.extend(verdict.notes.iter().map(|note| format!("note: {}", note.text())));
    lines.join("\n")
}

#[test]
fn without_a_wish_nothing_is_wanted() {
    assert_eq!(verdict(&desired(), &state()), Verdict::default());
    assert_eq!(crate::checklist::softphone_layout::SoftphoneLayout.confirmable(&desired()), None);
}

#[test]
fn a_layout_that_is_right_needs_nobody_in_whatever_order_its_objects_are_told() {
    let mut state = state();
    state.softphone = Observed::Seen(Some(right()));
    let verdict = verdict(&wished(), &state);
    assert_eq!((verdict.human, verdict.changes.len()), (None, 0));
    assert!(verdict.notes[0].text().contains("nobody else's"));
}

#[test]
fn an_org_that_tells_none_gets_the_whole_page() {
    insta::assert_snapshot!(told(&verdict(&wished(), &state())), @r#"
    Name: None -> Some("Webex")
    Inbound: salesforce.com objects: None -> Some("Account, Contact, Case")
    Inbound: Screen pops open within: None -> Some("Existing browser window")
    Inbound: No matching records: None -> Some("Don't pop any screen")
    Inbound: Single-matching record: None -> Some("Pop detail page")
    Inbound: Multiple-matching records: None -> Some("Pop to search page")
    Outbound: salesforce.com objects: None -> Some("Account")
    Salesforce has no API for changing softphone layouts. The calling user's own does not exist: that user has none.
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose New, or Edit next to "Webex" if the list already has it.
    Name: Webex
    Tick Is Default Layout.
    Select Call Type: Inbound
    - Display these salesforce.com objects: Account, Contact, Case
    - Screen pops open within: Existing browser window
    - No matching records: Don't pop any screen
    - Single-matching record: Pop detail page
    - Multiple-matching records: Pop to search page
    Select Call Type: Outbound
    - Display these salesforce.com objects: Account
    Choose Save.
    "#);
}

#[test]
fn only_what_differs_of_a_layout_with_the_right_name_is_to_be_clicked() {
    let mut state = state();
    let mut seen = right();
    seen.call_types[0].1.pops[0] = ScreenPop::New("Contact".to_owned());
    state.softphone = Observed::Seen(Some(seen));
    insta::assert_snapshot!(told(&verdict(&wished(), &state)), @r#"
    Inbound: No matching records: Some("Pop to new Contact") -> Some("Don't pop any screen")
    Salesforce has no API for changing softphone layouts. The calling user's own is "Webex", and differs.
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose Edit next to "Webex".
    Select Call Type: Inbound
    - No matching records: Don't pop any screen
    Choose Save.
    "#);
}

#[test]
fn a_layout_that_is_not_the_default_is_assigned() {
    let mut desired = wished();
    let wish = desired.softphone_layout.as_mut().unwrap();
    wish.default = false;
    wish.call_types.clear();
    let mut state = state();
    state.softphone =
        Observed::Seen(Some(SoftphoneLayout { name: "Standard".to_owned(), ..right() }));
    insta::assert_snapshot!(told(&verdict(&desired, &state)), @r#"
    Name: Some("Standard") -> Some("Webex")
    Salesforce has no API for changing softphone layouts. The calling user's own is "Standard".
    Open https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
    Choose New, or Edit next to "Webex" if the list already has it.
    Name: Webex
    Choose Save.
    Choose Softphone Layout Assignment, assign "Webex" to the agents' profiles, and save.
    "#);
}

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

/// A layout of the agents, and what the administrator sees, who has another one.
fn of_agents() -> (ConnectorWish, OrgState) {
    let mut desired = wished();
    let wish = desired.softphone_layout.as_mut().unwrap();
    (wish.default, wish.profiles) = (false, names(&["Agent"]));
    let mut state = org_of(Some(standard()));
    state.profile_names = Observed::Seen(BTreeMap::new());
    (desired, state)
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
    super::renamed::rename(&mut org);
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
fn names_are_the_same_in_any_case() {
    let flow = |name: &str| ScreenPop::Flow(name.to_owned());
    assert!(flow("Greet_Caller").same(&flow("greet_caller")));
    assert!(!flow("Greet_Caller").same(&ScreenPop::Page("Greet_Caller".to_owned())));
}

/// What an uninstall wants where a browser had found that before it saved.
fn removal(before: &SetupBefore, seen: Option<SoftphoneLayout>) -> Verdict {
    removed(&wished(), &org_of(seen), &recorded(before))
        .of(ItemId::SOFTPHONE_LAYOUT)
        .unwrap()
        .clone()
}

fn org_of(seen: Option<SoftphoneLayout>) -> OrgState {
    let mut state = state();
    state.softphone = Observed::Seen(seen);
    state
}

fn recorded(before: &SetupBefore) -> Baseline {
    recorded_by(&wished(), before)
}

/// What is written down where a browser had found that before it saved what a configuration wants.
pub(super) fn recorded_by(desired: &ConnectorWish, before: &SetupBefore) -> Baseline {
    let mut baseline = Baseline::default();
    let wish = desired.softphone_layout.as_ref().unwrap();
    for change in recorded_softphone_layout(wish, before, state().profiles.as_slice()) {
        for entry in baseline_entries(&change, desired, "1") {
            baseline.record(entry);
        }
    }
    baseline
}

/// Made for the connector, in the place of another default.
pub(super) fn made() -> SetupBefore {
    let former_default = Some("Standard".to_owned());
    SetupBefore { former_default, made: true, ..SetupBefore::default() }
}

fn standard() -> SoftphoneLayout {
    SoftphoneLayout { name: "Standard".to_owned(), ..right() }
}

#[test]
fn a_layout_that_was_made_for_the_connector_is_deleted() {
    let verdict = removal(&made(), Some(right()));
    insta::assert_snapshot!(told(&verdict), @r#"
    Default: Some("Webex") -> Some("Standard")
    Name: Some("Webex") -> None
    The softphone layout "Webex" is still in use, and no API can change that.
    Open Setup > Softphone Layouts: https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home
    Beside "Standard", click Edit, tick Is Default Layout and save: a default layout cannot be deleted.
    Beside "Webex", click Del.
    "#);
    assert_eq!(verdict.human.unwrap().sight, Sight::Undone);
    assert_eq!(
        verdict.setup,
        Some(SetupTask::RemoveLayout {
            name: "Webex".to_owned(),
            defaults: names(&["Standard", "Standard Softphone Layout"]),
            deletes: true,
            profiles: Vec::new(),
            apply: SetupWay::Auto,
        })
    );
}

/// Another name in the configuration makes another layout; what came first is what goes back.
#[test]
fn a_layout_of_an_earlier_name_is_told_and_its_default_is_found() {
    let mut desired = wished();
    let mut baseline = recorded_by(&desired, &made());
    "Webex 2".clone_into(&mut desired.softphone_layout.as_mut().unwrap().name);
    let before = SetupBefore { former_default: Some("Webex".to_owned()), ..made() };
    baseline.entries.extend(recorded_by(&desired, &before).entries);
    let seen = SoftphoneLayout { name: "Webex 2".to_owned(), ..right() };
    let state = org_of(Some(seen));
    let verdict = removed(&desired, &state, &baseline);
    let verdict = verdict.of(ItemId::SOFTPHONE_LAYOUT).unwrap();
    let Some(SetupTask::RemoveLayout { name, defaults, .. }) = &verdict.setup else { panic!() };
    assert_eq!((name.as_str(), defaults[0].as_str()), ("Webex 2", "Standard"));
    let said = told(verdict);
    let words = "The softphone layout \"Webex\" was created for the connector and is no longer configured. \
                 If nobody uses it, make \"Standard\" the default and delete it";
    assert!(said.contains(words), "{said}");
    // Where nothing is configured, it is told all the same.
    desired.softphone_layout = None;
    let verdict = removed(&desired, &state, &baseline);
    assert_eq!(verdict.of(ItemId::SOFTPHONE_LAYOUT).unwrap().notes.len(), 2);
}

#[test]
fn a_layout_that_nobody_recorded_to_have_made_stays() {
    let verdict = removal(&SetupBefore::default(), Some(right()));
    assert_eq!((verdict.human.as_ref(), verdict.setup.as_ref()), (None, None));
    insta::assert_snapshot!(told(&verdict), @r#"note: The softphone layout "Webex" is kept: there is no record that it was created for the connector. If it was, make another layout the default and delete this one in Setup > Softphone Layouts."#);
}

#[test]
fn of_a_layout_that_was_there_before_what_it_held_is_given_back() {
    let before = SetupBefore {
        former_default: Some("Standard".to_owned()),
        made: false,
        replaced: vec![
            (CallKind::Inbound, SoftphoneField::Objects, "Lead".to_owned()),
            (CallKind::Inbound, SoftphoneField::Pop(Match::Single), "Pop to flow Old".to_owned()),
        ],
        profiles: Vec::new(),
    };
    let mut seen = right();
    // Somebody has changed this one since.
    seen.call_types[0].1.objects = names(&["Account"]);
    let verdict = removal(&before, Some(seen));
    insta::assert_snapshot!(told(&verdict), @r#"
    Default: Some("Webex") -> Some("Standard")
    Inbound: Single-matching record: Some("Pop detail page") -> Some("Pop to flow Old")
    The softphone layout "Webex" is still in use, and no API can change that.
    Open Setup > Softphone Layouts: https://acme.my.salesforce.com/lightning/setup/SoftphoneLayouts/home
    Beside "Standard", click Edit, tick Is Default Layout and save.
    Beside "Webex", click Edit.
    Select Call Type: Inbound
    - Single-matching record: Pop to flow Old
    Choose Save.
    "#);
    let Some(SetupTask::RemoveLayout { deletes, defaults, .. }) = verdict.setup else {
        panic!("the default goes back")
    };
    assert_eq!((deletes, defaults), (false, names(&["Standard"])));
    // Once the former default is back, nobody sees what the other layout holds.
    let verdict = removal(&before, Some(standard()));
    assert_eq!((verdict.human.as_ref(), verdict.setup.as_ref()), (None, None));
    insta::assert_snapshot!(told(&verdict), @r#"note: The softphone layout "Webex" existed before the connector and is kept. Before the connector it had Inbound: Display these salesforce.com objects: Lead; Inbound: Single-matching record: Pop to flow Old."#);
}

#[test]
fn an_uninstall_that_was_broken_off_between_its_two_saves_still_deletes() {
    for seen in [Some(standard()), None] {
        let is_back = seen.is_some();
        let verdict = removal(&made(), seen);
        assert_ne!(
            verdict.human.as_ref().unwrap().sight,
            Sight::Undone,
            "nobody sees whether it is gone"
        );
        let steps = told(&verdict);
        assert!(steps.contains("Beside \"Webex\", click Del."), "{steps}");
        assert_eq!(verdict.changes.len(), if is_back { 1 } else { 2 }, "{steps}");
        assert!(matches!(verdict.setup, Some(SetupTask::RemoveLayout { deletes: true, .. })));
    }
    let mut hidden = org_of(None);
    hidden.softphone = Observed::refused("INSUFFICIENT_ACCESS: no");
    let plan = removed(&wished(), &hidden, &recorded(&made()));
    assert!(plan.of(ItemId::SOFTPHONE_LAYOUT).unwrap().human.is_some());
}

#[test]
fn what_a_browser_has_given_back_is_past() {
    let mut baseline = recorded(&made());
    let task = removal(&made(), Some(standard())).setup.unwrap();
    forget_given_back(&mut baseline, &task);
    assert!(baseline.is_empty(), "{baseline:?}");
    let verdict = removed(&wished(), &org_of(Some(standard())), &baseline);
    assert_eq!(verdict.of(ItemId::SOFTPHONE_LAYOUT).unwrap(), &Verdict::default());
}

/// The labels by which a browser goes are the ones that people read.
#[test]
fn labels_are_those_of_the_browser_part() {
    let file = include_str!("../../../crates/setup-browser/src/labels/en.toml");
    let labels: toml::Table = file.parse().unwrap();
    let label = |key: &str| {
        let texts = labels[key].as_array().unwrap_or_else(|| panic!("{key}"));
        texts[0].as_str().unwrap().to_owned()
    };
    let pop = |pop: ScreenPop| pop.to_string().trim_end_matches(" it").to_owned();
    let it = || "it".to_owned();
    for (key, ours) in [
        ("objects", SoftphoneField::Objects.label().to_owned()),
        ("opens_in", SoftphoneField::OpensIn.label().to_owned()),
        ("no_match", Match::None.label().to_owned()),
        ("single_match", Match::Single.label().to_owned()),
        ("multiple_matches", Match::Multiple.label().to_owned()),
        ("existing_window", OpensIn::Existing.label().to_owned()),
        ("new_window", OpensIn::New.label().to_owned()),
        ("inbound", CallKind::Inbound.name().to_owned()),
        ("outbound", CallKind::Outbound.name().to_owned()),
        ("internal", CallKind::Internal.name().to_owned()),
        ("pop_nothing", pop(ScreenPop::Nothing)),
        ("pop_new", pop(ScreenPop::New(it()))),
        ("pop_detail", pop(ScreenPop::Detail)),
        ("pop_search", pop(ScreenPop::Search)),
        ("pop_page", pop(ScreenPop::Page(it()))),
        ("pop_flow", pop(ScreenPop::Flow(it()))),
    ] {
        assert_eq!(label(key), ours, "{key}");
    }
    let steps = told(&verdict(&wished(), &state())) + &told(&removal(&made(), Some(right())));
    for key in ["continue", "new", "edit", "name", "is_default", "save", "delete"] {
        assert!(steps.contains(&label(key)), "{key}: {steps}");
    }
    // The steps are written with a verb before it.
    assert!(label("call_type").ends_with("Call Type") && steps.contains("Call Type: Inbound"));
}

#[test]
fn whoever_works_with_another_vendor_is_told_where_the_default_would_reach_them() {
    let mut desired = wished();
    let mut state = org_of(Some(standard()));
    let [agent, other] = [3, 2].map(|number| state.profiles.as_slice()[number - 1].id.clone());
    let vendor = state.call_centers.as_slice()[0].id.clone();
    let of = |profile: &ProfileId| Membership {
        profile: Some(profile.clone()),
        call_center: vendor.clone(),
    };
    state.softphone_hints.memberships = Observed::Seen(vec![of(&other), of(&other), of(&agent)]);
    for user in &mut state.users {
        user.profile = Some(agent.clone());
    }
    let note = |desired: &ConnectorWish, state: &OrgState| {
        let notes = verdict(desired, state).notes;
        notes.iter().find(|it| it.text().contains("other vendors'")).map(|it| it.text().clone())
    };
    insta::assert_snapshot!(note(&desired, &state).unwrap(), @r#""Webex" becomes the default softphone layout, so it also applies to users of other vendors' call centers whose profiles have no layout of their own: "Agent" (1 user in Acme) and "Standard User" (2 users in Acme). To assign it only to your agents, set under [softphone_layout]: default = false, profiles = ["Agent"]."#);
    // Whoever is in the connector's, or in nobody's, is of no interest; nor is a layout that is there already.
    let mut own = state.clone();
    own.call_centers.get_or_insert_default()[0].internal_name =
        desired.call_center.definition.call_center.internal_name.clone();
    let mut unlisted = state.clone();
    unlisted.call_centers.get_or_insert_default().clear();
    let mut there = state.clone();
    there.softphone = Observed::Seen(Some(right()));
    for quiet in [own, unlisted, there] {
        assert_eq!(note(&desired, &quiet), None);
    }
    desired.softphone_layout.as_mut().unwrap().default = false;
    assert_eq!(note(&desired, &state), None);
}

#[test]
fn the_audit_trail_is_a_hint_where_a_layout_that_was_there_differs() {
    let desired = wished();
    let mut changed = right();
    changed.call_types[0].1.pops[2] = ScreenPop::Nothing;
    let mut state = org_of(Some(changed));
    assert_eq!(verdict(&desired, &state).needs, [Look::AuditTrail]);
    let before = told(&verdict(&desired, &state));
    state.softphone_hints.audited = Observed::Seen(Vec::new());
    assert_eq!(told(&verdict(&desired, &state)), before, "nothing told is no hint");
    let entry = |at: &str, by: Option<&str>| Audited {
        at: at.to_owned(),
        by: by.map(str::to_owned),
        what: "Changed softphone layout Webex".to_owned(),
    };
    state.softphone_hints.audited = Observed::Seen(vec![
        entry("2026-11-30T01:47:09.000+0000", Some("Ada Lovelace")),
        entry("yesterday", None),
    ]);
    let with_hint = verdict(&desired, &state);
    let notes: Vec<String> = with_hint.notes.iter().map(Note::text).collect();
    insta::assert_snapshot!(notes.join("\n"), @r#"Recent entries about softphone layouts in the Setup Audit Trail (possibly incomplete): 2026-11-30 01:47 UTC, Ada Lovelace: "Changed softphone layout Webex"; yesterday, somebody: "Changed softphone layout Webex"."#);
    let human = with_hint.human.unwrap();
    assert_eq!(human.sight, Sight::Undone, "the trail decides nothing");
    // Nobody asks for it where nothing was there, or nothing differs.
    for seen in [standard(), right()] {
        assert_eq!(verdict(&desired, &org_of(Some(seen))).needs, []);
    }
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
        Some(found.unwrap().id.clone())
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

#[test]
fn the_steps_name_objects_as_the_page_does() {
    let mut desired = wished();
    let wish = desired.softphone_layout.as_mut().unwrap();
    wish.call_types[0].1.objects = Some(names(&["Account", "Service_Unit__c"]));
    wish.call_types[0].1.pops[0] = Some(ScreenPop::New("Service_Unit__c".to_owned()));
    let mut state = state();
    let label = |name: &str, label: &str| (name.to_owned(), label.to_owned());
    state.softphone_hints.object_labels =
        [label("Account", "Firma"), label("service_unit__c", "Service Unit")].into();
    let verdict = verdict(&desired, &state);
    let human = verdict.human.as_ref().unwrap();
    let values: Vec<String> = human.values().into_iter().map(|(_, value)| value).collect();
    assert!(values.contains(&"Firma, Service Unit".to_owned()), "{values:?}");
    assert!(values.contains(&"Pop to new Service Unit".to_owned()), "{values:?}");
    // What is compared, and what a plan shows, are API names.
    assert!(told(&verdict).contains("Some(\"Account, Service_Unit__c\")"));
}
