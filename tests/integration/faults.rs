//! What goes wrong on the way, by script: a clear ending, and a second run that finishes.

use provision::checklist::ItemId;
use provision::engine::{Goal, ItemOutcome, Report};
use provision::failure::Kind;
use serde_json::{Value, json};

use crate::support::{Org, assert_settled, demo};

/// An org in which that goes wrong.
fn org(faults: &Value) -> Org {
    let org = Org::new();
    script(&org, faults);
    org
}

fn script(org: &Org, faults: &Value) {
    org.back_door_with("PUT", &format!("orgs/{}/faults", org.id), faults);
}

/// A run that fails as said, and a second one that finishes once the fault has passed.
#[track_caller]
fn fails_and_then_finishes(faults: &Value, kind: Kind, words: &str) -> Report {
    let org = org(faults);
    let report = org.run(Goal::Apply, &demo());
    let failure = report.failure.as_ref().expect("a failure");
    assert_eq!(failure.kind, kind, "{failure:#?}");
    assert!(failure.message().contains(words), "{}", failure.message());
    assert!(!failure.advice().is_empty(), "what to do next is missing: {failure:#?}");
    script(&org, &json!({"faults": []}));
    let second = org.run(Goal::Apply, &demo());
    assert!(second.failure.is_none(), "{:#?}", second.failure);
    assert_settled(&org.run(Goal::Verify, &demo()));
    report
}

/// A run that gets over the fault by itself.
#[track_caller]
fn gets_over(faults: &Value) -> Org {
    let org = org(faults);
    let report = org.run(Goal::Apply, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_settled(&org.run(Goal::Verify, &demo()));
    org
}

fn one(pattern: &Value, effect: &Value) -> Value {
    json!({"faults": [{"match": pattern, "times": 1, "effect": effect}]})
}

fn started(org: &Org, operation: &str) -> usize {
    let asked = |request: &&Value| request["operation"] == operation && request["method"] == "POST";
    org.requests().iter().filter(asked).count()
}

#[test]
fn an_installation_that_fails_says_why_in_the_orgs_words() {
    let faults = one(&json!({}), &json!({"fail_install": "The post install script failed."}));
    fails_and_then_finishes(&faults, Kind::Failed, "The post install script failed.");
}

#[test]
fn a_deploy_that_fails_names_the_component() {
    let effect = json!({"fail_deploy": {"component": "Admin", "problem": "Layout is locked"}});
    let report = fails_and_then_finishes(&one(&json!({}), &effect), Kind::Failed, "Admin");
    // The org names the profile "System Administrator" by its API name.
    let told = |id: ItemId| {
        let item = report.items.iter().find(|item| item.id == id).expect("the item");
        (item.outcome, item.message.clone().unwrap_or_default())
    };
    let failed = |words: &str| (ItemOutcome::Failed, words.to_owned());
    let said = "Profile Admin: Layout is locked (profiles/Admin.profile)";
    assert_eq!(told(ItemId::TASK_LAYOUT), failed(said));
    assert_eq!(told(ItemId::CALL_CENTER), failed("rolled back with Task page layout"));
    assert!(report.failure.expect("a failure").message().contains("Layout is locked"));
}

#[test]
fn a_lost_answer_to_the_installation_starts_no_second_one() {
    let pattern = json!({"operation": "tooling/create/PackageInstallRequest"});
    let org = gets_over(&one(&pattern, &json!({"drop": "after"})));
    assert_eq!(started(&org, "tooling/create/PackageInstallRequest"), 1);
}

#[test]
fn an_installation_that_never_arrived_is_told_and_begun_again_by_the_next_run() {
    let pattern = json!({"operation": "tooling/create/PackageInstallRequest"});
    let faults = one(&pattern, &json!({"drop": "before"}));
    fails_and_then_finishes(&faults, Kind::Failed, "may or may not have been done");
}

#[test]
fn a_lost_answer_to_the_deploy_is_told_and_the_next_run_goes_on() {
    let pattern = json!({"operation": "metadata/deployRequest", "method": "POST"});
    let faults = one(&pattern, &json!({"drop": "after"}));
    fails_and_then_finishes(&faults, Kind::Failed, "may or may not have been done");
}

#[test]
fn a_lost_answer_about_users_is_told_and_the_next_run_goes_on() {
    let faults = one(&json!({"operation": "composite"}), &json!({"drop": "after"}));
    fails_and_then_finishes(&faults, Kind::Failed, "may or may not have been done");
}

#[test]
fn busy_orgs_and_broken_lines_are_asked_again() {
    let busy = json!({"status": 503, "code": "SERVER_UNAVAILABLE", "message": "Too busy"});
    for operation in ["composite/batch", "tooling/composite", "metadata/readMetadata"] {
        gets_over(&one(&json!({"operation": operation}), &busy));
        gets_over(&one(&json!({"operation": operation}), &json!({"drop": "before"})));
    }
}

#[test]
fn an_org_that_stays_away_is_unreachable() {
    let busy = json!({"status": 503, "code": "SERVER_UNAVAILABLE", "message": "Too busy"});
    let faults = json!({"faults": [
        {"match": {"operation": "composite/batch"}, "times": 100, "effect": busy}
    ]});
    fails_and_then_finishes(&faults, Kind::Unreachable, "Too busy");
}

#[test]
fn a_limit_that_is_used_up_is_for_later() {
    let faults = json!({"faults": [
        {"match": {"operation": "composite/batch"}, "times": 100, "effect": {"limit": true}}
    ]});
    fails_and_then_finishes(&faults, Kind::Unreachable, "REQUEST_LIMIT_EXCEEDED");
}

#[test]
fn a_session_that_ends_midway_is_an_authentication_failure() {
    let pattern = json!({"operation": "metadata/deployRequest", "method": "POST"});
    let faults = one(&pattern, &json!({"expire_session": true}));
    fails_and_then_finishes(&faults, Kind::Authentication, "INVALID_SESSION_ID");
}

#[test]
fn a_page_instead_of_an_answer_is_told_so() {
    let faults = one(&json!({"operation": "composite/batch"}), &json!({"html": 200}));
    fails_and_then_finishes(&faults, Kind::Failed, "page");
}

#[test]
fn a_truncated_answer_is_no_answer() {
    let faults = one(&json!({"operation": "tooling/composite"}), &json!({"truncate": 40}));
    let org = org(&faults);
    let report = org.run(Goal::Apply, &demo());
    if let Some(failure) = &report.failure {
        assert!(matches!(failure.kind, Kind::Failed | Kind::Unreachable), "{failure:?}");
        assert!(org.run(Goal::Apply, &demo()).failure.is_none());
    }
    assert_settled(&org.run(Goal::Verify, &demo()));
}

#[test]
fn a_locked_setup_is_waited_for() {
    let pattern = json!({"operation": "metadata/deployRequest", "method": "POST"});
    let org = gets_over(&one(&pattern, &json!({"lock": true})));
    assert_eq!(started(&org, "metadata/deployRequest"), 2);
}

#[test]
fn reads_that_lag_behind_a_write_are_repeated() {
    gets_over(&one(&json!({"operation": "metadata/deployRequest"}), &json!({"lag": 2})));
}
