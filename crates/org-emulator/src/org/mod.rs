//! One org of the emulator: its world, and how the emulator was told to behave.

pub(crate) mod authorization_code;
pub(crate) mod bulk_job;
mod call;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use self::authorization_code::AuthorizationCode;
use self::bulk_job::BulkJob;
pub(crate) use self::call::Call;
use super::clock::JobTime;
use super::faults::{Fault, Script};
use super::guesses::Guesses;
use super::ids::Id;
use super::log::RequestLog;
use super::seed::Changes;
use super::setup_pages::BrowserSession;
use super::world::World;

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
    pub(crate) codes: BTreeMap<String, AuthorizationCode>,
    /// Links that log a browser in, once, and whom.
    pub(crate) links: BTreeMap<String, Id>,
    /// Browsers that came through the front door, by their cookie.
    pub(crate) browsers: BTreeMap<String, BrowserSession>,
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
            browsers: BTreeMap::new(),
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

    /// Makes changes that people made by hand: all of them, or none.
    pub(crate) fn change(&mut self, changes: &Changes) -> Result<(), String> {
        let mut world = self.world.clone();
        changes.apply(&mut world)?;
        *self.world_mut() = world;
        Ok(())
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
