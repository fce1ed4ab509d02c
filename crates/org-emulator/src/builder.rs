//! What whoever starts an emulator can choose.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::JobTime;
use crate::emulator::Emulator;
use crate::error::Error;
use crate::faults::Fault;
use crate::guesses::Guesses;
use crate::kind::OrgKind;
use crate::seed::Seed;

/// How to emulate: the defaults, and what shall differ from them.
///
/// ```
/// use std::time::Duration;
///
/// use org_emulator::{Emulator, Fault, JobTime, OrgKind, Seed};
///
/// let emulator = Emulator::builder()
///     .seed(Seed::number(7).feature("OmniChannel", false))
///     .kind(OrgKind::Production)
///     .users(5)
///     .deploy_time(JobTime::Polls(3))
///     .fault(Fault::status(503, "SERVER_UNAVAILABLE", "Too busy").operation("query"))
///     .start()?;
/// assert_eq!(emulator.org().announcement().kind, OrgKind::Production);
/// # Ok::<(), org_emulator::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is emulated before it is started"]
pub struct Builder {
    pub(crate) port: u16,
    pub(crate) orgs: usize,
    pub(crate) users: usize,
    pub(crate) seed: Seed,
    pub(crate) kind: OrgKind,
    pub(crate) latency: Duration,
    pub(crate) package_time: JobTime,
    pub(crate) deploy_time: JobTime,
    pub(crate) world_file: Option<PathBuf>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) tls: Option<PathBuf>,
    pub(crate) guesses: Guesses,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            port: 0,
            orgs: 1,
            users: 25,
            seed: Seed::default(),
            kind: OrgKind::default(),
            latency: Duration::ZERO,
            package_time: JobTime::default(),
            deploy_time: JobTime::default(),
            world_file: None,
            faults: Vec::new(),
            tls: None,
            guesses: Guesses::default(),
        }
    }
}

impl Builder {
    /// Starts the emulator on a thread of its own.
    pub fn start(self) -> Result<Emulator, Error> {
        Emulator::start(self)
    }

    /// Makes an emulator that listens nowhere: whoever asks it goes by [`Emulator::answer`], and is answered on
    /// the thread that asks.
    ///
    /// ```
    /// use org_emulator::Emulator;
    ///
    /// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
    /// let emulator = Emulator::builder().in_process()?;
    /// let request = axum::http::Request::get("/services/data/").body("".into())?;
    /// let answer = emulator.answer(request).await.expect("no fault takes it away");
    /// assert!(answer.status().is_success());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn in_process(self) -> Result<Emulator, Error> {
        Emulator::in_process(self)
    }

    /// Listens on this port of 127.0.0.1; 0, the default, takes any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Emulates so many orgs; one by default.
    pub fn orgs(mut self, orgs: usize) -> Self {
        self.orgs = orgs;
        self
    }

    /// Gives each org so many users; 25 by default, of whom the first is the administrator.
    pub fn users(mut self, users: usize) -> Self {
        self.users = users;
        self
    }

    /// Makes the orgs from this: a [`Seed`], or just its number.
    pub fn seed(mut self, seed: impl Into<Seed>) -> Self {
        self.seed = seed.into();
        self
    }

    /// Makes orgs of this kind; sandboxes by default.
    pub fn kind(mut self, kind: OrgKind) -> Self {
        self.kind = kind;
        self
    }

    /// Has every answer take that long; requests sent together wait together.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Has installing or uninstalling a package take that long.
    pub fn package_time(mut self, package_time: JobTime) -> Self {
        self.package_time = package_time;
        self
    }

    /// Has a deploy take that long.
    pub fn deploy_time(mut self, deploy_time: JobTime) -> Self {
        self.deploy_time = deploy_time;
        self
    }

    /// Keeps the orgs in this file: they are loaded from there if it exists, and saved there after
    /// every change.
    pub fn world_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.world_file = Some(path.into());
        self
    }

    /// Has one thing more go wrong in every org.
    pub fn fault(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// Has these things go wrong in every org, after those that were named before.
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.faults.extend(faults);
        self
    }

    /// Serves HTTPS, vouched for by the authority in this folder, which is made on first use.
    pub fn tls(mut self, folder: impl Into<PathBuf>) -> Self {
        self.tls = Some(folder.into());
        self
    }

    /// Assumes this where nobody knows; a seed's own guesses go before these.
    pub fn guesses(mut self, guesses: Guesses) -> Self {
        self.guesses = guesses;
        self
    }
}
