//! A running emulator: its thread, its address, and how it ends.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use axum::Router;
use axum::serve::ListenerExt;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::error::Error;
use crate::options::{Options, Seed};
use crate::org::Settings;
use crate::seed::{Overrides, Recipe};
use crate::server::SharedState;
use crate::state::{State, WorldFactory};
use crate::tls::TlsListener;
use crate::{announcement, faults, files, server, tls};

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
        let state = Arc::new(Mutex::new(initial_state(options, url.clone())?));

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
fn initial_state(options: Options, url: String) -> Result<State, Error> {
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
    let factory = WorldFactory { recipe, count: options.orgs, overrides };
    State::new(factory, Arc::new(settings), options.world_file)
}
