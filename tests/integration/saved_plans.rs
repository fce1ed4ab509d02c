//! Plans that are saved today and carried out later, or not at all.

use jiff::Timestamp;
use provision::config;
use provision::engine::{Event, Goal, Report, SavedPlan};
use provision::failure::Kind;

use crate::support::{Org, assert_nothing_to_do, demo};

fn hash(configuration: &str) -> String {
    let read = |path: &str| std::fs::read(path);
    config::load(configuration, "provision.toml", None, &read).expect("the demo's own").hash
}

fn saved(org: &Org) -> SavedPlan {
    let report = org.run(Goal::Plan, &demo());
    let plan =
        SavedPlan::of(&report, &hash(&demo()), Timestamp::now()).expect("an org was reached");
    let read = SavedPlan::read(&plan.write()).expect("what was written is read");
    assert_eq!(read, plan);
    read
}

fn apply(org: &mut Org, plan: SavedPlan, configuration: &str) -> Report {
    org.saved = Some(plan);
    let report = org.run(Goal::Apply, configuration);
    org.saved = None;
    report
}

#[track_caller]
fn assert_refused(report: &Report, words: &str) {
    let failure = report.failure.as_ref().expect("a refusal");
    assert_eq!(failure.kind, Kind::Refused, "{failure:?}");
    assert!(failure.message().contains(words), "{}", failure.message());
}

#[test]
fn a_plan_that_still_holds_is_carried_out_through_all_its_waves() {
    let mut org = Org::new();
    let plan = saved(&org);
    let report = apply(&mut org, plan, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_nothing_to_do(&org.run(Goal::Plan, &demo()));
}

#[test]
fn a_plan_is_not_carried_out_once_the_org_has_moved() {
    let mut org = Org::new();
    let plan = saved(&org);
    org.apply(&demo().replace("height = 600", "height = 620"));
    let world = org.world();
    let report = apply(&mut org, plan, &demo());
    assert_refused(&report, "The org has changed since the plan was made");
    assert_eq!(org.world(), world);
}

#[test]
fn a_plan_that_was_carried_out_is_carried_out_again_without_a_change() {
    let mut org = Org::new();
    let plan = saved(&org);
    apply(&mut org, plan.clone(), &demo());
    let world = org.world();
    assert_nothing_to_do(&apply(&mut org, plan, &demo()));
    assert_eq!(org.world(), world);
}

#[test]
fn a_plan_belongs_to_its_org_and_its_configuration() {
    let mut org = Org::new();
    let mut other = Org::seeded(6);
    let plan = saved(&org);
    let world = org.world();
    assert_refused(&apply(&mut other, plan.clone(), &demo()), "The plan was made for");
    let changed = demo().replace("height = 600", "height = 601");
    assert_refused(&apply(&mut org, plan, &changed), "The configuration has changed");
    assert_eq!(org.world(), world);
}

#[test]
fn what_is_no_saved_plan_is_told_so() {
    for (text, words) in
        [("", "not a saved plan"), ("{}", "not a saved plan"), ("{\"format\": 9}", "newer")]
    {
        let failure = SavedPlan::read(text).expect_err("it is none");
        assert!(failure.message().contains(words), "{}", failure.message());
    }
}

#[test]
fn the_org_checks_a_deploy_and_keeps_nothing_of_it() {
    let mut org = Org::new();
    org.validate = true;
    let world = org.world();
    org.forget_requests();
    let report = org.run(Goal::Plan, &demo());
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(org.world(), world);
    let deploys = org
        .requests()
        .iter()
        .filter(|request| request["method"] == "POST")
        .filter(|request| request["operation"] == "metadata/deployRequest")
        .count();
    assert_eq!(deploys, 1, "one deploy, that only checks");
}

#[test]
fn what_an_apply_leaves_to_a_person_fails_no_check_of_the_org() {
    // The package of this seed keeps its values for itself.
    let mut org = Org::seeded(13);
    let moving =
        |configuration: &str| configuration.replace("[users]", "[users]\non_conflict = \"move\"");
    org.apply(&moving(&demo()));
    org.validate = true;
    let elsewhere = demo().replace("data_center = \"us1\"", "data_center = \"eu1\"");
    let notes = std::sync::Mutex::new(Vec::new());
    let report = org.watched(Goal::Plan, &moving(&elsewhere), &|event| {
        if let Event::Note { text, .. } = event {
            notes.lock().expect("a lock").push(text.clone());
        }
    });
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let notes = notes.into_inner().expect("a lock").join("\n");
    assert!(notes.contains("The org refuses to change"), "{notes}");
    assert!(notes.contains("has validated"), "{notes}");
}
