//! Every check on values: a good org, and each trouble.

mod configured;
mod connector;
mod fixture;
mod org;
mod people;
mod properties;
mod webex;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use fixture::{agent, evidence, org};

use super::{Diagnosis, Seen, TROUBLES};
use crate::checklist::{Check, Checkup, Health};
use crate::model::{AgentFound, Evidence, Observed, OrgState, Permission};

/// What is said of an org without a configuration.
fn diagnosed(state: &OrgState, evidence: &Evidence) -> Diagnosis {
    Diagnosis::of(&Checkup::new(state, evidence, None))
}

/// One check of it.
#[track_caller]
fn check(id: &str, state: &OrgState, evidence: &Evidence) -> Check {
    let found = diagnosed(state, evidence);
    let of_user = found.user.into_iter().flat_map(|user| user.checks);
    let mut all = found.checks.into_iter().chain(of_user);
    all.find(|check| check.id == id).expect("a check of that id")
}

#[track_caller]
fn is(health: Health, part: &str, check: &Check) {
    assert_eq!(check.health, health, "{check:#?}");
    assert!(check.evidence().contains(part), "{check:#?}");
    if matches!(health, Health::Problem | Health::Warning) {
        assert!(!check.fix().is_empty(), "what to do is missing: {check:#?}");
    }
}

#[test]
fn a_good_org_and_a_good_user_are_fine() {
    let mut evidence = evidence();
    evidence.agent = Observed::Seen(AgentFound::One(Box::new(agent(1, Some(1)))));
    let found = diagnosed(&org(), &evidence);
    let odd: Vec<&Check> = found.checks.iter().filter(|check| check.health != Health::Ok).collect();
    assert!(odd.is_empty(), "{odd:#?}");
    let user = found.user.clone().unwrap();
    let odd: Vec<&str> = user
        .checks
        .iter()
        .filter(|check| check.health != Health::Ok)
        .map(|check| check.id.as_str())
        .collect();
    assert_eq!(odd, ["user-softphone-layout"], "nobody can see another user's");
    assert!(user.answer.starts_with("Salesforce is in order for"), "{}", user.answer);
    assert!(!found.blocks());
}

#[test]
fn checks_are_in_the_order_in_which_things_are_set_up() {
    let found = diagnosed(&org(), &evidence());
    let ids: Vec<&str> = found
        .checks
        .iter()
        .map(|check| check.id.as_str())
        .filter(|id| !id.starts_with("permission-"))
        .collect();
    assert_eq!(
        ids,
        [
            "login",
            "api-version",
            "api-calls",
            "edition",
            "my-domain",
            "open-cti",
            "salesforce-voice",
            "busy",
            "package",
            "package-licence",
            "call-center",
            "data-center",
            "settings",
            "screen-pop",
            "omni-channel",
            "softphone-utility",
            "configured-names",
            "users",
            "other-call-centers",
            "task-layout",
            "leftovers",
        ]
    );
}

#[test]
fn ids_are_there_once() {
    let mut evidence = evidence();
    evidence.agent = Observed::Seen(AgentFound::One(Box::new(agent(1, Some(1)))));
    let found = diagnosed(&org(), &evidence);
    let user = found.user.unwrap();
    let all: Vec<&str> =
        found.checks.iter().chain(&user.checks).map(|check| check.id.as_str()).collect();
    let distinct: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), distinct.len(), "{all:?}");
}

#[test]
fn every_trouble_of_the_field_is_seen_or_has_a_reason() {
    let mut evidence = evidence();
    evidence.agent = Observed::Seen(AgentFound::One(Box::new(agent(1, Some(1)))));
    let found = diagnosed(&org(), &evidence);
    let user = found.user.unwrap();
    let known: BTreeSet<&str> =
        found.checks.iter().chain(&user.checks).map(|check| check.id.as_str()).collect();
    let more = [webex::every_check(), configured::checks_of_agent_access()].concat();
    let known: BTreeSet<&str> = known.into_iter().chain(more.iter().map(String::as_str)).collect();
    for (place, trouble) in TROUBLES.iter().enumerate() {
        assert_eq!(usize::from(trouble.number), place + 1);
        assert!(!trouble.symptom.is_empty());
        match trouble.seen {
            Seen::By(checks) => {
                assert!(!checks.is_empty(), "trouble {}", trouble.number);
                for id in checks {
                    assert!(known.contains(id), "trouble {}: {id}", trouble.number);
                }
            }
            Seen::ByNobody(why) => assert!(why.ends_with('.'), "trouble {}", trouble.number),
        }
    }
}

/// The lines of a part of the reference, as it is and as it is to be.
#[track_caller]
fn in_the_reference(part: &str, rows: &str) {
    let reference = include_str!("../../../docs/reference.md");
    let (_, rest) = reference.split_once(&format!("<!-- {part} -->\n\n")).unwrap();
    let (found, _) = rest.split_once(&format!("<!-- end of {part} -->")).unwrap();
    assert_eq!(found, format!("{rows}\n"), "paste this:\n{rows}");
}

#[test]
fn the_reference_has_every_trouble() {
    let mut rows = "| | trouble | seen by |\n|---|---|---|\n".to_owned();
    for trouble in TROUBLES {
        let seen = match trouble.seen {
            Seen::By(checks) => {
                let checks: Vec<String> = checks.iter().map(|id| format!("`{id}`")).collect();
                checks.join(", ")
            }
            Seen::ByNobody(why) => format!("no program. {why}"),
        };
        writeln!(rows, "| T{} | {} | {seen} |", trouble.number, trouble.symptom).unwrap();
    }
    in_the_reference("troubles", &rows);
}

#[test]
fn the_reference_has_every_permission() {
    let mut rows = "| permission | needed for | does as well |\n|---|---|---|\n".to_owned();
    for permission in Permission::CHECKLIST {
        let instead: Vec<&str> = permission.instead().iter().map(|it| it.label()).collect();
        let (label, purpose) = (permission.label(), permission.purpose());
        writeln!(rows, "| {label} | {purpose} | {} |", instead.join(", ")).unwrap();
    }
    in_the_reference("permissions", &rows);
}
