//! A running emulator: its thread, its address, and how it ends.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::Bytes;
use axum::http::{Request, Response};
use axum::serve::ListenerExt;
use tokio::sync::oneshot;

use crate::announcement::Announcement;
use crate::builder::Builder;
use crate::emulated_org::EmulatedOrg;
use crate::error::Error;
use crate::org::Settings;
use crate::seed::Recipe;
use crate::server::SharedState;
use crate::state::{State, WorldFactory};
use crate::tenant::{Agent, Tenant};
use crate::tls::TlsListener;
use crate::world::World;
use crate::{server, tls};

/// Whose users the Webex tenant has.
const AGENTS: &str = "Contact Center Agent";
const SUPERVISORS: &str = "Contact Center Supervisor";

/// The address of an emulator that listens nowhere.
const NOWHERE: &str = "http://127.0.0.1";

/// A running emulator; it stops when it is dropped.
#[derive(Debug)]
pub struct Emulator {
    url: String,
    state: SharedState,
    tenant: Tenant,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// An emulator that is about to start, with every default.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Starts an emulator on a thread of its own.
    pub(crate) fn start(builder: Builder) -> Result<Self, Error> {
        let port = builder.port;
        let bind = |source| Error::Bind { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(bind)?;
        listener.set_nonblocking(true).map_err(bind)?;
        let settings = builder.tls.as_deref().map(tls::settings).transpose()?;
        let scheme = if settings.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{}", listener.local_addr().map_err(bind)?);
        // The tenant is kept beside the orgs.
        let tenant_file = builder.world_file.as_deref().map(Self::tenant_file);
        let state = initial_state(builder, url.clone())?;
        let agents = state.orgs.first().map(|org| agents(org.world())).unwrap_or_default();
        let tenant = Tenant::kept_in(tenant_file, &agents)?;
        let state = Arc::new(Mutex::new(state));

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
        Ok(Self { url, state, tenant, stop: Some(stop), thread: Some(thread) })
    }

    /// An emulator that listens nowhere.
    pub(crate) fn in_process(builder: Builder) -> Result<Self, Error> {
        let tenant_file = builder.world_file.as_deref().map(Self::tenant_file);
        let state = initial_state(builder, NOWHERE.to_owned())?;
        let agents = state.orgs.first().map(|org| agents(org.world())).unwrap_or_default();
        let tenant = Tenant::in_process(tenant_file, &agents);
        let state = Arc::new(Mutex::new(state));
        Ok(Self { url: NOWHERE.to_owned(), state, tenant, stop: None, thread: None })
    }

    /// Answers a request of the orgs in this process, as it would over a connection; `None` where a fault
    /// closes that connection before the answer is whole.
    pub async fn answer(&self, request: Request<Bytes>) -> Option<Response<Bytes>> {
        server::answer_here(&self.state, request).await
    }

    /// Where it listens: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its address, its orgs and how to log in, as the command prints them first.
    pub fn announcement(&self) -> Announcement {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        Announcement { webex: self.tenant.announcement(), ..Announcement::of(&state) }
    }

    /// The file that keeps the Webex tenant, beside the one that keeps the orgs.
    pub fn tenant_file(world_file: &Path) -> PathBuf {
        world_file.with_extension("webex.json")
    }

    /// The Webex tenant beside its orgs.
    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Its first org, as an administrator has it in hand.
    pub fn org(&self) -> EmulatedOrg {
        EmulatedOrg::new(Arc::clone(&self.state), 0)
    }

    /// All its orgs.
    pub fn orgs(&self) -> Vec<EmulatedOrg> {
        let count = self.state.lock().unwrap_or_else(PoisonError::into_inner).orgs.len();
        (0..count).map(|place| EmulatedOrg::new(Arc::clone(&self.state), place)).collect()
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

/// The people of an org who work in the contact center.
fn agents(world: &World) -> Vec<Agent> {
    let of = |name: &str| world.profiles.iter().find(|profile| profile.name == name);
    let [agents, supervisors] = [AGENTS, SUPERVISORS].map(|name| of(name).map(|it| &it.id));
    let active = world.users.iter().filter(|user| user.is_active);
    active
        .filter_map(|user| {
            let first_name = user.first_name.as_deref().unwrap_or("-");
            let agent = Agent::new(first_name, &user.last_name, &user.email);
            let profile = Some(&user.profile_id);
            if profile == agents {
                Some(agent)
            } else {
                (profile == supervisors).then(|| agent.supervising())
            }
        })
        .collect()
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

/// The orgs that the builder asks for.
fn initial_state(builder: Builder, url: String) -> Result<State, Error> {
    let settings = Settings {
        url,
        authority: builder.tls.as_deref().map(tls::authority),
        latency: builder.latency,
        package_time: builder.package_time,
        deploy_time: builder.deploy_time,
        guesses: builder.seed.own_guesses().unwrap_or(builder.guesses),
        faults: builder.faults,
    };
    let recipe = Recipe {
        seed: builder.seed.chosen_number(),
        place: 0,
        users: builder.users,
        kind: builder.kind,
    };
    let factory = WorldFactory { recipe, count: builder.orgs, seed: builder.seed };
    State::new(factory, Arc::new(settings), builder.world_file)
}
