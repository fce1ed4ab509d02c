//! Who watches the browser in these tests, the org that it works in, and what is wanted there.

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
    Task, Watcher, Window, carry_out,
};

pub(super) const NODE: &str = "/lightning/setup/SoftphoneLayouts/home";

/// So many seeds are met by tests that are about something else.
const SEEDS: u64 = 7;

pub(super) fn browser() -> Option<Browser> {
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
pub(super) struct Person<'o> {
    org: &'o EmulatedOrg,
    agrees: bool,
    present: bool,
    seen: Mutex<Vec<String>>,
}

impl<'o> Person<'o> {
    pub(super) fn at(org: &'o EmulatedOrg) -> Self {
        Self { org, agrees: true, present: true, seen: Mutex::default() }
    }

    /// One who says no.
    pub(super) fn refusing(org: &'o EmulatedOrg) -> Self {
        Self { agrees: false, ..Self::at(org) }
    }

    /// One who does not come.
    pub(super) fn absent_from(org: &'o EmulatedOrg) -> Self {
        Self { present: false, ..Self::at(org) }
    }

    fn note(&self, text: String) {
        self.seen.lock().unwrap().push(text);
    }

    pub(super) fn story(&self) -> Vec<String> {
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
pub(super) fn link(org: &EmulatedOrg, page: &str) -> String {
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

pub(super) fn host(org: &EmulatedOrg) -> String {
    org.url().trim_start_matches("http://").to_owned()
}

/// An org whose pages of Setup are made like that; all else of it, and of them, follows from the seed.
pub(super) fn seeded(seed: u64, pages: Value) -> Emulator {
    let seed = Seed::number(seed).setup_pages(pages);
    let changes =
        json!({"components": [{"Type": "Flow", "FullName": "Greet_Caller", "RefersTo": []}]});
    let changes = serde_json::from_value(changes).unwrap();
    let emulator = Emulator::builder().users(5).seed(seed.changes(changes)).start().unwrap();
    speak(&emulator.org(), "en_US");
    emulator
}

/// The same by one of several seeds: which one, the pages decide, so that it is always the same.
pub(super) fn emulator(pages: Value) -> Emulator {
    let number = pages.to_string().bytes().map(u64::from).sum::<u64>() % SEEDS;
    seeded(1 + number, pages)
}

pub(super) fn speak(org: &EmulatedOrg, language: &str) {
    let users = org.query("SELECT Id FROM User").unwrap();
    let id = users[0]["Id"].as_str().unwrap().to_owned();
    org.update("User", &id, &json!({"LanguageLocaleKey": language})).unwrap();
}

pub(super) fn drive(
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

pub(super) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub(super) fn layout() -> Layout {
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

/// A layout that is quick to fill in.
pub(super) fn small() -> Layout {
    Layout {
        name: "Webex".to_owned(),
        default: true,
        calls: vec![Call { pops: [None, None, Some(Pop::Search)], ..Call::default() }],
        profiles: Vec::new(),
    }
}

pub(super) fn removal() -> Task {
    Task::Remove(Removal {
        name: "Webex".to_owned(),
        defaults: texts(&["Standard Softphone Layout"]),
        deletes: true,
        profiles: Vec::new(),
    })
}

/// The layout of that name in the world.
pub(super) fn kept(org: &EmulatedOrg, name: &str) -> Value {
    org.world()["softphone_layouts"][name].clone()
}

/// What a call type of it opens, as one text.
pub(super) fn pops(layout: &Value, kind: &str) -> String {
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

/// Tries cases beside each other: a browser mostly waits.
pub(super) fn at_once<T: Sync>(cases: &[T], attempt: impl Fn(&T) + Sync) {
    std::thread::scope(|scope| {
        for case in cases {
            scope.spawn(|| attempt(case));
        }
    });
}
