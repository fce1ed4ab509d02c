//! Starts the person's own browser, with a profile of its own that is thrown away afterwards.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use chromiumoxide::cdp::browser_protocol::browser::CloseParams;
use tokio::process::{Child, Command};
use tokio::time::Instant;

use crate::link::Link;
use crate::profile::{self, Profile};
use crate::snap;
use crate::trouble::Trouble;

/// How long a browser may take to start, and to go.
const STARTS_IN: Duration = Duration::from_secs(20);
const ENDS_IN: Duration = Duration::from_secs(5);

/// Where browsers usually are; names without a folder are looked for in `PATH`.
const USUAL: [&str; 14] = [
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Chromium\Application\chrome.exe",
];

/// What every start says: no accounts, no traffic of the browser's own, no questions.
const ARGUMENTS: [&str; 11] = [
    "--remote-debugging-port=0",
    "--remote-debugging-address=127.0.0.1",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-features=Translate,MediaRouter",
    "--password-store=basic",
    "--window-size=1280,900",
];

/// Which browser, and how.
#[derive(Debug, Clone)]
pub struct Browser {
    path: PathBuf,
    hidden: bool,
    without: Vec<OsString>,
    home: Option<PathBuf>,
}

impl Browser {
    /// The browser of that path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), hidden: false, without: Vec::new(), home: None }
    }

    /// The first browser that is where browsers usually are; `folders` are those of `PATH`.
    pub fn find(folders: impl IntoIterator<Item = PathBuf>) -> Option<Self> {
        let folders: Vec<PathBuf> = folders.into_iter().collect();
        let places = USUAL.iter().flat_map(|usual| {
            let usual = Path::new(usual);
            if usual.components().count() > 1 {
                vec![usual.to_owned()]
            } else {
                folders.iter().map(|folder| folder.join(usual)).collect()
            }
        });
        places.into_iter().find(|path| path.is_file()).map(Self::at)
    }

    /// The same without a window: for tests, where nobody has to log in.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// The same without these variables of the environment: logins in it are not the browser's.
    #[must_use]
    pub fn without(mut self, variables: impl IntoIterator<Item = OsString>) -> Self {
        self.without.extend(variables);
        self
    }

    /// The same with its user's home directory: a browser that comes as a snap keeps its profile there, for it sees
    /// no folder for temporary files.
    #[must_use]
    pub fn at_home(mut self, home: Option<PathBuf>) -> Self {
        self.home = home;
        self
    }

    /// The folder for its profile, where it is not the one for temporary files.
    fn folder(&self) -> Result<Option<PathBuf>, String> {
        let Some(name) = snap::name_of(&self.path) else { return Ok(None) };
        match &self.home {
            Some(home) => Ok(Some(snap::folder(home, &name))),
            None => Err(format!(
                "it is the snap {name}, which keeps its files in the home directory, and HOME is not set"
            )),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A browser that runs.
#[derive(Debug)]
pub(crate) struct Running {
    process: Process,
    pub(crate) link: Link,
}

impl Running {
    /// Starts it and connects to it.
    pub(crate) async fn start(browser: &Browser) -> Result<Self, Trouble> {
        let failed = |reason: String| Trouble::Launch { path: browser.path.clone(), reason };
        let folder = browser.folder().map_err(failed)?;
        let profile = profile::make(folder.as_deref()).map_err(|error| match &folder {
            Some(folder) => failed(format!("it keeps its files in {}: {error}", folder.display())),
            None => failed(error.to_string()),
        })?;
        let mut arguments: Vec<OsString> = ARGUMENTS.iter().map(OsString::from).collect();
        let mut folder = OsString::from("--user-data-dir=");
        folder.push(profile.path());
        arguments.push(folder);
        if browser.hidden {
            arguments.extend(["--headless", "--no-sandbox", "--disable-gpu"].map(OsString::from));
        }
        arguments.push("about:blank".into());
        let mut command = Command::new(&browser.path);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        for name in &browser.without {
            command.env_remove(name);
        }
        let child =
            command.kill_on_drop(true).spawn().map_err(|error| failed(error.to_string()))?;
        // From here on the profile goes with the process, however this ends.
        let mut process = Process { child, profile };
        let address = process.address().await.map_err(failed)?;
        let link = Link::open(&address).await?;
        Ok(Self { process, link })
    }

    /// Whether it still runs.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.process.child.try_wait(), Ok(None))
    }

    /// Closes it; its profile goes with it.
    pub(crate) async fn end(mut self) {
        drop(self.link.call(None, CloseParams::default()).await);
        let child = &mut self.process.child;
        if tokio::time::timeout(ENDS_IN, child.wait()).await.is_err() {
            drop(child.kill().await);
        }
    }
}

/// A browser's process, and the profile that it writes into.
#[derive(Debug)]
struct Process {
    child: Child,
    profile: Profile,
}

impl Drop for Process {
    /// Whoever is interrupted closes nothing: the process ends here. The profile goes in any case.
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.child.start_kill().ok();
        }
        self.profile.throw_away();
    }
}

impl Process {
    /// The address that the browser writes into its profile.
    async fn address(&mut self) -> Result<String, String> {
        let begun = Instant::now();
        while begun.elapsed() < STARTS_IN {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("it ended at once ({status})"));
            }
            let file = self.profile.path().join("DevToolsActivePort");
            let text = std::fs::read_to_string(file).unwrap_or_default();
            let mut lines = text.lines();
            if let (Some(port), Some(path)) = (lines.next(), lines.next()) {
                return Ok(format!("ws://127.0.0.1:{port}{path}"));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err("it does not say where it listens".to_owned())
    }
}
