//! Taking the connector out of an emulated org.

use provision::checklist::Blockers;
use provision::engine::{Approval, Goal, Outcome, Removal, Report};
use serde_json::{Value, json};

use crate::support::{Org, demo, everything, load};

/// What a person reads who is refused.
fn told(report: &Report) -> String {
    let failure = report.failure.as_ref().expect("a failure");
    format!("{}\n{}", failure.message, failure.hints.join("\n"))
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
    2 things keep this run from going on:
      - FlexiPage Agent_Home uses ApexClass ActivityController of the package.
      - Flow Log_Call uses CustomField ANI of the package.
    FlexiPage: take the package's components out of the page: ORG/lightning/setup/FlexiPageList/home
    Flow: take the package's fields and actions out of it, and delete its old versions: ORG/lightning/setup/Flows/home
    If the list is out of date, --try-anyway lets the org decide; what was done before it refuses stays done.
    ");
    let anyway = Removal { blockers: Blockers::Tell, ..Removal::default() };
    let report = org.remove(Goal::Apply, anyway, &demo());
    assert_eq!(report.outcome, Outcome::Refused);
    insta::assert_snapshot!(told(&report).replace(&org.url, "ORG"), @"
    The org refuses to uninstall the package, for 2 reasons:
      - Custom Field ANI: Component is in use by another component in your organization. Log_Call
      - Apex Class ActivityController: Component is in use by another component in your organization. Agent_Home
    Something outside the package refers to it. Setup shows what, under Where is this used? of the component that the org names.
    What was done before stays done. Mend this and run the same command again: it does what is left.
    ");
    // What was taken out by then stays out, and `apply` does not put it back by accident.
    let apply = org.run(Goal::Apply, &demo());
    assert_eq!(apply.outcome, Outcome::Refused);
    assert!(told(&apply).contains("An uninstall of "), "{}", told(&apply));
}

#[test]
fn nobody_deletes_data_by_accident() {
    let mut org = Org::new();
    org.apply(&demo());
    let before = org.world();
    for (approval, removal, part) in [
        (Approval::Unasked, Removal::default(), "nobody confirmed that"),
        (Approval::No, Removal::default(), "what was typed is not the org's name"),
        (
            Approval::Yes,
            Removal { delete_data: Some("Another"), ..Removal::default() },
            "--yes-delete-data names \"Another\"",
        ),
    ] {
        org.approval = approval;
        let report = org.remove(Goal::Apply, removal, &demo());
        assert_eq!(report.outcome, Outcome::Refused);
        assert!(told(&report).contains(part), "{}", told(&report));
        assert_eq!(org.world(), before);
    }
    org.approval = Approval::Unasked;
    let name = before["organization"]["Name"].as_str().unwrap_or_default().to_owned();
    let removal = Removal { delete_data: Some(&name), ..Removal::default() };
    let report = org.remove(Goal::Apply, removal, &demo());
    assert!(report.failure.is_none(), "{:#?} {name}", report.failure);
}

#[test]
fn the_second_generation_goes_by_a_request_of_its_own() {
    let org = Org::new();
    let before = org.world();
    let mut loaded = load(&demo());
    loaded.desired.recipe.namespace = "wxccconnector".to_owned();
    loaded.desired.recipe.app = None;
    loaded.desired.recipe.task_layout = None;
    loaded.desired.recipe.old_task_layouts = Vec::new();
    loaded.desired.recipe.report = false;
    loaded.desired.recipe.custom_metadata_types = 0;
    loaded.desired.task_layout.profiles = Vec::new();
    loaded.desired.package.version =
        provision::model::PackageVersionId::parse("04tUl000000VK45IAG").expect("an id");
    let report = org.run_desired(Goal::Apply, &loaded.desired);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    org.forget_requests();
    let report = org.remove_desired(Goal::Apply, Removal::default(), &loaded.desired);
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    assert_eq!(org.world(), before);
    let asked = |name: &str| {
        org.requests().iter().any(|it| it["operation"].as_str().is_some_and(|it| it.contains(name)))
    };
    assert!(asked("SubscriberPackageVersionUninstallRequest"));
}
