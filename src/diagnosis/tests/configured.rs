//! What a configuration adds: names that the org lacks, and what `apply` would do or refuse.

use std::collections::BTreeSet;

use super::fixture::{agent, evidence, org};
use super::{Check, Checkup, Diagnosis, Health, is};
use crate::checklist::{Past, calls_needed, plan};
use crate::config::{self, Loaded};
use crate::model::{
    AccessHolder, AgentAccess, AgentFound, Granted, Observed, OrgState, Permission,
    PermissionSetId, Refused, Selector,
};

/// A configuration for the agents of the fixture's org.
pub(super) fn wanted(more: &str) -> Loaded {
    let text = format!(
        "recipe = \"webex-v1\"\ndata_center = \"us1\"\n[package]\nversion = \"04t5f000000WxCcAAK\"\n\
         [task_layout]\nprofiles = [\"Agent\"]\n{more}"
    );
    let none = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    config::load(&text, "provision.toml", None, &none).map_err(|it| it.to_string()).unwrap()
}

/// One check of an org with that configuration, and whether anything blocks.
#[track_caller]
fn check(id: &str, state: &OrgState, loaded: &Loaded) -> (Check, bool) {
    let plan = plan(&loaded.desired.connectors[0], state, &Past::default());
    let mut evidence = evidence();
    evidence.calls_needed = Some(calls_needed(&plan));
    let found = Diagnosis::of(&Checkup::new(
        state,
        &evidence,
        Some((&loaded.desired.connectors[0], &plan)),
    ));
    let blocks = found.blocks();
    (found.checks.into_iter().find(|check| check.id == id).expect("a check of that id"), blocks)
}

/// The agents, chosen by their profile.
fn chosen() -> OrgState {
    let mut state = org();
    for user in state.users.iter_mut().take(3) {
        user.chosen_by = vec![Selector::Profiles];
    }
    state
}

#[test]
fn names_that_the_org_lacks_block() {
    let (found, blocks) =
        check("configured-names", &org(), &wanted("[users]\nprofiles = [\"Agnt\"]\n"));
    is(Health::Problem, "Agnt", &found);
    assert!(found.blocks && blocks);
    let (found, _) =
        check("configured-names", &chosen(), &wanted("[users]\nprofiles = [\"Agent\"]\n"));
    is(Health::Ok, "", &found);
}

#[test]
fn users_of_another_vendor_block_unless_they_are_to_be_moved() {
    let mut state = chosen();
    state.users[3].chosen_by = vec![Selector::Usernames];
    let users = "[users]\nusernames = [\"user4@example.com\"]\n";
    let (found, _) = check("other-call-centers", &state, &wanted(users));
    is(Health::Problem, "call center, BrightCTI: \"user4@example.com\"", &found);
    assert!(found.blocks);
    let moving = format!("{users}on_conflict = \"move\"\n");
    let (found, _) = check("other-call-centers", &state, &wanted(&moving));
    is(Health::Ok, "BrightCTI", &found);
    let (found, _) = check("users", &state, &wanted(&moving));
    is(Health::Warning, "1 more", &found);
}

#[test]
fn another_data_centre_is_a_problem_of_the_org() {
    let mut loaded = wanted("");
    let eu1 = crate::definitions::region("eu1").unwrap();
    loaded.desired.connectors[0].region = eu1.clone();
    let (found, blocks) = check("data-center", &org(), &loaded);
    is(Health::Problem, "the configuration says eu1", &found);
    assert!(!found.blocks && !blocks, "`apply` mends it");
}

#[test]
fn a_permission_blocks_where_something_is_to_be_changed_with_it() {
    let loaded = wanted("[users]\nprofiles = [\"Agent\"]\n");
    let mut state = chosen();
    let lacks = |lacks: Permission| -> Observed<_> {
        Observed::Seen(Permission::ALL.into_iter().map(|each| (each, each != lacks)).collect())
    };
    state.permissions = lacks(Permission::InstallPackages);
    let (found, _) = check("permission-InstallPackaging", &state, &loaded);
    is(Health::Problem, "Missing. It is needed", &found);
    assert!(!found.blocks, "the package is there");
    state.packages.get_or_insert_default().clear();
    state.offered = Observed::Unasked;
    state.permissions = lacks(Permission::AuthorApex);
    let (found, _) = check("permission-AuthorApex", &state, &loaded);
    is(Health::Ok, "does not include", &found);
    let mut state = chosen();
    state.users[0].call_center = None;
    state.permissions = Observed::Seen(
        Permission::ALL
            .into_iter()
            .map(|each| (each, !Permission::ManageUsers.instead().contains(&each)))
            .map(|(each, has)| (each, has && each != Permission::ManageUsers))
            .collect(),
    );
    let (found, blocks) = check("permission-ManageUsers", &state, &loaded);
    is(Health::Problem, "Missing. It is needed", &found);
    assert!(found.blocks && blocks);
}

#[test]
fn mappings_to_fields_that_are_not_there_block() {
    let mut state = chosen();
    let text = "[call_center.no_match]\nenabled = true\nobject = \"Lead\"\n";
    let gone = Refused { missing: true, ..Refused::new("no such object") };
    state.objects.insert("Lead".to_owned(), Observed::Refused(gone));
    let (found, _) = check("settings", &state, &wanted(text));
    is(Health::Problem, "CC020", &found);
    assert!(found.blocks);
}

/// An org whose agents may do that and nothing else of what was asked for.
fn allowing(given: &[Granted]) -> OrgState {
    let mut state = chosen();
    let tasks = Granted::User("EditTask".to_owned());
    let profile = agent(1, None).profile;
    for user in &mut state.users {
        user.profile.clone_from(&profile);
    }
    state.agent_access = Observed::Seen(AgentAccess {
        asked: [tasks, Granted::Object("Case".to_owned())].into(),
        holders: vec![AccessHolder {
            id: PermissionSetId::parse("0PS000000000091").unwrap(),
            name: "X00e".to_owned(),
            label: "Agent".to_owned(),
            profile,
            is_group: false,
            modifies_all: false,
            given: given.iter().cloned().collect(),
            unnamed_apps: BTreeSet::new(),
        }],
        ..AgentAccess::default()
    });
    state
}

/// The checks of an org in which what agents may do is of interest, and of one of them.
fn of_agents(state: &OrgState, access: &str) -> Vec<Check> {
    let loaded = wanted(&format!("[users]\nprofiles = [\"Agent\"]\n{access}"));
    let desired = &loaded.desired.connectors[0];
    let plan = plan(desired, state, &Past::default());
    let mut evidence = evidence();
    evidence.agent = Observed::Seen(AgentFound::One(Box::new(agent(1, Some(1)))));
    let found = Diagnosis::of(&Checkup::new(state, &evidence, Some((desired, &plan))));
    found.checks.into_iter().chain(found.user.unwrap().checks).collect()
}

/// Ids of the checks that only say something where what agents may do is of interest.
pub(super) fn checks_of_agent_access() -> Vec<String> {
    let found = of_agents(&allowing(&[]), "[agent_access]\n");
    let of_access = |check: &Check| check.id.contains("access");
    found.into_iter().filter(of_access).map(|check| check.id).collect()
}

#[test]
fn what_agents_may_not_do_is_told_of_all_and_of_one() {
    let find = |state: &OrgState, access: &str, id: &str| {
        of_agents(state, access).into_iter().find(|check| check.id == id)
    };
    let (all, one) = ("agent-access", "user-record-access");
    let tasks = Granted::User("EditTask".to_owned());
    let state = allowing(std::slice::from_ref(&tasks));
    let found = find(&state, "[agent_access]\n", all).unwrap();
    is(Health::Problem, "may not create and edit Case (the connector)", &found);
    assert!(!found.blocks && !found.fix().is_empty());
    is(
        Health::Warning,
        "Grace Hopper may not create and edit Case (the connector).",
        &find(&state, "[agent_access]\n", one).unwrap(),
    );
    // Nobody wants to know it of all, and the user is asked about all the same.
    assert_eq!(find(&state, "", all), None);
    assert!(find(&state, "", one).is_some());
    let found = find(&state, "[agent_access]\nmanage = true\n", all).unwrap();
    assert_eq!(found.health, Health::Warning, "{found:#?}");
    let allowed = allowing(&[tasks, Granted::Object("Case".to_owned())]);
    is(Health::Ok, "", &find(&allowed, "[agent_access]\n", all).unwrap());
    is(Health::Ok, "", &find(&allowed, "[agent_access]\n", one).unwrap());
    let mut blind = allowed;
    blind.agent_access = Observed::refused("no access");
    for id in [all, one] {
        is(Health::Unknown, "no access", &find(&blind, "[agent_access]\n", id).unwrap());
    }
}
