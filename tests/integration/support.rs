//! An emulated org, a state directory, and runs against them.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use org_emulator::{Announcement, Builder, EmulatedOrg, Emulator, Seed, tenant::Tenant};
use provision::checklist::Selection;
use provision::config;
use provision::engine::{
    self, Aim, Approval, Context, Event, Goal, Host, ItemOutcome, ItemReport, Order, OrgEvent,
    OrgReport, Parties, Patience, Question, Removal, Report, Request, SavedPlan, SetupBrowser,
    WhenBusy,
};
use provision::journal::{RunSummary, Store};
use provision::model::{Desired, SetupTask};
use salesforce_client::wire::{self, Transport, Url};
use salesforce_client::{Client, Session};
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;

use crate::webex_contract::Judged;

/// Whoever hears what happens.
pub(crate) type Events<'a> = &'a (dyn Fn(&Event) + Sync);
/// Whoever decides whether a person is waited for.
pub(crate) type Watch<'a> = &'a (dyn Fn(&ItemReport) -> Option<Duration> + Sync);

/// What a test is to a run.
struct TestHost<'a> {
    events: Events<'a>,
    watch: Watch<'a>,
    approval: Approval,
    browser: Option<&'a dyn SetupBrowser>,
}

impl Host for TestHost<'_> {
    fn event(&self, event: &OrgEvent) {
        (self.events)(&event.event);
    }

    fn approve(&self, _: Parties<'_>, _: &[ItemReport], _: &Question) -> Approval {
        self.approval
    }

    /// Whoever says no was asked.
    fn can_ask(&self) -> bool {
        self.approval == Approval::No
    }

    fn watch(&self, item: &ItemReport) -> Option<Duration> {
        (self.watch)(item)
    }

    fn setup_browser(&self, _: &SetupTask, _: &OrgReport) -> Option<&dyn SetupBrowser> {
        self.browser
    }
}

/// An emulator with one org, and a state directory of its own.
pub(crate) struct Org {
    pub(crate) url: String,
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) announcement: Announcement,
    /// The org as its administrator has it in hand.
    pub(crate) emulated: EmulatedOrg,
    pub(crate) state: TempDir,
    pub(crate) alias: Option<&'static str>,
    pub(crate) protected: bool,
    pub(crate) confirm: Option<String>,
    pub(crate) saved: Option<SavedPlan>,
    pub(crate) allow_removals: bool,
    /// The org that is named for a clean upgrade to delete the package's data.
    pub(crate) delete_data: Option<String>,
    pub(crate) validate: bool,
    pub(crate) when_busy: WhenBusy,
    /// What a person says who is asked.
    pub(crate) approval: Approval,
    pub(crate) patience: Patience,
    pub(crate) key: Option<SecretString>,
    /// A client of the Webex tenant beside the org, where the run is about it too.
    pub(crate) webex: Option<webex_client::Client>,
    /// Which items runs are about.
    pub(crate) selection: Selection,
    /// Whose org it is; none of a second way to the same org.
    emulator: Option<Judged>,
}

/// Whether the proofs of docs/reliability.md are to be whole, as CI has them; everyday runs try a part
/// by a fixed rule.
pub(crate) fn is_whole_proof() -> bool {
    std::env::var_os("PROVISION_WHOLE_PROOFS").is_some()
}

/// Whether the tables of `broken` are to be tried from one end to the other, which CI has no time for.
pub(crate) fn is_every_trouble() -> bool {
    std::env::var_os("PROVISION_EVERY_TROUBLE").is_some()
}

/// The configuration that `--org demo` uses, without what it wants of the Webex organization.
pub(crate) fn demo() -> String {
    let (org_half, webex) = config::built_in_demo().split_once("[webex]").expect("both halves");
    let id = webex.lines().find(|line| line.starts_with("org_id")).expect("an organization");
    format!("{org_half}[webex]\n{id}\n")
}

/// A configuration that must be right.
pub(crate) fn load(configuration: &str) -> config::Loaded {
    let read = |path: &str| std::fs::read(path);
    config::load(configuration, "provision.toml", None, &read)
        .map_err(|mistakes| mistakes.to_string())
        .expect("a configuration without mistakes")
}

/// The demo's configuration with everything switched on that it leaves out.
pub(crate) fn everything() -> String {
    format!(
        "{}\n[call_center.omni_sync]\nenabled = true\npresence_status = \"Busy\"\n\n[omni_sync]\n\
         presence_statuses = [\"Available\", \"Обед (Lunch)\"]\n\n[permission_sets]\nassign = \
         [\"Call Recording Review\", \"Record_View\"]\n",
        demo()
    )
}

impl Org {
    /// An org as the demo has it.
    pub(crate) fn new() -> Self {
        Self::with(Emulator::builder())
    }

    /// An org with that id, for files and texts that name one.
    pub(crate) fn named(id: &str) -> Self {
        Self::with(Emulator::builder().seed(Seed::default().organization("Id", id)))
    }

    /// An org of a seed.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self::with(Emulator::builder().seed(seed))
    }

    /// An org with every answer that late.
    pub(crate) fn late(latency: Duration) -> Self {
        Self::with(Emulator::builder().latency(latency))
    }

    /// Any org.
    pub(crate) fn with(builder: Builder) -> Self {
        let emulator = builder.start().expect("the emulator starts");
        let emulated = emulator.org();
        Self {
            url: emulated.url().to_owned(),
            id: emulated.id().to_owned(),
            token: emulated.access_token().to_owned(),
            announcement: emulator.announcement(),
            emulated,
            state: TempDir::new().expect("a state directory"),
            alias: None,
            protected: false,
            confirm: None,
            saved: None,
            allow_removals: true,
            delete_data: None,
            validate: false,
            when_busy: WhenBusy::Wait,
            approval: Approval::Yes,
            patience: Patience {
                read_backs: 3,
                // What was seen longer ago is looked at again: a slow machine would ask more.
                fresh_for: Duration::from_secs(3_600),
                ..Patience::default()
            },
            key: None,
            webex: None,
            selection: Selection::All,
            emulator: Some(Judged(emulator)),
        }
    }

    /// The same org by another address, with a state directory of its own.
    pub(crate) fn behind(&self, url: &str) -> Self {
        Self {
            url: url.to_owned(),
            id: self.id.clone(),
            token: self.token.clone(),
            announcement: self.announcement.clone(),
            emulated: self.emulated.clone(),
            state: TempDir::new().expect("a state directory"),
            alias: self.alias,
            protected: self.protected,
            confirm: None,
            allow_removals: self.allow_removals,
            delete_data: None,
            saved: None,
            validate: false,
            when_busy: self.when_busy,
            approval: self.approval,
            patience: self.patience,
            key: None,
            webex: None,
            selection: Selection::All,
            emulator: None,
        }
    }

    /// An org of a seed file.
    pub(crate) fn from_file(text: &str, builder: Builder) -> Self {
        Self::with(builder.seed(Seed::parse(text).expect("a seed")))
    }

    /// The same, with the Webex tenant beside it.
    pub(crate) fn with_tenant(mut self) -> Self {
        self.webex = Some(self.webex_client("access_token"));
        self
    }

    /// The Webex tenant beside the org.
    pub(crate) fn tenant(&self) -> &Tenant {
        self.emulator.as_ref().expect("the org itself").tenant()
    }

    /// A client of the tenant with one of the tokens that it begins with.
    pub(crate) fn webex_client(&self, token: &str) -> webex_client::Client {
        let announced = self.tenant().announcement();
        self.webex_client_at(announced["url"].as_str().expect("an address"), token)
    }

    /// The same by another address.
    pub(crate) fn webex_client_at(&self, url: &str, token: &str) -> webex_client::Client {
        let announced = self.tenant().announcement();
        let text = |key: &str| announced[key].as_str().expect("text").to_owned();
        let organization =
            webex_client::OrganizationId::parse(&text("organization_id")).expect("a UUID");
        let session =
            webex_client::Session::in_organization(organization, SecretString::from(text(token)));
        webex_client::Client::connect(url, session, "provision-tests").expect("a client")
    }

    /// Asks the org as the administrator.
    pub(crate) fn query(&self, soql: &'static str) -> Vec<Value> {
        wait(self.client().query(&salesforce_client::Soql::new(soql))).expect("an answer")
    }

    /// A client that calls as that user of the announcement.
    pub(crate) fn client_of(&self, token: &str) -> Client {
        let transport = Transport::new(wire::Options::new(&self.url, "provision-tests"))
            .expect("a transport to loopback");
        let url: Url = self.url.parse().expect("an address");
        Client::new(transport, Session::new(url, SecretString::from(token)))
    }

    /// A client that calls as the administrator.
    pub(crate) fn client(&self) -> Client {
        self.client_of(&self.token)
    }

    /// A run to that goal.
    pub(crate) fn run(&self, goal: Goal, configuration: &str) -> Report {
        self.watched(goal, configuration, &|_| {})
    }

    /// A run that is watched.
    pub(crate) fn watched(&self, goal: Goal, configuration: &str, events: Events<'_>) -> Report {
        self.waiting(goal, configuration, &|_| None, events)
    }

    /// A run that may wait for a person.
    pub(crate) fn waiting(
        &self,
        goal: Goal,
        configuration: &str,
        watch: Watch<'_>,
        events: Events<'_>,
    ) -> Report {
        let loaded = load(configuration);
        self.run_with((goal, Aim::Installed), &loaded.desired, &loaded.hash, watch, events)
    }

    /// A run towards what no configuration says.
    pub(crate) fn run_desired(&self, goal: Goal, desired: &Desired) -> Report {
        self.run_with((goal, Aim::Installed), desired, "0", &|_| None, &|_| {})
    }

    /// A run towards what a configuration says that names files of its own.
    pub(crate) fn run_loaded(&self, job: (Goal, Aim<'_>), loaded: &config::Loaded) -> Report {
        self.run_with(job, &loaded.desired, &loaded.hash, &|_| None, &|_| {})
    }

    /// The same, watched.
    pub(crate) fn watch_loaded(
        &self,
        job: (Goal, Aim<'_>),
        loaded: &config::Loaded,
        events: Events<'_>,
    ) -> Report {
        self.run_with(job, &loaded.desired, &loaded.hash, &|_| None, events)
    }

    /// People change a record of the Webex tenant in Control Hub.
    pub(crate) fn patch_tenant(&self, path: &str, changes: &Value) {
        let url = format!("{}/_tenant/records/{path}", self.tenant().url());
        wait(async {
            let client = loopback_client();
            let answer = client.patch(url).json(changes).send().await.expect("an answer");
            assert!(answer.status().is_success(), "{}", answer.status());
        });
    }

    /// Somebody deletes a record of the Webex tenant in Control Hub.
    pub(crate) fn delete_in_tenant(&self, path: &str) {
        let announced = self.tenant().announcement();
        let text = |key: &str| announced[key].as_str().expect("text").to_owned();
        let url = format!("{}/organization/{}/{path}", text("url"), text("organization_id"));
        wait(async {
            let client = loopback_client();
            let answer = client.delete(url).bearer_auth(text("access_token")).send().await;
            let status = answer.expect("an answer").status();
            assert!(status.is_success(), "{status}");
        });
    }

    /// What the Webex tenant answers to its administrator below the organization.
    pub(crate) fn tenant_json(&self, path: &str) -> Value {
        let announced = self.tenant().announcement();
        let text = |key: &str| announced[key].as_str().expect("text").to_owned();
        let url = format!("{}/organization/{}/{path}", text("url"), text("organization_id"));
        wait(async {
            let client = loopback_client();
            let answer = client.get(url).bearer_auth(text("access_token")).send().await;
            answer.expect("an answer").json().await.expect("JSON")
        })
    }

    /// A run without a login to the org.
    pub(crate) fn run_without_client(&self, goal: Goal, desired: &Desired) -> Report {
        let request = self.request((goal, Aim::Installed), desired, "0");
        let store = Store::at(self.state.path());
        let approval = self.approval;
        let host = TestHost { events: &|_| {}, watch: &|_| None, approval, browser: None };
        let context = Context {
            client: None,
            webex: self.webex.as_ref(),
            store: &store,
            host: &host,
            patience: self.patience,
        };
        wait(engine::run(&request, &context, std::future::pending()))
    }

    /// The runs that this machine remembers.
    pub(crate) fn runs(&self) -> Vec<RunSummary> {
        Store::at(self.state.path()).runs().expect("readable journals").0
    }

    /// A run that takes the connector out.
    pub(crate) fn remove(&self, goal: Goal, removal: Removal<'_>, configuration: &str) -> Report {
        let loaded = load(configuration);
        let aim = Aim::Removed(removal);
        self.run_with((goal, aim), &loaded.desired, &loaded.hash, &|_| None, &|_| {})
    }

    /// A run that takes out what no configuration says.
    pub(crate) fn remove_desired(
        &self,
        goal: Goal,
        removal: Removal<'_>,
        desired: &Desired,
    ) -> Report {
        self.run_with((goal, Aim::Removed(removal)), desired, "0", &|_| None, &|_| {})
    }

    /// Takes the connector out of the org, which must work.
    pub(crate) fn uninstall(&self, configuration: &str) -> Report {
        let report = self.remove(Goal::Apply, Removal::default(), configuration);
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        report
    }

    fn run_with(
        &self,
        (goal, aim): (Goal, Aim<'_>),
        desired: &Desired,
        hash: &str,
        watch: Watch<'_>,
        events: Events<'_>,
    ) -> Report {
        let never = std::future::pending();
        self.run_until((goal, aim), desired, hash, watch, events, never)
    }

    /// An `apply` that a person interrupts once a note says that.
    pub(crate) fn interrupted_at(&self, configuration: &str, note: &str) -> Report {
        let loaded = load(configuration);
        let (tell, told) = tokio::sync::oneshot::channel::<()>();
        let tell = std::sync::Mutex::new(Some(tell));
        let events = |event: &Event| {
            if let Event::Note { text, .. } = event
                && text.contains(note)
                && let Some(tell) = tell.lock().expect("a lock").take()
            {
                tell.send(()).expect("somebody listens");
            }
        };
        let interrupt = async { told.await.expect("the note comes") };
        let job = (Goal::Apply, Aim::Installed);
        self.run_until(job, &loaded.desired, &loaded.hash, &|_| None, &events, interrupt)
    }

    /// A run of somebody who has a browser for Setup.
    pub(crate) fn with_browser(
        &self,
        aim: Aim<'_>,
        configuration: &str,
        browser: &dyn SetupBrowser,
        events: Events<'_>,
    ) -> Report {
        self.with_browser_or_by_hand(aim, configuration, browser, (&|_| None, events))
    }

    /// The same of somebody who may wait for what the browser leaves.
    pub(crate) fn with_browser_or_by_hand(
        &self,
        aim: Aim<'_>,
        configuration: &str,
        browser: &dyn SetupBrowser,
        (watch, events): (Watch<'_>, Events<'_>),
    ) -> Report {
        let loaded = load(configuration);
        let request = self.request((Goal::Apply, aim), &loaded.desired, &loaded.hash);
        let client = self.client();
        let store = Store::at(self.state.path());
        let approval = self.approval;
        let host = TestHost { events, watch, approval, browser: Some(browser) };
        let context = Context {
            client: Some(&client),
            webex: None,
            store: &store,
            host: &host,
            patience: self.patience,
        };
        wait(engine::run(&request, &context, std::future::pending()))
    }

    fn request<'a>(
        &'a self,
        (goal, aim): (Goal, Aim<'a>),
        desired: &'a Desired,
        configuration: &'a str,
    ) -> Request<'a> {
        Request {
            goal,
            aim,
            alias: self.alias,
            desired,
            selection: &self.selection,
            configuration,
            protected: self.protected,
            confirm: self.confirm.as_deref(),
            allow_removals: self.allow_removals,
            delete_data: self.delete_data.as_deref(),
            validate: self.validate,
            when_busy: self.when_busy,
            saved: self.saved.as_ref(),
            installation_key: self.key.clone(),
            order: Order::default(),
        }
    }

    fn run_until(
        &self,
        (goal, aim): (Goal, Aim<'_>),
        desired: &Desired,
        hash: &str,
        watch: Watch<'_>,
        events: Events<'_>,
        interrupt: impl Future<Output = ()>,
    ) -> Report {
        let request = self.request((goal, aim), desired, hash);
        let client = self.client();
        let store = Store::at(self.state.path());
        let host = TestHost { events, watch, approval: self.approval, browser: None };
        let context = Context {
            client: Some(&client),
            webex: self.webex.as_ref(),
            store: &store,
            host: &host,
            patience: self.patience,
        };
        wait(engine::run(&request, &context, interrupt))
    }

    /// Applies a configuration that must work.
    pub(crate) fn apply(&self, configuration: &str) -> Report {
        let report = self.run(Goal::Apply, configuration);
        assert!(report.failure.is_none(), "{:#?}", report.failure);
        report
    }

    /// The world as the emulator exports it.
    pub(crate) fn world(&self) -> Value {
        self.back_door("GET", &format!("orgs/{}/world", self.id))
    }

    /// The requests since the log was cleared.
    pub(crate) fn requests(&self) -> Vec<Value> {
        let log = self.back_door("GET", &format!("orgs/{}/requests", self.id));
        log["requests"].as_array().expect("a list of requests").clone()
    }

    /// Forgets the requests so far.
    pub(crate) fn forget_requests(&self) {
        self.back_door("DELETE", &format!("orgs/{}/requests", self.id));
    }

    /// Puts something into the org that no API does.
    pub(crate) fn put(&self, what: &str, body: &Value) {
        self.back_door_with("PUT", &format!("orgs/{}/{what}", self.id), body);
    }

    /// Has something change in the org that no API changes.
    pub(crate) fn patch(&self, what: &str, body: &Value) {
        self.back_door_with("PATCH", &format!("orgs/{}/{what}", self.id), body);
    }

    /// Ends every access token of the org.
    pub(crate) fn end_sessions(&self) {
        self.back_door("DELETE", &format!("orgs/{}/sessions", self.id));
    }

    /// A person makes softphone layouts in Setup.
    pub(crate) fn make_softphone_layouts(&self, layouts: &Value) {
        self.back_door_with("PUT", &format!("orgs/{}/softphone-layouts", self.id), layouts);
    }

    /// Asks what only the emulator answers.
    pub(crate) fn back_door(&self, method: &str, path: &str) -> Value {
        self.back_door_with(method, path, &Value::Null)
    }

    /// The same with something to say.
    pub(crate) fn back_door_with(&self, method: &str, path: &str, body: &Value) -> Value {
        let root = &self.announcement.url;
        let url = format!("{root}/_emulator/{path}");
        wait(async {
            let client = loopback_client();
            let method = method.parse().expect("a method");
            let request = client.request(method, url);
            let request = if body.is_null() { request } else { request.json(body) };
            let answer = request.send().await.expect("an answer");
            let status = answer.status();
            let text = answer.text().await.expect("text");
            assert!(status.is_success(), "{status}: {text}");
            if text.is_empty() { Value::Null } else { serde_json::from_str(&text).expect("JSON") }
        })
    }

    /// Makes a record as the administrator does in Setup.
    pub(crate) fn change(&self, object: &str, id: &str, fields: &Value) {
        wait(self.client().update(object, id, fields)).expect("the record is changed");
    }
}

/// A plain HTTP client for services of this machine.
pub(crate) fn loopback_client() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().tls_certs_only([]);
    builder.build().expect("a client for loopback")
}

/// Whether the org is as configured but for what only people do, and was so before the run.
#[track_caller]
pub(crate) fn assert_nothing_to_do(report: &Report) {
    assert_settled(report);
    let touched = |item: &&ItemReport| item.outcome == ItemOutcome::Changed;
    assert!(report.items.iter().find(touched).is_none(), "{:#?}", report.items);
}

/// Whether the org is as configured but for what only people do.
#[track_caller]
pub(crate) fn assert_settled(report: &Report) {
    assert!(report.failure.is_none(), "{:#?}", report.failure);
    let open = |item: &&ItemReport| {
        !matches!(
            item.outcome,
            ItemOutcome::Already
                | ItemOutcome::Changed
                | ItemOutcome::NeedsHuman
                | ItemOutcome::Confirmed
        )
    };
    assert!(report.items.iter().find(open).is_none(), "{:#?}", report.items);
}

/// Waits for a future on this thread.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}

/// A file beside the repository that not every machine has.
pub(crate) fn shared(path: &str) -> Option<std::path::PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    #[expect(clippy::print_stdout, reason = "whoever runs the tests is told what was skipped")]
    {
        println!("skipped: {} is not here", path.display());
    }
    None
}

/// Where two worlds differ, and how.
pub(crate) fn differences(place: &str, expected: &Value, found: &Value, into: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(one), Value::Object(other)) => {
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for key in keys {
                let (one, other) = (&expected[key.as_str()], &found[key.as_str()]);
                differences(&format!("{place}/{key}"), one, other, into);
            }
        }
        _ if expected == found => {}
        _ => into.push(format!("{place}: {expected} was expected, {found} was found")),
    }
}

/// Two worlds must be the same; what differs is told place by place.
#[track_caller]
pub(crate) fn assert_same_world(found: &Value, expected: &Value, about: &str) {
    let mut told = Vec::new();
    differences("", expected, found, &mut told);
    assert!(told.is_empty(), "{about}\n{}", told.join("\n"));
}
