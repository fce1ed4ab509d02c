//! Tests of the client against scripted servers, and against the API's own description.

mod areas;
mod contract;
mod errors;
mod lists;
mod renewal;
mod tenant;
mod writes;

use std::ops::Deref;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;

pub(crate) use scripted_server::{Reply, Server};

use crate::{Client, OrganizationId, Session, options};
use wire::Transport;

pub(crate) const ORGANIZATION: &str = "1eb65fdf-9643-417f-9974-ad72cae0e10f";

/// A token as Webex's are: letters, then the organization.
pub(crate) const TOKEN: &str =
    "OTk2Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5_PF84_1eb65fdf-9643-417f-9974-ad72cae0e10f";

/// A client of a scripted server, whose requests are judged at the end.
pub(crate) struct Scripted {
    pub(crate) client: Client,
    pub(crate) server: Server,
}

impl Scripted {
    pub(crate) async fn new(script: Vec<Reply>) -> Scripted {
        let session = Session::new(SecretString::from(TOKEN)).unwrap();
        Scripted::of(session, script).await
    }

    pub(crate) async fn of(session: Session, script: Vec<Reply>) -> Scripted {
        let server = Server::start(script).await;
        Scripted { client: Client::new(transport(&server), session), server }
    }

    /// The first lines of the requests so far, without the organization.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.server.heard().iter().map(|heard| line(heard)).collect()
    }

    /// The JSON body of a request.
    pub(crate) fn body(&self, number: usize) -> Value {
        let heard = self.server.heard();
        serde_json::from_str(heard[number].split_once("\r\n\r\n").unwrap().1).unwrap()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            contract::judge(&self.server.heard());
        }
    }
}

impl Deref for Scripted {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// A transport that hardly waits between tries.
pub(crate) fn transport(server: &Server) -> Transport {
    let mut options = options(&server.url, "tests");
    options.retry.base = Duration::from_millis(2);
    options.timeout = Duration::from_secs(10);
    Transport::new(options).unwrap()
}

pub(crate) fn organization() -> OrganizationId {
    OrganizationId::parse(ORGANIZATION).unwrap()
}

pub(crate) fn json(body: &Value) -> Reply {
    Reply::json(200, body.to_string())
}

fn line(request: &str) -> String {
    let line = request.lines().next().unwrap().strip_suffix(" HTTP/1.1").unwrap();
    line.replace(&format!("/organization/{ORGANIZATION}"), "")
}
