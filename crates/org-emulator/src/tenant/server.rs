//! The tenant over HTTP, on a thread of its own.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, header};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::answer::{Answer, Result};
use super::exchange::Exchange;
use super::kind::Kind;
use super::kinds::kind;
use super::login::{BOTH, MINT, READ, WRITE};
use super::query::Query;
use super::seed::{self, Agent};
use super::state::{State, World};
use super::traps::Traps;
use super::{ani_entries, control, lists, records, user};
use crate::error::Error;
use crate::server::whole;
use crate::url::{decoded, pairs};

/// Bytes of the largest body; layouts are some ten thousand.
const LARGEST_BODY: usize = 8_000_000;

/// The address of a tenant that listens nowhere; not that of its org.
const NOWHERE: &str = "http://127.0.0.2";

type SharedState = Arc<Mutex<State>>;

/// A tenant that is being served; it stops when it is dropped.
#[derive(Debug)]
pub struct Tenant {
    url: String,
    state: SharedState,
    announcement: Value,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// A tenant as it was at a moment, with its logins.
#[derive(Debug, Clone)]
pub struct TenantSnapshot(World);

impl Tenant {
    /// Starts the demo tenant with these agents, on any port of 127.0.0.1 that is free.
    pub fn start(agents: &[Agent]) -> std::result::Result<Tenant, Error> {
        Tenant::kept_in(None, agents)
    }

    /// The same, kept in a file: taken from there if it exists, saved after every change.
    pub fn kept_in(file: Option<PathBuf>, agents: &[Agent]) -> std::result::Result<Tenant, Error> {
        let bind = |source| Error::Bind { port: 0, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(bind)?;
        listener.set_nonblocking(true).map_err(bind)?;
        let url = format!("http://{}", listener.local_addr().map_err(bind)?);
        let mut tenant = Tenant::at(url, file, agents);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::Thread)?;
        let listener = {
            let _entered = runtime.enter();
            tokio::net::TcpListener::from_std(listener).map_err(bind)?
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new()
            .fallback(answer)
            .layer(DefaultBodyLimit::max(LARGEST_BODY))
            .with_state(Arc::clone(&tenant.state));
        let serve = async move {
            tokio::select! {
                // Serving does not end by itself.
                ended = async { axum::serve(listener, router).await } => drop(ended),
                _ = stopped => {}
            }
        };
        let thread = std::thread::Builder::new()
            .name("webex tenant".to_owned())
            .spawn(move || runtime.block_on(serve))
            .map_err(Error::Thread)?;
        (tenant.stop, tenant.thread) = (Some(stop), Some(thread));
        Ok(tenant)
    }

    /// A tenant that listens nowhere.
    pub(crate) fn in_process(file: Option<PathBuf>, agents: &[Agent]) -> Tenant {
        Tenant::at(NOWHERE.to_owned(), file, agents)
    }

    /// A tenant at that address which nobody serves yet.
    fn at(url: String, file: Option<PathBuf>, agents: &[Agent]) -> Tenant {
        let mut first = seed::grow(agents);
        let tokens = Tokens::of(&mut first);
        let state = State::new(first, file);
        let announcement = announcement(&url, &state.world, &tokens);
        let state = Arc::new(Mutex::new(state));
        Tenant { url, state, announcement, stop: None, thread: None }
    }

    /// Answers a request in this process, as it would over a connection.
    pub async fn answer(&self, request: Request<Bytes>) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let state = Shared(Arc::clone(&self.state));
        let answer = answer(state, head.method, head.uri, head.headers, body).await;
        // Bodies that are there already do not break off.
        whole(answer).await.unwrap_or_default()
    }

    /// Where it listens: `http://127.0.0.1:PORT`, in the place of the region's API and of `webexapis.com`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its address, whose it is, and how to log in.
    pub fn announcement(&self) -> Value {
        self.announcement.clone()
    }

    /// Switches what it does against its own description.
    pub fn set_traps(&self, traps: Traps) {
        self.state().world.traps = traps;
    }

    /// The tenant as it is now, to come back to with [`Tenant::restore`].
    pub fn snapshot(&self) -> TenantSnapshot {
        TenantSnapshot(self.state().world.clone())
    }

    /// Takes the tenant back to what it was, logins too; what went over the wire is forgotten.
    pub fn restore(&self, snapshot: &TenantSnapshot) {
        self.state().restore(snapshot.0.clone());
    }

    /// All records by their kinds, as `GET /_tenant/records` shows them.
    pub fn records(&self) -> Value {
        control::records(&self.state())
    }

    /// What went over the wire so far.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.state().exchanges.iter().cloned().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Tenant {
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

/// The tokens that a tenant begins with.
struct Tokens {
    full: String,
    read_only: String,
    minting: String,
    refresh: String,
    service: String,
}

impl Tokens {
    fn of(world: &mut World) -> Tokens {
        let (organization, logins) = (world.organization.clone(), &mut world.logins);
        Tokens {
            full: logins.access_token(&organization, &[READ, WRITE, BOTH]),
            read_only: logins.access_token(&organization, &[READ]),
            minting: logins.access_token(&organization, &[MINT]),
            refresh: logins.refresh_token(&organization, "C0integration"),
            service: logins.refresh_token(&organization, "C0service"),
        }
    }
}

fn announcement(url: &str, world: &World, tokens: &Tokens) -> Value {
    let app = |client_id: &str| world.logins.apps.iter().find(|app| app.client_id == client_id);
    let integration = app("C0integration");
    let service = app("C0service");
    json!({
        "url": url,
        "organization_id": world.organization,
        "name": world.name,
        "access_token": tokens.full,
        "read_only_token": tokens.read_only,
        "minting_token": tokens.minting,
        "integration": {
            "client_id": integration.map(|app| &app.client_id),
            "client_secret": integration.map(|app| &app.client_secret),
            "redirect_uri": integration.and_then(|app| app.redirect_uris.first()),
            "refresh_token": tokens.refresh,
        },
        "service_app": {
            "application_id": service.and_then(|app| app.application_id.as_ref()),
            "client_id": service.map(|app| &app.client_id),
            "client_secret": service.map(|app| &app.client_secret),
            "refresh_token": tokens.service,
        },
    })
}

/// A request, read whole.
struct Asked {
    method: String,
    /// As it came.
    path: String,
    segments: Vec<String>,
    query: String,
    token: Option<String>,
    body: Bytes,
}

async fn answer(
    Shared(state): Shared<SharedState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let header = |name: header::HeaderName| {
        headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    };
    let token = header(header::AUTHORIZATION).split_once(' ');
    let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"));
    let segments = uri.path().split('/').skip(1).map(|segment| decoded(segment, false));
    let request = Asked {
        method: method.as_str().to_owned(),
        path: uri.path().to_owned(),
        segments: segments.collect(),
        query: uri.query().unwrap_or_default().to_owned(),
        token: token.map(|(_, token)| token.trim().to_owned()),
        body,
    };
    let is_control = request.segments.first().is_some_and(|first| first == "_tenant");
    let (response, depth, latency) = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let depth = state.depth();
        let mut answer = route(&mut state, &request).unwrap_or_else(|refusal| refusal);
        let changes =
            request.method != "GET" || request.segments.first().is_some_and(|it| it == "v1");
        if changes && let Err(error) = state.save() {
            answer = Answer::refused(500, &format!("The emulator cannot keep its file: {error}"));
        }
        let tracking_id = state.tracking_id();
        if answer.status >= 400
            && let Some(Value::Object(body)) = &mut answer.body
            && body.get("error").is_some_and(Value::is_object)
        {
            body.insert("trackingId".to_owned(), tracking_id.clone().into());
        }
        let bytes =
            answer.body.as_ref().map(|body| body.to_string().into_bytes()).unwrap_or_default();
        if !is_control {
            state.keep(Exchange {
                method: request.method,
                target: uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
                request_type: header(header::CONTENT_TYPE).to_owned(),
                request: request.body.to_vec(),
                status: answer.status,
                response_type: "application/json;charset=UTF-8".to_owned(),
                response: bytes.clone(),
                depth,
            });
        }
        (response(&answer, &tracking_id, bytes), depth, state.world.traps.latency)
    };
    if !is_control {
        if latency > 0 {
            tokio::time::sleep(Duration::from_millis(latency)).await;
        }
        state.lock().unwrap_or_else(PoisonError::into_inner).has_answered(depth);
    }
    response
}

fn response(answer: &Answer, tracking_id: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    let status = StatusCode::from_u16(answer.status);
    *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if answer.body.is_some() {
        let json = HeaderValue::from_static("application/json;charset=UTF-8");
        headers.insert(header::CONTENT_TYPE, json);
    }
    if let Ok(value) = HeaderValue::from_str(tracking_id) {
        headers.insert("trackingid", value);
    }
    if let Some(seconds) = answer.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    let location = answer.location.as_deref().and_then(|to| HeaderValue::from_str(to).ok());
    if let Some(location) = location {
        headers.insert(header::LOCATION, location);
    }
    response
}

/// Takes a request to whoever answers it.
fn route(state: &mut State, request: &Asked) -> Result {
    let segments: Vec<&str> = request.segments.iter().map(String::as_str).collect();
    let method = request.method.as_str();
    let token = request.token.as_deref();
    let world = &mut state.world;
    match (method, segments.as_slice()) {
        (_, ["_tenant", rest @ ..]) => control::handle(state, method, rest, &request.body),
        ("GET", ["v1", "authorize"]) => world.logins.authorize(&world.organization, &request.query),
        ("POST", ["v1", "access_token"]) => world.logins.token(&world.organization, &request.body),
        ("POST", ["v1", "applications", id, "token"]) => {
            world.logins.mint(&world.organization, token, id, &request.body)
        }
        ("GET", ["v1", "authorizations", "tokenExpiry"]) => world.logins.expiry(token),
        (_, ["organization", organization, rest @ ..]) => {
            let scope = if method == "GET" { READ } else { WRITE };
            world.logins.check(token, scope)?;
            state.count_request()?;
            if *organization != state.world.organization {
                return Err(Answer::refused(403, "Access denied - another organization"));
            }
            configuration(&mut state.world, request, rest)
        }
        _ => Err(Answer::refused(404, "There is nothing here")),
    }
}

/// What is below the organization.
fn configuration(world: &mut World, request: &Asked, rest: &[&str]) -> Result {
    // What no client should send: it is lost on the way.
    if request.query.contains('"') {
        return Err(Answer::unreadable(
            400,
            "Invalid character found in the request target",
            &request.path,
        ));
    }
    let query = pairs(&request.query);
    let (path, body) = (request.path.as_str(), request.body.as_ref());
    let nothing = || Answer::refused(404, "The emulated tenant does not do this");
    let known = |name: &str| kind(name).ok_or_else(nothing);
    match (request.method.as_str(), rest) {
        ("GET", []) if world.traps.nameless_organization => Err(nothing()),
        ("GET", []) => Ok(Answer::of(200, json!({ "id": world.organization, "name": world.name }))),
        ("GET", ["v2", "outdial-ani", list, "entry"]) => {
            ani_entries::entries(world, "GET", list, None, (path, &query, body))
        }
        ("POST", ["outdial-ani", list, "entry"]) => {
            ani_entries::entries(world, "POST", list, None, (path, &query, body))
        }
        (method, ["outdial-ani", list, "entry", entry]) => {
            ani_entries::entries(world, method, list, Some(entry), (path, &query, body))
        }
        ("GET", ["user", "with-user-profile", id]) => user::with_profile(world, id, &query),
        ("PATCH", ["user", id]) => user::patch(world, id, body, path),
        ("GET", ["v3", "dial-number"]) => {
            lists::list(world, known("dial-number")?, "/v3/dial-number", &query)
        }
        ("GET", [of, id, "incoming-references"]) => {
            lists::references(world, known(of)?, id, &query)
        }
        ("GET", [version, name]) if is_list(version, name) => {
            lists::list(world, known(name)?, &format!("/{version}/{name}"), &query)
        }
        (method, [version, name, rest @ ..]) if is_item(version, name) => {
            items(world, known(name)?, method, rest, (path, &query, body))
        }
        (method, [name, rest @ ..]) if is_item("", name) => {
            items(world, known(name)?, method, rest, (path, &query, body))
        }
        _ => Err(nothing()),
    }
}

fn is_list(version: &str, name: &str) -> bool {
    kind(name).is_some_and(|kind| kind.list.trim_start_matches('/') == version)
}

fn is_item(version: &str, name: &str) -> bool {
    kind(name).is_some_and(|kind| kind.item.trim_start_matches('/') == version)
}

/// What is done with records of a kind, or with one of them.
fn items(
    world: &mut World,
    kind: &Kind,
    method: &str,
    rest: &[&str],
    request: (&str, &Query, &[u8]),
) -> Result {
    let (path, query, body) = request;
    match (method, rest) {
        ("POST", []) if kind.made_here => records::create(world, kind, body, path),
        ("GET", [id]) => records::read(world, kind, id, query),
        ("PUT", [id]) => records::replace(world, kind, id, body, path),
        ("DELETE", [id]) if kind.made_here => records::delete(world, kind, id),
        _ => Err(Answer::refused(404, "The emulated tenant does not do this")),
    }
}
