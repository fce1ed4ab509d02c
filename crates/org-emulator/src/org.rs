//! One org of the emulator: its world, and how the emulator was told to behave.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::bulk::BulkJob;
use super::clock::{JobTime, Millis, Timer};
use super::faults::{Fault, Script};
use super::guesses::Guesses;
use super::ids::Id;
use super::jobs;
use super::log::RequestLog;
use super::oauth::Code;
use super::world::World;
use super::world::access::Act;
use super::world::jobs::{DeployJob, DeployStatus, RetrieveJob};

/// How the emulator behaves, the same for each of its orgs.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// `http://127.0.0.1:PORT`, or the same with `https`
    pub(crate) url: String,
    /// With HTTPS: the certificate that clients have to trust.
    pub(crate) authority: Option<PathBuf>,
    pub(crate) latency: Duration,
    pub(crate) package_time: JobTime,
    pub(crate) deploy_time: JobTime,
    pub(crate) guesses: Guesses,
    /// The script that every org begins with.
    pub(crate) faults: Vec<Fault>,
}

/// How many unfinished queries an org remembers.
const CURSORS: usize = 50;

/// The records of a query that did not fit on one page.
#[derive(Debug)]
pub(crate) struct Cursor {
    /// Whose query it was.
    pub(crate) user: Id,
    pub(crate) records: Vec<Value>,
}

/// An org and what is known of it while the emulator runs.
#[derive(Debug)]
pub(crate) struct Org {
    world: World,
    changed: bool,
    settings: Arc<Settings>,
    /// API requests used so far today.
    pub(crate) api_used: u64,
    pub(crate) log: RequestLog,
    /// What goes wrong; no part of the world.
    pub(crate) script: Script,
    pub(crate) bulk_jobs: BTreeMap<Id, BulkJob>,
    /// Authorization codes that nobody came for yet.
    pub(crate) codes: BTreeMap<String, Code>,
    /// Links that log a browser in, once, and whom.
    pub(crate) links: BTreeMap<String, Id>,
    cursors: BTreeMap<String, Cursor>,
    last_cursor: u64,
}

impl Org {
    /// An org that nobody has asked anything yet.
    pub(crate) fn new(world: World, settings: Arc<Settings>) -> Self {
        let script = Script::new(&settings.faults);
        Self {
            world,
            changed: false,
            settings,
            script,
            api_used: 0,
            log: RequestLog::default(),
            bulk_jobs: BTreeMap::new(),
            codes: BTreeMap::new(),
            links: BTreeMap::new(),
            cursors: BTreeMap::new(),
            last_cursor: 0,
        }
    }

    /// The world, to look at.
    pub(crate) fn world(&self) -> &World {
        &self.world
    }

    /// The world, to change: it is saved after this request.
    pub(crate) fn world_mut(&mut self) -> &mut World {
        self.changed = true;
        &mut self.world
    }

    /// Puts another world in the place of this org's.
    pub(crate) fn exchange(&mut self, other: &mut World) {
        std::mem::swap(&mut self.world, other);
    }

    /// Has the world saved after this request, although it is a new one.
    pub(crate) fn touch(&mut self) {
        self.changed = true;
    }

    /// Whether it changed since this was last asked.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Keeps the records of a query for its later pages, and returns their locator.
    pub(crate) fn keep_cursor(&mut self, user: &Id, records: Vec<Value>) -> String {
        self.last_cursor += 1;
        let locator = format!("0r8{:012}AAA", self.last_cursor);
        let user = user.clone();
        self.cursors.insert(locator.clone(), Cursor { user, records });
        while self.cursors.len() > CURSORS {
            self.cursors.pop_first();
        }
        locator
    }

    /// The query of that locator.
    pub(crate) fn cursor(&self, locator: &str) -> Option<&Cursor> {
        self.cursors.get(locator)
    }

    /// How the emulator behaves.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// A call that has been authenticated: the org, who asks, and when.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) org: &'a mut Org,
    pub(crate) user: Id,
    /// The API version of the URL, e.g. `68.0`.
    pub(crate) version: String,
    pub(crate) now: Millis,
}

impl Call<'_> {
    /// The world, to look at.
    pub(crate) fn world(&self) -> &World {
        self.org.world()
    }

    /// Whether the caller may do this.
    pub(crate) fn may(&self, act: Act) -> bool {
        self.org.world().may(&self.user, act)
    }

    /// Queues a deploy and lets it run if its time is up at once; returns its id.
    ///
    /// `archive` is the zip file in base64, `options` are the deploy options by their names.
    pub(crate) fn queue_deploy(&mut self, archive: String, options: Value) -> Id {
        self.queue(archive, options, None)
    }

    /// Queues the deploy of a validation.
    pub(crate) fn queue_validated(&mut self, archive: String, options: Value, id: Id) -> Id {
        self.queue(archive, options, Some(id))
    }

    fn queue(&mut self, archive: String, options: Value, validation: Option<Id>) -> Id {
        let time = self.org.settings().deploy_time;
        let failure = self.org.script.trouble.deploy_failure();
        let (user, now) = (self.user.clone(), self.now);
        let world = self.org.world_mut();
        let id = world.new_id("0Af");
        world.jobs.deploys.push(DeployJob {
            id: id.clone(),
            created: now,
            created_by: user,
            archive,
            options,
            status: DeployStatus::Pending,
            foreign: false,
            validation,
            failure,
            outcome: None,
            finished: None,
            timer: Timer::waiting(time),
        });
        jobs::advance(self.org, now);
        id
    }

    /// Reads a deploy's status, which counts as a poll.
    pub(crate) fn poll_deploy(&mut self, id: &Id) -> Option<&DeployJob> {
        jobs::poll_deploy(self.org, id, self.now);
        self.org.world().jobs.deploys.iter().find(|job| job.id == *id)
    }

    /// Starts a retrieve and lets it run if its time is up at once; returns its id.
    pub(crate) fn queue_retrieve(&mut self, request: Value) -> Id {
        let mut timer = Timer::waiting(self.org.settings().deploy_time);
        timer.start(self.now);
        let (created_by, now) = (self.user.clone(), self.now);
        let world = self.org.world_mut();
        let id = world.new_id("09S");
        let job = RetrieveJob { id: id.clone(), created_by, request, outcome: None, timer };
        world.jobs.retrieves.push(job);
        jobs::advance(self.org, now);
        id
    }

    /// Reads a retrieve's status, which counts as a poll.
    pub(crate) fn poll_retrieve(&mut self, id: &Id) -> Option<&RetrieveJob> {
        jobs::poll_retrieve(self.org, id, self.now);
        self.org.world().jobs.retrieves.iter().find(|job| job.id == *id)
    }

    /// Asks a deploy to stop; `None` where there is no such deploy.
    ///
    /// A deploy that has finished stays as it is.
    pub(crate) fn cancel_deploy(&mut self, id: &Id) -> Option<&DeployJob> {
        let unfinished = |job: &DeployJob| job.id == *id && !job.status.is_final();
        if self.world().jobs.deploys.iter().any(unfinished) {
            let jobs = &mut self.org.world_mut().jobs.deploys;
            if let Some(job) = jobs.iter_mut().find(|job| unfinished(job)) {
                job.status = DeployStatus::Canceling;
                job.timer.start(self.now);
            }
        }
        self.world().jobs.deploys.iter().find(|job| job.id == *id)
    }
}
