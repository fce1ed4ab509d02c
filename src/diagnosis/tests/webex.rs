//! The Webex half: the organization, and the same person there.

use std::collections::BTreeMap;

use super::fixture::{agent, evidence, org, org_of_version_2};
use super::is;
use crate::checklist::{Check, Checkup, Health, TenantCase, TenantSight, tenant_plan};
use crate::diagnosis::Diagnosis;
use crate::model::{
    AgentFound, AgentProfileRow, AgentRow, AllowedCodes, AniRow, Baseline, DesktopLayoutWish,
    EntryPointRow, IdleCodesWish, LayoutRow, Observed, OrgState, OutdialWish, RecordingRightsWish,
    TeamRow, Tenant, TenantRecordId, TenantState, TenantWish, UserProfileRow, VariablesWish,
};

const NUMBER: &str = "+14085550100";

fn id(text: &str) -> TenantRecordId {
    TenantRecordId::new(text)
}

/// A layout with the connector in it, which shows that number.
fn connector(number: &str) -> String {
    serde_json::json!({ "agent": { "area": { "headless": { "widgets": { "comp1": {
        "comp": "agentx-custom-desktop",
        "script": "https://cx-crmconnector.ciscoccservice.com/salesforce/v1.1.9/dist/index.js",
        "attributes": { "outDialAni": number },
    } } } } } })
    .to_string()
}

/// A contact center in which Grace has all that she needs.
fn tenant() -> TenantState {
    let mut state = TenantState::new(Tenant {
        id: "7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10".to_owned(),
        name: "Acme".to_owned(),
        api_url: "https://api.wxcc-us1.cisco.com/".to_owned(),
    });
    let layout = |name: &str, untouchable, teams: &[&str]| LayoutRow {
        id: id(name),
        name: name.to_owned(),
        untouchable,
        active: true,
        teams: teams.iter().map(|team| id(team)).collect(),
    };
    let layouts = vec![layout("Global", true, &[]), layout("Salesforce", false, &["Support"])];
    state.layouts = Observed::Seen(layouts);
    state.contents = BTreeMap::from([
        (id("Global"), Observed::Seen("{\"agent\":{\"area\":{}}}".to_owned())),
        (id("Salesforce"), Observed::Seen(connector(NUMBER))),
    ]);
    state.teams = Observed::Seen(vec![TeamRow {
        id: id("Support"),
        name: "Support".to_owned(),
        layout: Some(id("Salesforce")),
    }]);
    state.idle_codes = Observed::Seen(Vec::new());
    state.variables = Observed::Seen(Vec::new());
    state.agent_profiles = Observed::Seen(vec![AgentProfileRow {
        id: id("profile"),
        name: "Agents".to_owned(),
        idle_codes: AllowedCodes::All,
        outdial: Some(true),
        outdial_entry_point: Some(id("out")),
        ani: Some(id("ani")),
        voice_options: Some(vec!["EXTENSION".to_owned()]),
    }]);
    state.entry_points = Observed::Seen(vec![EntryPointRow {
        id: id("out"),
        name: "Outdial".to_owned(),
        active: true,
        outdial: true,
        handled: true,
    }]);
    state.dial_numbers = Observed::Seen(Vec::new());
    state.anis = Observed::Seen(vec![AniRow {
        id: id("ani"),
        name: "Numbers".to_owned(),
        numbers: Some(vec![NUMBER.to_owned()]),
    }]);
    let recordings = ("audio-recording-transcript".to_owned(), "VIEW".to_owned());
    state.user_profiles = Observed::Seen(vec![UserProfileRow {
        id: id("user-profile"),
        name: "Recorders".to_owned(),
        kind: "SUPERVISOR".to_owned(),
        stock: false,
        permits_all: false,
        permissions: Some(BTreeMap::from([recordings])),
    }]);
    state.agents = Observed::Seen(vec![AgentRow {
        name: "Grace Hopper".to_owned(),
        email: "Grace@Example.com".to_owned(),
        active: true,
        profile: Some(id("profile")),
        user_profile: Some(id("user-profile")),
        teams: vec![id("Support")],
    }]);
    state
}

/// Everything that can be wanted.
fn everything() -> TenantWish {
    TenantWish {
        data_center: "us1".to_owned(),
        teams: vec!["Support".to_owned()],
        given_back: None,
        desktop_layout: Some(DesktopLayoutWish {
            name: "Salesforce".to_owned(),
            file: "layout.json".to_owned(),
            content: connector(NUMBER),
            replace: false,
        }),
        idle_codes: Some(IdleCodesWish::default()),
        variables: Some(VariablesWish::default()),
        outdial: Some(OutdialWish {
            entry_point: "Outdial".to_owned(),
            ani: Some("Numbers".to_owned()),
            manage: false,
        }),
        recording_rights: Some(RecordingRightsWish {
            user_profiles: vec!["Recorders".to_owned()],
            permission: "audio-recording-transcript".to_owned(),
        }),
        ..TenantWish::nothing("7c1d2a90-5b1e-4c58-9f0a-3d6b8e2f4a10")
    }
}

fn diagnosed(state: &TenantState, wish: &TenantWish) -> Diagnosis {
    diagnosed_in(&org(), state, wish)
}

fn diagnosed_in(org: &OrgState, state: &TenantState, wish: &TenantWish) -> Diagnosis {
    let baseline = Baseline::default();
    let plan = tenant_plan(&TenantCase { wish, connectors: &[], state, baseline: &baseline });
    let mut evidence = evidence();
    evidence.agent = Observed::Seen(AgentFound::One(Box::new(agent(1, Some(1)))));
    let checkup = Checkup::new(org, &evidence, None);
    Diagnosis::of(&checkup.beside(TenantSight::Seen { wish, state, plan: &plan }))
}

fn all(found: Diagnosis) -> Vec<Check> {
    let of_user = found.user.into_iter().flat_map(|user| user.checks);
    found.checks.into_iter().chain(of_user).collect()
}

#[track_caller]
fn check(which: &str, state: &TenantState, wish: &TenantWish) -> Check {
    let mut all = all(diagnosed(state, wish)).into_iter();
    all.find(|check| check.id == which).expect("a check of that id")
}

/// The ids of every check of a contact center of which everything is wanted.
pub(super) fn every_check() -> Vec<String> {
    all(diagnosed(&tenant(), &everything())).into_iter().map(|check| check.id).collect()
}

#[test]
fn a_good_contact_center_is_fine() {
    let found = diagnosed(&tenant(), &everything());
    assert!(!found.blocks());
    let user = found.user.clone().unwrap();
    assert!(user.answer.starts_with("Salesforce and Webex are in order for"), "{}", user.answer);
    let odd: Vec<String> = all(found)
        .into_iter()
        .filter(|check| !matches!(check.health, Health::Ok | Health::Unknown))
        .map(|check| check.id)
        .collect();
    // No dial number leads to the entry point, which only a person changes.
    assert_eq!(odd, ["outdial"]);
}

#[test]
fn the_team_sees_the_ordinary_desktop() {
    let mut state = tenant();
    state.teams[0].layout = None;
    state.layouts[1].teams.clear();
    let wish = everything();
    let of = |which, state: &TenantState| check(which, state, &wish);
    is(Health::Problem, "Support has the layout \"Global\"", &of("user-webex-team", &state));
    is(Health::Warning, "1 value differs", &of("teams", &state));
    state.contents.clear();
    is(Health::Unknown, "does not show", &of("user-webex-team", &state));
    state.agents[0].teams.clear();
    is(Health::Problem, "in no team", &of("user-webex-team", &state));
}

/// Agents of Version 2 do not see the Agent Desktop in Salesforce.
#[test]
fn desktop_layouts_are_no_trouble_in_version_2() {
    let wish = TenantWish::nothing("x");
    let of = |which: &str, state: &TenantState| {
        let found = all(diagnosed_in(&org_of_version_2(), state, &wish));
        found.into_iter().find(|check| check.id == which).unwrap()
    };
    let mut state = tenant();
    let content = Observed::Seen(connector("<OutDialAniValue>"));
    state.contents.insert(id("Salesforce"), content);
    is(Health::Ok, "Allowed", &of("user-webex-outdial", &state));
    state.teams[0].layout = None;
    state.layouts = Observed::refused("HTTP 403");
    let expected = "In Support. Version 2 shows no desktop layout.";
    is(Health::Ok, expected, &of("user-webex-team", &state));
    state.agents[0].teams.clear();
    is(Health::Problem, "in no team", &of("user-webex-team", &state));
}

#[test]
fn whoever_is_unknown_to_webex_is_told_so() {
    let mut state = tenant();
    state.agents[0].email = "other@example.com".to_owned();
    let nothing = TenantWish::nothing("x");
    is(Health::Problem, "grace@example.com", &check("user-webex", &state, &nothing));
    state.agents = Observed::refused("HTTP 403");
    is(Health::Unknown, "the agents: HTTP 403", &check("user-webex", &state, &nothing));
}

#[test]
fn calls_out_fail_for_each_of_their_reasons() {
    let wish = TenantWish::nothing("x");
    let seen = |change: fn(&mut TenantState)| {
        let mut state = tenant();
        change(&mut state);
        check("user-webex-outdial", &state, &wish)
    };
    is(Health::Warning, "does not allow", &seen(|it| it.agent_profiles[0].outdial = Some(false)));
    is(Health::Problem, "no outdial entry point", &seen(|it| it.entry_points[0].id = id("else")));
    is(Health::Problem, "nothing handles", &seen(|it| it.entry_points[0].handled = false));
    is(
        Health::Problem,
        "Numbers, which does not hold it",
        &seen(|it| it.anis[0].numbers = Some(Vec::new())),
    );
    is(Health::Problem, "no outdial ANI list", &seen(|it| it.agent_profiles[0].ani = None));
    let placeholder = |state: &mut TenantState| {
        let content = Observed::Seen(connector("<OutDialAniValue>"));
        state.contents.insert(id("Salesforce"), content);
    };
    is(Health::Problem, "which is not a number", &seen(placeholder));
}

#[test]
fn a_team_whose_layout_is_switched_off_is_told() {
    let mut state = tenant();
    state.layouts.iter_mut().for_each(|layout| layout.active = false);
    is(Health::Problem, "switched off", &check("user-webex-team", &state, &everything()));
}

#[test]
fn recordings_need_a_right_and_calls_a_phone() {
    let mut state = tenant();
    let wish = everything();
    state.user_profiles[0].permissions = Some(BTreeMap::new());
    let right = |state: &TenantState| check("user-webex-recording", state, &everything());
    is(Health::Warning, "\"Recorders\" does not permit them", &right(&state));
    state.user_profiles[0].kind = "PREMIUM_AGENT".to_owned();
    is(Health::Warning, "recordings are for supervisors", &right(&state));
    // Where others are to have the right, nobody misses it here.
    let mut of_others = everything();
    of_others.recording_rights.as_mut().unwrap().user_profiles = vec!["Leads".to_owned()];
    let found = check("user-webex-recording", &state, &of_others);
    is(Health::Ok, "gives recording rights to other user profiles", &found);
    state.user_profiles[0].kind = "SUPERVISOR".to_owned();
    state.user_profiles[0].stock = true;
    is(Health::Warning, "is Webex's own", &right(&state));
    state.agent_profiles[0].voice_options = Some(Vec::new());
    is(Health::Problem, "no way to take calls", &check("user-webex-voice", &state, &wish));
    state.agents[0].profile = None;
    is(Health::Problem, "no desktop profile", &check("user-webex-profile", &state, &wish));
}

#[test]
fn one_data_centre_that_differs_stops_everything() {
    let wish = everything();
    let mut state = tenant();
    state.tenant.api_url = "https://api.wxcc-eu1.cisco.com/".to_owned();
    let found = check("desktop-layout", &state, &wish);
    let said = "the configuration says us1, the login to Webex says eu1";
    is(Health::Problem, said, &found);
    assert!(found.blocks);
    is(Health::Problem, "the login to Webex says eu1", &check("data-center", &state, &wish));
}

#[test]
fn a_layout_that_webex_has_kept_as_it_was_is_seen() {
    let mut state = tenant();
    state.contents.insert(id("Salesforce"), Observed::Seen(connector("")));
    is(Health::Warning, "1 value differs", &check("desktop-layout", &state, &everything()));
}

#[test]
fn without_a_login_nothing_of_webex_is_known() {
    let (org, evidence) = (org(), evidence());
    let of = |sight| Diagnosis::of(&Checkup::new(&org, &evidence, None).beside(sight));
    let login = |found: Diagnosis| found.checks.into_iter().find(|it| it.id == "webex-login");
    assert!(login(of(TenantSight::NotAsked)).is_none());
    is(Health::Unknown, "there is no login", &login(of(TenantSight::NoLogin)).unwrap());
    let refused = login(of(TenantSight::Refused("Webex: HTTP 401."))).unwrap();
    is(Health::Problem, "HTTP 401", &refused);
}
