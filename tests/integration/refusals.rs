//! What keeps a run from beginning, and what fails on the way.

use provision::checklist::{ItemId, Selection};
use provision::engine::{Goal, ItemOutcome, Outcome, Report};
use provision::failure::Kind;
use secrecy::SecretString;

use crate::doctor::{doctor, ids};
use crate::support::{Org, demo};

/// A run that must fail and leave the org as it was.
#[track_caller]
fn refused(org: &Org, configuration: &str, kind: Kind) -> Report {
    let world = org.world();
    let report = org.run(Goal::Apply, configuration);
    let failure = report.failure.as_ref().expect("a failure");
    assert_eq!(failure.kind, kind, "{failure:#?}");
    assert_eq!(org.world(), world, "nothing may have changed");
    assert!(report.run.is_none(), "a run that did not begin has no journal");
    assert!(!failure.advice().is_empty(), "what to do next is missing: {failure:#?}");
    report
}

fn message(report: &Report) -> String {
    report.failure.as_ref().expect("a failure").message()
}

#[test]
fn sites_that_nobody_approved() {
    let org = Org::new();
    let configuration = demo().replace("approve_sites = [\"https://cpc.ccone.net\"]", "");
    let report = refused(&org, &configuration, Kind::Refused);
    assert!(message(&report).contains("https://cpc.ccone.net"));
}

#[test]
fn names_that_the_org_lacks() {
    let org = Org::new();
    for (right, wrong) in [
        ("\"Standard User\"", "\"Standard Usr\""),
        ("[users]\nprofiles = [\"Contact Center Agent\"]", "[users]\nprofiles = [\"Agents\"]"),
        ("[users]", "[users]\nusernames = [\"nobody@example.com\"]"),
        ("[users]", "[users]\npermission_sets = [\"Nothing\"]"),
        ("[users]", "[users]\nwhere = \"Departmnt = 'x'\""),
        ("[task_layout]", "[task_layout]\nrecord_types = [\"Nothing\"]"),
        ("04tHp000000wXcZIAU", "04tHp000000000000"),
    ] {
        let configuration = demo().replacen(right, wrong, 1);
        assert_ne!(configuration, demo(), "{right} is not in the demo's configuration");
        let wrong_id = wrong.starts_with("04t");
        let configuration =
            if wrong_id { configuration.replace(wrong, "04tHp0000000000") } else { configuration };
        refused(&org, &configuration, Kind::Usage);
    }
}

#[test]
fn a_condition_that_the_org_does_not_take_stops_the_users_and_is_no_reason_to_keep_the_rest_from_view()
 {
    let mut org = Org::new();
    org.apply(&demo());
    let odd = demo().replacen("[users]", "[users]\nwhere = \"Departmnt = 'x'\"", 1);
    let report = refused(&org, &odd, Kind::Usage);
    let words =
        "The org does not accept the condition in `users.where`: INVALID_FIELD: No such column";
    assert!(message(&report).contains(words), "{}", message(&report));
    let users = report.items.iter().find(|item| item.id == ItemId::USERS).expect("the item");
    assert!(users.changes.is_empty(), "nobody is given back: {:?}", users.changes);
    // Nor is a permission set taken from those whom it would choose, where the users are left out.
    let sets = "[permission_sets]\nassign = [\"Record_View\"]\n";
    org.apply(&format!("{}\n{sets}", demo()));
    let only = demo().replacen(
        "[users]\nprofiles = [\"Contact Center Agent\"]",
        "[users]\nwhere = \"Departmnt = 'x'\"",
        1,
    );
    assert_ne!(only, demo());
    org.selection = Selection::Without([ItemId::USERS].into());
    let report = org.run(Goal::Plan, &format!("{only}\n{sets}"));
    let sets =
        report.items.iter().find(|item| item.id == ItemId::PERMISSION_SET).expect("the item");
    assert!(sets.changes.is_empty(), "{:?}", sets.changes);
    org.selection = Selection::All;
    let data = doctor(&org, &odd, &[]).exits(5).json()["data"].take();
    assert_eq!(ids(&data, "problem"), ["configured-names"], "the other checks say what they see");
    assert_eq!(org.uninstall(&odd).outcome, Outcome::Done);
}

#[test]
fn another_vendors_users() {
    let org = Org::seeded(3);
    let report = refused(&org, &demo(), Kind::Refused);
    assert!(message(&report).contains("BrightCTI"), "{}", message(&report));
}

#[test]
fn a_package_that_needs_a_key() {
    let mut org = Org::new();
    let with_key = demo().replace("04tHp000000wXcZIAU", "04tHp000000wXcKIAU");
    let report = refused(&org, &with_key, Kind::Refused);
    assert!(report.failure.expect("a failure").advice()[0].contains("PROVISION_INSTALLATION_KEY"));
    org.key = Some(SecretString::from("wrong'key\\"));
    let report = refused(&org, &with_key, Kind::Refused);
    assert!(!format!("{:?}", report.failure).contains("wrong'key"));
}

#[test]
fn another_version_of_the_package() {
    let org = Org::new();
    org.apply(&demo());
    let older = demo().replace("04tHp000000wXcZIAU", "04tHp000000wXcAIAU");
    refused(&org, &older, Kind::Refused);
    let verified = org.run(Goal::Verify, &older);
    assert_eq!(verified.outcome, Outcome::Differs, "{:#?}", verified.failure);
}

#[test]
fn a_version_of_another_package() {
    let org = Org::new();
    let foreign = demo().replace("04tHp000000wXcZIAU", "04tJk000000aCm1IAE");
    let report = refused(&org, &foreign, Kind::Usage);
    assert_eq!(
        message(&report),
        "Package version 04tJk000000aCm1IAE belongs to \"Bright CTI (Lightning)\", with the \
         namespace brightcti; the connector's namespace is ciscocjs."
    );
}

#[test]
fn another_run_at_work_on_the_same_org() {
    let org = Org::new();
    let id = provision::model::OrgId::parse(&org.id).expect("an org's id");
    let store = provision::journal::Store::at(org.state.path());
    let lock = store.org(&id).lock("another").expect("the lock is free");
    let report = refused(&org, &demo(), Kind::Refused);
    assert!(message(&report).contains("another"), "{}", message(&report));
    drop(lock);
    org.apply(&demo());
}

#[test]
fn an_org_that_no_longer_keeps_what_was_set_is_seen_by_verify() {
    let org = Org::new();
    let report = org.apply(&demo());
    let users = &report.items[3].changes;
    let username = &users[0].subject.name;
    let query = salesforce_client::Soql::new("SELECT Id FROM User WHERE Username = ")
        .value(&salesforce_client::soql::quote(username));
    let found: Vec<serde_json::Value> =
        crate::support::wait(org.client().query(&query)).expect("the user is found");
    let id = found[0]["Id"].as_str().expect("an id");
    org.change("User", id, &serde_json::json!({"CallCenterId": null}));
    let verified = org.run(Goal::Verify, &demo());
    assert_eq!(verified.outcome, Outcome::Differs);
    let users = &verified.items[3];
    assert_eq!(users.outcome, ItemOutcome::Differs);
    assert_eq!(users.changes.len(), 1);
    assert_eq!(&users.changes[0].subject.name, username);
}
