//! A real browser, headless, driven by the `WebDriver` protocol.
//!
//! <https://www.w3.org/TR/webdriver2/>

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::installed::say;

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser with one window; it is closed when this is dropped.
pub(crate) struct Browser {
    driver: Child,
    /// Address of the session.
    session: String,
    runtime: tokio::runtime::Runtime,
    client: reqwest::Client,
}

impl Browser {
    /// Starts one, where Chromium and its driver are installed.
    ///
    /// # Panics
    /// Where they are not, although `PROVISION_REQUIRE_CLIENTS` says that they must be.
    pub(crate) fn start() -> Option<Self> {
        if !["chromium", "chromedriver"].iter().all(|name| is_installed(name)) {
            let message = "no chromium with chromedriver: run tests/clients/install";
            assert!(std::env::var_os("PROVISION_REQUIRE_CLIENTS").is_none(), "{message}");
            say(&format!("skipped: {message}"));
            return None;
        }
        let port = scripted_server::unused_address().port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver starts");
        let mut browser = Self {
            driver,
            session: format!("http://127.0.0.1:{port}"),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
            client: reqwest::Client::builder()
                .no_proxy()
                .tls_certs_only([])
                .build()
                .expect("a client for loopback"),
        };
        browser.until(|browser| browser.ask("GET", "/status", None)["ready"] == true);
        let options = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": {
            "args": ["--headless", "--no-sandbox", "--disable-gpu", "--no-proxy-server"],
        } } } });
        let session = browser.ask("POST", "/session", Some(options));
        let id = session["sessionId"].as_str().expect("a session");
        browser.session = format!("{}/session/{id}", browser.session);
        Some(browser)
    }

    /// Goes to an address.
    pub(crate) fn visit(&self, url: &str) {
        self.ask("POST", "/url", Some(json!({ "url": url })));
    }

    /// Clicks the first button that says this.
    pub(crate) fn click(&self, words: &str) {
        let path = format!("//button[contains(., '{words}')]");
        let found = self.ask("POST", "/element", Some(json!({ "using": "xpath", "value": path })));
        let found = found.as_object().and_then(|found| found.values().next()?.as_str());
        assert!(found.is_some(), "no button says {words}: {}", self.text());
        let id = found.unwrap_or_default();
        self.ask("POST", &format!("/element/{id}/click"), Some(json!({})));
    }

    /// Waits until the page says this.
    pub(crate) fn read(&self, words: &str) {
        self.until(|browser| browser.text().contains(words));
    }

    /// What the page says.
    pub(crate) fn text(&self) -> String {
        let script = json!({ "script": "return document.body.innerText", "args": [] });
        self.ask("POST", "/execute/sync", Some(script)).as_str().unwrap_or_default().to_owned()
    }

    fn until(&self, done: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !done(self) {
            assert!(begun.elapsed() < PATIENCE, "the page says: {}", self.text());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let method = method.parse().expect("a method");
        let mut request = self.client.request(method, format!("{}{path}", self.session));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = self.runtime.block_on(async {
            // Until the driver listens there is no answer, which is what is waited for then.
            request.send().await.ok()?.json::<Value>().await.ok()
        });
        answer.unwrap_or_default()["value"].take()
    }
}

fn is_installed(name: &str) -> bool {
    ["/usr/bin", "/usr/local/bin"].iter().any(|folder| Path::new(folder).join(name).exists())
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.ask("DELETE", "", None);
        // Both fail only where it has ended already.
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}
