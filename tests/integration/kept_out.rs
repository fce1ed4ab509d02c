//! Orgs that let the caller do nothing at all: what is said, by `doctor` and by a run.

use provision::cli::code_of;
use provision::engine::Goal;
use provision::failure::Kind;
use serde_json::{Value, json};

use crate::desk::{Desk, Outcome};
use crate::support::{Org, demo};

/// An org in which every request meets that.
fn org(effect: &Value) -> Org {
    let org = Org::new();
    let faults = json!({"faults": [{"match": {}, "times": 100_000, "effect": effect}]});
    org.back_door_with("PUT", &format!("orgs/{}/faults", org.id), &faults);
    org
}

/// What `doctor` says, and the run's failure.
#[track_caller]
fn meets(effect: &Value, kind: Kind, id: &str, leads_to: &str) {
    let org = org(effect);
    let report = org.run(Goal::Apply, &demo());
    let failure = report.failure.as_ref().expect("a failure");
    let hints = failure.advice().join(" ");
    assert_eq!(failure.kind, kind, "{failure:#?}");
    assert!(hints.contains(leads_to), "{failure:#?}");
    let again = hints.to_lowercase().contains("run this again");
    assert_eq!(again, id == "org-open" && kind == Kind::Unreachable, "{failure:#?}");

    let desk = Desk::of(&org);
    let outcome = desk.run(&["--instance-url", &org.url, "doctor", "--output", "json"]);
    let document = outcome.exits(code_of(kind).into()).json();
    let check = &document["data"]["checks"][0];
    assert_eq!(check["id"], id, "{document:#}");
    assert_eq!(check["verdict"], "problem", "{document:#}");
    assert!(check["fix"].to_string().contains(leads_to), "{document:#}");
}

fn refusal(status: u16, code: &str, message: &str) -> Value {
    json!({"status": status, "code": code, "message": message})
}

#[test]
fn the_address_is_a_login_host() {
    let words = "Destination URL not reset. The URL returned from login must be set";
    let effect = refusal(400, "URL_NOT_RESET", words);
    meets(&effect, Kind::Authentication, "address", "Setup > My Domain");
}

#[test]
fn the_org_has_moved() {
    let effect = json!({"redirect": "https://new.my.salesforce.com/services/data/"});
    let leads_to = "--instance-url https://new.my.salesforce.com";
    meets(&effect, Kind::Authentication, "address", leads_to);
}

#[test]
fn something_leads_to_a_foreign_host() {
    let effect = json!({"redirect": "https://acme.my.salesforce.com.evil.example/"});
    meets(&effect, Kind::Refused, "address", "Do not use that host");
}

#[test]
fn a_passkey_is_asked_for() {
    let effect = json!({"redirect": "/_ui/identity/webauthn/Add"});
    meets(&effect, Kind::Authentication, "password", "passkey");
}

#[test]
fn no_org_is_at_the_address_any_more() {
    let org = Org::new();
    org.patch("world", &json!({ "logins": { "Barrier": "Gone" } }));
    let outcome = Desk::of(&org).run(&["--instance-url", &org.url, "doctor", "--output", "json"]);
    let check = outcome.exits(4).json()["data"]["checks"][0].take();
    assert_eq!(check["id"], "address", "{check:#}");
    assert!(check["fix"].to_string().contains("Setup > My Domain"), "{check:#}");
}

#[test]
fn the_session_is_not_trusted_enough() {
    let words = "This operation requires a session of a higher security level";
    let effect = refusal(403, "FORBIDDEN", words);
    meets(&effect, Kind::Authentication, "password", "multi-factor authentication");
}

#[test]
fn the_org_is_locked_or_its_trial_over() {
    let locked = refusal(403, "ORG_LOCKED", "The organization is locked.");
    meets(&locked, Kind::Authentication, "org-open", "Salesforce Support");
    let over = refusal(403, "TRIAL_EXPIRED", "The trial has expired.");
    meets(&over, Kind::Authentication, "org-open", "trial");
}

#[test]
fn the_org_is_under_maintenance() {
    let effect = refusal(500, "ORG_IN_MAINTENANCE", "Down.");
    meets(&effect, Kind::Unreachable, "org-open", "status.salesforce.com");
}

#[test]
fn the_password_has_expired() {
    let effect = refusal(403, "INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "Expired.");
    meets(&effect, Kind::Authentication, "password", "new password");
}

#[test]
fn the_network_or_the_hour_is_not_allowed() {
    let words = "Access from current IP address is not allowed";
    let network = refusal(403, "INSUFFICIENT_ACCESS", words);
    meets(&network, Kind::Authentication, "restrictions", "Login IP Ranges");
    let hour = refusal(403, "LOGIN_DURING_RESTRICTED_TIME", "Not now.");
    meets(&hour, Kind::Authentication, "restrictions", "Login Hours");
}

#[test]
fn the_app_or_the_user_may_not_use_the_api() {
    let words = "This session is not valid for use with the REST API";
    let session = refusal(401, "INVALID_SESSION_ID", words);
    meets(&session, Kind::Authentication, "api-access", "API Access Control");
    let client = refusal(403, "CLIENT_NOT_ACCESSIBLE_FOR_USER", "No.");
    meets(&client, Kind::Authentication, "api-access", "Permitted Users");
    let api = refusal(403, "API_DISABLED_FOR_ORG", "The REST API is not enabled.");
    meets(&api, Kind::Refused, "api-access", "API Enabled");
}

#[test]
fn the_my_domain_is_gone() {
    let desk = Desk::new();
    let gone = ["--instance-url", "https://gone.invalid", "doctor", "--output", "json"];
    let mut command = desk.command(&gone);
    command.env("PROVISION_ACCESS_TOKEN", "00D000000000001!made.up");
    let outcome = Outcome::of(command.output().expect("the program runs"));
    let document = outcome.exits(7).json();
    let check = &document["data"]["checks"][0];
    assert_eq!(check["id"], "address", "{document:#}");
    assert!(check["fix"].to_string().contains("My Domain was renamed"), "{document:#}");
}

/// As the emulator plays them at each of the org's APIs.
#[test]
fn each_barrier_is_explained_where_it_stands() {
    for (barrier, id, leads_to) in [
        ("UrlNotReset", "address", "Setup > My Domain"),
        ("Moved", "address", "host"),
        ("Gone", "address", "Setup > My Domain"),
        ("OrgLocked", "org-open", "Salesforce Support"),
        ("TrialExpired", "org-open", "trial"),
        ("PasswordExpired", "password", "new password"),
        ("IpRestricted", "restrictions", "Login IP Ranges"),
        ("SessionRestricted", "password", "multi-factor authentication"),
        ("AppNotAllowed", "api-access", "Permitted Users"),
        ("ApiNotEnabled", "api-access", "API Enabled"),
        ("NotForRest", "api-access", "API Access Control"),
    ] {
        let org = Org::new();
        org.patch("world", &json!({ "logins": { "Barrier": barrier } }));
        let report = org.run(Goal::Apply, &demo());
        let failure = report.failure.expect(barrier);
        let hints = failure.advice().join(" ");
        assert!(hints.contains(leads_to), "{barrier}: {failure:#?}");
        assert!(!hints.to_lowercase().contains("run this again"), "{barrier}: {failure:#?}");
        let desk = Desk::of(&org);
        let outcome = desk.run(&["--instance-url", &org.url, "doctor", "--output", "json"]);
        let document = outcome.exits(code_of(failure.kind).into()).json();
        let check = &document["data"]["checks"][0];
        assert_eq!(check["id"], id, "{barrier}: {document:#}");
        assert!(check["fix"].to_string().contains(leads_to), "{barrier}: {document:#}");
    }
}
