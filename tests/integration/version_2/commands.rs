//! What people do with Version 2 besides applying it: a saved plan, an export, a snapshot, an undo.

use serde_json::json;

use super::{INTERNAL_NAME, demo_of_version_2, everything, members};
use crate::desk::{Desk, Outcome};
use crate::support::{Org, assert_same_world, wait};

fn run(desk: &Desk, org: &Org, arguments: &[&str]) -> Outcome {
    desk.run(&[&["--instance-url", org.url.as_str()], arguments].concat())
}

fn at_a_desk(configuration: &str) -> (Org, Desk) {
    let org = Org::new();
    let desk = Desk::of(&org);
    desk.write("provision.toml", configuration);
    (org, desk)
}

#[test]
fn a_saved_plan_is_carried_out_as_it_stands_and_taken_back() {
    let (org, desk) = at_a_desk(&everything());
    let before = org.world();
    run(&desk, &org, &["plan", "--save", "monday.json"]).exits(0);
    assert_eq!(org.world(), before);
    run(&desk, &org, &["apply", "monday.json"]).exits(0);
    assert!(members(&org).len() > 5);
    let applied = org.world();
    // Once it is done, nothing of it is left.
    let again = run(&desk, &org, &["apply", "monday.json"]);
    assert!(again.exits(0).out.contains("Nothing to change"), "{again}");
    assert_eq!(org.world(), applied);

    let undone = run(&desk, &org, &["undo", "--yes-delete-data", &org.id, "--no-export"]);
    undone.exits(0);
    assert_eq!(org.world(), before);
}

#[test]
fn an_export_holds_the_call_center_and_nothing_of_version_1() {
    let (org, desk) = at_a_desk(&demo_of_version_2());
    let written = run(&desk, &org, &["export", "source"]);
    written.exits(0);
    let root = "source/force-app/main/default";
    let path = format!("{root}/callCenters/{INTERNAL_NAME}.callCenter-meta.xml");
    let text = desk.read(&path);
    assert!(text.contains("openCtiWxCCRegion") && text.contains("us1"), "{text}");
    assert!(!text.contains("ciscocjs") && !written.out.contains("ciscocjs"), "{written}");
}

#[test]
fn a_snapshot_finds_what_has_changed_and_brings_it_back() {
    let (org, desk) = at_a_desk(&everything());
    run(&desk, &org, &["--yes"]).exits(0);
    run(&desk, &org, &["snapshot", "save", "before.toml"]).exits(0);
    run(&desk, &org, &["snapshot", "diff", "before.toml"]).exits(0);
    let before = org.world();

    // Somebody takes an agent out, and takes back the package's permission set from another.
    let agents = org.query(
        "SELECT Id, AssigneeId FROM PermissionSetAssignment \
         WHERE PermissionSet.NamespacePrefix = 'cisco_wxcc'",
    );
    let id = |row: usize, field: &str| agents[row][field].as_str().expect("an id").to_owned();
    org.change("User", &id(0, "AssigneeId"), &json!({ "CallCenterId": null }));
    let given = id(1, "Id");
    wait(org.client().delete("PermissionSetAssignment", &given)).expect("it is taken back");
    let found = run(&desk, &org, &["snapshot", "diff", "before.toml"]);
    let words = [INTERNAL_NAME, "Permission"];
    found.exits(3);
    assert!(words.iter().all(|word| found.out.contains(word)), "{found}");
    run(&desk, &org, &["snapshot", "restore", "before.toml"]).exits(0);
    run(&desk, &org, &["snapshot", "diff", "before.toml"]).exits(0);
    assert_same_world(&org.world(), &before, "what was restored");
}

/// Nobody has said which call center it is: the org tells.
#[test]
fn doctor_reads_the_call_center_that_is_there_without_a_configuration() {
    let (org, desk) = at_a_desk(&everything().replace("rtw.prod-eu1.rtmsprod.net", ""));
    run(&desk, &org, &["--yes"]).exits(0);
    std::fs::remove_file(desk.folder().join("provision.toml")).expect("the configuration goes");
    org.forget_requests();
    let outcome = run(&desk, &org, &["doctor", "--output", "json"]);
    assert!(org.requests().len() <= 13, "{:#?}", org.requests());
    let document = outcome.json();
    let checks = document["data"]["checks"].as_array().expect("checks");
    let told = |id: &str| {
        let check = checks.iter().find(|check| check["id"] == id).expect("the check");
        check["evidence"].as_str().expect("a text").to_owned()
    };
    assert_eq!(told("omni-channel"), "It is on, and somebody may take its presence status.");
    assert!(outcome.out.contains("WebRTC domain is not configured"), "{outcome}");
}
