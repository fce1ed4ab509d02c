//! Taking the connector out of an emulated org.

use org_emulator::{Emulator, OrgKind};
use provision::checklist::Blockers;
use provision::engine::{Approval, Goal, Outcome, Removal, Report};
use provision::journal::Store;
use provision::model::{Desired, OrgId, PackageVersionId};
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::support::{Org, demo, everything, load};

/// What a person reads who is refused.
fn told(report: &Report) -> String {
    let failure = report.failure.as_ref().expect("a failure");
    format!("{}\n{}", failure.message(), failure.advice().join("\n"))
}

/// Lets people do something in the org.
fn people_did(org: &Org, changes: &Value) {
    org.back_door_with("PATCH", &format!("orgs/{}/world", org.id), changes);
}

#[test]
fn an_uninstall_leaves_the_org_as_it_was() {
    for configuration in [demo(), everything()] {
        let org = Org::new();
        let before = org.world();
        org.apply(&configuration);
        let plan = org.remove(Goal::Plan, Removal::default(), &configuration);
        assert!(plan.failure.is_none(), "{:#?}", plan.failure);
        assert_eq!(plan.outcome, Outcome::Changes);
        let report = org.uninstall(&configuration);
        assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
        assert_eq!(org.world(), before);
        let again = org.uninstall(&configuration);
        assert_eq!(again.outcome, Outcome::NothingToDo);
        // And it can come back.
        org.apply(&configuration);
    }
}

#[test]
fn whatever_is_known_to_be_in_the_way_is_named_before_anything_is_changed() {
    let org = Org::new();
    org.apply(&demo());
    people_did(
        &org,
        &json!({
            "components": [
                { "Type": "Flow", "FullName": "Log_Call",
                  "RefersTo": ["CustomField:Task.ciscocjs__ANI__c"] },
                { "Type": "FlexiPage", "FullName": "Agent_Home",
                  "RefersTo": ["ApexClass:ciscocjs__ActivityController"] },
            ],
        }),
    );
    let before = org.world();
    let report = org.remove(Goal::Apply, Removal::default(), &demo());
    assert_eq!(report.outcome, Outcome::Refused);
    assert_eq!(org.world(), before);
    insta::assert_snapshot!(told(&report).replace(&org.url, "ORG"), @"
    2 things prevent this run from continuing:
      - FlexiPage Agent_Home uses ApexClass ActivityController of the package.
      - Flow Log_Call uses CustomField ANI of the package.
    FlexiPage: take the package's components out of the page: ORG/lightning/setup/FlexiPageList/home
    Flow: take the package's fields and actions out of it, and delete its old versions: ORG/lightning/setup/Flows/home
    If the list is out of date, use --try-anyway to let the org decide; what was done before the org refuses is kept.
    ");
    let anyway = Removal { blockers: Blockers::Tell, ..Removal::default() };
    let report = org.remove(Goal::Apply, anyway, &demo());
    assert_eq!(report.outcome, Outcome::Refused);
    insta::assert_snapshot!(told(&report).replace(&org.url, "ORG"), @"
    The org refuses to uninstall the package, for 2 reasons:
      - Custom Field ANI: Component is in use by another component in your organization. Log_Call
      - Apex Class ActivityController: Component is in use by another component in your organization. Agent_Home
    Something outside the package refers to it. Setup shows what, under Where is this used? of the component that the org names.
    What was done so far is kept. Fix this and run the same command again to do the rest.
    ");
    // What was taken out by then stays out, and `apply` does not put it back by accident.
    let apply = org.run(Goal::Apply, &demo());
    assert_eq!(apply.outcome, Outcome::Refused);
    assert!(told(&apply).contains("An uninstall that began at "), "{}", told(&apply));
}

#[test]
fn nobody_deletes_data_by_accident() {
    let mut org = Org::new();
    org.apply(&demo());
    let before = org.world();
    for (approval, removal, part) in [
        (Approval::Unasked, Removal::default(), "was not confirmed"),
        (Approval::No, Removal::default(), "you did not type "),
        (
            Approval::Yes,
            Removal { delete_data: Some("Another"), ..Removal::default() },
            "--yes-delete-data names \"Another\"",
        ),
        (
            Approval::Yes,
            Removal { delete_data: Some("Northwind Support"), ..Removal::default() },
            "An org and its sandboxes can have the same name",
        ),
    ] {
        org.approval = approval;
        let report = org.remove(Goal::Apply, removal, &demo());
        assert_eq!(report.outcome, Outcome::Refused);
        assert!(told(&report).contains(part), "{}", told(&report));
        assert_eq!(org.world(), before);
    }
    org.approval = Approval::Unasked;
    let name = org.id.clone();
    let removal = Removal { delete_data: Some(&name), ..Removal::default() };
    let report = org.remove(Goal::Apply, removal, &demo());
    assert!(report.failure.is_none(), "{:#?} {name}", report.failure);
}

/// What would be wanted of an org with a package of the second generation.
fn second_generation() -> Desired {
    let mut connectors = load(&demo()).desired.connectors;
    let desired = &mut connectors[0];
    "cisco_wxcc".clone_into(&mut desired.recipe.namespace);
    desired.recipe.app = None;
    desired.recipe.task_layout = None;
    desired.recipe.old_task_layouts = Vec::new();
    desired.recipe.report = false;
    desired.recipe.custom_metadata_types = 0;
    desired.task_layout.profiles = Vec::new();
    desired.package.version = PackageVersionId::parse("04tUl000000VK45IAG").expect("an id");
    Desired { connectors, ..Desired::default() }
}

#[test]
fn the_second_generation_goes_by_a_request_of_its_own() {
    let org = Org::new();
    let before = org.world();
    let desired = second_generation();
    let report = org.run_desired(Goal::Apply, &desired);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    org.forget_requests();
    let report = org.remove_desired(Goal::Apply, Removal::default(), &desired);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(org.world(), before);
    let asked = |name: &str| {
        org.requests().iter().any(|it| it["operation"].as_str().is_some_and(|it| it.contains(name)))
    };
    assert!(asked("SubscriberPackageVersionUninstallRequest"));
}

fn script(org: &Org, faults: &Value) {
    org.back_door_with("PUT", &format!("orgs/{}/faults", org.id), faults);
}

/// Whatever goes wrong once on the way, the next uninstall does what is left, and nobody installs by
/// accident meanwhile.
#[test]
fn an_uninstall_that_stopped_midway_is_gone_on_with() {
    let lost =
        |pattern: Value| json!({ "match": pattern, "times": 1, "effect": {"drop": "after"} });
    for fault in [
        lost(json!({ "operation": "composite/sobjects", "method": "PATCH" })),
        lost(json!({ "operation": "metadata/deployRequest", "method": "POST" })),
        json!({ "match": {}, "times": 1,
                "effect": {"fail_deploy": {"component": "Admin", "problem": "Layout is locked"}} }),
    ] {
        let org = Org::new();
        let before = org.world();
        org.apply(&demo());
        script(&org, &json!({ "faults": [fault] }));
        let report = org.remove(Goal::Apply, Removal::default(), &demo());
        assert!(report.failure.is_some(), "{fault}: {:#?}", report.items);
        script(&org, &json!({ "faults": [] }));
        let apply = org.run(Goal::Apply, &demo());
        assert_eq!(apply.outcome, Outcome::Refused, "{fault}");
        assert!(told(&apply).contains("provision uninstall --abandon"), "{}", told(&apply));
        let plan = org.run(Goal::Plan, &demo());
        assert!(plan.failure.is_none(), "looking is no harm: {:#?}", plan.failure);
        org.uninstall(&demo());
        assert_eq!(org.world(), before, "{fault}");
        org.apply(&demo());
    }
}

#[test]
fn a_lost_answer_to_the_request_starts_no_second_one() {
    let org = Org::new();
    let before = org.world();
    let desired = second_generation();
    let report = org.run_desired(Goal::Apply, &desired);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let operation = "tooling/create/SubscriberPackageVersionUninstallRequest";
    script(
        &org,
        &json!({ "faults": [
            { "match": { "operation": operation }, "times": 1, "effect": {"drop": "after"} }
        ]}),
    );
    org.forget_requests();
    let report = org.remove_desired(Goal::Apply, Removal::default(), &desired);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(org.world(), before);
    assert_eq!(org.requests().iter().filter(|it| it["operation"] == operation).count(), 1);
}

#[test]
fn a_request_that_fails_names_every_reason() {
    let org = Org::new();
    let desired = second_generation();
    org.run_desired(Goal::Apply, &desired);
    script(
        &org,
        &json!({ "faults": [
            { "match": {}, "times": 1, "effect": {"fail_uninstall": "Nobody knows this one."} }
        ]}),
    );
    let report = org.remove_desired(Goal::Apply, Removal::default(), &desired);
    assert_eq!(report.outcome, Outcome::Refused);
    assert!(told(&report).contains("Nobody knows this one."), "{}", told(&report));
}

#[test]
fn a_call_center_that_no_deploy_deletes_is_left_to_a_person() {
    let seed = "seed = 1\n[guesses]\ncall_center_deletable = false\n";
    let org = Org::from_file(seed, Emulator::builder());
    let before = org.world();
    org.apply(&demo());
    let report = org.uninstall(&demo());
    assert_eq!(report.outcome, Outcome::NeedsHuman, "{report:#?}");
    let item =
        report.items.iter().find(|item| item.id.as_str() == "call-center").expect("the item");
    assert!(item.steps[1].contains("click Del"), "{:?}", item.steps);
    let mut after = org.world();
    let left = after["call_centers"].as_object_mut().expect("call centers");
    left.retain(|name, _| !name.starts_with("WebexCCAgentDesktopV"));
    assert_eq!(after, before);
    // What an installation would leave to a person is nothing to do now.
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let state = org.state.path().display().to_string();
    let todo = desk.run(&["--state-dir", &state, "--instance-url", &org.url, "todo"]);
    // How lines are broken depends on where the state is kept.
    let text = todo.exits(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("is not finished") && text.contains(" uninstall` finishes it"), "{text}");
    assert!(!text.contains("Softphone layout"), "{text}");
    // Nothing is through before that was seen, and a second run knows what is left.
    let entries = |org: &Org| {
        let id = OrgId::parse(&org.id).expect("an id");
        let store = Store::at(org.state.path()).org(&id);
        let unfinished = store.unfinished().expect("a goal that can be read");
        (store.baseline().expect("a baseline").entries.len(), !unfinished.is_empty())
    };
    assert!(entries(&org).0 > 0 && entries(&org).1, "{:?}", entries(&org));
    assert_eq!(org.uninstall(&demo()).outcome, Outcome::NeedsHuman);
    assert!(entries(&org).0 > 0 && entries(&org).1, "{:?}", entries(&org));
    let name = named(&org, "call_centers", "WebexCCAgentDesktopV");
    org.patch("world", &json!({ "removed": [format!("CallCenter:{name}")] }));
    let last = org.uninstall(&demo());
    assert!(matches!(last.outcome, Outcome::Done | Outcome::NothingToDo), "{last:#?}");
    assert_eq!(org.world(), before);
    assert_eq!(entries(&org), (0, false));
}

/// The name of something in the org, by its beginning.
fn named(org: &Org, part: &str, beginning: &str) -> String {
    let world = org.world();
    let mut names = world[part].as_object().expect("records by name").keys();
    names.find(|name| name.starts_with(beginning)).expect("one of that name").clone()
}

#[test]
fn a_refused_deletion_is_known_wherever_it_is_told() {
    for of_manifest in [false, true] {
        let seed = format!(
            "seed = 13\n[guesses]\ncall_center_deletable = false\ndeletions_refused_of_the_manifest = \
             {of_manifest}\n"
        );
        let org = Org::from_file(&seed, Emulator::builder());
        let wanted = demo().replace("[users]", "[users]\non_conflict = \"move\"");
        org.apply(&wanted);
        let report = org.uninstall(&wanted);
        assert_eq!(report.outcome, Outcome::NeedsHuman, "{report:#?}");
        assert!(org.uninstall(&wanted).failure.is_none());
    }
}

#[test]
fn production_must_be_named_twice() {
    let options = Emulator::builder().kind(OrgKind::Production);
    let mut org = Org::with(options);
    let before = org.world();
    let name = org.id.clone();
    org.confirm = Some(name.clone());
    org.apply(&everything());
    org.approval = Approval::Unasked;
    let named = Removal { delete_data: Some(&name), ..Removal::default() };
    let confirm = org.confirm.take();
    let report = org.remove(Goal::Apply, named, &everything());
    assert!(told(&report).contains("is a production org"), "{}", told(&report));
    org.confirm = confirm;
    let report = org.remove(Goal::Apply, Removal::default(), &everything());
    assert!(told(&report).contains("was not confirmed"), "{}", told(&report));
    let report = org.remove(Goal::Apply, named, &everything());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(org.world(), before);
}

#[test]
fn everything_that_blocks_is_named() {
    let org = Org::new();
    org.apply(&demo());
    let world = org.world();
    let zone = world["custom_metadata_types"]
        .as_object()
        .expect("types")
        .keys()
        .find(|name| name.starts_with("ciscocjs__"))
        .expect("a type of the package")
        .clone();
    let folder = world["report_folders"].as_object().expect("folders");
    let folder = folder.values().next().expect("a folder")["DeveloperName"].clone();
    people_did(
        &org,
        &json!({
            "reports": [{ "Name": "My calls", "DeveloperName": "My_calls", "Folder": folder }],
            "scheduled_jobs": [{ "Name": "Nightly", "ApexClass": "ciscocjs__ActivityController" }],
            "custom_metadata": [{ "Type": format!("{zone}__mdt"), "DeveloperName": "Ours" }],
        }),
    );
    let report = org.remove(Goal::Apply, Removal::default(), &demo());
    assert_eq!(report.outcome, Outcome::Refused);
    let text = told(&report).replace(&org.url, "ORG");
    for part in ["\"My calls\"", "ActivityController", "\"Ours\""] {
        assert!(text.contains(part), "{part} is not named:\n{text}");
    }
}

#[test]
fn the_data_is_exported_before_it_goes() {
    let seed = "seed = 1\n[changes]\ninstalled = [\"04tHp000000wXcZIAU\"]\ntasks = 200\n";
    let org = Org::from_file(seed, Emulator::builder());
    let name = org.id.clone();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let plan = desk.run(&["--instance-url", &org.url, "uninstall", "--plan"]);
    assert!(plan.exits(0).out.contains("Deleted for good with the package: "), "{plan}");
    let arguments = [
        "--instance-url",
        &org.url,
        "--output",
        "json",
        "uninstall",
        "--yes-delete-data",
        &name,
        "--export",
        "kept",
    ];
    let outcome = desk.run(&arguments);
    let document = outcome.exits(0).json();
    assert_eq!(
        (document["command"].as_str(), document["outcome"].as_str()),
        (Some("uninstall"), Some("done"))
    );
    let exported = document["exported"].as_array().expect("files");
    let tasks = exported.iter().find(|table| table["object"] == "Task").expect("the tasks");
    let text = desk.read("kept/Task.csv");
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records().count();
    assert_eq!(Some(rows as u64), tasks["records"].as_u64());
    assert!(rows > 0);
    let again = desk.run(&["--instance-url", &org.url, "uninstall", "--plan"]);
    assert!(again.exits(0).out.contains("Nothing to uninstall"), "{again}");
}

#[test]
fn an_uninstall_stays_within_its_budget() {
    let org = Org::new();
    org.apply(&demo());
    org.forget_requests();
    let report = org.remove(Goal::Plan, Removal::default(), &demo());
    assert!(report.requests <= 10, "{} requests to look", report.requests);
    let report = org.uninstall(&demo());
    assert!(report.requests <= 18, "{} requests", report.requests);
}
