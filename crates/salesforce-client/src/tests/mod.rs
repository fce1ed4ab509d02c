//! Tests of the clients against scripted servers, recorded answers and the API's own schemas.

mod errors;
mod exchanges;
mod many;
mod metadata;
mod packages;
mod recorded;
mod renewal;
mod rest;
mod schema;
mod softphone;

use std::path::PathBuf;

use secrecy::SecretString;
use serde_json::Value;

use super::{Client, Session};
use crate::testing::{self, Reply, Server};
use crate::wire::Url;

const TOKEN: &str = "00Dx0000000BV7z!canary.Token_1";

/// A client of a server that plays these replies.
async fn org(script: Vec<Reply>) -> (Server, Client) {
    let server = Server::start(script).await;
    let session = Session::new(Url::parse(&server.url).unwrap(), SecretString::from(TOKEN));
    let client = Client::new(testing::transport(&server), session);
    (server, client)
}

fn json(body: &Value) -> Reply {
    Reply::json(200, body.to_string())
}

/// The first line of a request: method and path.
fn line(request: &str) -> &str {
    request.lines().next().unwrap().strip_suffix(" HTTP/1.1").unwrap()
}

/// The body of a request.
fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

/// A folder beside the project, or none, said so, where it is absent.
fn beside(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(folder);
    if !path.is_dir() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}
