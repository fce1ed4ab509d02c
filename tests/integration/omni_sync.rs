//! State sync with Omni-Channel, against an emulated org.

use org_emulator::{Emulator, Guesses, OrgKind};
use provision::checklist::ItemId;
use provision::engine::{Goal, ItemOutcome, ItemReport, Outcome, Report};
use provision::failure::Kind;
use provision::model::Subject;
use salesforce_client::Soql;
use salesforce_client::metadata::{Bundle, DeployOptions};
use serde_json::{Value, json};

use crate::support::{Org, assert_nothing_to_do, assert_settled, demo, everything, load, wait};

const CLASS: &str = "SELECT Id, Name, Body FROM ApexClass WHERE Name LIKE 'sfdcOmniChannel%' \
                     ORDER BY Name";
const OWN_ACCESS: &str = "SELECT SetupEntityType FROM SetupEntityAccess \
                          WHERE Parent.Name = 'Webex_Contact_Center_Omni_Sync'";

fn item(report: &Report) -> &ItemReport {
    report.items.iter().find(|item| item.id == ItemId::OMNI_SYNC).expect("the item")
}

fn fields(report: &Report) -> Vec<(&Subject, &str)> {
    item(report).changes.iter().map(|change| (&change.subject, change.field.as_str())).collect()
}

/// The options of every deploy, as the org keeps them.
fn test_levels(org: &Org) -> Vec<Value> {
    let query =
        Soql::new("SELECT TestLevel, NumberTestsTotal FROM DeployRequest ORDER BY CreatedDate");
    let client = org.client();
    let rows: Vec<Value> = wait(client.tooling().query(&query)).expect("deploys");
    rows.into_iter().map(|row| json!([row["TestLevel"], row["NumberTestsTotal"]])).collect()
}

#[test]
fn everything_is_made_once_and_then_there_is_nothing_to_do() {
    let org = Org::new();
    let planned = org.run(Goal::Plan, &everything());
    assert_eq!(planned.outcome, Outcome::Changes, "{:#?}", planned.failure);
    let first = org.apply(&everything());
    assert_eq!(item(&first).outcome, ItemOutcome::Changed);
    assert_eq!(fields(&first), fields(&planned), "a plan for an empty org is whole");
    let classes = org.query(CLASS);
    assert_eq!(classes.len(), 2);
    assert!(classes[0]["Body"].as_str().expect("a body").contains("fetchOmniPresenceStatusCodes"));
    assert_eq!(org.query(OWN_ACCESS).len(), 4, "a class and three presence statuses");
    let world = org.world();
    let second = org.apply(&everything());
    assert_nothing_to_do(&second);
    assert_settled(&org.run(Goal::Verify, &everything()));
    assert_eq!(org.world(), world);
    assert_eq!(test_levels(&org), [json!([null, 0])], "a sandbox runs no tests");
}

#[test]
fn a_production_org_runs_the_test_of_the_class_and_no_other() {
    let mut org = Org::with(Emulator::builder().kind(OrgKind::Production));
    org.confirm = Some(org.id.clone());
    org.apply(&everything());
    assert_eq!(test_levels(&org), [json!(["RunSpecifiedTests", 1])]);
    // Without Apex there is nothing to test.
    org.apply(&everything().replace("\"Available\", ", ""));
    assert_eq!(test_levels(&org)[1..], [json!([null, 0])]);
    assert_eq!(org.query(OWN_ACCESS).len(), 3, "what is no longer wanted is taken back");
}

#[test]
fn profiles_get_the_access_where_they_are_named() {
    let org = Org::new();
    let profiles = "[omni_sync]\nprofiles = [\"Contact Center Agent\", \"System Administrator\"]";
    let configuration = everything().replace("[omni_sync]", profiles);
    let before = org.world();
    org.apply(&configuration);
    let access = "SELECT Id FROM SetupEntityAccess WHERE Parent.Profile.Name = \
                  'Contact Center Agent' AND SetupEntityType IN ('ApexClass', \
                  'ServicePresenceStatus') AND SetupEntityId NOT IN (SELECT Id FROM ApexClass \
                  WHERE NamespacePrefix != null)";
    assert_eq!(org.query(access).len(), 4);
    assert_eq!(org.query(OWN_ACCESS).len(), 0);
    assert_nothing_to_do(&org.apply(&configuration));
    let names = |world: &Value| -> Vec<String> {
        world["profiles"].as_object().expect("profiles").keys().cloned().collect()
    };
    assert_eq!(names(&org.world()), names(&before), "no profile came or went");
    // Another profile instead: the first gets its access taken back.
    let other = configuration
        .replace("profiles = [\"Contact Center Agent\", \"System", "profiles = [\"System");
    let report = org.apply(&other);
    assert_eq!(item(&report).changes.len(), 4, "{:#?}", item(&report).changes);
    assert_eq!(org.query(access).len(), 0);
    assert_nothing_to_do(&org.apply(&other));
}

#[test]
fn without_omni_channel_nothing_begins() {
    let org = Org::from_file("seed = 1\nfeatures = { OmniChannel = false }", Emulator::builder());
    let world = org.world();
    for goal in [Goal::Plan, Goal::Apply] {
        let report = org.run(goal, &everything());
        let failure = report.failure.expect("a failure");
        assert_eq!(failure.kind, Kind::Usage);
        assert!(failure.message().contains("Omni-Channel is off"), "{failure:#?}");
        assert!(failure.advice()[0].contains("Setup > Omni-Channel Settings"), "{failure:#?}");
    }
    assert_eq!(org.world(), world);
    // Nobody who leaves state sync off is bothered.
    org.apply(&demo());
}

#[test]
fn presence_statuses_that_the_org_lacks_are_named() {
    let org = Org::new();
    for (right, wrong) in [("\"Busy\"", "\"busy\""), ("\"Available\"", "\"On Break\"")] {
        let report = org.run(Goal::Apply, &everything().replace(right, wrong));
        let failure = report.failure.expect("a failure");
        assert_eq!(failure.kind, Kind::Usage);
        assert!(failure.message().contains(wrong), "{failure:#?}");
        assert!(failure.advice().iter().any(|hint| hint.contains("Setup > Presence Statuses")));
    }
}

#[test]
fn somebody_elses_class_stays_if_it_has_the_method() {
    let deploy = |org: &Org, body: &str| {
        let client = org.client();
        let mut bundle = Bundle::new(client.version());
        bundle.apex_class("sfdcOmniChannel", body, "Active").expect("a class");
        let archive = bundle.to_zip().expect("an archive");
        let options = DeployOptions::default();
        wait(client.metadata().deploy(archive, &options)).expect("a deploy");
        assert_eq!(org.query(CLASS)[0]["Body"], *body);
    };
    let org = Org::new();
    deploy(&org, "public class sfdcOmniChannel { String FETCHomnipresencestatuscodes () {} }");
    let report = org.apply(&everything());
    assert!(item(&report).notes[0].text().contains("is not changed"), "{:#?}", item(&report).notes);
    assert_eq!(org.query(CLASS).len(), 1);
    assert_eq!(org.query(OWN_ACCESS).len(), 4);
    assert_nothing_to_do(&org.apply(&everything()));

    let org = Org::new();
    deploy(&org, "public class sfdcOmniChannel {}");
    let failure = org.run(Goal::Apply, &everything()).failure.expect("a failure");
    assert_eq!(failure.kind, Kind::Refused);
    assert!(failure.message().contains("has no method fetchOmniPresenceStatusCodes"));
}

#[test]
fn a_class_that_does_not_compile_is_told_in_the_orgs_words() {
    let org = Org::new();
    let mut wanted = load(&everything()).desired;
    let recipe = wanted.connectors[0].recipe.omni_sync.code.as_mut().expect("a class");
    recipe.class.body = recipe.class.body.trim_end().trim_end_matches('}').to_owned();
    let report = org.run_desired(Goal::Apply, &wanted);
    let failure = report.failure.as_ref().expect("a failure");
    assert_eq!(failure.kind, Kind::Failed);
    let words =
        "ApexClass sfdcOmniChannel: Missing '}' at '<EOF>' (classes/sfdcOmniChannel.cls, line";
    assert!(failure.message().contains(words), "{}", failure.message());
    assert!(failure.advice()[0].contains("rolled back the whole deployment"), "{failure:#?}");
    assert_eq!(item(&report).outcome, ItemOutcome::Failed);
    assert_eq!(org.query(CLASS).len(), 0);
    // Once it compiles, the run goes on where it stopped.
    assert_settled(&org.apply(&everything()));
    assert_nothing_to_do(&org.apply(&everything()));
}

#[test]
fn an_org_that_does_not_show_access_to_statuses_is_said_so_and_believed() {
    let mut guesses = Guesses::default();
    guesses.presence_status_access_shown = false;
    let org = Org::with(Emulator::builder().guesses(guesses));
    let first = org.apply(&everything());
    assert_eq!(item(&first).outcome, ItemOutcome::Changed);
    let second = org.apply(&everything());
    assert_nothing_to_do(&second);
    assert!(item(&second).notes[0].text().contains("does not show who may take a presence status"));
}

#[test]
fn access_that_the_org_does_not_show_is_told_when_nobody_wants_it_any_more() {
    let mut guesses = Guesses::default();
    guesses.presence_status_access_shown = false;
    let org = Org::with(Emulator::builder().guesses(guesses));
    let profiles = "[omni_sync]\nprofiles = [\"Contact Center Agent\"]";
    assert_settled(&org.apply(&everything().replace("[omni_sync]", profiles)));
    let report = org.uninstall(&everything().replace("[omni_sync]", profiles));
    let told: Vec<String> =
        item(&report).notes.iter().map(provision::checklist::Note::text).collect();
    let words = "does not show whether it is still there: ";
    assert!(
        told.iter().any(|text| text.contains(words) && text.contains("Contact Center Agent")),
        "{told:?}"
    );
}

#[test]
fn state_sync_that_only_the_org_has_on_is_followed_too() {
    let org = Org::new();
    org.apply(&everything());
    let quiet = demo() + "\n[omni_sync]\npresence_statuses = [\"Available\"]\n";
    let report = org.run(Goal::Plan, &quiet);
    assert_eq!(report.outcome, Outcome::Changes, "{:#?}", report.failure);
    let fields: Vec<&str> = fields(&report).into_iter().map(|(_, field)| field).collect();
    assert_eq!(fields, ["servicePresenceStatusAccesses/Lunch"]);
}
