//! What an org is not ready for yet, and jobs that go on while nobody can see them.

use std::time::Duration;

use org_emulator::{Changes, Emulator, Seed};
use provision::engine::{Event, Goal, Report};
use provision::failure::Kind;
use serde_json::{Value, json};

use crate::busy::begin;
use crate::rewriting_proxy::{Rewrite, RewritingProxy};
use crate::support::{Org, assert_settled, demo, wait};

const INSTALL: &str = "tooling/create/PackageInstallRequest";

fn org(faults: &Value) -> Org {
    let org = Org::new();
    org.back_door_with(
        "PUT",
        &format!("orgs/{}/faults", org.id),
        &json!({"faults": faults.clone()}),
    );
    org
}

/// How many requests that start a job were sent.
fn started(org: &Org, operation: &str) -> usize {
    let asked = |request: &&Value| request["operation"] == operation && request["method"] == "POST";
    org.requests().iter().filter(asked).count()
}

#[track_caller]
fn succeeds(org: &Org) -> Report {
    let report = org.run(Goal::Apply, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_settled(&org.run(Goal::Verify, &demo()));
    report
}

#[test]
fn rows_that_somebody_else_holds_are_sent_again() {
    let body = json!({"method": "POST", "operation": "composite", "body": "CallCenterId"});
    let org = org(&json!([{"match": body, "times": 1, "effect": {"lock": true}}]));
    succeeds(&org);
}

#[test]
fn rows_that_stay_locked_are_told_with_the_orgs_words() {
    let org = org(&json!([
        {"match": {"body": "CallCenterId"}, "times": 100, "effect": {"lock": true}},
    ]));
    let report = org.run(Goal::Apply, &demo());
    let failure = report.failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Failed, "{failure:#?}");
    let said = format!("{failure:?} {:?}", report.items);
    assert!(said.contains("UNABLE_TO_LOCK_ROW"), "{said}");
}

#[test]
fn a_job_that_cannot_be_seen_for_a_while_is_waited_for() {
    let error = |status: u16, code: &str| json!({"status": status, "code": code, "message": "x"});
    let deploy = json!({"operation": "metadata/deployRequest", "method": "GET"});
    let install = json!({"path": "sobjects/PackageInstallRequest/", "method": "GET"});
    let org = org(&json!([
        {"match": deploy, "times": 1, "effect": error(404, "INVALID_CROSS_REFERENCE_KEY")},
        {"match": deploy, "times": 1, "effect": error(500, "UNKNOWN_EXCEPTION")},
        {"match": deploy, "times": 1, "effect": {"html": 200}},
        {"match": install, "times": 2, "effect": error(500, "UNKNOWN_EXCEPTION")},
    ]));
    succeeds(&org);
    assert_eq!(started(&org, INSTALL), 1);
    assert_eq!(started(&org, "metadata/deployRequest"), 1);
}

#[test]
fn a_job_that_stays_out_of_sight_goes_on_and_is_told_so() {
    let error = json!({"status": 500, "code": "UNKNOWN_EXCEPTION", "message": "x"});
    let mut org = org(&json!([{
        "match": {"operation": "metadata/deployRequest", "method": "GET"},
        "times": 1000,
        "effect": error,
    }]));
    org.patience.silence = Duration::from_millis(100);
    let failure = org.run(Goal::Apply, &demo()).failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Unreachable, "{failure:#?}");
    let goes_on = failure.message().contains("The deploy 0Af");
    assert!(goes_on && failure.message().contains("is still running in the org"), "{failure:#?}");
}

#[test]
fn an_installation_that_could_not_begin_is_begun_again() {
    for words in [
        "This package is not yet available. Please try again later.",
        "unable to obtain exclusive access to this record or 1 records: 00D000000000001",
    ] {
        let org = org(&json!([{"effect": {"fail_install": words}}]));
        succeeds(&org);
        assert_eq!(started(&org, INSTALL), 2, "{words}");
    }
}

/// Ids of the requests to install that the org has.
fn installations(org: &Org) -> Vec<String> {
    let recent = wait(org.client().packages().recent_installs()).expect("installations");
    recent.into_iter().map(|request| request.id).collect()
}

/// An old row of our version that never ended, in an org that does not say when it was made.
#[test]
fn an_installation_that_never_ends_and_has_no_date_fails_one_run_and_no_other() {
    let version = "04tHp000000wXcZIAU";
    let changes = Changes::new().old_install(version, "IN_PROGRESS", 400);
    let org = Org::with(Emulator::builder().seed(Seed::number(1).changes(changes)));
    let proxy = RewritingProxy::to(&org.url);
    let mut behind = org.behind(&proxy.url);
    behind.patience.job = Duration::from_millis(300);
    proxy
        .rewrite_all("FROM PackageInstallRequest", &Rewrite::UnknownWord("CreatedDate".to_owned()));
    let before = org.world();
    let failure = behind.run(Goal::Apply, &demo()).failure.expect("it never ends");
    assert_eq!(failure.kind, Kind::Unreachable, "{failure:#?}");
    let id = &installations(&org)[0];
    let said = format!("the package installation {id} as running after 0 minutes but does not say");
    assert!(failure.message().contains(&said), "{failure:#?}");
    assert_eq!((org.world(), started(&org, INSTALL)), (before, 0));
    // The next run starts its own, once.
    let report = behind.run(Goal::Apply, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert!(proxy.leave() > 0, "nobody looks for installations");
    assert_eq!(started(&org, INSTALL), 1);
    assert_settled(&org.run(Goal::Verify, &demo()));
}

/// One that really runs in such an org is not begun a second time: the org refuses that.
#[test]
fn an_installation_that_was_given_up_and_still_runs_is_not_begun_twice() {
    let org = Org::new();
    begin(&org, &json!({"Takes": "2s", "Version": "04tHp000000wXcZIAU"}));
    let proxy = RewritingProxy::to(&org.url);
    let mut behind = org.behind(&proxy.url);
    behind.patience.job = Duration::from_millis(1);
    proxy
        .rewrite_all("FROM PackageInstallRequest", &Rewrite::UnknownWord("CreatedDate".to_owned()));
    let failure = behind.run(Goal::Apply, &demo()).failure.expect("it takes longer");
    assert_eq!(failure.kind, Kind::Unreachable, "{failure:#?}");
    behind.patience = org.patience;
    let report = behind.run(Goal::Apply, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert!(proxy.leave() > 0, "nobody looks for installations");
    assert_settled(&org.run(Goal::Verify, &demo()));
    assert_eq!(installations(&org).len(), 1);
}

#[test]
fn the_same_version_begun_from_another_machine_is_joined() {
    let org = &org(&json!([]));
    let report = org.watched(Goal::Apply, &demo(), &|event| {
        if let Event::Doing { what, .. } = event
            && what.starts_with("installing")
        {
            // The program's own thread drives a runtime already.
            std::thread::scope(|scope| {
                let version = json!({"Takes": "3 polls", "Version": "04tHp000000wXcZIAU"});
                scope.spawn(move || begin(org, &version));
            });
        }
    });
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(started(org, INSTALL), 1, "the refused request, and no second one");
    assert_settled(&org.run(Goal::Verify, &demo()));
}

#[test]
fn rows_of_permission_sets_that_somebody_else_holds_are_sent_again() {
    let body = json!({"method": "POST", "operation": "composite", "body": "PermissionSetId"});
    let org = org(&json!([{"match": body, "times": 1, "effect": {"lock": true}}]));
    let wanted = format!("{}\n[permission_sets]\nassign = [\"Record_View\"]\n", demo());
    let report = org.run(Goal::Apply, &wanted);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_settled(&org.run(Goal::Verify, &wanted));
}

#[test]
fn a_deploy_of_which_somebody_else_holds_a_part_is_sent_again() {
    let problem = "UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record";
    let effect =
        json!({"fail_deploy": {"component": "WebexCCAgentDesktopV20241121", "problem": problem}});
    let org = org(&json!([{"times": 1, "effect": effect}]));
    succeeds(&org);
    assert_eq!(started(&org, "metadata/deployRequest"), 2);
}

#[test]
fn an_uninstallation_that_others_kept_waiting_is_begun_again() {
    let org = Org::new();
    let before = org.world();
    org.apply(&demo());
    let words = "unable to obtain exclusive access to this record or 1 records: 00D000000000001";
    let fault = json!({"faults": [{"times": 1, "effect": {"fail_uninstall": words}}]});
    org.back_door_with("PUT", &format!("orgs/{}/faults", org.id), &fault);
    org.uninstall(&demo());
    assert_eq!(org.world(), before);
}

/// The answer to the start of that job is lost, and so many looks for it are refused like this.
fn lost(operation: &str, refused: u32, (status, code): (u16, &str)) -> Value {
    json!({"faults": [
        {"match": {"method": "POST", "operation": operation}, "times": 1, "effect": {"drop": "after"}},
        {"match": {"operation": "tooling/query"}, "times": refused,
         "effect": {"status": status, "code": code, "message": "An unexpected error occurred."}},
    ]})
}

const PASSING: (u16, &str) = (500, "UNKNOWN_EXCEPTION");

const DEPLOY: &str = "metadata/deployRequest";

#[test]
fn a_job_whose_start_was_not_answered_is_looked_for_until_the_org_shows_it() {
    let org = Org::new();
    // Whoever has not seen earlier installations could take one of them for this.
    org.run(Goal::Plan, &demo());
    org.put("faults", &lost(INSTALL, 2, PASSING));
    succeeds(&org);
    assert_eq!(started(&org, INSTALL), 1);
}

#[test]
fn whoever_cannot_look_for_a_job_stays_in_doubt() {
    for operation in [INSTALL, DEPLOY] {
        // What is refused for good is not waited for.
        for (refusal, silence) in [
            (PASSING, Duration::from_millis(1)),
            ((403, "INSUFFICIENT_ACCESS"), Duration::from_secs(3_600)),
        ] {
            let mut org = Org::new();
            org.run(Goal::Plan, &demo());
            org.patience.silence = silence;
            org.put("faults", &lost(operation, 100, refusal));
            let failure = org.run(Goal::Apply, &demo()).failure.expect("a doubt");
            assert!(failure.message().contains("may or may not have been done"), "{failure:?}");
            let hints = failure.advice().join(" ");
            assert!(
                hints.contains("could not be checked: ") && hints.contains(refusal.1),
                "{hints}"
            );
        }
    }
}
