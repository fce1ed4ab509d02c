//! The emulator, as anybody starts it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A running `provision emulator`; it ends when this is dropped.
pub(crate) struct Emulator {
    child: Child,
    /// Its first line.
    pub(crate) announcement: Value,
    _state: TempDir,
}

impl Emulator {
    /// Starts one with these arguments.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let state = TempDir::new().expect("a state directory");
        let mut child = Command::new(env!("CARGO_BIN_EXE_provision"))
            .args(["emulator", "--output", "json"])
            .args(arguments)
            .env_clear()
            .env("PROVISION_STATE_DIR", state.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the emulator starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its first line");
        let announcement = serde_json::from_str(&line).expect("the announcement");
        Self { child, announcement, _state: state }
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        self.announcement["url"].as_str().expect("an address")
    }

    /// The first org.
    pub(crate) fn org(&self) -> &Value {
        &self.announcement["orgs"][0]
    }

    /// Has the first org changed as no client can.
    pub(crate) fn put(&self, what: &str, body: &Value) {
        let id = self.org()["org_id"].as_str().expect("an id");
        let url = format!("{}/_emulator/orgs/{id}/{what}", self.url());
        send(client().put(url).json(body));
    }

    /// What a browser sees that follows a link.
    pub(crate) fn visit(link: &str) -> String {
        let browser = reqwest::Client::builder().no_proxy().tls_certs_only([]);
        let browser = browser.redirect(reqwest::redirect::Policy::none()).build();
        let browser = browser.expect("a client for loopback");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let door = browser.get(link).send().await.expect("an answer");
            let header = |name: &str| {
                let value = door.headers().get(name).unwrap_or_else(|| unreachable!("no {name}"));
                value.to_str().expect("text").to_owned()
            };
            let cookie = header("set-cookie");
            let cookie = cookie.split(';').next().unwrap_or_default();
            let page = door.url().join(&header("location")).expect("an address");
            let page = browser.get(page).header("cookie", cookie).send().await.expect("an answer");
            assert!(page.status().is_success(), "{}: {}", page.url(), page.status());
            page.text().await.expect("text")
        })
    }

    /// The first org's administrator.
    pub(crate) fn administrator(&self) -> &Value {
        &self.org()["users"][0]
    }
}

fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build();
    client.expect("a client for loopback")
}

/// The text of an answer, which must be a success.
fn send(request: reqwest::RequestBuilder) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let answer = request.send().await.expect("an answer");
        assert!(answer.status().is_success(), "{}", answer.status());
        answer.text().await.expect("text")
    })
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Both fail only where it has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
