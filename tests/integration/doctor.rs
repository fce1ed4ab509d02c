//! `provision doctor`: what is wrong with an org, and why a user has no phone.

use insta::assert_snapshot;
use org_emulator::Emulator;
use provision::engine::{Goal, Removal};
use provision::failure::Kind;
use provision::model::Permission;
use serde_json::{Value, json};

use crate::budgets::{LATENCY, depth};
use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo, everything};

/// Looks at an org with a configuration.
pub(crate) fn doctor(org: &Org, configuration: &str, more: &[&str]) -> Outcome {
    let desk = Desk::of(org);
    desk.write("provision.toml", configuration);
    let state = org.state.path().to_str().expect("a path");
    let mut arguments =
        vec!["--instance-url", &org.url, "--state-dir", state, "doctor", "--output", "json"];
    arguments.extend(more);
    desk.run(&arguments)
}

/// The checks of a document by verdict: their ids.
pub(crate) fn ids(data: &Value, verdict: &str) -> Vec<String> {
    let checks = data["checks"].as_array().expect("a list of checks");
    checks
        .iter()
        .filter(|check| check["verdict"] == verdict)
        .map(|check| check["id"].as_str().expect("an id").to_owned())
        .collect()
}

/// An org whose administrator lacks permissions.
fn lacking(lacks: &[Permission]) -> Org {
    let given: Vec<String> = Permission::ALL
        .iter()
        .filter(|permission| !lacks.contains(permission))
        .map(|permission| permission.field().replacen("Permissions", "", 1))
        .collect();
    let seed = format!("seed = 1\n[permissions]\n\"System Administrator\" = {given:?}\n");
    Org::from_file(&seed, Emulator::builder())
}

/// A permission with what does instead of it, so that the user is without.
fn without(permission: Permission) -> Vec<Permission> {
    std::iter::once(permission).chain(permission.instead().iter().copied()).collect()
}

#[test]
fn an_org_that_was_set_up_is_fine_in_ten_requests() {
    let org = Org::late(LATENCY);
    org.apply(&everything());
    org.make_softphone_layouts(&crate::human::wanted());
    let before = org.world();
    org.forget_requests();
    let outcome = doctor(&org, &everything(), &[]);
    let requests = org.requests();
    assert!(requests.len() <= 10, "{requests:#?}");
    assert!(depth(&requests) <= 3, "{requests:#?}");
    let data = outcome.exits(0).json()["data"].take();
    // From 2027 on, the end of Open CTI is near.
    let mut not_fine = ids(&data, "warning");
    not_fine.retain(|id| id != "open-cti");
    assert_eq!(not_fine, [""; 0], "{data:#}");
    assert_eq!(ids(&data, "unknown"), [""; 0], "{data:#}");
    assert_eq!(org.world(), before);
}

#[test]
fn a_bare_org_is_ready_and_needs_no_configuration() {
    let org = Org::new();
    let desk = Desk::of(&org);
    org.forget_requests();
    let outcome = desk.run(&["--instance-url", &org.url, "doctor", "--output", "json"]);
    assert!(org.requests().len() <= 10, "{:#?}", org.requests());
    let document = outcome.exits(0).json();
    assert_eq!(document["outcome"], "done");
    let data = &document["data"];
    assert!(ids(data, "warning").contains(&"package".to_owned()), "{data:#}");
    assert_eq!(ids(data, "problem"), [""; 0]);
    assert!(data.get("user").is_none());
}

#[test]
fn each_missing_permission_is_the_one_that_is_named_and_apply_refuses_before_it_begins() {
    for permission in Permission::CHECKLIST {
        let org = lacking(&without(permission));
        let world = org.world();
        let outcome = doctor(&org, &everything(), &[]);
        let document = outcome.exits(5).json();
        assert_eq!(document["outcome"], "refused");
        let data = &document["data"];
        if permission == Permission::ApiEnabled {
            assert_eq!(ids(data, "problem"), ["api-access"], "{data:#}");
            assert!(outcome.out.contains("API Enabled"), "{outcome}");
        } else {
            let problems = ids(data, "problem");
            let field = permission.field().replacen("Permissions", "", 1);
            assert_eq!(problems, [format!("permission-{field}")], "{data:#}");
            assert!(outcome.out.contains("Setup > Permission Sets"), "{outcome}");
        }
        let desk = Desk::of(&org);
        desk.write("provision.toml", &everything());
        let apply = desk.run(&["--instance-url", &org.url, "apply", "--yes"]);
        apply.exits(5);
        assert!(apply.err.contains(permission.label()), "{apply}");
        // Without the API, doctor sees no more than that.
        let sees_more = permission != Permission::ApiEnabled;
        assert_eq!(apply.err.contains("doctor"), sees_more, "{apply}");
        assert_eq!(org.world(), world, "{permission:?}");
    }
}

#[test]
fn only_what_the_changes_need_is_asked_for() {
    // The demo deploys no Apex and assigns no permission set.
    let org = lacking(&[Permission::AuthorApex]);
    org.apply(&demo());
    // Nothing is left to do, so that nothing is needed.
    let url = format!("orgs/{}/world", org.id);
    let rights: Vec<&str> =
        vec!["ApiEnabled", "ViewSetup", "ModifyMetadata", "CustomizeApplication"];
    org.back_door_with("PATCH", &url, &json!({"permissions": {"System Administrator": rights}}));
    org.apply(&demo());
}

#[test]
fn an_uninstall_needs_its_own() {
    let org = Org::new();
    org.apply(&demo());
    let url = format!("orgs/{}/world", org.id);
    let rights: Vec<String> = Permission::ALL
        .iter()
        .filter(|permission| **permission != Permission::InstallPackages)
        .map(|permission| permission.field().replacen("Permissions", "", 1))
        .collect();
    org.back_door_with("PATCH", &url, &json!({"permissions": {"System Administrator": rights}}));
    let world = org.world();
    let report = org.remove(Goal::Apply, Removal::default(), &demo());
    let failure = report.failure.expect("a refusal");
    assert_eq!(failure.kind, Kind::Refused);
    assert!(failure.message().contains("Download AppExchange Packages"), "{}", failure.message());
    assert_eq!(org.world(), world);
}

#[test]
fn a_plan_says_what_apply_would_refuse() {
    let org = lacking(&[Permission::InstallPackages]);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let plan = desk.run(&["--instance-url", &org.url, "plan"]);
    plan.exits(0);
    assert!(plan.out.contains("Download AppExchange"), "{plan}");
    let document = desk.run(&["--instance-url", &org.url, "plan", "--output", "json"]).json();
    let notes = document["items"][0]["notes"].as_array().expect("notes of the package");
    let warnings: Vec<&str> = notes
        .iter()
        .filter(|note| note["warning"] == true)
        .filter_map(|note| note["text"].as_str())
        .collect();
    assert!(warnings[0].contains("Download AppExchange Packages"), "{warnings:?}");
}

#[test]
fn too_few_api_calls_are_a_limit() {
    let seed = "seed = 1\n[features]\nDailyApiRequests = 90\n";
    let org = Org::from_file(seed, Emulator::builder());
    let world = org.world();
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let apply = desk.run(&["--instance-url", &org.url, "apply", "--yes"]);
    apply.exits(7);
    assert!(apply.err.contains("too few API calls left"), "{apply}");
    assert_eq!(org.world(), world);
    let data = doctor(&org, &demo(), &[]).exits(5).json()["data"].take();
    assert_eq!(ids(&data, "problem"), ["api-calls"], "{data:#}");
}

#[test]
fn a_login_that_is_no_good_is_the_one_check() {
    let org = Org::new();
    let mut desk = Desk::of(&org);
    desk.token = Some(format!("{}!AQgoneForLong", &org.id[..15]));
    let outcome = desk.run(&["--instance-url", &org.url, "doctor"]);
    let text = outcome.exits(4).out.clone();
    assert_snapshot!(text, @"
    Doctor

    Login and permissions
      ✗ Login  Could not read the org: INVALID_SESSION_ID: Session expired or invalid
          → The access token is wrong, expired, or of another org. Get a new one, for example with `sf
            org auth show-access-token`, and put it into PROVISION_ACCESS_TOKEN.

    1 problem. It blocks `apply`.
    ");
    let document =
        desk.run(&["--instance-url", &org.url, "doctor", "--output", "json"]).exits(4).json();
    assert_eq!(document["outcome"], "unauthenticated");
    assert_eq!(document["data"]["checks"][0]["id"], "login");
}

#[test]
fn an_org_without_open_cti_is_told_so() {
    let seed = "seed = 1\n[features]\nCallCenter = false\n";
    let org = Org::from_file(seed, Emulator::builder());
    let data = doctor(&org, &demo(), &[]).exits(5).json()["data"].take();
    assert_eq!(ids(&data, "problem"), ["open-cti"], "{data:#}");
}

#[test]
fn another_version_and_a_missing_key_are_told() {
    let org = Org::new();
    let with_key = demo().replace("04tHp000000wXcZIAU", "04tHp000000wXcKIAU");
    let data = doctor(&org, &with_key, &[]).exits(5).json()["data"].take();
    assert_eq!(ids(&data, "problem"), ["package"], "{data:#}");
    org.apply(&demo());
    let older = demo().replace("04tHp000000wXcZIAU", "04tHp000000wXcAIAU");
    org.forget_requests();
    let data = doctor(&org, &older, &[]).exits(5).json()["data"].take();
    assert!(org.requests().len() <= 10, "{:#?}", org.requests());
    assert_eq!(ids(&data, "problem"), ["package"], "{data:#}");
}

#[test]
fn a_version_that_the_org_no_longer_speaks_is_asked_for_anew() {
    let org = Org::new();
    let id = provision::model::OrgId::parse(&org.id).expect("an id");
    let hints = provision::journal::Hints {
        api_version: Some("30.0".to_owned()),
        ..provision::journal::Hints::default()
    };
    let store = provision::journal::Store::at(org.state.path());
    store.org(&id).keep_hints(&hints).expect("hints are kept");
    let data = doctor(&org, &demo(), &[]).exits(0).json()["data"].take();
    assert_eq!(ids(&data, "problem"), [""; 0], "{data:#}");
}

#[test]
fn who_may_do_little_is_told_what_can_be_told() {
    let org = Org::new();
    let mut desk = Desk::of(&org);
    desk.token = org.emulated.access_token_of("grace.hopper@");
    let outcome = desk.run(&["--instance-url", &org.url, "doctor", "--output", "json"]);
    let data = outcome.exits(5).json()["data"].take();
    assert!(ids(&data, "problem").contains(&"permission-ViewSetup".to_owned()), "{data:#}");
    assert!(ids(&data, "unknown").contains(&"package".to_owned()), "{data:#}");
}

/// Why an agent has no phone: the answer, and the ids of the user's problems.
fn asked(org: &Org, user: &str) -> (String, Vec<String>) {
    org.forget_requests();
    let document = doctor(org, &demo(), &["--user", user]).json();
    assert!(org.requests().len() <= 14, "{:#?}", org.requests());
    let user = &document["data"]["user"];
    let answer = user["answer"].as_str().expect("an answer").to_owned();
    (answer, ids(user, "problem"))
}

const AGENT: &str = "alan.turing@northwind.example";

fn made(org: &Org, changes: &Value) {
    org.back_door_with("PATCH", &format!("orgs/{}/world", org.id), changes);
}

#[test]
fn an_agent_without_a_phone_is_told_why() {
    let org = Org::new();
    org.apply(&demo());
    let (answer, problems) = asked(&org, AGENT);
    // Nobody has logged in since the call center was given.
    assert_eq!(problems, ["user-login"], "{answer}");
    assert!(answer.contains("after the next login"), "{answer}");

    made(&org, &json!({"users": {AGENT: {"IsFrozen": true}}}));
    let (answer, problems) = asked(&org, AGENT);
    assert_eq!(problems, ["user-frozen", "user-login"], "{answer}");

    let others = org.query("SELECT Id FROM CallCenter WHERE InternalName = 'BrightCTI'");
    made(&org, &json!({"users": {AGENT: {"IsFrozen": false, "CallCenterId": others[0]["Id"]}}}));
    let (answer, problems) = asked(&org, AGENT);
    assert_eq!(problems, ["user-call-center"], "{answer}");
    assert!(answer.contains("another vendor's call center, BrightCTI"), "{answer}");

    made(&org, &json!({"users": {AGENT: {"CallCenterId": null}}}));
    let (answer, problems) = asked(&org, AGENT);
    assert_eq!(problems, ["user-call-center"], "{answer}");
    assert_eq!(answer, "Alan Turing is in no call center.");

    made(&org, &json!({"users": {AGENT: {"IsActive": false}}}));
    let (answer, _) = asked(&org, AGENT);
    assert!(answer.contains("is inactive"), "{answer}");
}

#[test]
fn apps_without_the_phone_are_a_problem() {
    let org = Org::new();
    org.apply(&demo());
    let bars = org.client();
    let bars: Vec<Value> =
        crate::support::wait(bars.tooling().query(&salesforce_client::Soql::new(
            "SELECT DeveloperName FROM FlexiPage WHERE Type = 'UtilityBar'",
        )))
        .expect("utility bars");
    let empty: serde_json::Map<String, Value> = bars
        .iter()
        .map(|bar| (bar["DeveloperName"].as_str().expect("a name").to_owned(), json!([])))
        .collect();
    made(&org, &json!({ "utility_bars": empty }));
    let data = doctor(&org, &demo(), &[]).exits(3).json()["data"].take();
    assert_eq!(ids(&data, "problem"), ["softphone-utility"], "{data:#}");
    let (_, problems) = asked(&org, AGENT);
    assert!(problems.contains(&"user-app".to_owned()), "{problems:?}");
}

#[test]
fn users_are_found_by_any_name_or_not_at_all() {
    let org = Org::new();
    for name in [AGENT, "Alan Turing"] {
        let (answer, _) = asked(&org, name);
        assert!(answer.starts_with("Alan Turing"), "{answer}");
    }
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let nobody = "Nobody O'Such \\";
    let outcome = desk.run(&["--instance-url", &org.url, "doctor", "--user", nobody]);
    let told = &outcome.exits(2).err;
    assert!(told.contains("Nobody O'Such"), "{told}");
    // A last name alone leads to whoever has it.
    let outcome = desk.run(&["--instance-url", &org.url, "doctor", "--user", "turing"]);
    let told = &outcome.exits(2).err;
    assert!(told.contains("Did you mean \"Alan Turing\"?"), "{told}");
}

#[test]
fn people_read_it_at_any_width() {
    let org = lacking(&[Permission::InstallPackages]);
    let desk = Desk::of(&org);
    desk.write("provision.toml", &demo());
    let outcome = desk.run(&["--instance-url", &org.url, "doctor"]);
    let text = outcome.exits(5).out.replace(&org.id, "00D…").replace(&org.url, "URL");
    // How many calls the org had counted by then depends on which request was quicker.
    let calls = text.find(" of 100000").expect("the calls that are left");
    let text = format!("{}99999{}", &text[..calls - 5], &text[calls..]);
    assert_snapshot!(text, @r#"
    Doctor for Northwind Support (sandbox, 00D…)

    Login and permissions
      ✓ Login                          ada.lovelace@northwind.example (Ada Lovelace) is logged in to
                                       "Northwind Support" (sandbox).
      ✓ API version                    68.0, which both the org and provision support.
      ✗ Download AppExchange Packages  Missing. It is needed for installing and uninstalling the
                                       package.
          → Tick "Download AppExchange Packages" in a permission set that the user has (Setup >
            Permission Sets > System Permissions), or in the user's profile (Setup > Profiles).
      ✓ Permissions                    The other 9 that provision needs.

    Org
      ✓ API calls         99999 of 100000 left for this 24-hour period.
      ✓ Edition           Enterprise Edition.
      ✓ My Domain         Not needed for an org on this machine.
      ✓ Open CTI          The org has it; Salesforce retires it on 28 February 2028.
      ✓ Salesforce Voice  It replaces Open CTI. Available: Enterprise Edition; Omni-Channel with 3
                          presence statuses. Missing: Cisco's package for it (cisco_wxcc_scv). Check by
                          hand: licences "Salesforce Voice User (Partner Telephony)" (not found under
                          its English name), Partner Telephony and Enhanced Omni-Channel in Setup,
                          Webex's add-on A-SF-VOICE in Control Hub.
      ✓ Work under way    No deployment or installation is running.

    Connector
      ! Package                   Not installed. The org is ready for the configured version.
          → Run `provision --instance-url URL apply`: it applies what is configured.
      ✓ Package licence           None: the package is not installed.
      ! Call center               The connector has no call center in this org yet.
          → Run `provision --instance-url URL apply`: it applies what is configured.
      ✓ Data centre               Not known yet: there is no call center.
      ✓ Call center settings      They are consistent, and everything they refer to exists.
      ! Screen pop                The softphone layout "Standard Softphone Layout" is not as configured;
                                  no API can change it.
          → Open URL/lightning/setup/SoftphoneLayouts/home (Setup > Feature Settings
            > Service > Call Center > Softphone Layouts). If an introduction appears, choose Continue.
          → Choose New, or Edit next to "Webex" if the list already has it.
          → Name: Webex
          → Tick Is Default Layout.
          → Select Call Type: Inbound
            - Display these salesforce.com objects: Account, Contact, Case
            - No matching records: Don't pop any screen
            - Single-matching record: Pop detail page
            - Multiple-matching records: Pop to search page
          → Choose Save.
      ✓ Omni-Channel state sync   Not switched on in the call center.
      ✓ Phone in the utility bar  In Service Console. Not in Sales.
      ✓ Leftovers                 No leftovers of an earlier installation.

    People
      ✓ Configured names             Every configured profile, user and permission set exists.
      ✓ Call center users            None yet: there is no call center.
      ✓ Other vendors' call centers  BrightCTI with 3 active users.
      ✓ Task page layout             It comes with the package.

    1 problem, 3 warnings, 27 passed. It blocks `apply`.
    "#);
}
