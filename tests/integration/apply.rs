//! The checklist against an emulated org.

use provision::checklist::ItemId;
use provision::engine::{Goal, ItemOutcome, Outcome};
use serde_json::Value;

use crate::support::{Org, demo};

#[test]
fn the_demo_ends_with_every_item_done_and_then_there_is_nothing_to_do() {
    let org = Org::new();
    let first = org.apply(&demo());
    // What only people do is left, and nothing else.
    assert_eq!(first.outcome, Outcome::NeedsHuman);
    for item in &first.items {
        let expected = match item.id {
            ItemId::SOFTPHONE_LAYOUT | ItemId::CSP_ALLOW_LIST => ItemOutcome::NeedsHuman,
            ItemId::DATA_CENTER
            | ItemId::OMNI_SYNC
            | ItemId::AGENT_ACCESS
            | ItemId::PERMISSION_SET => ItemOutcome::Already,
            _ => ItemOutcome::Changed,
        };
        assert_eq!(item.outcome, expected, "{item:#?}");
    }
    assert!(first.run.is_some());
    let world = org.world();
    let second = org.apply(&demo());
    assert_eq!(second.outcome, Outcome::NeedsHuman);
    assert!(second.run.is_none(), "a run without changes leaves no journal");
    assert_eq!(org.world(), world);
    let verified = org.run(Goal::Verify, &demo());
    assert_eq!(verified.outcome, Outcome::NeedsHuman);
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

/// A permission set without what it gives of the package's fields and objects.
fn without_the_package(set: &Value) -> Value {
    let mut set = set.clone();
    for part in ["Fields", "Objects"] {
        if let Some(given) = set[part].as_object_mut() {
            given.retain(|name, _| !name.contains("ciscocjs__"));
        }
    }
    let fields = set.as_object_mut().expect("a permission set");
    fields.retain(|name, value| {
        name != "Objects" || value.as_object().is_some_and(|it| !it.is_empty())
    });
    set
}

/// Everything that a run may not touch is as it was, and what it may touch has moved.
fn only_what_was_asked_moved(seed: u64, before: &Value, after: &Value) {
    let mut moved = Vec::new();
    let sections = before.as_object().expect("a world of sections");
    for (section, things) in sections {
        for (name, thing) in things.as_object().into_iter().flatten() {
            if thing != &after[section][name] {
                moved.push((section.as_str(), name, thing, &after[section][name]));
            }
        }
    }
    let chosen = ["Admin", "Standard", "Contact Center Agent"];
    for (section, name, was, is) in &moved {
        let fine = match *section {
            "profile_layouts" => {
                was["TableEnumOrId"] == "Task"
                    && chosen.iter().any(|profile| was["ProfileId"] == *profile)
            }
            "users" => {
                was["ProfileId"] == "Contact Center Agent"
                    && is["CallCenterId"] == "WebexCCAgentDesktopV20241121"
            }
            // The package counts its users, and what it was allowed to call is no longer asked for.
            "package_versions" | "package_licenses" => true,
            // Whom it is installed for may see its fields.
            "permission_sets" => **was == without_the_package(is),
            _ => false,
        };
        assert!(fine, "seed {seed}: {section} {name} moved:\n{was}\n{is}");
    }
    for section in ["profile_layouts", "users"] {
        let some = moved.iter().any(|(moved, ..)| *moved == section);
        assert!(some, "seed {seed}: nothing of {section} moved, so nothing was proven");
    }
    assert_eq!(before["profiles"], after["profiles"], "seed {seed}: no profile came or went");
}
