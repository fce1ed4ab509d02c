//! How to emulate: what whoever starts an emulator can choose.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::JobTime;
use crate::guesses::Guesses;

/// What kind of org to emulate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OrgKind {
    /// A production org.
    Production,
    /// A sandbox.
    #[default]
    Sandbox,
    /// A scratch org.
    Scratch,
    /// A Developer Edition org.
    Developer,
    /// A trial org.
    Trial,
}

/// What orgs are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Seed {
    /// A number: the same number, the same orgs.
    Number(u64),
    /// A file (TOML, or JSON) that names a number and what shall differ from it.
    File(PathBuf),
}

impl Default for Seed {
    fn default() -> Self {
        Self::Number(1)
    }
}

/// How to emulate: the defaults, and what shall differ from them.
///
/// ```
/// use std::time::Duration;
///
/// use org_emulator::{JobTime, Options, OrgKind};
///
/// let options = Options::default()
///     .with_kind(OrgKind::Production)
///     .with_latency(Duration::from_millis(150))
///     .with_deploy_time(JobTime::Polls(3));
/// assert_eq!(options.users, 25);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
#[must_use]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any that is free.
    pub port: u16,
    /// How many orgs.
    pub orgs: usize,
    /// How many users each org has.
    pub users: usize,
    /// What the orgs are made from.
    pub seed: Seed,
    /// What kind of orgs they are.
    pub kind: OrgKind,
    /// How long every answer takes.
    pub latency: Duration,
    /// How long installing a package takes.
    pub package_time: JobTime,
    /// How long a deploy takes.
    pub deploy_time: JobTime,
    /// Where the orgs are kept: loaded from there if the file exists, saved after every change.
    pub world_file: Option<PathBuf>,
    /// What goes wrong in every org: a script, JSON or TOML.
    pub faults: Option<PathBuf>,
    /// Serve HTTPS, vouched for by the authority in this folder, which is made on first use.
    pub tls: Option<PathBuf>,
    /// What is assumed where nobody knows; a seed file's own guesses go before these.
    pub guesses: Guesses,
}

impl Default for Options {
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
            faults: None,
            tls: None,
            guesses: Guesses::default(),
        }
    }
}

impl Options {
    /// Listens on this port of 127.0.0.1.
    pub fn with_port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Emulates so many orgs.
    pub fn with_orgs(mut self, orgs: usize) -> Self {
        self.orgs = orgs;
        self
    }

    /// Gives each org so many users.
    pub fn with_users(mut self, users: usize) -> Self {
        self.users = users;
        self
    }

    /// Makes the orgs from this.
    pub fn with_seed(mut self, seed: Seed) -> Self {
        self.seed = seed;
        self
    }

    /// Makes orgs of this kind.
    pub fn with_kind(mut self, kind: OrgKind) -> Self {
        self.kind = kind;
        self
    }

    /// Has every answer take that long.
    pub fn with_latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Has installing a package take that long.
    pub fn with_package_time(mut self, package_time: JobTime) -> Self {
        self.package_time = package_time;
        self
    }

    /// Has a deploy take that long.
    pub fn with_deploy_time(mut self, deploy_time: JobTime) -> Self {
        self.deploy_time = deploy_time;
        self
    }

    /// Keeps the orgs in this file.
    pub fn with_world_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.world_file = Some(path.into());
        self
    }

    /// Has go wrong what this script says.
    pub fn with_faults(mut self, path: impl Into<PathBuf>) -> Self {
        self.faults = Some(path.into());
        self
    }

    /// Serves HTTPS, with an authority in this folder.
    pub fn with_tls(mut self, path: impl Into<PathBuf>) -> Self {
        self.tls = Some(path.into());
        self
    }

    /// Assumes this where nobody knows.
    pub fn with_guesses(mut self, guesses: Guesses) -> Self {
        self.guesses = guesses;
        self
    }
}
