//! Where the browser comes back to: a page on this machine's own address, for two minutes.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use salesforce_client::oauth::Error;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot, watch};

use super::Page;

/// How long the browser is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// The path of the redirect. Apps that were made for the Salesforce CLI know it already.
const PATH: &str = "/OauthRedirect";

/// A listener for the browser's return, on loopback addresses only.
#[derive(Debug)]
pub struct Callback {
    listeners: Vec<TcpListener>,
    port: u16,
    path: String,
    patience: Duration,
}

/// The browser is back, and waits for a page.
#[derive(Debug)]
pub struct BrowserReturn {
    /// The query of the address that it came to.
    pub query: String,
    page: oneshot::Sender<Page>,
    /// Dropped once nobody is to be served any more.
    closing: watch::Sender<bool>,
    served: mpsc::Receiver<()>,
}

struct CallbackState {
    path: String,
    arrivals: mpsc::Sender<(String, oneshot::Sender<Page>)>,
    is_ours: Box<dyn Fn(&str) -> bool + Send + Sync>,
    open: Mutex<bool>,
}

impl Callback {
    /// Listens at that port of this machine; nothing is served yet.
    pub async fn bind(port: u16) -> Result<Callback, Error> {
        Callback::bind_at(port, PATH).await
    }

    /// The same for the path of an app that has a redirect of its own.
    pub async fn bind_at(port: u16, path: &str) -> Result<Callback, Error> {
        let taken = |error: io::Error| {
            Error::local(
                format!(
                    "The browser could not come back: port {port} of this machine is not free \
                         ({error})."
                ),
                "End what uses it, another login for example, or choose another one with --port; the \
                 app's Callback URLs must then name that one.",
            )
        };
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(taken)?;
        let port = first.local_addr().map_err(taken)?.port();
        let mut listeners = vec![first];
        // Browsers may take `localhost` for either; not every machine has this one.
        let second = SocketAddr::from((Ipv6Addr::LOCALHOST, port));
        listeners.extend(TcpListener::bind(second).await);
        Ok(Callback { listeners, port, path: path.to_owned(), patience: PATIENCE })
    }

    /// The address that the app must know, letter by letter.
    pub fn redirect_uri(&self) -> String {
        format!("http://localhost:{}{}", self.port, self.path)
    }

    /// Waits for the browser. Whoever comes with a query that is not ours reads so, and is not it.
    /// `late` says what to do where nobody comes.
    pub async fn wait(
        self,
        is_ours: impl Fn(&str) -> bool + Send + Sync + 'static,
        late: &str,
    ) -> Result<BrowserReturn, Error> {
        let (arrivals, mut arrived) = mpsc::channel(1);
        let (closing, closed) = watch::channel(false);
        let (done, served) = mpsc::channel(1);
        let (is_ours, open) = (Box::new(is_ours), Mutex::new(true));
        let state = Arc::new(CallbackState { path: self.path, arrivals, is_ours, open });
        for listener in self.listeners {
            let router = Router::new().fallback(handle_request).with_state(state.clone());
            let (mut closed, done) = (closed.clone(), done.clone());
            tokio::spawn(async move {
                let end = async move { drop(closed.wait_for(|closed| *closed).await) };
                // A listener that fails is as good as a browser that never comes: the limit ends it.
                axum::serve(listener, router).with_graceful_shutdown(end).await.ok();
                drop(done);
            });
        }
        drop(done);
        match tokio::time::timeout(self.patience, arrived.recv()).await {
            Ok(Some((query, page))) => Ok(BrowserReturn { query, page, closing, served }),
            _ => Err(Error::local(
                format!(
                    "Nobody finished the login in the browser within {} minutes.",
                    PATIENCE.as_secs() / 60
                ),
                late,
            )),
        }
    }
}

impl BrowserReturn {
    /// Shows the browser how it went, and stops listening.
    pub async fn show(mut self, page: Page) {
        // Somebody who has closed the window needs no page.
        self.page.send(page).ok();
        self.closing.send_replace(true);
        // Until the page is with the browser; a connection that is kept open is not waited for.
        tokio::time::timeout(Duration::from_secs(2), self.served.recv()).await.ok();
    }
}

async fn handle_request(
    State(state): State<Arc<CallbackState>>,
    method: Method,
    address: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    if address.path() != state.path {
        return StatusCode::NOT_FOUND.into_response();
    }
    if method != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let query = query.unwrap_or_default();
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    // Another name that leads to this machine is a page's trick to talk to it.
    if !is_this_machine(host) || !(state.is_ours)(&query) {
        return (StatusCode::BAD_REQUEST, page_response(&Page::not_ours())).into_response();
    }
    let first = {
        let mut open = state.open.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *open, false)
    };
    let (page, shown_later) = oneshot::channel();
    if !first || state.arrivals.send((query, page)).await.is_err() {
        return (StatusCode::BAD_REQUEST, page_response(&Page::not_ours())).into_response();
    }
    match shown_later.await {
        Ok(page) => (page.status(), page_response(&page)).into_response(),
        Err(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, page_response(&Page::stopped())).into_response()
        }
    }
}

/// Whether a `Host` header names this machine's loopback, whatever the port.
fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

fn page_response(page: &Page) -> impl IntoResponse {
    // The address holds a code; nobody else needs to learn it.
    let headers = [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("connection", "close"),
    ];
    (headers, Html(page.html()))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;
    use crate::advice;

    async fn visit(port: u16, path: &str) -> String {
        visit_as(port, "localhost", path).await
    }

    async fn visit_as(port: u16, host: &str, path: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn a_browser_that_never_comes_is_not_waited_for_forever() {
        let callback = Callback::bind(0).await.unwrap();
        let callback = Callback { patience: Duration::from_millis(20), ..callback };
        let error = callback.wait(|_| true, "Begin again.").await.unwrap_err().to_string();
        assert!(error.contains("Nobody finished the login"), "{error}");
    }

    #[tokio::test]
    async fn another_name_that_leads_here_is_refused_and_ends_no_login() {
        let callback = Callback::bind(0).await.unwrap();
        let port = callback.port;
        let waiting = tokio::spawn(callback.wait(|query| query.ends_with("state=ours"), ""));
        let path = "/OauthRedirect?code=1&state=ours";
        for host in ["evil.example", "localhost.evil.example:1717", "127.0.0.1.evil.example", ""] {
            let answer = visit_as(port, host, path).await;
            assert!(answer.starts_with("HTTP/1.1 400"), "{host}: {answer}");
        }
        let ours = tokio::spawn(async move { visit_as(port, "127.0.0.1:1717", path).await });
        waiting.await.unwrap().unwrap().show(Page::success("Logged in to Acme", "Fine.")).await;
        let page = ours.await.unwrap();
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    }

    #[tokio::test]
    async fn the_first_answer_that_is_ours_counts_and_gets_its_page() {
        let callback = Callback::bind(0).await.unwrap();
        let port = callback.port;
        assert_eq!(callback.redirect_uri(), format!("http://localhost:{port}/OauthRedirect"));
        let waiting = tokio::spawn(callback.wait(|query| query.ends_with("state=ours"), ""));
        let stranger = visit(port, "/OauthRedirect?code=x&state=theirs").await;
        assert!(stranger.starts_with("HTTP/1.1 400"), "{stranger}");
        let first =
            tokio::spawn(async move { visit(port, "/OauthRedirect?code=1&state=ours").await });
        let arrived = waiting.await.unwrap().unwrap();
        assert_eq!(arrived.query, "code=1&state=ours");
        let second = visit(port, "/OauthRedirect?code=2&state=ours").await;
        assert!(second.starts_with("HTTP/1.1 400"), "{second}");
        arrived.show(Page::success("Logged in to Acme", "Fine.")).await;
        let page = first.await.unwrap();
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("Logged in to Acme"), "{page}");
        for header in ["cache-control: no-store", "referrer-policy: no-referrer"] {
            assert!(page.contains(header), "{page}");
        }
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err(), "nobody listens");
    }

    #[test]
    fn the_callback_answers_to_this_machines_names_only() {
        for host in ["localhost", "localhost:1717", "LOCALHOST:1", "127.0.0.1:1717", "[::1]:1717"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "evil.example:1717", "localhost.evil.example", "127.0.0.1.nip.io", "::1"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[tokio::test]
    async fn a_port_that_is_taken_is_told() {
        let taken = Callback::bind(0).await.unwrap();
        let error = Callback::bind(taken.port).await.unwrap_err();
        assert!(advice::after_login_error(&error)[0].to_string().contains("--port"), "{error:?}");
    }
}
