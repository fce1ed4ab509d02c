//! Somebody else deploys or installs in the org.

use org_emulator::Emulator;
use provision::engine::{Event, Goal, Removal, WhenBusy};
use provision::failure::Kind;
use serde_json::json;

use crate::desk::Desk;
use crate::support::{Org, demo};

/// An org in which somebody has begun something that takes so long.
fn busy(what: &serde_json::Value) -> Org {
    let org = Org::with(Emulator::builder());
    begin(&org, what);
    org
}

pub(crate) fn begin(org: &Org, what: &serde_json::Value) {
    let path = format!("orgs/{}/world", org.id);
    org.back_door_with("PATCH", &path, &json!({ "running": [what] }));
}

#[test]
fn a_run_that_is_to_refuse_names_the_deploy_and_changes_nothing() {
    let mut org = busy(&json!({"Takes": "60s", "User": "grace.hopper"}));
    org.when_busy = WhenBusy::Refuse;
    let world = org.world();
    let failure = org.run(Goal::Apply, &demo()).failure.expect("a refusal");
    assert_eq!(failure.kind, Kind::Refused);
    assert!(failure.message().contains("deploy 0Af"), "{}", failure.message());
    assert!(failure.message().contains("Grace Hopper"), "{}", failure.message());
    assert_eq!(org.world(), world);
}

#[test]
fn a_run_that_may_wait_goes_on_when_the_deploy_has_ended() {
    for what in
        [json!({"Takes": "3 polls"}), json!({"Takes": "3 polls", "Version": "04tJk000000aCm1IAE"})]
    {
        let org = Org::new();
        // A second run looks at deploys first.
        org.run(Goal::Plan, &demo());
        begin(&org, &what);
        let notes = std::sync::Mutex::new(Vec::new());
        let report = org.watched(Goal::Apply, &demo(), &|event| {
            if let Event::Note { text, .. } = event {
                notes.lock().expect("a lock").push(text.clone());
            }
        });
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        let notes = notes.into_inner().expect("a lock");
        assert!(notes.iter().any(|note| note.contains("waits until it has ended")), "{notes:#?}");
    }
}

#[test]
fn an_installation_of_the_same_version_is_joined_and_not_waited_for() {
    let mut org = busy(&json!({"Takes": "3 polls", "Version": "04tHp000000wXcZIAU"}));
    org.when_busy = WhenBusy::Refuse;
    let report = org.run(Goal::Apply, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
}

#[test]
fn who_has_nothing_to_do_waits_for_nobody() {
    let mut org = Org::new();
    org.apply(&demo());
    begin(&org, &json!({"Takes": "60s"}));
    org.when_busy = WhenBusy::Refuse;
    let report = org.run(Goal::Apply, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
}

#[test]
fn an_uninstall_waits_or_refuses_too() {
    let mut org = Org::new();
    org.apply(&demo());
    begin(&org, &json!({"Takes": "60s", "User": "grace.hopper"}));
    org.when_busy = WhenBusy::Refuse;
    let world = org.world();
    let report = org.remove(Goal::Apply, Removal::default(), &demo());
    let failure = report.failure.expect("a refusal");
    assert_eq!(failure.kind, Kind::Refused);
    assert!(failure.message().contains("deploy 0Af"), "{}", failure.message());
    assert_eq!(org.world(), world);
}

#[test]
fn waiting_for_others_ends_at_ctrl_c_with_nothing_changed() {
    let org = Org::new();
    org.run(Goal::Plan, &demo());
    begin(&org, &json!({"Takes": "600s"}));
    let world = org.world();
    let report = org.interrupted_at(&demo(), "waits until it has ended");
    assert_eq!(report.failure.expect("an interruption").kind, Kind::Interrupted);
    assert_eq!(org.world(), world);
    assert!(report.run.is_none(), "a run that did not begin has no journal");
}

#[test]
fn it_is_said_on_the_command_line() {
    let org = busy(&json!({"Takes": "60s"}));
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let arguments = ["--instance-url", &org.url, "apply", "--yes", "--when-busy", "refuse"];
    let outcome = desk.run(&arguments);
    assert!(outcome.exits(5).err.contains("--when-busy wait"), "{outcome}");
    let wrong = desk.run(&["--instance-url", &org.url, "plan", "--when-busy", "refuse"]);
    assert!(wrong.exits(2).err.contains("--when-busy"), "{wrong}");
}
