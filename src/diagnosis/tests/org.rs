//! The login and the org.

use super::fixture::{evidence, org, org_of_version_2, refusing};
use super::{Health, check, diagnosed, is};
use crate::model::{
    Calls, Look, Observed, OrgState, Permission, PermissionSetLicence, Permissions, RunningDeploy,
    VoiceParts,
};

fn lacking(lacks: &[Permission]) -> Observed<Permissions> {
    Observed::Seen(Permission::ALL.into_iter().map(|each| (each, !lacks.contains(&each))).collect())
}

#[test]
fn a_missing_permission_is_named_and_blocks() {
    let (mut state, evidence) = (org(), evidence());
    state.permissions = lacking(&[Permission::InstallPackages, Permission::AuthorApex]);
    let found = check("permission-InstallPackaging", &state, &evidence);
    is(Health::Problem, "installing and uninstalling the package", &found);
    assert!(found.fix()[0].to_string().contains("Download AppExchange Packages"), "{found:?}");
    assert!(found.blocks && diagnosed(&state, &evidence).blocks());
    // Without a configuration nobody knows whether a class will be deployed.
    let found = check("permission-AuthorApex", &state, &evidence);
    is(Health::Warning, "not every configuration", &found);
}

#[test]
fn an_org_that_does_not_tell_permissions_blocks_nobody() {
    let (mut state, evidence) = (org(), evidence());
    state.permissions = Observed::refused("No such column".to_owned());
    let found = diagnosed(&state, &evidence);
    let unknown = found.checks.iter().filter(|check| check.health == Health::Unknown);
    assert_eq!(unknown.count(), Permission::CHECKLIST.len());
    assert!(!found.blocks());
    state.permissions = Observed::Seen([(Permission::ApiEnabled, true)].into_iter().collect());
    is(Health::Unknown, "no such field", &check("permission-AuthorApex", &state, &evidence));
}

#[test]
fn calls_must_last_for_what_is_to_be_done() {
    let (state, mut evidence) = (org(), evidence());
    // Without a configuration nobody knows how many are needed.
    evidence.calls = Observed::Seen(Calls { left: 10, max: 15_000 });
    is(Health::Warning, "10 of 15000", &check("api-calls", &state, &evidence));
    evidence.calls_needed = Some(200);
    for (left, health) in [(10, Health::Problem), (600, Health::Warning), (5_000, Health::Ok)] {
        evidence.calls = Observed::Seen(Calls { left, max: 15_000 });
        let found = check("api-calls", &state, &evidence);
        is(health, &format!("{left} of 15000"), &found);
        assert_eq!(found.blocks, health == Health::Problem);
    }
    evidence.calls_needed = Some(5);
    evidence.calls = Observed::Seen(Calls { left: 100, max: 15_000 });
    is(Health::Ok, "", &check("api-calls", &state, &evidence));
    evidence.calls = Observed::refused("API_DISABLED_FOR_ORG");
    is(Health::Unknown, "API_DISABLED_FOR_ORG", &check("api-calls", &state, &evidence));
}

#[test]
fn editions_without_apis_are_named() {
    for mut state in [org(), org_of_version_2()] {
        for (edition, health) in [
            ("Unlimited Edition", Health::Ok),
            ("Developer Edition", Health::Ok),
            ("Professional Edition", Health::Problem),
            ("Team Edition", Health::Problem),
        ] {
            state.edition = Observed::Seen(edition.to_owned());
            is(health, edition, &check("edition", &state, &evidence()));
        }
        state.edition = Observed::Unasked;
        is(Health::Unknown, "", &check("edition", &state, &evidence()));
    }
    let mut state = org_of_version_2();
    state.edition = Observed::Seen("Team Edition".to_owned());
    is(Health::Problem, "Cisco says", &check("edition", &state, &evidence()));
}

#[test]
fn an_address_of_no_org_of_its_own_is_told() {
    let (state, mut evidence) = (org(), evidence());
    for (url, health) in [
        ("https://acme.my.salesforce.com", Health::Ok),
        ("https://acme--uat.sandbox.my.salesforce.com:443/x", Health::Ok),
        ("http://127.0.0.1:8080/", Health::Ok),
        ("http://[::1]:8080", Health::Ok),
        ("https://na139.salesforce.com", Health::Problem),
        ("https://login.salesforce.com/", Health::Problem),
        ("https://proxy.example/", Health::Unknown),
        ("", Health::Unknown),
    ] {
        evidence.instance_url = url.to_owned();
        is(health, "", &check("my-domain", &state, &evidence));
    }
}

#[test]
fn the_end_of_open_cti_comes_nearer() {
    let (state, mut evidence) = (org(), evidence());
    for (at, health) in [
        ("2026-11-22T12:00:00Z", Health::Ok),
        ("2027-09-01T00:00:00Z", Health::Warning),
        ("2028-02-28T23:00:00Z", Health::Warning),
        ("2028-02-29T00:00:00Z", Health::Problem),
    ] {
        evidence.at = at.parse().unwrap();
        is(health, "28 February 2028", &check("open-cti", &state, &evidence));
    }
    let gone = refusing(org(), Look::CallCenters, true);
    let found = check("open-cti", &gone, &super::evidence());
    is(Health::Problem, "no call centers at all", &found);
    assert!(found.blocks);
    let hidden = refusing(org(), Look::CallCenters, false);
    is(Health::Unknown, "insufficient access", &check("open-cti", &hidden, &super::evidence()));
}

/// Nobody has to act on it yet, whatever the org lacks.
#[test]
fn what_salesforce_voice_needs_is_told_as_far_as_it_is_seen() {
    let (mut state, evidence) = (org(), evidence());
    let of = |state: &OrgState| check("salesforce-voice", state, &evidence);
    let told = of(&state);
    is(Health::Ok, "Available: Enterprise Edition; Omni-Channel with 2 presence statuses.", &told);
    is(
        Health::Ok,
        "Missing: Cisco's package for it (cisco_wxcc_scv). Check by hand: licences \"Salesforce Voice \
         User (Partner Telephony)\" (not found under its English name), Partner Telephony",
        &told,
    );
    let licence = |label: &str, total| {
        let (developer_name, label) = (String::new(), label.to_owned());
        PermissionSetLicence { developer_name, label, total, used: 1 }
    };
    state.permission_set_licences = Observed::Seen(vec![
        licence("Service Cloud Voice User (Partner Telephony)", 5),
        licence("Sales Engagement", 9),
    ]);
    is(Health::Ok, "; 5 licences", &of(&state));
    // One for several agents is not enough.
    state.permission_set_licences =
        Observed::Seen(vec![licence("Salesforce Voice User (Partner Telephony)", 1)]);
    let mut crowd = state.clone();
    for user in crowd.users.get_or_insert_default() {
        user.call_center = crowd.call_centers.iter().next().map(|row| row.id);
    }
    let agents = crowd.users.iter().filter(|user| user.active).count();
    assert!(agents > 1);
    let more = format!("Missing: {} more licences", agents - 1);
    is(Health::Ok, &more, &of(&crowd));
    is(Health::Ok, &format!("({agents} agents, 1 in the org)"), &of(&crowd));
    // What else it needs is looked at once Cisco's package for it is there.
    let mut begun = state.clone();
    let mut package = begun.packages[0].clone();
    package.namespace = Some("cisco_wxcc_scv".to_owned());
    begun.packages.get_or_insert_default().push(package);
    is(Health::Ok, "Not shown by the org: remote sites and certificates", &of(&begun));
    is(Health::Ok, "SCV Agent\" (none has this English name)", &of(&begun));
    let with = |state: &OrgState, sites: &[&str], certificates: &[&str]| {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let (sites, certificates) = (texts(sites), texts(certificates));
        let parts = VoiceParts { sites, certificates, unread_sites: 0 };
        of(&OrgState { voice_parts: Observed::Seen(parts), ..state.clone() })
    };
    let lacking = with(&begun, &["https://acme.my.salesforce-scrt.com/"], &[]);
    let told = "remote sites https://acme--cisco-wxcc-scv.my.salesforce-scrt.com, https://webexapis.com; \
                a self-signed certificate";
    is(Health::Ok, told, &lacking);
    let all = [
        "https://acme.my.salesforce-scrt.com",
        "https://acme--cisco-wxcc-scv.my.salesforce-scrt.com",
        "https://webexapis.com",
    ];
    let ready = with(&begun, &all, &["Voice"]);
    is(Health::Ok, "its remote sites; the certificate Voice", &ready);
    // What was not looked into is not missing.
    let (sites, certificates) = (vec![all[0].to_owned()], vec!["Voice".to_owned()]);
    let parts = VoiceParts { sites, certificates, unread_sites: 3 };
    let many = of(&OrgState { voice_parts: Observed::Seen(parts), ..begun.clone() });
    is(Health::Ok, "https://webexapis.com (3 remote sites were not looked into)", &many);
    is(Health::Ok, "Not shown by the org: remote sites https://acme--cisco", &many);
    // One status is not two, and is not told as if it were enough.
    crowd.presence_statuses.seen_mut().unwrap().truncate(1);
    is(Health::Ok, "Missing: two presence statuses", &of(&crowd));
    is(Health::Ok, "Omni-Channel. Missing", &of(&crowd));
    crowd.edition = Observed::Seen("Performance Edition".to_owned());
    is(Health::Ok, "Performance Edition; Omni-Channel", &of(&crowd));
    state.permission_set_licences = Observed::refused("hidden");
    is(Health::Ok, "Not shown by the org: licences", &of(&state));
    let off = refusing(org(), Look::PresenceStatuses, true);
    is(Health::Ok, "Missing: Omni-Channel; Cisco's", &of(&off));
    let hidden = refusing(org(), Look::PresenceStatuses, false);
    is(Health::Unknown, "insufficient access", &of(&hidden));
    state.edition = Observed::Seen("Professional Edition".to_owned());
    is(Health::Ok, "(Professional Edition is none)", &of(&state));
    state.edition = Observed::refused("hidden");
    is(Health::Unknown, "hidden", &of(&state));
}

#[test]
fn work_of_others_is_told_with_who_began_it() {
    let (mut state, evidence) = (org(), evidence());
    let (id, by) = ("0Af1".to_owned(), Some("Grace Hopper".to_owned()));
    state.running_deploys =
        Observed::Seen(vec![RunningDeploy { id, since: None, by, given_up: false }]);
    is(Health::Warning, "deploy 0Af1 of Grace Hopper", &check("busy", &state, &evidence));
}

#[test]
fn an_org_far_behind_is_odd() {
    let (state, mut evidence) = (org(), evidence());
    evidence.newest = Some("70.0".to_owned());
    is(Health::Ok, "up to 70.0", &check("api-version", &state, &evidence));
    evidence.spoken = "58.0".to_owned();
    is(Health::Warning, "made for 68.0", &check("api-version", &state, &evidence));
}
