//! What comes between a link and Setup: pages that wait for a person, and pages that let nobody in.

use std::time::Duration;

use org_emulator::{Emulator, Seed};
use serde_json::json;
use setup_browser::{Entry, Task, Trouble, carry_out};

use crate::person::{
    NODE, Person, at_once, browser, drive, emulator, host, kept, link, small, speak,
};

#[test]
fn a_person_is_waited_for_and_then_it_goes_on_by_itself() {
    at_once(&["login", "passkey", "verification"], |entrance| {
        let emulator = emulator(json!({"entrance": entrance, "introduction": false}));
        let org = emulator.org();
        let person = Person::at(&org);
        let Some(done) = drive(&org, &person, &Task::SetUp(small()), None) else { return };
        done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
        assert_eq!(person.story()[0], format!("waits: {entrance}"));
        assert_eq!(kept(&org, "Webex")["is_default"], true);
    });
}

#[test]
fn a_login_that_ends_at_home_goes_on_to_setup() {
    let emulator = emulator(json!({"entrance": "home", "introduction": false}));
    let org = emulator.org();
    let person = Person::at(&org);
    // A page that says the same for so long is looked at no longer.
    let folder = tempfile::tempdir().unwrap();
    let evidence = Some(folder.path().join("evidence"));
    let Some(done) = drive(&org, &person, &Task::SetUp(small()), evidence) else { return };
    done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    let waits = person.story().iter().filter(|it| it.starts_with("waits")).count();
    assert_eq!(waits, 1, "at the login, and not at home: {:#?}", person.story());
    assert_eq!(kept(&org, "Webex")["is_default"], true);
}

#[test]
fn whoever_may_not_see_setup_is_told_that() {
    let emulator = emulator(json!({"surprise": "no-setup"}));
    let org = emulator.org();
    let person = Person::at(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let task = Task::SetUp(small());
    let Some(done) = drive(&org, &person, &task, Some(evidence.clone())) else { return };
    assert_eq!(done.unwrap_err().trouble, Trouble::NoSetup);
    assert_eq!(person.story(), Vec::<String>::new(), "nobody is waited for");
    assert!(!evidence.exists(), "what is on somebody's home page is kept nowhere");
}

#[test]
fn nobody_is_waited_for_for_ever() {
    let emulator = emulator(json!({"entrance": "passkey"}));
    let org = emulator.org();
    let person = Person::absent_from(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let task = Task::SetUp(small());
    let Some(done) = drive(&org, &person, &task, Some(evidence.clone())) else { return };
    assert_eq!(done.unwrap_err().trouble, Trouble::Unattended("passkey"));
    assert!(!evidence.exists(), "what was typed on the way in is kept nowhere");
}

#[test]
fn a_session_that_ends_on_the_way_is_waited_for() {
    let emulator =
        emulator(json!({"introduction": false, "lightning": false, "surprise": "login-again"}));
    let org = emulator.org();
    let person = Person::at(&org);
    let Some(done) = drive(&org, &person, &Task::SetUp(small()), None) else { return };
    done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    assert!(person.story().contains(&"waits: login".to_owned()), "{:#?}", person.story());
    assert_eq!(kept(&org, "Webex")["is_default"], true);
}

#[test]
fn a_login_page_in_the_middle_is_no_evidence() {
    let emulator =
        emulator(json!({"introduction": false, "lightning": false, "surprise": "login-again"}));
    let org = emulator.org();
    let person = Person::absent_from(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let task = Task::SetUp(small());
    let Some(done) = drive(&org, &person, &task, Some(evidence.clone())) else { return };
    assert_eq!(done.unwrap_err().trouble, Trouble::Unattended("login"));
    assert!(!evidence.exists());
}

#[test]
fn another_orgs_setup_is_left_alone() {
    let (ours, other) = (emulator(json!({})), emulator(json!({"introduction": false})));
    let (org, production) = (ours.org(), other.org());
    let Some(browser) = browser() else { return };
    let before = production.world();
    let person = Person::at(&production);
    let folder = tempfile::tempdir().unwrap();
    let entry = Entry {
        browser,
        address: link(&production, NODE),
        setup: format!("{}{NODE}", production.url()),
        org: host(&org),
        person: Duration::from_secs(60),
        page: Duration::from_secs(20),
        evidence: Some(folder.path().join("evidence")),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stopped = runtime.block_on(carry_out(&entry, &Task::SetUp(small()), &person)).unwrap_err();
    let wanted = Trouble::OtherOrg { wanted: host(&org), seen: host(&production) };
    assert_eq!((stopped.trouble, stopped.may_have_saved), (wanted, false));
    assert_eq!(stopped.evidence.len(), 0, "another org's pages are nobody's business");
    assert_eq!(person.story(), Vec::<String>::new(), "nothing was pressed");
    assert_eq!(production.world(), before);
}

#[test]
fn an_address_that_leads_nowhere_is_told_at_once() {
    let emulator = emulator(json!({}));
    let org = emulator.org();
    let Some(browser) = browser() else { return };
    let free = scripted_server::unused_address();
    let entry = Entry {
        browser,
        address: format!("http://{free}/secur/frontdoor.jsp?otp=secret"),
        setup: format!("http://{free}{NODE}"),
        org: host(&org),
        person: Duration::from_secs(60),
        page: Duration::from_secs(20),
        evidence: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let person = Person::at(&org);
    let stopped = runtime.block_on(carry_out(&entry, &Task::SetUp(small()), &person)).unwrap_err();
    let said = stopped.trouble.to_string();
    assert!(said.contains("net::ERR_CONNECTION_REFUSED") && !said.contains("otp"), "{said}");
}

/// All but "Manage Call Centers".
const PERMITTED: [&str; 4] = ["ApiEnabled", "ViewSetup", "ManageUsers", "ManageInternalUsers"];

/// An org whose administrators may see Setup, and no softphone layouts.
fn refusing(language: &str) -> Emulator {
    let seed = Seed::number(1).permissions("System Administrator", PERMITTED);
    let emulator = Emulator::builder().users(5).seed(seed).start().unwrap();
    speak(&emulator.org(), language);
    emulator
}

#[test]
fn a_missing_permission_is_told_by_its_name() {
    let cases = [("en_US", "Insufficient Privileges"), ("de", "Unzureichende Berechtigungen")];
    at_once(&cases, |(language, words)| {
        let emulator = refusing(language);
        let org = emulator.org();
        let person = Person::at(&org);
        let Some(done) = drive(&org, &person, &Task::SetUp(small()), None) else { return };
        let stopped = done.unwrap_err();
        assert_eq!(stopped.trouble, Trouble::NoAccess { seen: (*words).to_owned() });
        let said = stopped.trouble.to_string();
        assert!(said.contains("the permission \"Manage Call Centers\""), "{said}");
        assert_eq!(person.story(), Vec::<String>::new(), "nobody is waited for");
    });
}
