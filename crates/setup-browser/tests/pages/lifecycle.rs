//! How a browser starts, and how it ends: by itself, by somebody's hand, or with the run.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use setup_browser::{Browser, Entry, Gate, Saving, Step, Task, Trouble, Watcher, carry_out};

use crate::person::{NODE, Person, browser, emulator, host, link, removal, small};

#[cfg(unix)]
#[test]
fn a_browser_that_somebody_closes_ends_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let wrapper = folder.path().join("browser");
    let script = format!("#!/bin/sh\nexec timeout 3 '{}' \"$@\"\n", browser.path().display());
    std::fs::write(&wrapper, script).unwrap();
    std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o700)).unwrap();
    let emulator = emulator(json!({"entrance": "passkey"}));
    let org = emulator.org();
    let person = Person::absent_from(&org);
    let evidence = folder.path().join("evidence");
    let entry = Entry {
        browser: Browser::at(wrapper).hidden(),
        address: link(&org, NODE),
        setup: format!("{}{NODE}", org.url()),
        org: host(&org),
        person: Duration::from_secs(60),
        page: Duration::from_secs(10),
        evidence: Some(evidence.clone()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let task = Task::SetUp(small());
    let stopped = runtime.block_on(carry_out(&entry, &task, &person)).unwrap_err();
    assert_eq!(stopped.trouble, Trouble::Closed);
    assert!(!evidence.exists(), "what was typed on the way in is kept nowhere");
}

/// Ctrl-C drops the future, wherever it is.
#[cfg(target_os = "linux")]
#[test]
fn whoever_is_interrupted_leaves_no_browser_and_no_profile() {
    let emulator = emulator(json!({"entrance": "passkey"}));
    let org = emulator.org();
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    // The browser is told by its arguments, which nobody else's has.
    let seen = folder.path().join("profile");
    let wrapper = wrapped(folder.path(), &browser, "");
    for after in [50, 1_500, 4_000] {
        let person = Person::absent_from(&org);
        let entry = Entry {
            browser: Browser::at(&wrapper).hidden(),
            address: link(&org, NODE),
            setup: format!("{}{NODE}", org.url()),
            org: host(&org),
            person: Duration::from_secs(60),
            page: Duration::from_secs(20),
            evidence: None,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let task = Task::SetUp(small());
        let limit = Duration::from_millis(after);
        let work = async { tokio::time::timeout(limit, carry_out(&entry, &task, &person)).await };
        assert!(runtime.block_on(work).is_err(), "it waits for a person");
        let profile = std::fs::read_to_string(&seen).unwrap_or_default();
        assert!(after < 1_000 || !profile.is_empty(), "the browser had been started");
        let profile = PathBuf::from(profile.trim());
        // What is left of the browser might make it anew.
        std::thread::sleep(Duration::from_secs(1));
        assert!(profile.as_os_str().is_empty() || !profile.exists(), "{}", profile.display());
    }
}

#[test]
fn a_browser_that_is_none_is_told_by_its_path() {
    let emulator = emulator(json!({}));
    let org = emulator.org();
    let person = Person::at(&org);
    let entry = Entry {
        browser: Browser::at("/nowhere/chrome"),
        address: "about:blank".to_owned(),
        setup: "about:blank".to_owned(),
        org: host(&org),
        person: Duration::from_secs(1),
        page: Duration::from_secs(1),
        evidence: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stopped = runtime.block_on(carry_out(&entry, &removal(), &person)).unwrap_err();
    assert!(stopped.trouble.to_string().starts_with("The browser /nowhere/chrome does not start"));
    assert!(Browser::find([PathBuf::from("/nowhere")]).is_none() || cfg!(not(target_os = "linux")));
}

/// A script that starts the browser and leaves behind where its profile is.
#[cfg(unix)]
fn wrapped(folder: &Path, browser: &Browser, before: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let wrapper = folder.join("browser");
    let script = format!(
        "#!/bin/sh\nfor it in \"$@\"; do case $it in --user-data-dir=*) profile=\"${{it#*=}}\";; esac; done\n\
         echo \"$profile\" > '{}'\n{before}exec '{}' \"$@\"\n",
        folder.join("profile").display(),
        browser.path().display(),
    );
    std::fs::write(&wrapper, script).unwrap();
    std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o700)).unwrap();
    wrapper
}

/// Closes the browser's page where a person is waited for, and leaves another one open.
struct Closer {
    profile: PathBuf,
}

impl Closer {
    fn ask(&self, method: &str, path: &str) -> String {
        let profile = std::fs::read_to_string(&self.profile).unwrap();
        let port = std::fs::read_to_string(Path::new(profile.trim()).join("DevToolsActivePort"));
        let host = format!("127.0.0.1:{}", port.unwrap().lines().next().unwrap());
        let mut stream = TcpStream::connect(&host).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
            .unwrap();
        // The browser keeps the connection open: what has come when it says no more is the answer.
        stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        let (mut answer, mut chunk) = (Vec::new(), [0; 4096]);
        while let Ok(read @ 1..) = stream.read(&mut chunk) {
            answer.extend_from_slice(&chunk[..read]);
        }
        String::from_utf8(answer).unwrap()
    }
}

impl Watcher for Closer {
    fn waits(&self, _: Gate) {
        let list = self.ask("GET", "/json/list");
        let pages: Value = serde_json::from_str(list.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        let page = pages.as_array().unwrap().iter().find(|it| it["type"] == "page").unwrap();
        let id = page["id"].as_str().unwrap();
        self.ask("PUT", "/json/new");
        self.ask("GET", &format!("/json/close/{id}"));
    }

    fn step(&self, _: &Step) {}

    fn may_save(&self, _: &Saving) -> bool {
        false
    }
}

/// Where the browser lives on without the page, nobody is waited for.
#[cfg(unix)]
#[test]
fn a_page_that_somebody_closes_ends_it() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let emulator = emulator(json!({"entrance": "passkey"}));
    let org = emulator.org();
    let entry = Entry {
        browser: Browser::at(wrapped(folder.path(), &browser, "")).hidden(),
        address: link(&org, NODE),
        setup: format!("{}{NODE}", org.url()),
        org: host(&org),
        person: Duration::from_secs(60),
        page: Duration::from_secs(5),
        evidence: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let closer = Closer { profile: folder.path().join("profile") };
    let begun = std::time::Instant::now();
    let stopped = runtime.block_on(carry_out(&entry, &Task::SetUp(small()), &closer)).unwrap_err();
    assert_eq!((stopped.trouble, stopped.may_have_saved), (Trouble::Closed, false));
    assert!(begun.elapsed() < Duration::from_secs(50), "it waited for somebody");
}

/// A snap sees nothing of the folder for temporary files.
#[cfg(unix)]
#[test]
fn a_snap_keeps_its_profile_where_it_can_read_it() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let own = home.join("snap/chromium/common");
    // What Ubuntu's script would start, as far as it matters.
    let before = format!(
        "case $profile in '{}'/*) ;; *) exit 1;; esac\nfalse &&\nexec /snap/bin/chromium \"$@\"\n",
        own.display()
    );
    let snap = wrapped(folder.path(), &browser, &before);
    let emulator = emulator(json!({"introduction": false, "surprise": "other-page"}));
    let org = emulator.org();
    let person = Person::at(&org);
    let entry = |home: Option<PathBuf>| Entry {
        browser: Browser::at(&snap).at_home(home).hidden(),
        address: link(&org, NODE),
        setup: format!("{}{NODE}", org.url()),
        org: host(&org),
        person: Duration::from_secs(60),
        page: Duration::from_millis(500),
        evidence: None,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let attempt = |home: Option<PathBuf>| {
        let entry = entry(home);
        runtime.block_on(carry_out(&entry, &Task::SetUp(small()), &person)).unwrap_err().trouble
    };
    assert!(matches!(attempt(Some(home)), Trouble::Unexpected { .. }), "it has seen a page");
    assert!(std::fs::read_dir(&own).unwrap().next().is_none(), "its profile is gone");
    let said = attempt(None).to_string();
    assert!(said.contains("it is the snap chromium"), "{said}");
}
