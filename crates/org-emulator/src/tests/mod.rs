//! The emulator over real sockets.

mod apps;
mod barriers;
mod bulk;
mod burst;
mod checklist;
mod documentation;
mod faults;
mod history;
mod kinds;
mod logins;
mod names;
mod others;
mod packages;
mod permissions;
mod possibilities;
mod record_access;
mod records;
mod service;
mod setup_pages;
mod tls;
mod trees;
mod uninstall;

use serde_json::Value;

use super::{Builder, Emulator, Seed};

/// An emulator and a client that is logged in as the administrator of its first org.
struct Bench {
    emulator: Emulator,
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
    token: String,
    org: String,
}

impl Bench {
    fn new(builder: Builder) -> Self {
        let emulator = builder.start().unwrap();
        let org = emulator.org();
        Self {
            token: org.access_token().to_owned(),
            org: org.id().to_owned(),
            emulator,
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            client: reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap(),
        }
    }

    /// An emulator of a seed file.
    fn seeded(seed: &str, builder: Builder) -> Self {
        Self::new(builder.seed(Seed::parse(seed).unwrap()))
    }

    /// The announcement, as programs read it.
    fn announced(&self) -> Value {
        serde_json::to_value(self.emulator.announcement()).unwrap()
    }

    /// "People did it": a change of the world.
    fn change(&self, changes: &Value) {
        let path = format!("/_emulator/orgs/{}/world", self.org);
        assert_eq!(self.call("PATCH", &path, Some(changes)), (204, Value::Null));
    }

    fn text(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, String) {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.emulator.url()))
            .bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            (response.status().as_u16(), response.text().await.unwrap())
        })
    }

    fn call(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let (status, text) = self.text(method, path, body);
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    fn get(&self, path: &str) -> Value {
        let (status, body) = self.call("GET", path, None);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    fn query(&self, soql: &str) -> Value {
        self.get(&format!("/services/data/v68.0/query?q={}", soql.replace(' ', "+")))
    }

    fn tooling(&self, soql: &str) -> (u16, Value) {
        let soql = soql.replace('%', "%25").replace(' ', "+");
        self.call("GET", &format!("/services/data/v68.0/tooling/query?q={soql}"), None)
    }

    fn world(&self) -> Value {
        self.get(&format!("/_emulator/orgs/{}/world", self.org))
    }

    fn requests(&self) -> Vec<Value> {
        let log = self.get(&format!("/_emulator/orgs/{}/requests", self.org));
        log["requests"].as_array().unwrap().clone()
    }
}
