//! Which teams get their former desktop layout back.

use crate::migration::{InClone, KeepingTeam, Movers, Teams};
use crate::model::org_fixture::{OrgFixture, user};
use crate::model::tenant::field::TEAM_LAYOUT;
use crate::model::{
    AgentRow, Baseline, BaselineEntry, Before, DesktopLayoutWish, LayoutRow, Observed, OrgKind,
    OrgState, Ref, Target, TeamRow, Tenant, TenantRecord, TenantRecordId, TenantState, TenantWish,
    Value,
};

const ID: &str = "01234567-89ab-cdef-0123-456789abcdef";

fn id(name: &str) -> TenantRecordId {
    TenantRecordId::new(name)
}

/// Four users with the numbers from 1 on.
fn org() -> OrgState {
    let mut state = OrgFixture::new().build();
    state.users = Observed::Seen((1..=4).map(user).collect());
    state
}

fn layout(name: &str) -> LayoutRow {
    LayoutRow {
        id: id(name),
        name: name.to_owned(),
        untouchable: name == "Global",
        active: true,
        teams: Vec::new(),
    }
}

/// Two teams with the connector's layout, each with two of those people.
fn tenant() -> TenantState {
    let mut state = TenantState::new(Tenant {
        id: ID.to_owned(),
        name: "Northwind".to_owned(),
        api_url: "https://api.wxcc-us1.cisco.com".to_owned(),
    });
    state.layouts = Observed::Seen(["Global", "Salesforce", "Own"].map(layout).into());
    let team = |name: &str| TeamRow {
        id: id(name),
        name: name.to_owned(),
        layout: Some(id("Salesforce")),
    };
    state.teams = Observed::Seen(vec![team("Support"), team("Sales")]);
    let agent = |number: usize, team: &str| AgentRow {
        name: format!("Agent {number}"),
        email: format!("User{number}@Example.com"),
        active: true,
        profile: None,
        user_profile: None,
        teams: vec![id(team)],
    };
    state.agents = Observed::Seen(vec![
        agent(1, "Support"),
        agent(2, "Support"),
        agent(3, "Sales"),
        agent(4, "Sales"),
    ]);
    state
}

/// A run has given both teams the connector's layout; Sales had one of its own.
fn past() -> Baseline {
    let reference = |name: &str| Value::TenantRecord(Ref::seen(name, &id(name)));
    let entry = |team: &str, before: Option<&str>| BaselineEntry {
        item: "teams".to_owned(),
        target: Target::Tenant {
            kind: TenantRecord::Team,
            record: Ref::seen(team, &id(team)),
            field: Some(TEAM_LAYOUT.to_owned()),
        },
        before: Before::Known(before.map(reference)),
        ours: Some(reference("Salesforce")),
        run: "1".to_owned(),
        recipe: None,
        giving_back: false,
    };
    Baseline { entries: vec![entry("Support", None), entry("Sales", Some("Own"))].into() }
}

fn names(users: &[usize]) -> Vec<String> {
    users.iter().map(|number| user(*number).username).collect()
}

fn keeping(team: &str, agents: &[&str]) -> KeepingTeam {
    let agents = agents.iter().map(|it| (*it).to_owned()).collect();
    KeepingTeam { team: team.to_owned(), agents }
}

#[test]
fn a_team_waits_for_its_last_agent() {
    let (org, tenant) = (org(), tenant());
    let forth = |movers: &Movers| Teams::forth(&org, movers, &tenant, &past());
    let first = Movers { moving: names(&[1]), waiting: names(&[2, 3, 4]), ..Movers::default() };
    let told = forth(&first);
    assert!(told.given_back.is_empty() && told.wish(ID, "us1", None).is_none(), "{told:?}");
    let both = ["Agent 3", "Agent 4"];
    assert_eq!(told.keeping, [keeping("Support", &["Agent 2"]), keeping("Sales", &both)]);

    let second = Movers { arrived: names(&[1]), moving: names(&[2, 3]), ..Movers::default() };
    let told = forth(&second);
    assert_eq!(told.given_back, ["Support"]);
    assert_eq!(told.keeping, [keeping("Sales", &["Agent 4"])]);
    let wish = told.wish(ID, "us1", None).unwrap();
    assert_eq!(wish.given_back.as_deref(), Some(&["Support".to_owned()][..]));
    assert!(wish.desktop_layout.is_none() && wish.teams.is_empty());
}

/// Salesforce appends to the addresses of a sandbox's users, so that nobody gets mail from it.
#[test]
fn a_sandbox_of_other_addresses_is_of_the_same_people() {
    let (mut org, tenant) = (org(), tenant());
    for user in org.users.get_or_insert_default() {
        user.email.push_str(".invalid");
    }
    let movers = Movers { arrived: names(&[1, 2, 3, 4]), ..Movers::default() };
    assert_eq!(Teams::forth(&org, &movers, &tenant, &past()).given_back, ["Support", "Sales"]);
    org.organization.kind = OrgKind::Production;
    assert!(Teams::forth(&org, &movers, &tenant, &past()).given_back.is_empty());
}

#[test]
fn whoever_also_works_with_version_1_keeps_the_layout() {
    let (mut org, tenant) = (org(), tenant());
    // One person with two users, the other of which stays in a copy of the call center.
    let mut second = user(5);
    second.email = user(2).email;
    org.users.get_or_insert_default().push(second);
    let in_clones = InClone { user: user(5).username, call_center: "Copy".to_owned() };
    let movers =
        Movers { arrived: names(&[1, 2, 3, 4]), in_clones: vec![in_clones], ..Movers::default() };
    let told = Teams::forth(&org, &movers, &tenant, &past());
    assert_eq!(told.given_back, ["Sales"]);
    assert_eq!(told.keeping, [keeping("Support", &["Agent 2"])]);
}

#[test]
fn what_a_run_has_not_given_or_somebody_has_taken_back_stays() {
    let (org, mut tenant) = (org(), tenant());
    let movers = Movers { arrived: names(&[1, 2, 3, 4]), ..Movers::default() };
    let of = |tenant: &TenantState, past: &Baseline| Teams::forth(&org, &movers, tenant, past);
    assert_eq!(of(&tenant, &Baseline::default()), Teams::default());
    tenant.teams.seen_mut().unwrap()[0].layout = None;
    assert_eq!(of(&tenant, &past()).given_back, ["Sales"]);
    // Nobody of a team without agents has moved, and of one that is not shown nobody knows.
    tenant.agents.seen_mut().unwrap().retain(|agent| agent.teams != [id("Sales")]);
    assert_eq!(of(&tenant, &past()), Teams::default());
    tenant.teams = Observed::refused("HTTP 403");
    assert_eq!(of(&tenant, &past()), Teams::default());
}

#[test]
fn whoever_moves_back_finds_the_layout_there() {
    let (org, tenant) = (org(), tenant());
    let movers = Movers { moving: names(&[3]), waiting: names(&[1, 2]), ..Movers::default() };
    let mut wish = TenantWish::nothing(ID);
    wish.teams = vec!["Support".to_owned(), "Sales".to_owned()];
    let of = |past: &Baseline, wish: &TenantWish| Teams::back(&org, &movers, &tenant, past, wish);
    let back = |wish: &TenantWish| of(&Baseline::default(), wish);
    assert_eq!(back(&wish), Teams::default());
    wish.desktop_layout = Some(DesktopLayoutWish {
        name: "Salesforce".to_owned(),
        file: "salesforce.json".to_owned(),
        content: "{}".to_owned(),
        replace: false,
    });
    let told = back(&wish);
    assert_eq!(told.given, ["Sales"]);
    let wanted = told.wish(ID, "us1", Some(&wish)).unwrap();
    assert_eq!((wanted.teams, wanted.given_back), (vec!["Sales".to_owned()], Some(Vec::new())));
    assert_eq!(wanted.desktop_layout, wish.desktop_layout);
    // It has it still.
    assert_eq!(of(&past(), &wish), Teams::default());
}
