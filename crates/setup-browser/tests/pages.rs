//! A real browser without a window drives the emulator's pages of Setup, in every way in which they are
//! made. Without Chromium these tests skip, saying so; with `PROVISION_REQUIRE_CLIENTS` set they fail.

#![expect(clippy::print_stderr, reason = "a test that skips says so")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use futures_util::future::BoxFuture;
use org_emulator::{EmulatedOrg, Emulator, Seed};
use serde_json::{Value, json};
use setup_browser::{
    Browser, Call, CallKind, Entry, Gate, Layout, Outcome, Pop, Removal, Saving, Step, Stopped,
    Task, Trouble, Watcher, Window, carry_out,
};

const NODE: &str = "/lightning/setup/SoftphoneLayouts/home";

fn browser() -> Option<Browser> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = Browser::find(std::env::split_paths(&folders)).map(Browser::hidden);
    if found.is_none() {
        let message = "no Chrome or Chromium here";
        assert!(std::env::var_os("PROVISION_REQUIRE_CLIENTS").is_none(), "{message}");
        eprintln!("skipped: {message}");
    }
    found
}

/// Says yes, is the person at the pages before Setup, and remembers everything.
struct Person<'o> {
    org: &'o EmulatedOrg,
    agrees: bool,
    present: bool,
    seen: Mutex<Vec<String>>,
}

impl<'o> Person<'o> {
    fn at(org: &'o EmulatedOrg) -> Self {
        Self { org, agrees: true, present: true, seen: Mutex::default() }
    }

    fn note(&self, text: String) {
        self.seen.lock().unwrap().push(text);
    }

    fn story(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

impl Watcher for Person<'_> {
    fn waits(&self, gate: Gate) {
        self.note(format!("waits: {}", gate.name()));
        if self.present {
            self.org.finish_logins();
        }
    }

    fn step(&self, step: &Step) {
        self.note(step.to_string());
    }

    fn saved(&self, what: &str) -> BoxFuture<'_, ()> {
        self.note(format!("saved: {what}"));
        Box::pin(std::future::ready(()))
    }

    fn remember(&self, before: &Outcome) -> BoxFuture<'_, Result<(), String>> {
        let replaced = before.replaced.iter().map(|it| format!("{:?}={}", it.field, it.before));
        let replaced: Vec<String> = replaced.collect();
        self.note(format!("remembered: made={} [{}]", before.made, replaced.join("; ")));
        Box::pin(std::future::ready(Ok(())))
    }

    fn may_save(&self, saving: &Saving) -> bool {
        let values = saving.values.iter().map(|(field, value)| format!("{field} = {value}"));
        let values: Vec<String> = values.collect();
        self.note(format!("asked: {} [{}]", saving.what, values.join("; ")));
        self.agrees
    }
}

/// A link into Setup, as `singleaccess` makes it.
fn link(org: &EmulatedOrg, page: &str) -> String {
    let host = org.url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /services/oauth2/singleaccess?redirect_uri={page} HTTP/1.1\r\nHost: {host}\r\n\
         Authorization: Bearer {}\r\nConnection: close\r\n\r\n",
        org.access_token()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let body: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    body["frontdoor_uri"].as_str().unwrap().to_owned()
}

fn host(org: &EmulatedOrg) -> String {
    org.url().trim_start_matches("http://").to_owned()
}

fn emulator(pages: Value) -> Emulator {
    let seed = Seed::number(1).setup_pages(pages);
    let changes =
        json!({"components": [{"Type": "Flow", "FullName": "Greet_Caller", "RefersTo": []}]});
    let changes = serde_json::from_value(changes).unwrap();
    Emulator::builder().users(5).seed(seed.changes(changes)).start().unwrap()
}

fn drive(
    org: &EmulatedOrg,
    person: &Person<'_>,
    task: &Task,
    evidence: Option<PathBuf>,
) -> Option<Result<Outcome, Stopped>> {
    let entry = Entry {
        browser: browser()?,
        address: link(org, NODE),
        setup: format!("{}{NODE}", org.url()),
        org: host(org),
        person: if person.present { Duration::from_secs(60) } else { Duration::from_secs(1) },
        // Whoever expects a surprise waits for it; everybody else has patience with a busy machine.
        page: Duration::from_millis(if evidence.is_some() { 4_000 } else { 20_000 }),
        evidence,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let done = runtime.block_on(carry_out(&entry, task, person));
    assert!(!format!("{entry:?}").contains("otp"), "the link is shown to nobody");
    Some(done)
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn layout() -> Layout {
    Layout {
        name: "Webex".to_owned(),
        default: true,
        calls: vec![
            Call {
                kind: CallKind::Inbound,
                objects: Some(texts(&["Account", "Contact", "Case"])),
                opens_in: Some(Window::New),
                pops: [Some(Pop::New("Contact".to_owned())), Some(Pop::Detail), Some(Pop::Search)],
            },
            Call {
                kind: CallKind::Outbound,
                objects: Some(texts(&["Account", "Contact", "Lead"])),
                opens_in: Some(Window::Existing),
                pops: [
                    Some(Pop::Flow("Greet_Caller".to_owned())),
                    Some(Pop::Page("Caller_Page".to_owned())),
                    None,
                ],
            },
        ],
        profiles: Vec::new(),
    }
}

fn removal() -> Task {
    Task::Remove(Removal {
        name: "Webex".to_owned(),
        defaults: texts(&["Standard Softphone Layout"]),
        deletes: true,
        profiles: Vec::new(),
    })
}

/// The layout of that name in the world.
fn kept(org: &EmulatedOrg, name: &str) -> Value {
    org.world()["softphone_layouts"][name].clone()
}

/// What a call type of it opens, as one text.
fn pops(layout: &Value, kind: &str) -> String {
    let kinds = layout["call_types"].as_array().unwrap();
    let kind = kinds.iter().find(|it| it["name"] == kind).unwrap();
    let options = kind["screen_pop_options"].clone();
    let mut shown: Vec<String> = ["NoMatch", "SingleMatch", "MultipleMatches"]
        .iter()
        .filter_map(|outcome| {
            let option = match &options {
                Value::Object(options) => options.get(*outcome).cloned(),
                Value::Array(options) => {
                    options.iter().find(|it| it["match_type"] == *outcome).cloned()
                }
                _ => None,
            }?;
            let text = |name: &str| option[name].as_str().unwrap_or_default().to_owned();
            Some(format!("{outcome}={} {}", text("screen_pop_type"), text("screen_pop_data")))
        })
        .collect();
    shown.push(kind["screen_pops_open_within"].as_str().unwrap_or_default().to_owned());
    let sections = match &kind["sections"] {
        Value::Object(sections) => sections.keys().cloned().collect::<Vec<_>>(),
        Value::Array(sections) => {
            sections.iter().map(|it| it["entity_api_name"].as_str().unwrap().to_owned()).collect()
        }
        _ => Vec::new(),
    };
    shown.push(sections.join("+"));
    shown.join(", ")
}

/// Makes the layout and takes it away again, on pages that are made like that.
fn there_and_back(pages: Value, language: &str) {
    let save = if language == "de" { "Speichern" } else { "Save" };
    let emulator = emulator(pages);
    let org = emulator.org();
    speak(&org, language);
    let before = org.world()["softphone_layouts"].clone();
    let person = Person::at(&org);
    let Some(done) = drive(&org, &person, &Task::SetUp(layout()), None) else { return };
    let outcome = done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    assert_eq!(outcome.former_default.as_deref(), Some("Standard Softphone Layout"));
    assert!(outcome.made);
    let story = person.story();
    let place = |begin: &str| story.iter().position(|it| it.starts_with(begin));
    let remembered = place("remembered: made=true").unwrap();
    assert!(place("asked: ").unwrap() < remembered, "a person comes first: {story:#?}");
    assert_eq!(story[remembered + 1], format!("press {save}"), "{story:#?}");
    assert!(place("saved: the softphone layout \"Webex\"").is_some(), "{story:#?}");
    let webex = kept(&org, "Webex");
    assert_eq!(webex["is_default"], true, "{:#?}", person.story());
    assert_eq!(
        pops(&webex, "Inbound"),
        "NoMatch=PopToEntity Contact, SingleMatch=PopToEntity , MultipleMatches=PopToSearch , \
         NewWindow, Account+Contact+Case"
    );
    assert_eq!(
        pops(&webex, "Outbound"),
        "NoMatch=PopToFlow Greet_Caller, SingleMatch=PopToVisualforce Caller_Page, ExistingWindow, \
         Account+Contact+Lead"
    );
    assert_eq!(kept(&org, "Standard Softphone Layout")["is_default"], false);
    let asked = person.story().into_iter().filter(|it| it.starts_with("asked: ")).count();
    assert_eq!(asked, 1);

    let person = Person::at(&org);
    let done = drive(&org, &person, &removal(), None).unwrap();
    done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    let after = &org.world()["softphone_layouts"];
    assert_eq!(after.as_object().unwrap().len(), before.as_object().unwrap().len());
    assert_eq!(after["Standard Softphone Layout"]["is_default"], true);
}

fn speak(org: &EmulatedOrg, language: &str) {
    let users = org.query("SELECT Id FROM User").unwrap();
    let id = users[0]["Id"].as_str().unwrap().to_owned();
    org.update("User", &id, &json!({"LanguageLocaleKey": language})).unwrap();
}

#[test]
fn pages_as_on_screenshots() {
    there_and_back(json!({}), "en_US");
}

#[test]
fn pages_held_together_by_places_alone() {
    there_and_back(
        json!({"markup": "places", "order": "reversed", "delete_page": true, "lightning": false}),
        "en_US",
    );
}

#[test]
fn pages_made_of_roles_in_older_words() {
    there_and_back(json!({"markup": "roles", "order": "twice", "older_words": true}), "en_US");
}

#[test]
fn pages_of_wrapped_fields_that_come_from_the_server() {
    there_and_back(
        json!({"markup": "wrapped", "reloads": true, "introduction": false, "delete_page": true}),
        "en_US",
    );
}

#[test]
fn pages_in_german() {
    there_and_back(json!({"markup": "places", "lightning": false, "order": "twice"}), "de");
}

/// A layout that is quick to fill in.
fn small() -> Layout {
    Layout {
        name: "Webex".to_owned(),
        default: true,
        calls: vec![Call { pops: [None, None, Some(Pop::Search)], ..Call::default() }],
        profiles: Vec::new(),
    }
}

/// Tries cases beside each other: a browser mostly waits.
fn at_once<T: Sync>(cases: &[T], attempt: impl Fn(&T) + Sync) {
    std::thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| attempt(case));
        }
    });
}

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
    let person = Person { present: false, ..Person::at(&org) };
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let task = Task::SetUp(small());
    let Some(done) = drive(&org, &person, &task, Some(evidence.clone())) else { return };
    assert_eq!(done.unwrap_err().trouble, Trouble::Unattended("passkey"));
    assert!(!evidence.exists(), "what was typed on the way in is kept nowhere");
}

#[cfg(unix)]
#[test]
fn a_browser_that_somebody_closes_ends_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let wrapper = folder.path().join("browser");
    let script = format!("#!/bin/sh\nexec timeout 3 '{}' \"$@\"\n", browser.path().display());
    std::fs::write(&wrapper, script).unwrap();
    std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o700)).unwrap();
    let emulator = emulator(json!({"entrance": "passkey"}));
    let org = emulator.org();
    let person = Person { present: false, ..Person::at(&org) };
    let evidence = folder.path().join("evidence");
    let entry = Entry {
        browser: Browser::at(wrapper).hidden(),
        address: link(&org, NODE),
        setup: format!("{}{NODE}", org.url()),
        org: host(&org),
        person: Duration::from_secs(60),
        page: Duration::from_secs(10),
        evidence: Some(evidence.clone()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let task = Task::SetUp(small());
    let stopped = runtime.block_on(carry_out(&entry, &task, &person)).unwrap_err();
    assert_eq!(stopped.trouble, Trouble::Closed);
    assert!(!evidence.exists(), "what was typed on the way in is kept nowhere");
}

/// Ctrl-C drops the future, wherever it is.
#[cfg(target_os = "linux")]
#[test]
fn whoever_is_interrupted_leaves_no_browser_and_no_profile() {
    let emulator = emulator(json!({"entrance": "passkey"}));
    let org = emulator.org();
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    // The browser is told by its arguments, which nobody else's has.
    let seen = folder.path().join("profile");
    let wrapper = folder.path().join("browser");
    let script = format!(
        "#!/bin/sh\nfor it in \"$@\"; do case $it in --user-data-dir=*) echo \"${{it#*=}}\" > '{}';; \
         esac; done\nexec '{}' \"$@\"\n",
        seen.display(),
        browser.path().display(),
    );
    std::fs::write(&wrapper, script).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(&wrapper, mode).unwrap();
    for after in [50, 1_500, 4_000] {
        let person = Person { present: false, ..Person::at(&org) };
        let entry = Entry {
            browser: Browser::at(&wrapper).hidden(),
            address: link(&org, NODE),
            setup: format!("{}{NODE}", org.url()),
            org: host(&org),
            person: Duration::from_secs(60),
            page: Duration::from_secs(20),
            evidence: None,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let task = Task::SetUp(small());
        let limit = Duration::from_millis(after);
        let work = async { tokio::time::timeout(limit, carry_out(&entry, &task, &person)).await };
        assert!(runtime.block_on(work).is_err(), "it waits for a person");
        let profile = std::fs::read_to_string(&seen).unwrap_or_default();
        assert!(after < 1_000 || !profile.is_empty(), "the browser had been started");
        let profile = PathBuf::from(profile.trim());
        // What is left of the browser might make it anew.
        std::thread::sleep(Duration::from_secs(1));
        assert!(profile.as_os_str().is_empty() || !profile.exists(), "{}", profile.display());
    }
}

#[test]
fn what_differs_is_changed_and_the_rest_is_left_alone() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": false, "call_types": []},
        {"name": "Webex", "is_default": true, "call_types": [
            {"name": "Inbound", "info_fields": ["ANI", "QUEUE"],
             "screen_pops_open_within": "ExistingWindow",
             "screen_pop_options": [
                {"match_type": "NoMatch", "screen_pop_type": "PopToVisualforce", "screen_pop_data": "Old"}],
             "sections": [{"entity_api_name": "Case", "items": ["CaseNumber", "Subject"]}]},
            {"name": "Outbound", "info_fields": ["DNIS"], "sections": []},
            {"name": "Internal", "info_fields": ["ANI"], "sections": []}]},
    ]))
    .unwrap();
    let layout = Layout {
        calls: vec![Call {
            opens_in: Some(Window::Existing),
            pops: [Some(Pop::Nothing), None, None],
            ..Call::default()
        }],
        ..small()
    };
    let person = Person::at(&org);
    let Some(done) = drive(&org, &person, &Task::SetUp(layout.clone()), None) else { return };
    done.unwrap();
    let webex = kept(&org, "Webex");
    assert_eq!(pops(&webex, "Inbound"), "ExistingWindow, Case");
    let kinds = webex["call_types"].to_string();
    assert!(kinds.contains("QUEUE") && kinds.contains("Subject"), "{kinds}");
    let story = person.story().join("\n");
    assert!(!story.contains("Screen pops open within: Existing"), "it was so: {story}");
    assert!(story.contains("No matching records = Don't pop any screen"), "{story}");
    let replaced = "remembered: made=false [Pop(0)=Pop to Visualforce page Old]";
    let at = |words: &str| story.find(words).unwrap_or_else(|| panic!("{words}: {story}"));
    assert!(at("asked: ") < at(replaced), "{story}");

    // A second time nothing differs: nothing is asked, and nothing is saved.
    let before = org.world();
    let person = Person::at(&org);
    let outcome = drive(&org, &person, &Task::SetUp(layout), None).unwrap().unwrap();
    assert!(!outcome.made && outcome.replaced.is_empty(), "{outcome:?}");
    let story = person.story().join("\n");
    assert!(story.contains("\"Webex\" is as it is to be\npress Cancel"), "{story}");
    assert!(!story.contains("asked: ") && !story.contains("saved: "), "{story}");
    assert_eq!(org.world(), before);
}

#[test]
fn an_edit_that_setup_does_not_keep_is_told() {
    let emulator = emulator(json!({"introduction": false, "surprise": "not-kept"}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": [
            {"name": "Inbound", "info_fields": ["ANI"], "sections": []},
            {"name": "Outbound", "info_fields": ["DNIS"], "sections": []},
            {"name": "Internal", "info_fields": ["ANI"], "sections": []}]},
    ]))
    .unwrap();
    // The list shows it before and after.
    let layout = Layout { default: false, ..small() };
    let person = Person::at(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let Some(done) = drive(&org, &person, &Task::SetUp(layout), Some(evidence)) else { return };
    let stopped = done.unwrap_err();
    let said = stopped.trouble.to_string();
    assert!(said.contains("\"Webex\" does not have all of its new values"), "{said}");
    assert!(stopped.may_have_saved && stopped.saved.is_empty(), "{stopped:?}");
}

#[test]
fn a_layout_that_was_there_before_is_not_deleted() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": false, "call_types": []},
        {"name": "Webex", "is_default": true, "call_types": []},
    ]))
    .unwrap();
    let person = Person::at(&org);
    let keeps = Removal {
        name: "Webex".to_owned(),
        defaults: texts(&["Standard"]),
        deletes: false,
        profiles: Vec::new(),
    };
    let Some(done) = drive(&org, &person, &Task::Remove(keeps.clone()), None) else { return };
    done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    assert_eq!(kept(&org, "Standard")["is_default"], true);
    assert_eq!(kept(&org, "Webex")["is_default"], false, "{:#?}", person.story());
    // Once more there is nothing to do.
    let person = Person::at(&org);
    drive(&org, &person, &Task::Remove(keeps), None).unwrap().unwrap();
    assert!(!person.story().iter().any(|it| it.starts_with("asked: ")), "{:#?}", person.story());
}

#[test]
fn a_list_without_rows_says_nothing_of_what_is_gone() {
    let emulator = emulator(json!({"introduction": false, "surprise": "bare-list"}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": []},
    ]))
    .unwrap();
    let person = Person::at(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let Some(done) = drive(&org, &person, &removal(), Some(evidence)) else { return };
    let stopped = done.unwrap_err();
    let said = stopped.trouble.to_string();
    assert!(said.contains("a list that tells whether the layout is gone is not there"), "{said}");
    assert!(stopped.may_have_saved && stopped.saved.is_empty(), "{stopped:?}");
    assert_ne!(kept(&org, "Webex"), Value::Null);
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
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
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
    let person = Person { present: false, ..Person::at(&org) };
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("evidence");
    let task = Task::SetUp(small());
    let Some(done) = drive(&org, &person, &task, Some(evidence.clone())) else { return };
    assert_eq!(done.unwrap_err().trouble, Trouble::Unattended("login"));
    assert!(!evidence.exists());
}

#[test]
fn a_page_that_takes_its_time_to_save_has_refused_nothing() {
    at_once(&["tables", "places", "roles", "wrapped"], |markup| {
        let pages = json!({"introduction": false, "surprise": "slow-save", "markup": markup});
        let emulator = emulator(pages);
        let org = emulator.org();
        let person = Person::at(&org);
        let Some(done) = drive(&org, &person, &Task::SetUp(small()), None) else { return };
        done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
        assert_eq!(kept(&org, "Webex")["is_default"], true);
    });
}

#[test]
fn profiles_get_it_by_assignment_and_lose_it_again() {
    at_once(&["places", "roles"], |markup| {
        let emulator = emulator(json!({"introduction": false, "markup": markup}));
        let org = emulator.org();
        let profile = "System Administrator".to_owned();
        let layout = Layout { default: false, profiles: vec![profile.clone()], ..small() };
        let person = Person::at(&org);
        let Some(done) = drive(&org, &person, &Task::SetUp(layout), None) else { return };
        let outcome = done.unwrap_or_else(|it| panic!("{it:?}: {:#?}", person.story()));
        assert_eq!(outcome.former_profiles, [(profile.clone(), None)]);
        assert_eq!(kept(&org, "Webex")["profiles"], json!(["System Administrator"]));
        assert_eq!(kept(&org, "Standard Softphone Layout")["is_default"], true);
        // Who has it already is told too, and nothing is saved for that.
        let again = Layout { default: false, profiles: vec![profile.clone()], ..small() };
        let asked = || person.story().iter().filter(|it| it.starts_with("asked")).count();
        let before = asked();
        let had = drive(&org, &person, &Task::SetUp(again), None).unwrap().unwrap();
        assert_eq!(had.former_profiles, [(profile.clone(), Some("Webex".to_owned()))]);
        assert_eq!(asked(), before);
        assert!(person.story().iter().rev().take(5).any(|it| it.starts_with("remembered")));
        let back = Removal {
            name: "Webex".to_owned(),
            defaults: Vec::new(),
            deletes: true,
            profiles: outcome.former_profiles,
        };
        drive(&org, &person, &Task::Remove(back), None).unwrap().unwrap();
        assert_eq!(kept(&org, "Webex"), Value::Null);
        assert_eq!(kept(&org, "Standard Softphone Layout")["profiles"], json!([]));
        // What is gone already is no trouble.
        assert!(drive(&org, &person, &removal(), None).unwrap().is_ok());
    });
}

#[test]
fn a_profile_that_somebody_gave_another_layout_since_keeps_it() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Other", "is_default": false, "profiles": ["System Administrator"], "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": []},
    ]))
    .unwrap();
    let person = Person::at(&org);
    let back = Removal {
        name: "Webex".to_owned(),
        defaults: Vec::new(),
        deletes: true,
        profiles: vec![("System Administrator".to_owned(), None)],
    };
    let Some(done) = drive(&org, &person, &Task::Remove(back), None) else { return };
    done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    assert_eq!(kept(&org, "Other")["profiles"], json!(["System Administrator"]));
    assert_eq!(kept(&org, "Webex"), Value::Null);
}

#[test]
fn what_somebody_has_deleted_since_keeps_no_uninstall_back() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "profiles": ["System Administrator"], "call_types": []},
    ]))
    .unwrap();
    let person = Person::at(&org);
    let back = Removal {
        name: "Webex".to_owned(),
        defaults: Vec::new(),
        deletes: true,
        profiles: vec![
            ("Deleted Profile".to_owned(), Some("Standard".to_owned())),
            ("System Administrator".to_owned(), Some("Deleted Layout".to_owned())),
        ],
    };
    let Some(done) = drive(&org, &person, &Task::Remove(back), None) else { return };
    done.unwrap_or_else(|stopped| panic!("{stopped:?}: {:#?}", person.story()));
    let story = person.story().join("\n");
    for told in [
        "there is no profile \"Deleted Profile\" any more",
        "there is no layout \"Deleted Layout\" any more: the profile \"System Administrator\" gets the default",
    ] {
        assert!(story.contains(told), "{story}");
    }
    assert_eq!(kept(&org, "Webex"), Value::Null);
    assert_eq!(kept(&org, "Standard")["profiles"], json!([]));
}

#[test]
fn without_a_yes_nothing_is_saved() {
    let emulator = emulator(json!({"introduction": false}));
    let org = emulator.org();
    let before = org.world();
    let person = Person { agrees: false, ..Person::at(&org) };
    let Some(done) = drive(&org, &person, &Task::SetUp(small()), None) else { return };
    let stopped = done.unwrap_err();
    assert_eq!((stopped.trouble, stopped.saved.len()), (Trouble::Declined, 0));
    assert_eq!(org.world(), before);
    let story = person.story();
    assert!(!story.iter().any(|it| it.starts_with("remembered")), "{story:#?}");
}

/// A page that nobody expected stops it; nothing is saved, and the page is kept.
fn surprised(pages: Value, language: &str) -> Option<(Stopped, Vec<String>)> {
    let emulator = emulator(pages);
    let org = emulator.org();
    speak(&org, language);
    let before = org.world();
    let person = Person::at(&org);
    let folder = tempfile::tempdir().unwrap();
    let evidence = folder.path().join("browser");
    let task = Task::SetUp(Layout { calls: layout().calls[..1].to_vec(), ..layout() });
    let stopped = drive(&org, &person, &task, Some(evidence.clone()))?.unwrap_err();
    assert_eq!(org.world(), before, "{stopped:?}");
    let names: Vec<String> = stopped
        .evidence
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(names.contains(&"page.png".to_owned()) && names.contains(&"page.json".to_owned()));
    assert!(names.iter().any(|name| name.starts_with("frame-")));
    let mut all = String::new();
    for path in &stopped.evidence {
        all.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    for secret in ["CONFIRMATIONTOKEN", "otp=", "door="] {
        assert!(!all.contains(secret), "{secret} is in the evidence");
    }
    Some((stopped, person.story()))
}

#[test]
fn an_unexpected_page_stops_it_before_anything_is_typed() {
    let cases = [
        ("no-default-box", "en_US", "\"Is Default Layout\""),
        ("other-page", "en_US", "the list"),
        // Nobody could put back a default that cannot be read.
        ("unreadable-default", "en_US", "\"Default\""),
        // A language of which nobody knows the words.
        ("", "fr", "the list"),
    ];
    at_once(&cases, |(surprise, language, wanted)| {
        let surprise = Some(*surprise).filter(|it| !it.is_empty());
        let pages = json!({"surprise": surprise, "introduction": false});
        let Some((stopped, story)) = surprised(pages, language) else { return };
        let Trouble::Unexpected { wanted: told, .. } = &stopped.trouble else {
            panic!("{stopped:?}")
        };
        assert!(told.starts_with(wanted), "{told}");
        assert!(!story.iter().any(|it| it.starts_with("Name:")), "{story:#?}");
    });
}

#[test]
fn what_a_page_does_not_take_is_told() {
    let cases = [
        ("notice", "The page does not take New: something else covers it."),
        ("other-options", "\"Pop to new\" is not there"),
        ("required-field", "You must enter a value"),
        ("covered-save", "The page does not take Save: something else covers it."),
        ("not-kept", "Setup said nothing against it, but"),
        ("dialog", "Setup did not save it: Another administrator is editing this layout."),
        (
            "same-labels",
            "The page does not take Contact: the list has several entries of that name.",
        ),
    ];
    at_once(&cases, |(surprise, told)| {
        let pages = json!({"surprise": surprise, "introduction": false});
        let Some((stopped, story)) = surprised(pages, "en_US") else { return };
        let said = stopped.trouble.to_string();
        assert!(said.contains(told), "{stopped:?}");
        let asked = story.iter().any(|it| it.starts_with("asked"));
        assert_eq!(
            asked,
            matches!(*surprise, "required-field" | "covered-save" | "not-kept" | "dialog"),
            "{story:#?}"
        );
        assert_eq!(stopped.may_have_saved, *surprise == "not-kept");
    });
}

#[test]
fn a_picture_of_the_page_shows_nothing_that_was_typed() {
    let picture = |name: &str| {
        let pages = json!({"surprise": "covered-save", "introduction": false, "lightning": false});
        let emulator = emulator(pages);
        let org = emulator.org();
        let person = Person::at(&org);
        let folder = tempfile::tempdir().unwrap();
        let evidence = folder.path().join("evidence");
        let task = Task::SetUp(Layout { name: name.to_owned(), ..small() });
        let done = drive(&org, &person, &task, Some(evidence.clone()))?;
        assert!(matches!(done, Err(Stopped { trouble: Trouble::NotTaken { .. }, .. })), "{done:?}");
        Some(std::fs::read(evidence.join("page.png")).unwrap())
    };
    let (Some(one), Some(other)) = (picture("Webex"), picture("Another name")) else { return };
    assert!(one == other, "the name can be read in it");
}

#[test]
fn a_page_of_another_layout_than_the_one_that_was_chosen_stops_it() {
    let emulator = emulator(json!({"introduction": false, "surprise": "other-layout"}));
    let org = emulator.org();
    org.set_softphone_layouts(json!([
        {"name": "Standard", "is_default": true, "call_types": []},
        {"name": "Webex", "is_default": false, "call_types": []},
    ]))
    .unwrap();
    let before = org.world();
    let person = Person::at(&org);
    let Some(done) = drive(&org, &person, &Task::SetUp(small()), None) else { return };
    let said = done.unwrap_err().trouble.to_string();
    assert!(said.contains("\"Webex\" is not there. It shows \"Standard\""), "{said}");
    assert!(!person.story().iter().any(|it| it.starts_with("Name:")), "{:#?}", person.story());
    assert_eq!(org.world(), before);
}

#[test]
fn a_browser_that_is_none_is_told_by_its_path() {
    let emulator = emulator(json!({}));
    let org = emulator.org();
    let person = Person::at(&org);
    let entry = Entry {
        browser: Browser::at("/nowhere/chrome"),
        address: "about:blank".to_owned(),
        setup: "about:blank".to_owned(),
        org: host(&org),
        person: Duration::from_secs(1),
        page: Duration::from_secs(1),
        evidence: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stopped = runtime.block_on(carry_out(&entry, &removal(), &person)).unwrap_err();
    assert!(stopped.trouble.to_string().starts_with("The browser /nowhere/chrome does not start"));
    assert!(Browser::find([PathBuf::from("/nowhere")]).is_none() || cfg!(not(target_os = "linux")));
}
