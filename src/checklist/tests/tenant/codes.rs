//! What else of the contact center the connector needs: idle codes, variables, outdial, rights.

use std::collections::BTreeSet;

use super::*;
use crate::checklist::{Note, Selection, tenant_plan_selected};
use crate::definitions::built_in;
use crate::model::{ConnectorWish, Place};

#[test]
fn an_idle_code_is_compared_by_spelling_and_case() {
    let mut wish = wish();
    wish.idle_codes = Some(IdleCodesWish { names: vec!["lunch".to_owned()], manage: true });
    let plan = ask(&wish, &with_agents(), &Baseline::default());
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    assert!(verdict.changes.is_empty());
    assert!(verdict.problems[0].message().contains("but \"Lunch\": state sync compares"));
}

#[test]
fn a_code_that_webex_would_not_take_is_refused_before_anything_begins() {
    let mut wish = wish();
    let mut stops = |name: &str| {
        wish.idle_codes = Some(IdleCodesWish { names: vec![name.to_owned()], manage: true });
        let plan = ask(&wish, &with_agents(), &Baseline::default());
        let places = plan.stops().map(|(_, stop)| stop.diagnostic.place.as_ref().map(Place::path));
        places.collect::<Vec<_>>()
    };
    let at_names = || vec![Some("webex.idle_codes.names".to_owned())];
    assert_eq!(stops("On a call (1/2) - busy_now."), []);
    assert_eq!(stops("Außer Haus"), at_names());
    assert_eq!(stops("Lunch & learn"), at_names());
    assert_eq!(stops(&"x".repeat(80)), []);
    assert_eq!(stops(&"x".repeat(81)), at_names());
    // One that is there was taken somehow.
    let mut now = with_agents();
    now.idle_codes.seen_mut().unwrap()[0].name = "Außer Haus".to_owned();
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Außer Haus".to_owned()], manage: true });
    assert_eq!(ask(&wish, &now, &Baseline::default()).stops().count(), 0);
}

/// A call center whose settings were not seen may use any of them.
#[test]
fn no_code_is_taken_back_where_the_call_center_was_not_seen() {
    let (mut wish, now) = (wish(), with_agents());
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Meeting".to_owned()], manage: true });
    let mut baseline = Baseline::default();
    for change in ask(&wish, &now, &baseline).changes() {
        for entry in tenant_entries(change, "run") {
            baseline.record(entry);
        }
    }
    let gives_back = |connectors: &[ConnectorWish]| {
        let case = TenantCase { wish: &wish, connectors, state: &now, baseline: &baseline };
        case.gives_back(ItemId::IDLE_CODES)
    };
    assert!(gives_back(&[desired()]));
    assert!(!gives_back(&[desired().with_unnamed_kept()]));
}

/// What stops all is said whatever is chosen.
#[test]
fn an_unknown_team_stops_the_items_that_are_chosen() {
    let (mut wish, now, baseline) = (wish(), with_agents(), Baseline::default());
    wish.teams = vec!["Suport".to_owned()];
    wish.idle_codes = Some(IdleCodesWish::default());
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    for selection in [
        Selection::Only([ItemId::IDLE_CODES].into()),
        Selection::Without([ItemId::DESKTOP_LAYOUT].into()),
    ] {
        let mut plan = tenant_plan_selected(&case, &selection);
        plan.select(&selection, Way::Build);
        assert_eq!(plan.stops().count(), 1, "{selection:?}");
    }
    // Items that are about no team go on.
    let selection = Selection::Only([ItemId::VARIABLES].into());
    let mut plan = tenant_plan_selected(&case, &selection);
    plan.select(&selection, Way::Build);
    assert_eq!(plan.stops().count(), 0);
}

/// Nobody is to believe that what no table speaks of was compared.
#[test]
fn what_a_call_center_uses_and_no_table_compares_is_told() {
    let (mut wish, now, baseline) = (wish(), with_agents(), Baseline::default());
    let mut connector = desired();
    connector.call_center.definition = built_in("2024-11").unwrap();
    for key in ["omni_sync.enabled", "no_match.enabled"] {
        let item = connector.call_center.definition.setting(key).unwrap().item.clone();
        let value = Wanted { value: "true".to_owned(), asked_by: key.to_owned() };
        connector.call_center.values.insert(item, value);
    }
    let connectors = [connector];
    let told = |wish: &TenantWish| {
        let case = TenantCase { wish, connectors: &connectors, state: &now, baseline: &baseline };
        let plan = tenant_plan(&case);
        let notes = plan.items.iter().flat_map(|it| &it.verdict.notes).map(Note::text);
        notes.filter(|text| text.contains("not compared")).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&wish),
        [
            "State sync uses the idle code \"Not Ready\"; without [webex.idle_codes] it is not compared.",
            "The call center uses variables: \"phoneNumber\"; without [webex.variables] they are not \
             compared.",
        ]
    );
    (wish.idle_codes, wish.variables) = (Some(IdleCodesWish::default()), None);
    assert_eq!(told(&wish).len(), 1);
    wish.variables = Some(VariablesWish::default());
    assert_eq!(told(&wish), [""; 0]);
    // A move between versions speaks of teams alone.
    (wish.variables, wish.given_back) = (None, Some(Vec::new()));
    assert_eq!(told(&wish), [""; 0]);
}

/// A call center comes with names that nobody asked for.
#[test]
fn what_a_call_center_leaves_switched_off_is_not_wanted() {
    let mut wish = wish();
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: true });
    wish.variables = Some(VariablesWish { names: Vec::new(), manage: true });
    let mut now = with_agents();
    let variable = VariableRow {
        id: id("v1"),
        name: "ActivityId".to_owned(),
        active: true,
        viewable: true,
        editable: false,
        reportable: true,
        label: Some("Activity".to_owned()),
    };
    now.variables = Observed::Seen(vec![variable]);
    let baseline = Baseline::default();
    let mut connector = desired();
    connector.call_center.definition = built_in("2024-11").unwrap();
    let mut plan = |on: &[&str]| {
        for key in on {
            let item = connector.call_center.definition.setting(key).unwrap().item.clone();
            let value = Wanted { value: "true".to_owned(), asked_by: (*key).to_owned() };
            connector.call_center.values.insert(item, value);
        }
        let connectors = [connector.clone()];
        let case =
            TenantCase { wish: &wish, connectors: &connectors, state: &now, baseline: &baseline };
        let plan = tenant_plan(&case);
        let name = |change: &Change| change.target().place().0.name;
        let notes = plan.of(ItemId::VARIABLES).unwrap().notes.len();
        (plan.changes().map(name).filter(|it| it != "Agents").collect::<BTreeSet<_>>(), notes)
    };
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    let layouts = ["Salesforce", "Sales", "Sales desk + Salesforce", "Support"];
    assert_eq!(plan(&[]), (names(&layouts), 0));
    let on = ["omni_sync.enabled", "activity.change_owner_on_transfer"];
    let both = [&layouts[..], &["Not Ready", "ActivityId"]].concat();
    assert_eq!(plan(&on), (names(&both), 0));
}

#[test]
fn idle_codes_are_made_and_allowed_only_where_the_configuration_says_so() {
    let mut wish = wish();
    let names = vec!["Lunch".to_owned(), "On a Salesforce call".to_owned()];
    wish.idle_codes = Some(IdleCodesWish { names: names.clone(), manage: false });
    let plan = ask(&wish, &with_agents(), &Baseline::default());
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    assert!(verdict.changes.iter().all(|change| !change.is_ours()), "{verdict:?}");
    assert!(verdict.human.is_some());

    wish.idle_codes = Some(IdleCodesWish { names, manage: true });
    let plan = ask(&wish, &with_agents(), &Baseline::default());
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    assert_eq!(verdict.changes.len(), 3, "one made, two allowed: {verdict:?}");
    assert!(verdict.changes.iter().all(Change::is_ours) && verdict.human.is_none());
    assert!(verdict.notes.iter().any(|it| it.text().contains("Ada Park")), "{:?}", verdict.notes);
}

#[test]
fn variables_are_never_made_and_only_lack_what_they_lack() {
    let mut wish = wish();
    let names = vec!["AccountNumber".to_owned(), "Nowhere".to_owned()];
    wish.variables = Some(VariablesWish { names, manage: true });
    let mut now = state();
    now.variables = Observed::Seen(vec![VariableRow {
        id: id("v1"),
        name: "AccountNumber".to_owned(),
        active: true,
        viewable: false,
        editable: false,
        reportable: true,
        label: Some("Account".to_owned()),
    }]);
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::VARIABLES).unwrap();
    let fields: Vec<String> =
        verdict.changes.iter().map(|change| change.target().place().1).collect();
    assert_eq!(fields, ["agentViewable"]);
    let notes = &verdict.notes;
    assert!(notes[0].text().contains("These are not global variables: Nowhere."), "{notes:?}");
}

#[test]
fn a_variable_that_agents_are_to_see_gets_a_label_that_goes_again() {
    let mut wish = wish();
    wish.variables = Some(VariablesWish { names: vec!["AccountNumber".to_owned()], manage: true });
    let mut now = state();
    now.variables = Observed::Seen(vec![VariableRow {
        id: id("v1"),
        name: "AccountNumber".to_owned(),
        active: true,
        viewable: false,
        editable: false,
        reportable: true,
        label: None,
    }]);
    let plan = ask(&wish, &now, &Baseline::default());
    let mut baseline = Baseline::default();
    for change in &plan.of(ItemId::VARIABLES).unwrap().changes {
        for entry in tenant_entries(change, "run") {
            baseline.record(entry);
        }
    }
    let row = &mut now.variables.seen_mut().unwrap()[0];
    (row.viewable, row.label) = (true, Some("AccountNumber".to_owned()));
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    assert_eq!(
        of(&tenant_removal(&case), ItemId::VARIABLES),
        [
            ("AccountNumber".to_owned(), Some("true".to_owned()), Some("false".to_owned())),
            ("AccountNumber".to_owned(), Some("AccountNumber".to_owned()), None),
        ]
    );
}

#[test]
fn what_is_refused_stops_the_items_that_need_it_and_no_other() {
    let mut wish = wish();
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: true });
    let mut now = with_agents();
    now.idle_codes = Observed::refused("HTTP 403.");
    let plan = ask(&wish, &now, &Baseline::default());
    let codes = plan.of(ItemId::IDLE_CODES).unwrap();
    assert!(codes.changes.is_empty());
    assert_eq!(codes.unseen[0].text, "Not seen: the idle codes: HTTP 403.");
    assert_eq!(of(&plan, ItemId::TEAMS).len(), 2, "the layouts have nothing to do with it");
    assert!(plan.of(ItemId::OUTDIAL).is_none(), "nothing is wanted of it");
}

#[test]
fn a_profile_that_allows_codes_in_a_way_of_its_own_is_a_persons() {
    let mut wish = wish();
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: true });
    let mut now = with_agents();
    now.agent_profiles.seen_mut().unwrap()[0].idle_codes = AllowedCodes::Otherwise;
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    assert!(verdict.changes.is_empty(), "{:?}", verdict.changes);
    let steps = verdict.human.as_ref().unwrap().texts();
    assert!(steps[1].contains("\"Agents\" allow the idle code \"Lunch\""), "{steps:?}");
}

/// Lists leave out what there may be several of.
#[test]
fn a_profile_that_allows_some_codes_is_read_by_itself_and_told_where_that_fails() {
    let mut wish = wish();
    let names = vec!["Lunch".to_owned(), "Training".to_owned()];
    wish.idle_codes = Some(IdleCodesWish { names, manage: true });
    let mut now = with_agents();
    now.agent_profiles.seen_mut().unwrap()[0].idle_codes = AllowedCodes::Unread;
    let baseline = Baseline::default();
    let needed = |wish: &TenantWish, now: &TenantState| {
        let case = TenantCase { wish, connectors: &[], state: now, baseline: &baseline };
        insides_needed(&case, Way::Build)
    };
    assert_eq!(needed(&wish, &now).profiles, BTreeSet::from([id("p1")]));
    let plan = ask(&wish, &now, &baseline);
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    // The code itself can be made, and nobody says that it is allowed.
    assert_eq!(of(&plan, ItemId::IDLE_CODES).len(), 1);
    let texts: Vec<&str> = verdict.unseen.iter().map(|unseen| unseen.text.as_str()).collect();
    assert_eq!(texts, ["Not seen: which idle codes the desktop profile \"Agents\" allows."]);
    // Nobody reads what is not compared.
    wish.teams = vec!["Sales".to_owned()];
    assert!(needed(&wish, &now).profiles.is_empty());
    now.agent_profiles.seen_mut().unwrap()[0].idle_codes = AllowedCodes::All;
    wish.teams = vec!["Support".to_owned()];
    assert!(needed(&wish, &now).profiles.is_empty());
}

#[test]
fn numbers_are_read_of_the_lists_that_are_compared_and_told_where_they_are_not_seen() {
    let mut wish = wish();
    wish.outdial = Some(OutdialWish { entry_point: "Outdial".to_owned(), ani: None, manage: true });
    let mut now = with_agents();
    now.entry_points = Observed::Seen(vec![EntryPointRow {
        id: id("e1"),
        name: "Outdial".to_owned(),
        active: true,
        outdial: true,
        handled: true,
    }]);
    now.dial_numbers = Observed::Seen(Vec::new());
    let list = |at: &str, name: &str| AniRow { id: id(at), name: name.to_owned(), numbers: None };
    now.anis = Observed::Seen(vec![list("a1", "Main"), list("a2", "Other")]);
    now.agent_profiles.seen_mut().unwrap()[0].ani = Some(id("a2"));
    let baseline = Baseline::default();
    let needed = |wish: &TenantWish| {
        let case = TenantCase { wish, connectors: &[], state: &now, baseline: &baseline };
        insides_needed(&case, Way::Build).anis
    };
    assert_eq!(needed(&wish), BTreeSet::from([id("a2")]), "that of the profile");
    let plan = ask(&wish, &now, &baseline);
    let unseen = &plan.of(ItemId::OUTDIAL).unwrap().unseen;
    assert!(unseen[0].text.contains("the numbers of the outdial ANI list \"Other\""), "{unseen:?}");
    wish.outdial.as_mut().unwrap().ani = Some("Main".to_owned());
    assert_eq!(needed(&wish), BTreeSet::from([id("a1")]), "the configured one");
    wish.desktop_layout = None;
    assert!(needed(&wish).is_empty(), "no layout shows a number");
}

#[test]
fn outdial_is_checked_from_the_number_to_the_desktop_profile() {
    let mut wish = wish();
    wish.outdial = Some(OutdialWish {
        entry_point: "Outdial".to_owned(),
        ani: Some("Main".to_owned()),
        manage: true,
    });
    let mut now = with_agents();
    now.entry_points = Observed::Seen(vec![EntryPointRow {
        id: id("e1"),
        name: "Outdial".to_owned(),
        active: true,
        outdial: true,
        handled: false,
    }]);
    now.dial_numbers =
        Observed::Seen(vec![DialNumberRow { number: "+1".to_owned(), entry_point: None }]);
    now.anis = Observed::Seen(vec![AniRow {
        id: id("a1"),
        name: "Main".to_owned(),
        numbers: Some(vec!["+4989".to_owned()]),
    }]);
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::OUTDIAL).unwrap();
    assert_eq!(verdict.changes.len(), 3, "{:?}", verdict.changes);
    assert!(verdict.problems[0].message().contains("shows +493012345 on outgoing calls"));
    let steps = verdict.human.as_ref().unwrap().texts();
    assert!(steps.iter().any(|step| step.contains("nothing handles its calls")), "{steps:?}");
    assert!(steps.iter().any(|step| step.contains("Map a dial number")), "{steps:?}");
}

#[test]
fn a_right_to_recordings_is_asked_for_by_name() {
    let mut wish = wish();
    wish.recording_rights = Some(RecordingRightsWish {
        user_profiles: vec!["Supervisors".to_owned()],
        permission: "audio-recording-transcript".to_owned(),
    });
    let mut now = state();
    let profile = |access: &str| UserProfileRow {
        id: id("u1"),
        name: "Supervisors".to_owned(),
        kind: "SUPERVISOR".to_owned(),
        stock: false,
        permits_all: false,
        permissions: Some([("audio-recording-transcript".to_owned(), access.to_owned())].into()),
    };
    for (access, left) in [("NONE", true), ("VIEW", false), ("EDIT", false)] {
        now.user_profiles = Observed::Seen(vec![profile(access)]);
        let plan = ask(&wish, &now, &Baseline::default());
        assert_eq!(plan.of(ItemId::RECORDING_RIGHTS).unwrap().human.is_some(), left, "{access}");
    }
    // One that permits everything lists nothing.
    let all = UserProfileRow { permits_all: true, permissions: None, ..profile("NONE") };
    now.user_profiles = Observed::Seen(vec![all]);
    let plan = ask(&wish, &now, &Baseline::default());
    assert!(plan.of(ItemId::RECORDING_RIGHTS).unwrap().human.is_none());
    // What was not seen is not said to be forbidden.
    now.user_profiles =
        Observed::Seen(vec![UserProfileRow { permissions: None, ..profile("NONE") }]);
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::RECORDING_RIGHTS).unwrap();
    assert!(verdict.human.is_none() && verdict.unseen.len() == 1, "{verdict:?}");
    // Who is no supervisor plays none, and Cisco asks for a profile that somebody has made.
    for (kind, stock, words) in [
        ("STANDARD_AGENT", false, "which is of the type STANDARD_AGENT"),
        ("SUPERVISOR", true, "which is Webex's own"),
    ] {
        let odd = UserProfileRow { kind: kind.to_owned(), stock, ..profile("EDIT") };
        now.user_profiles = Observed::Seen(vec![odd]);
        let plan = ask(&wish, &now, &Baseline::default());
        let steps = plan.of(ItemId::RECORDING_RIGHTS).unwrap().human.as_ref().unwrap().texts();
        assert!(steps.iter().any(|step| step.contains(words)), "{steps:?}");
    }
}

#[test]
fn every_agent_of_a_desktop_profile_is_named_wherever_it_changes() {
    let mut wish = wish();
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: true });
    let mut now = with_agents();
    let ada = now.agents.seen().unwrap()[0].clone();
    let agent = |name: &str, team: &str, active: bool| AgentRow {
        name: name.to_owned(),
        email: format!("{name}@example.com"),
        active,
        teams: vec![id(team)],
        ..ada.clone()
    };
    let others = [agent("Bo", "Back office", true), agent("Cy", "Back office", false)];
    now.agents.seen_mut().unwrap().extend(others);
    let text = "The change to the desktop profile \"Agents\" takes effect at the next sign-in of Ada \
                Park and Bo. Of these, Bo is not in any team listed in `webex.teams`.";
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    assert!(verdict.notes.iter().any(|note| note.text() == text), "{:?}", verdict.notes);
    let mut baseline = Baseline::default();
    for change in &verdict.changes {
        for entry in tenant_entries(change, "run") {
            baseline.record(entry);
        }
    }
    now.agent_profiles.seen_mut().unwrap()[0].idle_codes = AllowedCodes::Listed(vec![id("c1")]);
    // An uninstall reaches the same people.
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let looks = tenant_looks(&case, Way::Remove);
    assert!(looks.contains(&TenantLook::Agents), "{looks:?}");
    let plan = tenant_removal(&case);
    let notes = &plan.of(ItemId::IDLE_CODES).unwrap().notes;
    assert!(notes.iter().any(|note| note.text() == text), "{notes:?}");
    // By now the profile allows all of them: no single one can be taken out, and nothing waits for that.
    let mut all = now.clone();
    all.agent_profiles.seen_mut().unwrap()[0].idle_codes = AllowedCodes::All;
    let case = TenantCase { wish: &wish, connectors: &[], state: &all, baseline: &baseline };
    let plan = tenant_removal(&case);
    let verdict = plan.of(ItemId::IDLE_CODES).unwrap();
    let of_profiles = |it: &&Change| {
        matches!(it.target(), Target::Tenant { kind: TenantRecord::AgentProfile, .. })
    };
    assert_eq!(verdict.changes.iter().filter(of_profiles).count(), 0);
    assert!(verdict.notes.iter().any(|note| note.text().contains("now allows all idle codes")));
    now.agents = Observed::refused("HTTP 403");
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let plan = tenant_removal(&case);
    let notes = &plan.of(ItemId::IDLE_CODES).unwrap().notes;
    assert!(notes.iter().any(|note| note.text().contains("did not show who")), "{notes:?}");
}

#[test]
fn where_no_list_of_numbers_is_named_each_profile_has_to_have_one() {
    let mut wish = wish();
    let entry_point = "Outdial".to_owned();
    wish.outdial = Some(OutdialWish { entry_point, ani: None, manage: true });
    let mut now = with_agents();
    now.entry_points = Observed::Seen(vec![EntryPointRow {
        id: id("e1"),
        name: "Outdial".to_owned(),
        active: true,
        outdial: true,
        handled: true,
    }]);
    now.dial_numbers = Observed::Seen(vec![DialNumberRow {
        number: "+1".to_owned(),
        entry_point: Some(id("e1")),
    }]);
    let list = |numbers: &[&str]| {
        let numbers = Some(numbers.iter().map(|it| (*it).to_owned()).collect());
        Observed::Seen(vec![AniRow { id: id("a1"), name: "Main".to_owned(), numbers }])
    };
    now.anis = list(&["+4989"]);
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::OUTDIAL).unwrap();
    let steps = verdict.human.as_ref().unwrap().texts();
    assert!(steps.iter().any(|step| step.contains("choose an outdial ANI")), "{steps:?}");
    assert!(verdict.problems.is_empty());

    now.agent_profiles.seen_mut().unwrap()[0].ani = Some(id("a1"));
    let plan = ask(&wish, &now, &Baseline::default());
    let verdict = plan.of(ItemId::OUTDIAL).unwrap();
    assert!(verdict.human.is_none());
    assert!(verdict.problems[0].message().contains("shows +493012345"), "{:?}", verdict.problems);

    now.anis = list(&["+4989", "+493012345"]);
    let plan = ask(&wish, &now, &Baseline::default());
    assert!(plan.of(ItemId::OUTDIAL).unwrap().problems.is_empty());
}

/// What is recorded once the changes of an item were made.
fn recorded(plan: &Plan, item: ItemId) -> Baseline {
    let mut baseline = Baseline::default();
    for change in &plan.of(item).unwrap().changes {
        for entry in tenant_entries(change, "run") {
            baseline.record(entry);
        }
    }
    baseline
}

#[test]
fn idle_codes_that_nobody_names_any_more_go_unless_a_call_center_does() {
    let mut wish = wish();
    let names = vec!["Lunch".to_owned(), "On a call".to_owned()];
    wish.idle_codes = Some(IdleCodesWish { names, manage: true });
    let mut now = with_agents();
    let baseline = recorded(&ask(&wish, &now, &Baseline::default()), ItemId::IDLE_CODES);
    let made = IdleCodeRow { id: id("c2"), name: "On a call".to_owned(), active: true };
    now.idle_codes.seen_mut().unwrap().push(made);
    now.agent_profiles.seen_mut().unwrap()[0].idle_codes =
        AllowedCodes::Listed(vec![id("c1"), id("c2")]);
    assert_eq!(of(&ask(&wish, &now, &baseline), ItemId::IDLE_CODES), []);

    let code_goes = ("On a call".to_owned(), Some("On a call".to_owned()), None);
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: true });
    let plan = ask(&wish, &now, &baseline);
    assert_eq!(of(&plan, ItemId::IDLE_CODES).len(), 2);
    assert!(of(&plan, ItemId::IDLE_CODES).contains(&code_goes));
    let notes = &plan.of(ItemId::IDLE_CODES).unwrap().notes;
    assert!(notes.iter().any(|note| note.text().contains("Ada Park")), "{notes:?}");
    // Nothing is changed where people do it themselves.
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: false });
    let plan = ask(&wish, &now, &baseline);
    assert_eq!(of(&plan, ItemId::IDLE_CODES), []);
    let notes = &plan.of(ItemId::IDLE_CODES).unwrap().notes;
    assert!(notes[0].text().contains("no longer configured: \"On a call\""), "{notes:?}");
    // The whole table is gone.
    wish.idle_codes = None;
    let plan = ask(&wish, &now, &baseline);
    assert_eq!(of(&plan, ItemId::IDLE_CODES).len(), 3, "one deleted, two disallowed");
    assert!(plan.of(ItemId::IDLE_CODES).unwrap().changes.iter().all(Change::is_ours));
    // Users move to the other version: both need it.
    wish.given_back = Some(Vec::new());
    assert!(ask(&wish, &now, &baseline).of(ItemId::IDLE_CODES).is_none());
}

#[test]
fn variables_and_outdial_that_are_configured_no_more_go_back() {
    let mut wish = wish();
    wish.variables = Some(VariablesWish { names: vec!["AccountNumber".to_owned()], manage: true });
    wish.outdial = Some(OutdialWish { entry_point: "Outdial".to_owned(), ani: None, manage: true });
    let mut now = with_agents();
    now.variables = Observed::Seen(vec![VariableRow {
        id: id("v1"),
        name: "AccountNumber".to_owned(),
        active: true,
        viewable: false,
        editable: false,
        reportable: true,
        label: Some("Account".to_owned()),
    }]);
    now.entry_points = Observed::Seen(vec![EntryPointRow {
        id: id("e1"),
        name: "Outdial".to_owned(),
        active: true,
        outdial: true,
        handled: true,
    }]);
    now.dial_numbers = Observed::Seen(Vec::new());
    now.anis = Observed::Seen(Vec::new());
    let plan = ask(&wish, &now, &Baseline::default());
    let mut baseline = recorded(&plan, ItemId::VARIABLES);
    baseline.entries.extend(recorded(&plan, ItemId::OUTDIAL).entries);
    now.variables.seen_mut().unwrap()[0].viewable = true;
    let profile = &mut now.agent_profiles.seen_mut().unwrap()[0];
    (profile.outdial, profile.outdial_entry_point) = (Some(true), Some(id("e1")));
    let settled = ask(&wish, &now, &baseline);
    assert_eq!(of(&settled, ItemId::VARIABLES), []);
    assert_eq!(of(&settled, ItemId::OUTDIAL), []);
    (wish.variables, wish.outdial) = (None, None);
    let plan = ask(&wish, &now, &baseline);
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        of(&plan, ItemId::VARIABLES),
        [("AccountNumber".to_owned(), text("true"), text("false"))]
    );
    assert_eq!(
        of(&plan, ItemId::OUTDIAL),
        [
            ("Agents".to_owned(), text("true"), text("false")),
            ("Agents".to_owned(), text("Outdial"), None),
        ]
    );
}

/// Nobody chose the agents of a configuration that names no team.
#[test]
fn only_profiles_of_active_agents_of_the_teams_are_compared_and_none_is_told() {
    let mut wish = wish();
    wish.desktop_layout = None;
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: true });
    let mut now = with_agents();
    let found = |wish: &TenantWish, now: &TenantState| {
        let plan = ask(wish, now, &Baseline::default());
        let verdict = plan.of(ItemId::IDLE_CODES).unwrap().clone();
        let notes: Vec<String> = verdict.notes.iter().map(Note::text).collect();
        (verdict.changes.len(), notes.into_iter().find(|it| it.contains("compared")))
    };
    assert_eq!(found(&wish, &now), (1, None));
    let told = |text: &str| (0, Some(text.to_owned()));
    wish.teams = Vec::new();
    let nobody = "`webex.teams` names no team, so no desktop profile was compared.";
    assert_eq!(found(&wish, &now), told(nobody));
    wish.teams = vec!["Sales".to_owned(), "Back office".to_owned()];
    let empty = "No active agent is in the teams \"Sales\" and \"Back office\", so no desktop \
                 profile was compared.";
    assert_eq!(found(&wish, &now), told(empty));
    wish.teams = vec!["Support".to_owned()];
    now.agents.seen_mut().unwrap()[0].active = false;
    let inactive =
        "No active agent is in the team \"Support\", so no desktop profile was compared.";
    assert_eq!(found(&wish, &now), told(inactive));
    let agent = &mut now.agents.seen_mut().unwrap()[0];
    (agent.active, agent.profile) = (true, None);
    let bare = "Nobody in the team \"Support\" has a desktop profile, so none was compared.";
    assert_eq!(found(&wish, &now), told(bare));
    // Both items are about them, and it is said once.
    wish.outdial = Some(OutdialWish { entry_point: "Outdial".to_owned(), ani: None, manage: true });
    let plan = ask(&wish, &now, &Baseline::default());
    let notes = plan.items.iter().flat_map(|it| &it.verdict.notes);
    assert_eq!(notes.filter(|note| note.text() == bare).count(), 1);
}

#[test]
fn an_unknown_team_stops_a_plan_without_layouts_too() {
    let mut wish = wish();
    wish.desktop_layout = None;
    wish.teams = vec!["Suport".to_owned()];
    wish.idle_codes = Some(IdleCodesWish { names: vec!["Lunch".to_owned()], manage: true });
    let plan = ask(&wish, &with_agents(), &Baseline::default());
    let stops: Vec<_> = plan.stops().collect();
    let [(_, stop)] = stops.as_slice() else { panic!("{stops:?}") };
    assert_eq!(stop.advice(), ["Did you mean \"Support\"?"]);
}

/// What a desktop profile had before may be gone by the time it would come back.
#[test]
fn a_profile_whose_former_entry_point_and_numbers_are_gone_gets_none() {
    let mut wish = wish();
    let ani = Some("Main".to_owned());
    wish.outdial = Some(OutdialWish { entry_point: "Outdial".to_owned(), ani, manage: true });
    let mut now = with_agents();
    now.entry_points = Observed::Seen(vec![EntryPointRow {
        id: id("e1"),
        name: "Outdial".to_owned(),
        active: true,
        outdial: true,
        handled: true,
    }]);
    now.dial_numbers = Observed::Seen(Vec::new());
    let list = AniRow { id: id("a1"), name: "Main".to_owned(), numbers: None };
    now.anis = Observed::Seen(vec![list]);
    {
        let profile = &mut now.agent_profiles.seen_mut().unwrap()[0];
        (profile.outdial, profile.outdial_entry_point) = (Some(true), Some(id("old")));
        profile.ani = Some(id("old list"));
    }
    let baseline = recorded(&ask(&wish, &now, &Baseline::default()), ItemId::OUTDIAL);
    assert_eq!(baseline.entries.len(), 2);
    let profile = &mut now.agent_profiles.seen_mut().unwrap()[0];
    (profile.outdial_entry_point, profile.ani) = (Some(id("e1")), Some(id("a1")));
    let case = TenantCase { wish: &wish, connectors: &[], state: &now, baseline: &baseline };
    let removal = tenant_removal(&case);
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        of(&removal, ItemId::OUTDIAL),
        [("Agents".to_owned(), text("Outdial"), None), ("Agents".to_owned(), text("Main"), None),]
    );
    let notes = &removal.of(ItemId::OUTDIAL).unwrap().notes;
    assert_eq!(
        notes.iter().filter(|note| note.text().contains("is gone: it gets none")).count(),
        2
    );
}
