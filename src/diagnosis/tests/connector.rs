//! The connector in the org.

use super::configured::wanted;
use super::fixture::{app, bar, evidence, org, refusing, softphone};
use super::{Checkup, Diagnosis, Health, check, is};
use crate::checklist::inventory::fixture::records;
use crate::checklist::{Past, plan};
use crate::model::org_fixture::id;
use crate::model::{
    Access, Generation, Granted, Holder, InstalledPackage, ItemKey, Look, Observed, Offer,
    OfferedVersion, OrgState, PackageLicence, PackageVersionId, ScreenPop, Version,
};

fn set(state: &mut OrgState, item: &str, value: &str) {
    let center = state.call_center.found_mut().unwrap();
    let key: ItemKey = center.items().find(|(key, _)| key.item == item).unwrap().0;
    center.item_mut(&key).unwrap().value = value.to_owned();
}

#[test]
fn a_package_that_is_not_there_is_worth_a_word() {
    let (mut state, evidence) = (org(), evidence());
    state.packages[0].namespace = Some("other".to_owned());
    is(Health::Unknown, "lists no package", &check("package", &state, &evidence));
    state.layouts.get_or_insert_default().clear();
    is(Health::Warning, "another version of it", &check("package", &state, &evidence));
    state.packages.get_or_insert_default().clear();
    is(Health::Warning, "Not installed.", &check("package", &state, &evidence));
    let refused = refusing(state, Look::Packages, true);
    is(Health::Unknown, "insufficient access", &check("package", &refused, &evidence));
}

/// Another package of the connector's namespace.
fn namesake(state: &OrgState) -> InstalledPackage {
    InstalledPackage {
        name: "Another of the same vendor".to_owned(),
        package_id: Some(id("033", 7)),
        version_id: Some(PackageVersionId::parse("04t000000000007").unwrap()),
        generation: Generation::Second,
        ..state.packages[0].clone()
    }
}

#[test]
fn another_package_of_the_namespace_is_not_the_connector() {
    let (mut state, evidence, loaded) = (org(), evidence(), wanted(""));
    let desired = &loaded.desired.connectors[0];
    let other = namesake(&state);
    let judge = |state: &OrgState| {
        let plan = plan(desired, state, &Past::default());
        let found = Diagnosis::of(&Checkup::new(state, &evidence, Some((desired, &plan))));
        found.checks.into_iter().find(|check| check.id == "package").expect("the check")
    };
    state.packages.get_or_insert_default().insert(0, other.clone());
    assert!(judge(&state).evidence().starts_with("Webex"), "{:?}", judge(&state));
    is(Health::Warning, "several packages", &check("package", &state, &evidence));
    let offer = Offer {
        package_id: Some(id("033", 1)),
        package: None,
        version: Version { major: 1, minor: 10, patch: 0 },
        status: "NO_ERRORS_DETECTED".to_owned(),
        sites: Vec::new(),
    };
    let version = desired.package.version;
    state.offered = Observed::Seen(OfferedVersion { id: version, answer: Ok(offer) });
    state.packages = Observed::Seen(vec![other]);
    let absent = judge(&state);
    is(Health::Warning, "Another package of its namespace is installed: Another", &absent);
    assert!(absent.evidence().starts_with("Not installed."), "{absent:?}");
}

#[test]
fn licences_that_differ_are_nobodys() {
    let (state, mut evidence) = (org(), evidence());
    let licence = PackageLicence {
        id: "050000000000001".to_owned(),
        namespace: Some("ciscocjs".to_owned()),
        status: "Active".to_owned(),
        allowed: Some(5),
        used: 3,
        ends: None,
    };
    let other = PackageLicence { id: "050000000000002".to_owned(), ..licence.clone() };
    evidence.licences = Observed::Seen(vec![licence.clone(), other.clone()]);
    is(Health::Ok, "3 of 5", &check("package-licence", &state, &evidence));
    let other = PackageLicence { used: 5, ..other };
    evidence.licences = Observed::Seen(vec![licence, other]);
    is(Health::Unknown, "2 licences", &check("package-licence", &state, &evidence));
}

#[test]
fn licences_end_and_run_out_of_seats() {
    let (state, mut evidence) = (org(), evidence());
    for (status, allowed, used, health, part) in [
        ("Active", None, 3, Health::Ok, "everybody"),
        ("Active", Some(5), 3, Health::Ok, "3 of 5"),
        ("Active", Some(5), 5, Health::Warning, "All 5"),
        ("Trial", None, 0, Health::Warning, "until 2026-12-01"),
        ("Expired", None, 0, Health::Problem, "expired"),
    ] {
        evidence.licences = Observed::Seen(vec![PackageLicence {
            id: "050000000000001".to_owned(),
            namespace: Some("ciscocjs".to_owned()),
            status: status.to_owned(),
            allowed,
            used,
            ends: Some("2026-12-01".to_owned()),
        }]);
        is(health, part, &check("package-licence", &state, &evidence));
    }
}

#[test]
fn a_call_center_of_an_older_definition_lacks_what_is_new() {
    let (mut state, evidence) = (org(), evidence());
    state.call_centers[0].internal_name = "WebexCCAgentDesktopV20220220".to_owned();
    is(Health::Warning, "older definition", &check("call-center", &state, &evidence));
    state.call_centers[0].internal_name = "wxCcCallCenter".to_owned();
    is(Health::Warning, "Version 2", &check("call-center", &state, &evidence));
    state.call_centers.get_or_insert_default().remove(0);
    is(Health::Warning, "no call center in this org", &check("call-center", &state, &evidence));
}

#[test]
fn two_data_centres_are_one_too_many() {
    let (mut state, evidence) = (org(), evidence());
    state.custom_metadata.records = records("eu1");
    let found = check("data-center", &state, &evidence);
    is(Health::Problem, "the package's settings says eu1", &found);
    state.custom_metadata.records.clear();
    is(Health::Unknown, "are hidden", &check("data-center", &state, &evidence));
    state.call_centers[0].adapter_url = Some("https://desktop.example/".to_owned());
    is(Health::Warning, "no data centre that", &check("data-center", &state, &evidence));
    state.call_centers[0].adapter_url = None;
    is(Health::Problem, "no URL", &check("data-center", &state, &evidence));
}

#[test]
fn calls_open_nothing_or_too_much() {
    let (mut state, evidence) = (org(), evidence());
    state.softphone = Observed::Seen(Some(softphone(ScreenPop::Nothing, ScreenPop::Nothing)));
    is(Health::Problem, "opens nothing", &check("screen-pop", &state, &evidence));
    state.softphone = Observed::Seen(None);
    is(Health::Warning, "no softphone layout", &check("screen-pop", &state, &evidence));
    state.softphone =
        Observed::Seen(Some(softphone(ScreenPop::New("Contact".to_owned()), ScreenPop::Detail)));
    is(Health::Ok, "", &check("screen-pop", &state, &evidence));
    set(&mut state, "isNoRecordMatchScenarioEnabled", "true");
    is(Health::Problem, "two pages", &check("screen-pop", &state, &evidence));
}

#[test]
fn state_sync_needs_omni_channel_a_class_and_access() {
    let (mut state, evidence) = (org(), evidence());
    set(&mut state, "isOmniStateSyncEnabled", "true");
    is(Health::Problem, "does not exist", &check("omni-channel", &state, &evidence));
    state.omni.seen_mut().unwrap().classes.push(crate::model::ApexClass {
        name: "sfdcOmniChannel".to_owned(),
        status: "Inactive".to_owned(),
        body: String::new(),
    });
    is(Health::Problem, "inactive", &check("omni-channel", &state, &evidence));
    state.omni.seen_mut().unwrap().classes[0].status = "Active".to_owned();
    is(Health::Problem, "Only administrators", &check("omni-channel", &state, &evidence));
    let give = |state: &mut OrgState, to: Granted| {
        let holder = Holder::PermissionSet("Agents".to_owned());
        state.omni.seen_mut().unwrap().access.push(Access { holder, to });
    };
    give(&mut state, Granted::ApexClass("sfdcOmniChannel".to_owned()));
    // The status is needed as much as the class.
    set(&mut state, "defaultOmniStateForCall", "Gone");
    is(
        Health::Problem,
        "has no presence status \"Gone\"",
        &check("omni-channel", &state, &evidence),
    );
    set(&mut state, "defaultOmniStateForCall", "");
    is(Health::Problem, "names no presence status", &check("omni-channel", &state, &evidence));
    let status = state.presence_statuses[0].clone();
    set(&mut state, "defaultOmniStateForCall", &status.label);
    is(Health::Unknown, "who may take", &check("omni-channel", &state, &evidence));
    give(&mut state, Granted::PresenceStatus("another".to_owned()));
    is(Health::Problem, "Nobody may take", &check("omni-channel", &state, &evidence));
    give(&mut state, Granted::PresenceStatus(status.api_name));
    is(Health::Ok, "take the presence status", &check("omni-channel", &state, &evidence));
    state.presence_statuses = Observed::Unasked;
    is(Health::Problem, "Omni-Channel is off", &check("omni-channel", &state, &evidence));
}

#[test]
fn apps_without_the_phone_are_told() {
    let (mut state, evidence) = (org(), evidence());
    state.apps =
        Observed::Seen(vec![app("Sales", Some("Other")), app("Service", Some("WebexBar"))]);
    state.utility_bars =
        Observed::Seen(vec![bar("WebexBar", &["opencti:softPhone"]), bar("Other", &[])]);
    is(Health::Ok, "In Service. Not in Sales.", &check("softphone-utility", &state, &evidence));
    state.utility_bars = Observed::Seen(vec![bar("WebexBar", &[]), bar("Other", &[])]);
    is(Health::Problem, "No Lightning app", &check("softphone-utility", &state, &evidence));
    state.utility_bars = Observed::Seen(Vec::new());
    is(Health::Unknown, "does not show", &check("softphone-utility", &state, &evidence));
    state.utility_bars = Observed::refused("no access");
    is(Health::Unknown, "no access", &check("softphone-utility", &state, &evidence));
    state.apps = Observed::Seen(vec![{
        let mut own = app("Webex Contact Center", None);
        own.namespace = Some("ciscocjs".to_owned());
        own
    }]);
    state.utility_bars = Observed::Seen(Vec::new());
    is(
        Health::Problem,
        "not even the connector's own",
        &check("softphone-utility", &state, &evidence),
    );
}

#[test]
fn the_connectors_own_app_may_have_lost_the_phone() {
    let (mut state, evidence) = (org(), evidence());
    let mut own = app("Webex Contact Center", Some("Own"));
    own.namespace = Some("ciscocjs".to_owned());
    let mut own_bar = bar("Own", &["omni:util"]);
    own_bar.namespace = Some("ciscocjs".to_owned());
    state.apps = Observed::Seen(vec![own, app("Service", Some("WebexBar"))]);
    state.utility_bars = Observed::Seen(vec![own_bar, bar("WebexBar", &["opencti:softPhone"])]);
    is(Health::Warning, "not in the utility bar", &check("softphone-utility", &state, &evidence));
}

#[test]
fn remains_are_told() {
    let (mut state, evidence) = (org(), evidence());
    state.users[0].active = false;
    is(Health::Warning, "", &check("leftovers", &state, &evidence));
}
