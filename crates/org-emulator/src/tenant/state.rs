//! A tenant while it runs.

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Result};
use super::exchange::Exchange;
use super::login::Logins;
use super::store::Store;
use super::traps::Traps;
use crate::clock::{self, Millis};

/// How many exchanges are kept.
const KEPT: usize = 5000;

/// What a tenant is, and what is kept of it in a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct World {
    pub(crate) organization: String,
    pub(crate) name: String,
    pub(crate) store: Store,
    /// The numbers that it has, whether they lead somewhere or not.
    pub(crate) numbers: BTreeSet<String>,
    pub(crate) logins: Logins,
    pub(crate) traps: Traps,
}

/// A tenant and what went on while it ran.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    /// As it began, to start over from.
    pub(crate) first: World,
    pub(crate) exchanges: VecDeque<Exchange>,
    file: Option<PathBuf>,
    recent: VecDeque<Millis>,
    tracked: u64,
    /// The depth of the deepest exchange that was answered.
    answered: usize,
}

impl State {
    /// The tenant of that file, or this one.
    pub(crate) fn new(first: World, file: Option<PathBuf>) -> State {
        let kept = file.as_ref().and_then(|file| fs::read(file).ok());
        let kept = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        State {
            world: kept.unwrap_or_else(|| first.clone()),
            first,
            exchanges: VecDeque::new(),
            file,
            recent: VecDeque::new(),
            tracked: 0,
            answered: 0,
        }
    }

    /// Keeps the tenant in its file, where it has one.
    pub(crate) fn save(&self) -> std::io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        crate::files::write_private(file, &serde_json::to_vec(&self.world)?)
    }

    /// Counts a request, and refuses it where there were too many in a minute.
    pub(crate) fn count_request(&mut self) -> Result<()> {
        const MINUTE: Millis = 60_000;
        let now = clock::now();
        let is_over = |at: &Millis| now.saturating_sub(*at) >= MINUTE;
        while self.recent.front().is_some_and(is_over) {
            self.recent.pop_front();
        }
        let traps = &self.world.traps;
        let most = traps.requests_a_minute.and_then(|most| usize::try_from(most).ok());
        if most.is_some_and(|most| self.recent.len() >= most) {
            let passed = self.recent.front().map_or(0, |at| now.saturating_sub(*at));
            let until = MINUTE.saturating_sub(passed) / 1000;
            let seconds = traps.retry_after.unwrap_or(until + 1);
            let refusal = Answer::refused(429, "Too many requests; try again later.");
            return Err(Answer { retry_after: Some(seconds), ..refusal });
        }
        self.recent.push_back(now);
        Ok(())
    }

    /// The id by which support finds a request.
    pub(crate) fn tracking_id(&mut self) -> String {
        self.tracked += 1;
        format!("ccconfig_00000000-0000-4000-8000-{:012x}", self.tracked)
    }

    /// How deep a request is that comes now.
    pub(crate) fn depth(&self) -> usize {
        self.answered + 1
    }

    /// A request of that depth was answered.
    pub(crate) fn has_answered(&mut self, depth: usize) {
        self.answered = self.answered.max(depth);
    }

    /// Keeps an exchange for whoever judges it.
    pub(crate) fn keep(&mut self, exchange: Exchange) {
        if self.exchanges.len() == KEPT {
            self.exchanges.pop_front();
        }
        self.exchanges.push_back(exchange);
    }

    /// Starts over.
    pub(crate) fn reset(&mut self) {
        self.world = self.first.clone();
        self.recent.clear();
    }

    /// Puts another world in the place of this one, as if nobody had asked anything yet.
    pub(crate) fn restore(&mut self, world: World) {
        self.world = world;
        self.recent.clear();
        self.exchanges.clear();
    }
}
