//! The checklist against an emulated org.

use provision::engine::{Goal, ItemOutcome, ItemReport, Outcome};
use serde_json::Value;

use crate::support::{Org, demo};

#[test]
fn the_demo_ends_with_every_item_done_and_then_there_is_nothing_to_do() {
    let org = Org::new();
    let first = org.apply(&demo());
    assert_eq!(first.outcome, Outcome::Done);
    // What an item finds as it should be, it leaves alone: the package ships with us1.
    let done = |item: &ItemReport| match item.changes.as_slice() {
        [] => item.outcome == ItemOutcome::Already,
        _ => item.outcome == ItemOutcome::Changed,
    };
    assert!(first.items.iter().all(done), "{:#?}", first.items);
    assert!(first.run.is_some());
    let world = org.world();
    let second = org.apply(&demo());
    assert_eq!(second.outcome, Outcome::NothingToDo);
    assert!(second.run.is_none(), "a run without changes leaves no journal");
    assert_eq!(org.world(), world);
    let verified = org.run(Goal::Verify, &demo());
    assert_eq!(verified.outcome, Outcome::Done);
}

#[test]
fn planning_and_verifying_never_write() {
    let org = Org::new();
    let world = org.world();
    org.forget_requests();
    assert_eq!(org.run(Goal::Plan, &demo()).outcome, Outcome::Changes);
    assert_eq!(org.run(Goal::Verify, &demo()).outcome, Outcome::Differs);
    for request in org.requests() {
        let operation = request["operation"].as_str().expect("an operation");
        let reads = [
            "versions",
            "composite/batch",
            "tooling/composite",
            "tooling/query",
            "query",
            "metadata/readMetadata",
            "metadata/listMetadata",
            "partner/describeSoftphoneLayout",
        ];
        assert!(reads.contains(&operation), "{operation} is no read");
    }
    assert_eq!(org.world(), world);
    assert!(
        !org.state
            .path()
            .join("orgs")
            .read_dir()
            .is_ok_and(|orgs| { orgs.flatten().any(|org| org.path().join("runs").exists()) })
    );
}

/// Every seed brings other names, record types, vendors and half-used profiles.
#[test]
fn whatever_the_org_a_plan_is_empty_once_it_was_applied() {
    for seed in 1..=12 {
        let org = Org::seeded(seed);
        let before = org.world();
        let configuration = demo().replace("[users]", "[users]\non_conflict = \"move\"");
        let report = org.run(Goal::Apply, &configuration);
        assert!(report.failure.is_none(), "seed {seed}: {:#?}", report.failure);
        let again = org.run(Goal::Plan, &configuration);
        // What a package hides is left to a person, and is no change.
        let quiet = matches!(again.outcome, Outcome::NothingToDo | Outcome::NeedsHuman);
        assert!(quiet, "seed {seed}: {:#?}", again.items);
        only_what_was_asked_moved(seed, &before, &org.world());
    }
}

/// Profiles that nobody chose keep every layout assignment.
fn only_what_was_asked_moved(seed: u64, before: &Value, after: &Value) {
    let chosen = ["System Administrator", "Standard User", "Contact Center Agent"];
    let profiles = |world: &Value| world["profiles"].as_object().expect("profiles").clone();
    let (before, after) = (profiles(before), profiles(after));
    assert_eq!(before.len(), after.len(), "seed {seed}: no profile came or went");
    for (name, profile) in &before {
        let now = &after[name];
        let label = profile["label"].as_str().unwrap_or(name);
        if !chosen.contains(&label) {
            assert_eq!(profile["layouts"], now["layouts"], "seed {seed}: {name}");
        }
    }
}
