//! Waves against a server that plays an org: what is sent to it, what is written down before, and what
//! becomes of its answers.

mod deploy;
mod package;
mod permission_sets;
mod users;

use std::sync::Arc;
use std::time::Duration;

use salesforce_client::wire::{Options, Transport, Url};
use salesforce_client::{Client, Session};
use scripted_server::{Reply, Server};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{Carried, carry_out};
use crate::checklist::{Change, Plan, Selection, Stage};
use crate::config;
use crate::engine::host::Unwatched;
use crate::engine::org_run::OrgRun;
use crate::engine::records::Whose;
use crate::engine::{Aim, Context, Goal, Patience, Request, WhenBusy};
use crate::failure::Failure;
use crate::journal::{Entry, MemoryDisk, Store};
use crate::model::{OrgState, Wave, Way};

/// What became of a wave.
struct Played {
    carried: Result<Carried, Failure>,
    /// The requests, heads and bodies.
    heard: Vec<String>,
    /// What was written down of them, in order.
    journal: Vec<Entry>,
    /// What is known of the org afterwards.
    known: Arc<OrgState>,
}

impl Played {
    /// The requests' first lines.
    fn lines(&self) -> Vec<&str> {
        self.heard.iter().filter_map(|request| request.lines().next()).collect()
    }

    /// The JSON body of a request.
    fn body(&self, number: usize) -> Value {
        let (_, body) = self.heard[number].split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
    }

    /// What was announced, request by request, with how many changes each carries; and the ids of jobs.
    fn written(&self) -> Vec<String> {
        let line = |entry: &Entry| match entry {
            Entry::Attempt { request, changes, .. } => {
                Some(format!("{request} ({})", changes.count()))
            }
            Entry::Job { id, .. } => Some(format!("job {id}")),
            _ => None,
        };
        self.journal.iter().filter_map(line).collect()
    }
}

/// Carries changes out in an org that answers so.
async fn play(wave: Wave, state: OrgState, changes: &[Change], script: Vec<Reply>) -> Played {
    let server = Server::start(script).await;
    let session = Session::new(Url::parse(&server.url).unwrap(), SecretString::from("00D!x"));
    let mut options = Options::new(&server.url, "tests");
    options.retry.base = Duration::from_millis(2);
    let client = Client::new(Transport::new(options).unwrap(), session);
    let loaded =
        config::load(config::built_in_demo(), "demo.toml", None, &config::built_in_demo_file);
    let desired = loaded.map_err(|errors| errors.to_string()).unwrap().desired;
    let store = Store::on(Arc::new(MemoryDisk::new()), "state");
    let request = Request {
        goal: Goal::Apply,
        aim: Aim::Installed,
        alias: None,
        desired: &desired,
        selection: &Selection::default(),
        configuration: "",
        protected: false,
        confirm: None,
        allow_removals: false,
        delete_data: None,
        validate: false,
        when_busy: WhenBusy::Wait,
        saved: None,
        installation_key: None,
        order: crate::engine::Order::Beside,
    };
    let context = Context {
        client: Some(&client),
        webex: None,
        store: &store,
        host: &Unwatched,
        patience: Patience { lock_waits: 0, ..Patience::default() },
    };
    let organization = state.organization.clone();
    let mut run = OrgRun::new(&request, &context, &client, &desired.connectors[0], "run");
    run.observer = run.observer.having_seen(state);
    run.records.store = Some(store.org(&organization.id));
    let whose = Whose::Org(organization.clone());
    run.records.begin(&context, &request, "run", whose, &Plan::default()).await.unwrap();
    let carried = carry_out(&mut run, Stage { wave, way: Way::Build }, changes).await;
    let records = store.org(&organization.id).journal("run").unwrap();
    Played {
        carried,
        heard: server.heard(),
        journal: records.into_iter().map(|record| record.entry).collect(),
        known: run.observer.known().unwrap(),
    }
}

fn reply(body: &Value) -> Reply {
    Reply::json(200, body.to_string())
}
