//! Somebody else deploys or installs in the org.

use std::sync::Mutex;
use std::time::Duration;

use org_emulator::{Emulator, JobTime, Seed};
use provision::checklist::ItemId;
use provision::engine::{Event, Goal, Removal, Report, WhenBusy};
use provision::failure::Kind;
use serde_json::json;

use crate::desk::Desk;
use crate::rewriting_proxy::{Rewrite, RewritingProxy};
use crate::support::{Org, demo, wait};
use crate::upgrade::{CLEAN, VERSION_2_BEFORE};
use crate::version_2::demo_of_version_2;

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
        let notes = Mutex::new(Vec::new());
        let report = org.watched(Goal::Apply, &demo(), &|event| {
            if let Event::Note { text, .. } = event {
                notes.lock().expect("a lock").push(text.clone());
            }
        });
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        let notes = notes.into_inner().expect("a lock");
        assert!(notes.iter().any(|note| note.contains("Waiting for it to finish")), "{notes:#?}");
    }
}

/// The org lists it, and does not let everybody ask how far it has come.
#[test]
fn a_job_whose_status_nobody_may_ask_is_waited_for_as_long_as_it_is_listed() {
    let version = "04tJk000000aCm1IAE";
    for (word, what) in [
        ("deploy", json!({"Takes": "2s"})),
        ("package installation", json!({"Takes": "2s", "Version": version})),
    ] {
        let org = Org::new();
        let proxy = RewritingProxy::to(&org.url);
        let behind = org.behind(&proxy.url);
        // A second run looks at deploys first.
        behind.run(Goal::Plan, &demo());
        begin(&org, &what);
        let looks = Mutex::new(0);
        let report = behind.watched(Goal::Apply, &demo(), &|event| match event {
            Event::Note { text, .. } if text.contains("Waiting for it to finish") => {
                let (_, rest) = text.split_once(&format!("the {word} ")).expect("what it is");
                let id = rest.split([' ', ',', '.']).next().expect("its id");
                proxy.rewrite_all(id, &Rewrite::Error(403, "INSUFFICIENT_ACCESS_OR_READONLY"));
            }
            Event::Waiting { what, .. } if what.starts_with(word) => {
                *looks.lock().expect("a lock") += 1;
            }
            _ => {}
        });
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        assert!(proxy.leave() > 0, "nobody asks about the {word}");
        assert!(looks.into_inner().expect("a lock") > 0, "nobody is told that it waits");
    }
}

/// Applies while somebody begins a deploy once the package is there; what the run has said of that.
fn applied_beside_a_later_deploy(org: &mut Org) -> (Report, Vec<String>) {
    org.patience.fresh_for = Duration::ZERO;
    let notes = Mutex::new(Vec::new());
    let org = &*org;
    let report = org.watched(Goal::Apply, &demo(), &|event| match event {
        Event::Note { text, .. } => notes.lock().expect("a lock").push(text.clone()),
        Event::ItemDone { item: ItemId::PACKAGE, .. } => {
            std::thread::scope(|scope| {
                scope.spawn(|| begin(org, &json!({"Takes": "3 polls", "User": "grace.hopper"})));
            });
        }
        _ => {}
    });
    (report, notes.into_inner().expect("a lock"))
}

#[test]
fn a_deploy_that_somebody_begins_during_a_run_is_waited_for_too() {
    let mut org = Org::new();
    let (report, notes) = applied_beside_a_later_deploy(&mut org);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let said = |note: &String| note.contains("Grace Hopper") && note.contains("Waiting for it");
    assert!(notes.iter().any(said), "{notes:#?}");
    let mut org = Org::new();
    org.when_busy = WhenBusy::Refuse;
    // What has begun goes on: an upgrade would be left without its package.
    let (report, notes) = applied_beside_a_later_deploy(&mut org);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert!(!notes.iter().any(said), "{notes:#?}");
}

#[test]
fn an_installation_of_the_same_version_is_joined_and_not_waited_for() {
    let mut org = busy(&json!({"Takes": "3 polls", "Version": "04tHp000000wXcZIAU"}));
    org.when_busy = WhenBusy::Refuse;
    let report = org.run(Goal::Apply, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
}

#[test]
fn a_version_that_is_still_on_its_way_is_waited_for() {
    let version = "04tHp000000wXcZIAU";
    for status in ["PACKAGE_UNAVAILABLE", "ALREADY_IN_PROCESS"] {
        let seed = Seed::number(1).package(version, json!({"Obstacle": status}));
        let mut org = Org::with(Emulator::builder().seed(seed));
        org.when_busy = WhenBusy::Refuse;
        let world = org.world();
        let failure = org.run(Goal::Apply, &demo()).failure.expect("it is not there yet");
        assert_eq!(failure.kind, Kind::Unreachable);
        assert!(failure.message().contains(status), "{}", failure.message());
        assert_eq!(org.world(), world);
        org.when_busy = WhenBusy::Wait;
        let report = org.watched(Goal::Apply, &demo(), &|event| {
            if matches!(event, Event::Waiting { what, .. } if what.contains("the org to be ready"))
            {
                let arrives = json!({"packages": {version: {"Obstacle": null}}});
                std::thread::scope(|scope| scope.spawn(|| org.patch("world", &arrives)).join())
                    .expect("it arrives");
            }
        });
        assert!(report.failure.is_none(), "{:#?}", report.failure);
    }
}

/// As a killed run of an upgrade leaves it.
#[test]
fn an_uninstallation_that_keeps_the_next_version_waiting_is_waited_for_until_it_ends() {
    let mut org = Org::with(Emulator::builder().package_time(JobTime::Polls(3)));
    let wanted = |package: &str| format!("{}\n[package]\n{package}", demo_of_version_2());
    org.apply(&wanted(&format!("version = \"{VERSION_2_BEFORE}\"\n")));
    org.delete_data = Some(org.id.clone());
    // Its end does not come by waiting.
    org.patience.lock_waits = 2;
    wait(org.client().packages().uninstall(VERSION_2_BEFORE)).expect("an uninstallation begins");
    let report = org.run(Goal::Apply, &wanted(CLEAN));
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let report = org.run(Goal::Verify, &wanted(CLEAN));
    assert!(report.failure.is_none(), "{:#?}", report.failure);
}

#[test]
fn a_version_that_never_comes_is_told_with_nothing_changed() {
    let never = json!({"Obstacle": "PACKAGE_UNAVAILABLE"});
    let seed = Seed::number(1).package("04tHp000000wXcZIAU", never);
    let mut org = Org::with(Emulator::builder().seed(seed));
    org.patience.lock_waits = 2;
    let world = org.world();
    let report = org.run(Goal::Apply, &demo());
    assert_eq!(report.failure.expect("it never came").kind, Kind::Unreachable);
    assert_eq!(org.world(), world);
    assert!(report.run.is_none(), "a run that did not begin has no journal");
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
    let report = org.interrupted_at(&demo(), "Waiting for it to finish");
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
