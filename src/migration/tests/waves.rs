//! Who is where, and who moves.

use crate::config;
use crate::definitions::recipe;
use crate::migration::{
    Beside, Conversion, Generations, Movers, Readiness, Wave, moving_back, moving_forth,
    to_version_2,
};
use crate::model::{
    AgentAccessWish, Baseline, BaselineEntry, Before, CallCenterId, CallCenterRow, ConnectorWish,
    Observed, OrgId, OrgKind, OrgState, Organization, Profile, ProfileId, Ref, Target, User,
    UserId, Value,
};

const VERSION_1: &str = "WebexCCAgentDesktopV20241121";
const OWN: &str = "AcmeWxcc";
const FRAME: &str = "https://desktop.wxcc-us1.cisco.com";

fn id(prefix: &str, number: usize) -> String {
    format!("{prefix}{number:012}")
}

fn wish(text: &str) -> ConnectorWish {
    let read = |path: &str| std::fs::read(path);
    let loaded = config::load(text, "provision.toml", None, &read).unwrap();
    loaded.desired.connectors[0].clone()
}

fn version_1() -> ConnectorWish {
    let (org_half, _) = config::built_in_demo().split_once("[webex]").unwrap();
    wish(org_half)
}

/// A configuration for Version 2 whose definition has a name of its own.
fn own_version_2() -> ConnectorWish {
    let mut wish = wish(config::built_in_demo_of_version_2());
    OWN.clone_into(&mut wish.call_center.definition.call_center.internal_name);
    wish
}

fn call_center(number: usize, name: &str, adapter: &str) -> CallCenterRow {
    CallCenterRow {
        id: CallCenterId::parse(&id("04v", number)).unwrap(),
        internal_name: name.to_owned(),
        name: name.to_owned(),
        adapter_url: Some(adapter.to_owned()),
    }
}

/// An org with these call centers, by number from 1 on, and four agents in the first of them.
fn org(call_centers: &[(&str, &str)]) -> OrgState {
    let mut state = OrgState::new(Organization {
        id: OrgId::parse(&id("00D", 1)).unwrap(),
        name: "Acme".to_owned(),
        kind: OrgKind::Sandbox,
        instance_url: "https://acme.my.salesforce.com".to_owned(),
    });
    let rows = call_centers.iter().enumerate();
    let rows = rows.map(|(place, (name, adapter))| call_center(place + 1, name, adapter));
    state.call_centers = Observed::Seen(rows.collect());
    let profile = ProfileId::parse(&id("00e", 1)).unwrap();
    state.profiles =
        Observed::Seen(vec![Profile { id: profile, label: "Agent".to_owned(), api_name: None }]);
    let agent = |number: usize| User {
        id: UserId::parse(&id("005", number)).unwrap(),
        username: format!("agent{number}@example.com"),
        name: format!("Agent {number}"),
        email: format!("agent{number}@example.com"),
        active: true,
        standard: true,
        profile: Some(profile),
        call_center: Some(CallCenterId::parse(&id("04v", 1)).unwrap()),
        chosen_by: Vec::new(),
    };
    state.users = Observed::Seen((1..=4).map(agent).collect());
    state
}

/// Puts an agent into a call center by its number, and writes down that a run of Version 2 did.
fn moves(state: &mut OrgState, agent: usize, to: usize) -> BaselineEntry {
    let reference =
        |row: &CallCenterRow| Value::CallCenter(Ref::seen(row.internal_name.clone(), &row.id));
    let rows = state.call_centers.seen().unwrap();
    let (from, to) = (reference(&rows[0]), rows[to - 1].clone());
    let user = &mut state.users[agent - 1];
    user.call_center = Some(to.id);
    BaselineEntry {
        item: "users".to_owned(),
        target: Target::UserCallCenter(Ref::seen(user.username.clone(), &user.id)),
        before: Before::Known(Some(from)),
        ours: Some(reference(&to)),
        run: "1".to_owned(),
        recipe: Some("webex-v2".to_owned()),
        giving_back: false,
    }
}

fn past(entries: Vec<BaselineEntry>) -> Baseline {
    Baseline { entries: entries.into() }
}

/// What is written down of a call center that a run of Version 2 has made.
fn made(name: &str) -> BaselineEntry {
    BaselineEntry {
        item: "call-center".to_owned(),
        target: Target::CallCenter(Ref::named(name)),
        before: Before::Known(None),
        ours: Some(Value::Text(name.to_owned())),
        run: "1".to_owned(),
        recipe: Some("webex-v2".to_owned()),
        giving_back: false,
    }
}

/// What is written down of a user whom a later run has given back.
fn given_back(entry: BaselineEntry) -> BaselineEntry {
    BaselineEntry { ours: entry.before.value().cloned(), run: "2".to_owned(), ..entry }
}

fn forth(state: &OrgState, past: &Baseline, wish: &ConnectorWish, wave: &Wave) -> Movers {
    Movers::forth(state, &Generations::find(state, past, wish), wave)
}

fn back(state: &OrgState, past: &Baseline, wish: &ConnectorWish) -> Movers {
    Movers::back(state, &Generations::find(state, past, wish), past, &Wave::default())
}

fn agents(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|number| format!("agent{number}@example.com")).collect()
}

#[test]
fn whoever_is_in_a_call_center_of_ones_own_name_has_arrived() {
    let mut state = org(&[(VERSION_1, FRAME), (OWN, "https://elsewhere.example.com")]);
    let past = past(vec![made(OWN), moves(&mut state, 1, 2), moves(&mut state, 2, 2)]);
    let nothing = Baseline::default();
    // By the configuration, or by what the runs have done.
    for (past, wish) in [(&nothing, own_version_2()), (&past, version_1())] {
        let movers = forth(&state, past, &wish, &Wave { users: Some(1), ..Wave::default() });
        assert_eq!(movers.arrived, agents([1, 2]));
        assert_eq!(movers.moving, agents([3]));
        assert_eq!(movers.waiting, agents([4]));
        let chosen = moving_forth(own_version_2(), &movers).users.usernames;
        assert_eq!(chosen, agents([1, 2, 3]), "the others would be moved back");
    }
    assert_eq!(back(&state, &past, &own_version_2()).moving, agents([1, 2]));
}

#[test]
fn another_vendors_call_center_is_none_of_ours_once_its_user_is_back() {
    let mut state = org(&[(VERSION_1, FRAME), ("BrightCTI", "")]);
    let entry = moves(&mut state, 1, 2);
    // Version 1 had pulled the user out of it, and then nobody chose them any more.
    let before = Before::Known(entry.ours.clone());
    let entry = BaselineEntry { recipe: None, before, ..entry };
    let past = past(vec![given_back(entry)]);
    let movers = forth(&state, &past, &version_1(), &Wave::default());
    assert_eq!(movers.moving, agents([2, 3, 4]));
}

#[test]
fn whoever_has_moved_back_may_move_once_more() {
    let mut state = org(&[(VERSION_1, FRAME), ("wxCcCallCenter", "")]);
    let entries: Vec<_> = (1..=4).map(|agent| moves(&mut state, agent, 2)).collect();
    let first = state.call_centers.iter().next().unwrap().id;
    for user in state.users.get_or_insert_default() {
        user.call_center = Some(first);
    }
    let past = past(entries.into_iter().map(given_back).collect());
    for wish in [version_1(), own_version_2()] {
        let movers = forth(&state, &past, &wish, &Wave::default());
        assert_eq!((movers.moving, movers.arrived), (agents(1..=4), Vec::new()));
    }
    // Whatever is written down of it, Cisco's name says whose it is.
    let past = Baseline { entries: vec![made(VERSION_1)].into() };
    let movers = forth(&state, &past, &version_1(), &Wave::default());
    assert_eq!(movers.moving, agents(1..=4));
}

#[test]
fn who_is_inactive_stays_in_version_2() {
    let mut state = org(&[(VERSION_1, FRAME), ("wxCcCallCenter", "")]);
    let past = past(vec![moves(&mut state, 1, 2)]);
    for agent in [0, 3] {
        state.users[agent].active = false;
    }
    let movers = forth(&state, &past, &version_1(), &Wave::default());
    assert_eq!(
        (movers.inactive.clone(), movers.arrived_inactive.clone()),
        (agents([4]), agents([1]))
    );
    let beside = Beside {
        conversion: &Conversion::default(),
        there: None,
        found: None,
        webrtc_domain: None,
    };
    let wish = to_version_2(&version_1(), &movers, beside).unwrap();
    assert_eq!(wish.users.usernames, agents([1, 2, 3]));
    let movers = back(&state, &past, &version_1());
    assert_eq!(moving_back(wish, &movers).users.usernames, agents([1]));
}

#[test]
fn a_profile_whose_users_have_all_moved_is_known() {
    let mut state = org(&[(VERSION_1, FRAME), ("wxCcCallCenter", "")]);
    let past = past((1..=4).map(|agent| moves(&mut state, agent, 2)).collect());
    let wave = Wave { profiles: vec!["Agent".to_owned()], users: None };
    assert!(forth(&state, &past, &version_1(), &wave).unknown_profiles.is_empty());
    let wave = Wave { profiles: vec!["Agents".to_owned()], users: None };
    assert_eq!(forth(&state, &past, &version_1(), &wave).unknown_profiles, ["Agents"]);
}

#[test]
fn a_user_who_was_renamed_goes_back_and_whom_somebody_has_moved_stays() {
    let mut state = org(&[(VERSION_1, FRAME), ("wxCcCallCenter", ""), ("BrightCTI", "")]);
    let mut entries: Vec<_> = (1..=3).map(|agent| moves(&mut state, agent, 2)).collect();
    "ada@example.com".clone_into(&mut state.users[0].username);
    // Who came from nowhere has nothing to go back to.
    entries[1].before = Before::Known(None);
    state.users[2].call_center = Some(CallCenterId::parse(&id("04v", 3)).unwrap());
    let movers = back(&state, &past(entries), &version_1());
    assert_eq!(movers.moving, ["ada@example.com"]);
    assert_eq!(movers.staying, agents([2]));
    assert_eq!(movers.arrived, agents([4]));
}

#[test]
fn whoever_is_in_a_copy_is_told_and_stays() {
    let mut state = org(&[(VERSION_1, FRAME), ("Sales phones", FRAME), ("BrightCTI", "")]);
    for (agent, number) in [(0, 2), (1, 3)] {
        state.users[agent].call_center = Some(CallCenterId::parse(&id("04v", number)).unwrap());
    }
    let movers = forth(&state, &Baseline::default(), &version_1(), &Wave::default());
    assert_eq!(movers.moving, agents([3, 4]));
    let [one] = movers.in_clones.as_slice() else { panic!("{movers:?}") };
    assert_eq!(
        (one.user.clone(), one.call_center.as_str()),
        (agents([1]).remove(0), "Sales phones")
    );
}

/// What people have changed in Setup since the first wave stays.
#[test]
fn a_later_wave_leaves_the_settings_of_version_2_alone() {
    let state = org(&[(VERSION_1, FRAME), ("wxCcCallCenter20260424", "")]);
    let movers = forth(&state, &Baseline::default(), &version_1(), &Wave::default());
    let conversion = Conversion::default();
    let there = state.call_centers.iter().nth(1);
    let beside = Beside { conversion: &conversion, there, found: None, webrtc_domain: None };
    let wish = to_version_2(&version_1(), &movers, beside).unwrap();
    assert!(wish.call_center.values.is_empty());
    let name = &wish.call_center.definition.call_center.internal_name;
    assert_eq!(name, "wxCcCallCenter20260424");
    let named = Beside { webrtc_domain: Some("rtw.example.net"), ..beside };
    let wish = to_version_2(&version_1(), &movers, named).unwrap();
    let values: Vec<&str> = wish.call_center.values.values().map(|it| it.value.as_str()).collect();
    assert_eq!(values, ["rtw.example.net"]);
    let first = Beside { there: None, ..beside };
    let wish = to_version_2(&version_1(), &movers, first).unwrap();
    let values: Vec<&str> = wish.call_center.values.values().map(|it| it.value.as_str()).collect();
    assert_eq!(values.len(), 2, "region and WebRTC domain: {values:?}");
}

/// A pilot may have been begun with an older file, and a call center keeps the items that it has.
#[test]
fn an_older_call_center_of_version_2_is_wanted_as_it_is() {
    let mut found = recipe("webex-v2").unwrap().newest_definition().unwrap().call_center;
    "wxCcCallCenter".clone_into(&mut found.internal_name);
    for section in &mut found.sections {
        section.items.retain(|item| item.name != "wxccWebRtcDomain");
    }
    let last = found.sections.pop().unwrap();
    let state = org(&[(VERSION_1, FRAME), ("wxCcCallCenter", "")]);
    let movers = forth(&state, &Baseline::default(), &version_1(), &Wave::default());
    let conversion = Conversion::default();
    let there = state.call_centers.iter().nth(1);
    let beside =
        Beside { conversion: &conversion, there, found: Some(&found), webrtc_domain: None };
    let wish = to_version_2(&version_1(), &movers, beside).unwrap();
    assert_eq!(wish.call_center.definition.call_center, found);
    assert!(!last.items.is_empty() && wish.call_center.values.is_empty());
    // What is known of its items is known all the same.
    assert!(wish.call_center.definition.setting("region").is_some());
}

#[test]
fn agents_with_our_permission_set_get_that_of_version_2_without_names_of_the_old_package() {
    let state = org(&[(VERSION_1, FRAME)]);
    let movers = forth(&state, &Baseline::default(), &version_1(), &Wave::default());
    let conversion = Conversion::default();
    let beside = Beside { conversion: &conversion, there: None, found: None, webrtc_domain: None };
    let mut wish = version_1();
    let access = |wish: &ConnectorWish| to_version_2(wish, &movers, beside).unwrap().agent_access;
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let own = AgentAccessWish {
        manage: true,
        app: Some("Service Console".to_owned()),
        also: names(&["Lead", "Task.ciscocjs__Contact_Type__c"]),
        except: names(&["Case.Origin"]),
    };
    wish.agent_access = Some(own.clone());
    assert_eq!(access(&wish), Some(AgentAccessWish { also: names(&["Lead"]), ..own.clone() }));
    // What is only checked is checked in Version 2 as well.
    wish.agent_access = Some(AgentAccessWish { manage: false, ..own });
    assert!(access(&wish).is_some_and(|wish| !wish.manage));
    wish.agent_access = None;
    assert_eq!(access(&wish), None);
}

/// The way back leaves the softphone layout as Version 2 needs it.
#[test]
fn whoever_moves_back_is_told_of_two_pages_for_unknown_callers() {
    let told = |wish: &ConnectorWish, past: &Baseline| {
        let readiness = Readiness::back(Movers::default(), wish, past);
        let mut about = readiness.notes.into_iter().filter(|it| it.starts_with("Unknown callers"));
        about.next().unwrap_or_default()
    };
    let nothing = Baseline::default();
    assert_eq!(told(&version_1(), &nothing), "");
    let (org_half, _) = config::built_in_demo().split_once("[webex]").unwrap();
    let no_match = "[call_center.no_match]\nenabled = true\nobject = \"Lead\"\n\n";
    let place = "[call_center.softphone]";
    let opening = wish(&org_half.replace(place, &format!("{no_match}{place}")));
    let note = told(&opening, &nothing);
    assert!(note.contains("Agents who move back get two pages."), "{note}");
    assert!(note.contains("\"No matching records\" for inbound calls to \"Don't pop any screen\""));

    // What a browser has found there is what is to be there again.
    let entry = BaselineEntry {
        item: "softphone-layout".to_owned(),
        target: Target::SoftphoneField {
            layout: "Webex".to_owned(),
            field: "Inbound: No matching records".to_owned(),
        },
        before: Before::Known(Some(Value::Text("Pop to flow Greet".to_owned()))),
        ours: Some(Value::Text("Pop to new Lead".to_owned())),
        run: "1".to_owned(),
        recipe: Some("webex-v2".to_owned()),
        giving_back: false,
    };
    let note = told(&version_1(), &past(vec![entry]));
    assert!(note.contains("to \"Pop to flow Greet\" in Setup"), "{note}");
}
