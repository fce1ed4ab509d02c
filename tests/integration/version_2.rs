//! The second generation of the connector, from a configuration to an org and back.

mod commands;

use jiff::Timestamp;
use org_emulator::{Emulator, Guesses, Seed};
use provision::checklist::rules;
use provision::config;
use provision::definitions::recipe;
use provision::engine::{Extent, Goal, Outcome, Removal, Report, Survey, WhenUnseen};
use provision::failure::Kind;
use provision::journal::Store;
use provision::model::{Diagnostic, PermissionSetAssignment};
use salesforce_client::metadata::{Bundle, DeployOptions, PermissionSetRecord};
use serde_json::{Value, json};

use crate::budgets::{LATENCY, depth};
use crate::desk::Desk;
use crate::support::{Org, assert_same_world, demo, load, wait};

const INTERNAL_NAME: &str = "wxCcCallCenter";

/// The configuration of `--org demo-v2`.
pub(crate) fn demo_of_version_2() -> String {
    config::built_in_demo_of_version_2().to_owned()
}

/// The same with everything switched on that it leaves out.
fn everything() -> String {
    demo_of_version_2().replace("data_center = \"us1\"", "data_center = \"eu1\"").replace(
        "[call_center.softphone]",
        "[call_center]\nwebrtc_domain = \"rtw.prod-eu1.rtmsprod.net\"\n\n\
             [call_center.omni_sync]\nenabled = true\npresence_status = \"Busy\"\nidle_code = \
             \"On a Salesforce call\"\n\n[permission_sets]\nassign = [\"Record_View\"]\n\n\
             [call_center.softphone]",
    )
}

fn told(report: &Report) -> String {
    let failure = report.failure.as_ref().expect("a failure");
    format!("{}\n{}", failure.message(), failure.advice().join("\n"))
}

/// Users who have the package's permission set.
fn holders(org: &Org) -> Vec<String> {
    let rows = org.query(
        "SELECT Assignee.Username FROM PermissionSetAssignment \
         WHERE PermissionSet.NamespacePrefix = 'cisco_wxcc'",
    );
    sorted(rows.iter().map(|row| &row["Assignee"]["Username"]))
}

fn sorted<'a>(names: impl Iterator<Item = &'a Value>) -> Vec<String> {
    let mut names: Vec<String> =
        names.map(|name| name.as_str().expect("a name").to_owned()).collect();
    names.sort();
    names
}

fn members(org: &Org) -> Vec<String> {
    let rows = org.query(
        "SELECT Username FROM User WHERE CallCenterId IN \
         (SELECT Id FROM CallCenter WHERE InternalName = 'wxCcCallCenter')",
    );
    sorted(rows.iter().map(|row| &row["Username"]))
}

#[test]
fn it_is_installed_verified_and_taken_out_again() {
    for configuration in [demo_of_version_2(), everything()] {
        let org = Org::new();
        let before = org.world();
        let report = org.apply(&configuration);
        // The softphone layout is for a person; nothing else is.
        assert_eq!(report.outcome, Outcome::NeedsHuman, "{report:#?}");
        let steps: Vec<&str> = report
            .items
            .iter()
            .filter(|item| !item.steps.is_empty())
            .map(|item| item.id.as_str())
            .collect();
        assert_eq!(steps, ["softphone-layout"]);

        assert!(!members(&org).is_empty());
        assert_eq!(holders(&org), members(&org), "every agent has the package's permission set");

        let verified = org.run(Goal::Verify, &configuration);
        assert!(verified.failure.is_none(), "{:#?}", verified.failure);
        let again = org.apply(&configuration);
        assert_eq!(again.outcome, Outcome::NeedsHuman);
        assert!(again.items.iter().all(|item| item.changes.iter().all(|it| !it.is_ours())));

        let report = org.uninstall(&configuration);
        assert_eq!(report.outcome, Outcome::Done, "{report:#?}");
        assert_eq!(org.world(), before);
        assert_eq!(org.uninstall(&configuration).outcome, Outcome::NothingToDo);
    }
}

#[test]
fn the_region_and_the_webrtc_domain_follow_the_data_center() {
    let value = |org: &Org, item: &str| {
        let world = org.world();
        let center = &world["call_centers"][INTERNAL_NAME];
        let sections = center["Sections"].as_array().expect("sections").iter();
        let items = sections.flat_map(|section| section["Items"].as_array().expect("items"));
        let found = items.into_iter().find(|it| it["Name"] == item).expect("the item");
        found["Value"].as_str().unwrap_or_default().to_owned()
    };
    let org = Org::new();
    org.apply(&demo_of_version_2());
    assert_eq!(value(&org, "openCtiWxCCRegion"), "us1");
    assert_eq!(value(&org, "wxccWebRtcDomain"), "rtw.prod-us1.rtmsprod.net");
    // Nobody makes one up where none is published.
    let elsewhere = demo_of_version_2().replace("\"us1\"", "\"eu2\"");
    let org = Org::new();
    org.apply(&elsewhere);
    assert_eq!(value(&org, "openCtiWxCCRegion"), "eu2");
    assert_eq!(value(&org, "wxccWebRtcDomain"), "");
    let said = rules::of_configuration(&load(&elsewhere).desired);
    let is_told = |it: &Diagnostic| it.message().contains("WebRTC domain is not configured");
    assert!(said.iter().any(is_told), "{said:?}");
}

/// Cisco has told the label of the permission set and not its API name; another one may have the same
/// label.
#[test]
fn the_permission_set_is_the_packages_whatever_others_are_called() {
    let org = Org::new();
    let client = org.client();
    let mut bundle = Bundle::new(client.version());
    let namesake = PermissionSetRecord {
        full_name: "Own_Agents".to_owned(),
        label: "Webex Contact Center Agent".to_owned(),
        description: String::new(),
        classes: Vec::new(),
        presence_statuses: Vec::new(),
        ..PermissionSetRecord::default()
    };
    bundle.permission_set(&namesake).expect("it can be packed");
    let archive = bundle.to_zip().expect("an archive");
    wait(client.metadata().deploy(archive, &DeployOptions::default())).expect("it is deployed");
    let report = org.apply(&demo_of_version_2());
    assert_eq!(report.outcome, Outcome::NeedsHuman, "{report:#?}");
    assert_eq!(holders(&org), members(&org));
    let sets = org.query(
        "SELECT NamespacePrefix FROM PermissionSet \
                          WHERE Label = 'Webex Contact Center Agent'",
    );
    assert_eq!(sets.len(), 2, "{sets:?}");
}

#[test]
fn users_of_version_1_are_moved_only_where_somebody_wants_that() {
    let org = Org::new();
    org.apply(&demo());
    let before = org.world();
    let report = org.run(Goal::Apply, &demo_of_version_2());
    assert_eq!(report.failure.as_ref().map(|it| it.kind), Some(Kind::Refused));
    assert!(told(&report).contains("with Version 1 of the connector"), "{}", told(&report));
    assert_eq!(org.world(), before);
}

#[test]
fn it_costs_as_little_as_the_first_generation() {
    let count =
        |requests: &[Value]| requests.iter().filter(|request| request["poll"] == false).count();
    for configuration in [demo_of_version_2(), everything()] {
        let mut org = Org::late(LATENCY);
        org.forget_requests();
        let report = org.apply(&configuration);
        assert_eq!(report.outcome, Outcome::NeedsHuman);
        let requests = org.requests();
        assert!(count(&requests) <= 24, "{} requests", count(&requests));
        assert!(depth(&requests) <= 10, "{} deep", depth(&requests));
        for goal in [Goal::Apply, Goal::Plan, Goal::Verify] {
            org.forget_requests();
            let report = org.run(goal, &configuration);
            assert!(report.failure.is_none(), "{:#?}", report.failure);
            let requests = org.requests();
            assert!(requests.len() <= 4, "{} requests", requests.len());
            assert_eq!(depth(&requests), 1);
        }
        // What earlier runs have learned of the org is forgotten.
        org.state = tempfile::TempDir::new().expect("another state directory");
        org.forget_requests();
        let report = org.run(Goal::Apply, &configuration);
        assert_eq!(report.outcome, Outcome::NeedsHuman, "{:#?}", report.failure);
        let requests = org.requests();
        assert!(requests.len() <= 8, "{} requests", requests.len());
        assert!(depth(&requests) <= 4, "{} deep", depth(&requests));
    }
}

/// Nobody has told of which generation of packaging it is.
#[test]
fn it_goes_whichever_generation_of_packaging_it_is_of() {
    for seed in [Seed::default(), first_generation()] {
        let org = Org::with(Emulator::builder().seed(seed));
        let before = org.world();
        org.apply(&demo_of_version_2());
        let report = org.remove(Goal::Apply, Removal::default(), &demo_of_version_2());
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        assert_eq!(org.world(), before);
    }
}

/// The package as one of the first generation of packaging.
fn first_generation() -> Seed {
    let seed = json!({"packages": {"04tUl000000VK45IAG": {"Package2ContainerOptions": null}}});
    Seed::parse(&seed.to_string()).expect("a seed")
}

#[test]
fn the_demo_offers_both_generations_and_status_tells_them_apart() {
    let desk = Desk::new();
    desk.run(&["--org", "demo-v2", "--yes"]).exits(0);
    let again = desk.run(&["--org", "demo-v2", "plan", "--check"]);
    assert!(again.exits(0).out.contains("Nothing to change"), "{again}");
    let status = desk.run(&["--org", "demo-v2", "status"]);
    let said = &status.exits(0).out;
    assert!(said.contains("1.1, Version 2 of the connector"), "{status}");
    assert!(said.contains("wxCcCallCenter, the connector's"), "{status}");
    // The other demo is another org.
    let first = desk.run(&["--org", "demo", "status"]);
    assert!(first.exits(0).out.contains("The package is not installed."), "{first}");
    desk.run(&["--org", "demo", "--yes"]).exits(0);
    let first = desk.run(&["--org", "demo", "status"]);
    assert!(first.exits(0).out.contains("Version 1 of the connector"), "{first}");
    let reset = desk.run(&["demo", "reset"]);
    assert!(reset.exits(0).out.contains("has been reset"), "{reset}");
    let gone = desk.run(&["--org", "demo-v2", "status"]);
    assert!(gone.exits(0).out.contains("The package is not installed."), "{gone}");
}

#[test]
fn what_is_there_of_version_2_is_written_down_and_changes_nothing() {
    for configuration in [demo_of_version_2(), everything()] {
        let org = Org::new();
        org.apply(&configuration);
        let desk = Desk::of(&org);
        let written = desk.run(&["--instance-url", &org.url, "init", "--from-org"]);
        let text = {
            written.exits(0);
            desk.read("provision.toml")
        };
        assert!(text.contains("recipe = \"webex-v2\""), "{text}");
        assert!(!text.contains("[task_layout]") && !text.contains("[custom_metadata"), "{text}");
        let plan = desk.run(&["--instance-url", &org.url, "plan", "--check"]);
        assert_eq!(plan.code, Some(0), "{plan}\n{text}");
        assert!(load(&text).desired.connectors[0].recipe.name == "webex-v2");
    }
}

#[test]
fn a_newcomer_chooses_the_version() {
    let desk = Desk::new();
    let said = desk.run(&["init", "--recipe", "webex-v2"]);
    assert!(said.exits(0).out.contains("Fill in the 2 places marked >>>"), "{said}");
    assert!(load(&desk.read("provision.toml")).desired.connectors[0].recipe.name == "webex-v2");
    let wrong = desk.run(&["init", "--recipe", "webex-v3", "--force"]);
    assert!(wrong.exits(2).err.contains("There is no recipe `webex-v3`."), "{wrong}");
    let doctor = desk.run(&["--org", "demo-v2", "doctor", "--verbose"]);
    assert!(!doctor.out.contains("CC012"), "{doctor}");
}

/// Whoever has the package's permission set and no call center stands in the way of an uninstallation.
#[test]
fn who_has_the_permission_set_without_a_call_center_is_seen() {
    let org = Org::new();
    org.apply(&demo_of_version_2());
    let set = org.query("SELECT Id FROM PermissionSet WHERE NamespacePrefix = 'cisco_wxcc'");
    let user =
        org.query("SELECT Id, Username FROM User WHERE CallCenterId = null AND IsActive = true");
    let fields = json!({ "AssigneeId": user[0]["Id"], "PermissionSetId": set[0]["Id"] });
    wait(org.client().create("PermissionSetAssignment", &fields)).expect("a record");
    let store = Store::at(org.state.path());
    let recipe = &recipe("webex-v2").expect("the recipe").recipe;
    // A doctor looks for one version alone.
    let client = org.client();
    let survey = Survey::take(
        &client,
        &store,
        None,
        recipe,
        Vec::new(),
        (Extent::Everything, WhenUnseen::Told),
        Timestamp::now(),
    );
    let survey = wait(survey).expect("the org is seen");
    let given = &survey.state.permission_set_assignments;
    let has = |it: &PermissionSetAssignment| user[0]["Username"] == it.username.as_str();
    assert!(given.iter().any(has), "{given:?}");
}

/// What agents read is told where nobody has said that it is meant.
#[test]
fn doctor_tells_of_a_missing_webrtc_domain() {
    let org = Org::new();
    let configuration = demo_of_version_2().replace("\"us1\"", "\"eu2\"");
    org.apply(&configuration);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &configuration);
    let doctor = desk.run(&["--instance-url", &org.url, "doctor"]);
    assert!(doctor.out.contains("WebRTC domain is not configured"), "{doctor}");
    let meant = configuration.replace(
        "[call_center.softphone]",
        "[call_center]\nwebrtc_domain = \"\"\n[call_center.softphone]",
    );
    desk.write("provision.toml", &meant);
    let doctor = desk.run(&["--instance-url", &org.url, "doctor"]);
    assert!(!doctor.out.contains("WebRTC domain is not configured"), "{doctor}");
}

const STATUS_HOLDERS: &str = "SELECT Assignee.Username FROM PermissionSetAssignment \
                              WHERE PermissionSet.Name = 'Webex_Contact_Center_Omni_Sync_V2'";

/// A look at the access alone, after a deploy, knows the statuses from the look before.
#[test]
fn state_sync_is_taken_out_at_once_where_the_org_refuses_a_semi_join() {
    let mut guesses = Guesses::default();
    guesses.presence_status_semi_join = false;
    let org = Org::with(Emulator::builder().guesses(guesses));
    let before = org.world();
    org.apply(&everything());
    org.uninstall(&everything());
    assert_same_world(&org.world(), &before, "after the uninstall");
}

/// The connector calls no class in this version, and agents take the presence status all the same.
#[test]
fn state_sync_gives_agents_the_presence_status() {
    let org = Org::new();
    let with_sync = everything();
    let without =
        with_sync.replace("[call_center.omni_sync]\nenabled = true", "[call_center.omni_sync]");
    org.apply(&without);
    assert_eq!(org.query(STATUS_HOLDERS).len(), 0);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &with_sync);
    let doctor = desk.run(&["--instance-url", &org.url, "doctor", "--verbose"]);
    assert!(!doctor.out.contains("Not switched on"), "{doctor}");
    assert!(doctor.out.contains("missing for state sync"), "{doctor}");
    let plan = desk.run(&["--instance-url", &org.url, "plan"]);
    assert!(plan.out.contains("Webex Contact Center Omni Sync (Version 2)"), "{plan}");
    org.apply(&with_sync);
    let given = org.query(STATUS_HOLDERS);
    assert_eq!(sorted(given.iter().map(|row| &row["Assignee"]["Username"])), members(&org));
    assert!(org.query("SELECT Id FROM ApexClass WHERE Name LIKE 'sfdcOmniChannel%'").is_empty());
    let member = &members(&org)[0];
    let outsiders = org.query(
        "SELECT Username FROM User WHERE CallCenterId = null AND IsActive = true AND UserType = 'Standard'",
    );
    let outsider = outsiders[0]["Username"].as_str().expect("a name");
    let says = |user: &str| {
        desk.run(&["--instance-url", &org.url, "doctor", "--verbose", "--user", user]).out
    };
    let of_member = says(member);
    assert!(of_member.contains("The user may take the presence status."), "{of_member}");
    assert!(of_member.contains("somebody may take its presence status"), "{of_member}");
    let of_outsider = says(outsider);
    assert!(of_outsider.contains("may take no presence status"), "{of_outsider}");
}
