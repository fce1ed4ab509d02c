//! An org on loopback: Salesforce's APIs over real HTTP, with a real state behind them.
//!
//! ```no_run
//! use org_emulator::{Emulator, Options};
//!
//! let emulator = Emulator::start(Options::default())?;
//! let orgs = emulator.announcement();
//! # Ok::<(), org_emulator::Error>(())
//! ```
//!
//! - `world` is the org: its state and its rules, no HTTP. What one API changes, every other API
//!   shows, for all of them read and write the same world.
//! - `schema` says which objects there are; `catalog` shows the world to `soql`.
//! - `rest`, `bulk`, `metadata`, `partner` and `apex` are the APIs, `oauth` is how one gets in;
//!   `server` (with `tls`) and `routes` take requests to them, and `control` is what no org offers
//!   (`/_emulator/`).
//! - `faults` makes things go wrong by script, between `server` and `routes`.
//! - `seed` makes orgs, `clock` and `jobs` let time pass, `guesses` names what nobody has seen.
//!
//! The emulator shares no type with the clients in this crate: a field name that is wrong on one
//! side must not be wrong on the other too.

mod announcement;
mod answer;
mod apex;
mod asked;
mod bulk;
mod catalog;
mod clock;
mod control;
mod error;
mod faults;
mod files;
mod guesses;
mod ids;
mod jobs;
mod log;
mod metadata;
mod oauth;
mod org;
mod partner;
mod rest;
mod routes;
mod schema;
mod seed;
mod server;
mod soap;
mod soql;
mod state;
#[cfg(test)]
mod tests;
mod tls;
mod world;

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt;
use serde_json::Value;
use tokio::sync::oneshot;

pub use self::clock::JobTime;
pub use self::error::Error;
pub use self::guesses::Guesses;
use self::org::Settings;
use self::seed::{Overrides, Recipe};
use self::server::SharedState;
use self::state::{Nursery, State};
use self::tls::TlsListener;

/// What kind of org to emulate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

/// How to emulate.
#[derive(Debug, Clone)]
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

/// A running emulator; it stops when it is dropped.
#[derive(Debug)]
pub struct Emulator {
    url: String,
    state: SharedState,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Starts an emulator on a thread of its own.
    pub fn start(options: Options) -> Result<Self, Error> {
        let port = options.port;
        let bind = |source| Error::Bind { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(bind)?;
        listener.set_nonblocking(true).map_err(bind)?;
        let settings = options.tls.as_deref().map(tls::settings).transpose()?;
        let scheme = if settings.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{}", listener.local_addr().map_err(bind)?);
        let state = Arc::new(Mutex::new(grown(options, url.clone())?));

        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::Thread)?;
        let (stop, stopped) = oneshot::channel::<()>();
        let router = server::router(Arc::clone(&state));
        let listener = {
            let _entered = runtime.enter();
            tokio::net::TcpListener::from_std(listener).map_err(bind)?
        };
        let thread = std::thread::Builder::new()
            .name("org emulator".to_owned())
            .spawn(move || {
                runtime.block_on(async move {
                    tokio::select! {
                        () = serve(listener, settings, router) => {}
                        _ = stopped => {}
                    }
                });
            })
            .map_err(Error::Thread)?;
        Ok(Self { url, state, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its address, its orgs and how to log in, as the command prints them first.
    pub fn announcement(&self) -> Value {
        announcement::document(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Both fail only where the thread has ended already.
        if let Some(stop) = self.stop.take() {
            let _ended = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}

/// Serves until it is dropped.
async fn serve(
    listener: tokio::net::TcpListener,
    settings: Option<Arc<rustls::ServerConfig>>,
    router: Router,
) {
    let ended = if let Some(settings) = settings {
        match TlsListener::new(listener, settings) {
            Ok(listener) => axum::serve(listener, router).await,
            Err(error) => Err(error),
        }
    } else {
        // Answers are small: waiting to fill a packet would cost 40 ms each.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        axum::serve(listener, router).await
    };
    // Serving does not end by itself.
    drop(ended);
}

/// The orgs that the options ask for.
fn grown(options: Options, url: String) -> Result<State, Error> {
    let overrides = match &options.seed {
        Seed::Number(number) => Overrides::numbered(*number),
        Seed::File(path) => {
            let text = files::read(path)
                .map_err(|source| Error::SeedFile { path: path.clone(), source })?;
            Overrides::parse(&text).map_err(Error::Seed)?
        }
    };
    let faults = match &options.faults {
        Some(path) => {
            let text = files::read(path)
                .map_err(|source| Error::FaultFile { path: path.clone(), source })?;
            faults::parse(&text).map_err(Error::Faults)?
        }
        None => Vec::new(),
    };
    let settings = Settings {
        url,
        authority: options.tls.as_deref().map(tls::authority),
        latency: options.latency,
        package_time: options.package_time,
        deploy_time: options.deploy_time,
        guesses: overrides.guesses.unwrap_or(options.guesses),
        faults,
    };
    let recipe = Recipe {
        seed: overrides.seed.unwrap_or(1),
        place: 0,
        users: options.users,
        kind: options.kind,
    };
    let nursery = Nursery { recipe, count: options.orgs, overrides };
    State::new(nursery, Arc::new(settings), options.world_file)
}
