//! Goes through Setup as a person would: by what it reads on the page, one step after the other.

mod edit;
mod evidence;
mod layouts;
mod profiles;
mod quiet;

use std::path::PathBuf;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::Instant;

use self::quiet::Quiet;
use crate::labels::{self, Labels};
use crate::launch::{Browser, Running};
use crate::page::kind::{Gate, Page};
use crate::page::{Control, Frame, View};
use crate::tab::{Act, Tab};
use crate::task::{Layout, Outcome, Removal, Saving, Step};
use crate::trouble::Trouble;

/// Whoever watches the browser: it hears of every step, and decides what is saved.
pub trait Watcher: Send + Sync {
    /// A page waits for a person.
    fn waits(&self, gate: Gate);
    /// Something was done.
    fn step(&self, step: &Step);
    /// What is there before anything is saved. What cannot be written down is not changed.
    fn remember(&self, _before: &Outcome) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(std::future::ready(Ok(())))
    }
    /// Whether what is filled in may be saved.
    fn may_save(&self, saving: &Saving) -> bool;
}

/// A way into Setup.
#[derive(Clone)]
pub struct Entry {
    /// The browser.
    pub browser: Browser,
    /// Where it goes first: a link that logs in, or a page of Setup. Told to the browser alone, over the
    /// debugging connection.
    pub address: String,
    /// How long a person may take.
    pub person: Duration,
    /// How long a page may take.
    pub page: Duration,
    /// Where the page is kept that did not look as expected.
    pub evidence: Option<PathBuf>,
}

impl std::fmt::Debug for Entry {
    /// Without the address: it may be a login.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Entry").field("browser", &self.browser).finish_non_exhaustive()
    }
}

/// Why it stopped, and what was kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// Why.
    pub trouble: Trouble,
    /// The files that show the page.
    pub evidence: Vec<PathBuf>,
    /// What had been saved before.
    pub saved: Vec<String>,
    /// What was learnt before.
    pub outcome: Outcome,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// A layout is to be made, or changed.
    SetUp(Layout),
    /// A layout is to go.
    Remove(Removal),
}

/// Does it, in a browser that is closed afterwards.
pub async fn carry_out(
    entry: &Entry,
    task: &Task,
    watcher: &dyn Watcher,
) -> Result<Outcome, Stopped> {
    let opened = async { Tab::open(Running::start(&entry.browser).await?).await };
    let tab = opened.await.map_err(|trouble| Stopped {
        trouble,
        evidence: Vec::new(),
        saved: Vec::new(),
        outcome: Outcome::default(),
    })?;
    let mut drive = Drive { tab, watcher, entry, outcome: Outcome::default(), saved: Vec::new() };
    let done = drive.perform(task).await;
    let result = match done {
        Ok(()) => Ok(std::mem::take(&mut drive.outcome)),
        Err(trouble) => {
            let evidence = match (&trouble, &entry.evidence) {
                // What a person has typed on a login page is nobody's business.
                (Trouble::Closed | Trouble::Declined | Trouble::Unattended(_), _) | (_, None) => {
                    Vec::new()
                }
                (_, Some(folder)) => evidence::keep(&mut drive.tab, folder, &trouble).await,
            };
            Err(Stopped { trouble, evidence, saved: drive.saved, outcome: drive.outcome })
        }
    };
    drive.tab.close().await;
    result
}

/// A browser on its way through Setup.
struct Drive<'a> {
    tab: Tab,
    watcher: &'a dyn Watcher,
    entry: &'a Entry,
    outcome: Outcome,
    saved: Vec<String>,
}

/// A page that was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    List,
    Edit,
    Assignment,
}

impl Wanted {
    fn name(self) -> &'static str {
        match self {
            Self::List => "the list of softphone layouts",
            Self::Edit => "the page on which a softphone layout is edited",
            Self::Assignment => "the page on which softphone layouts are assigned",
        }
    }

    fn found(self, view: &View) -> Option<At> {
        match (self, view.page()) {
            (Self::List, Page::List(frame, labels))
            | (Self::Edit, Page::Edit(frame, labels))
            | (Self::Assignment, Page::Assignment(frame, labels)) => {
                Some(At { frame: frame.clone(), labels })
            }
            _ => None,
        }
    }
}

/// A page that is known, as it was when it was looked at last.
#[derive(Debug, Clone)]
struct At {
    frame: Frame,
    labels: &'static Labels,
}

impl Drive<'_> {
    async fn perform(&mut self, task: &Task) -> Result<(), Trouble> {
        self.tab.go(&self.entry.address).await?;
        let list = self.arrive().await?;
        match task {
            Task::SetUp(layout) => self.set_up(layout, list).await,
            Task::Remove(removal) => self.remove(removal, list).await,
        }
    }

    /// Waits for the list of softphone layouts, and for a person where a page needs one.
    async fn arrive(&mut self) -> Result<At, Trouble> {
        let mut told = None;
        let mut since = Instant::now();
        let mut introduced = false;
        let mut quiet = self.quiet();
        loop {
            let view = self.tab.settle(self.entry.page).await?;
            let stuck = quiet.is_over(&view);
            let gate = match view.page() {
                Page::List(frame, labels) => return Ok(At { frame: frame.clone(), labels }),
                Page::Introduction(frame, labels) if !introduced => {
                    introduced = true;
                    let go = frame.first(crate::page::Kind::Press, &labels.r#continue).cloned();
                    let at = At { frame: frame.clone(), labels };
                    if let Some(go) = go {
                        self.press(&at, &go).await?;
                    }
                    continue;
                }
                Page::Gate(gate) => Some(gate),
                // A page outside of Setup that asks for something is another company's login.
                _ if !view.is_setup() => told.or(stuck.then_some(Gate::Login)),
                _ => None,
            };
            if gate != told {
                if let Some(gate) = gate {
                    self.watcher.waits(gate);
                }
                (told, since) = (gate, Instant::now());
            }
            match told {
                Some(gate) if since.elapsed() > self.entry.person => {
                    return Err(Trouble::Unattended(gate.name()));
                }
                None if stuck => return Err(unexpected(Wanted::List.name(), &view)),
                _ => {}
            }
        }
    }

    /// Waits for a page, and until it has been loaded.
    async fn reach(&mut self, wanted: Wanted) -> Result<At, Trouble> {
        let mut quiet = self.quiet();
        loop {
            let view = self.tab.settle(self.entry.page).await?;
            if let Some(at) = wanted.found(&view) {
                return Ok(at);
            }
            if quiet.is_over(&view) {
                return Err(unexpected(wanted.name(), &view));
            }
        }
    }

    /// Waits until the edit page shows something: what it is asked for may take a moment.
    async fn see<T>(
        &mut self,
        find: impl Fn(&At) -> Result<T, Trouble>,
    ) -> Result<(At, T), Trouble> {
        let mut quiet = self.quiet();
        loop {
            let view = self.tab.look().await?;
            let found = match Wanted::Edit.found(&view) {
                Some(at) => find(&at).map(|found| (at, found)),
                None => Err(unexpected(Wanted::Edit.name(), &view)),
            };
            if found.is_ok() || quiet.is_over(&view) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Presses something, and tells so.
    async fn press(&self, at: &At, control: &Control) -> Result<(), Trouble> {
        let label = at.frame.label_of(control);
        self.watcher.step(&Step::Pressed(label.clone()));
        self.act(at, control, Act::Press, label).await
    }

    /// Does something; what a page does not take ends it.
    async fn act(
        &self,
        at: &At,
        control: &Control,
        act: Act<'_>,
        what: String,
    ) -> Result<(), Trouble> {
        let done = self.tab.act(&at.frame.place, control, act).await?;
        done.map_err(|why| Trouble::NotTaken { what, why })
    }

    /// Has whoever watches write down what was there.
    async fn remember(&self) -> Result<(), Trouble> {
        self.watcher.remember(&self.outcome).await.map_err(Trouble::Unrecorded)
    }

    /// Asks whether what is filled in may be saved.
    fn ask(&self, saving: &Saving) -> Result<(), Trouble> {
        if self.watcher.may_save(saving) { Ok(()) } else { Err(Trouble::Declined) }
    }

    /// How long a page may show the same, and nothing of what is wanted.
    fn quiet(&self) -> Quiet {
        Quiet::new(self.entry.page)
    }

    fn seen(&self, what: String) {
        self.watcher.step(&Step::Seen(what));
    }
}

/// Something that should be on a page, and is not.
fn missing(at: &At, label: &[String]) -> Trouble {
    let label = label.first().map(String::as_str).unwrap_or_default();
    Trouble::Unexpected { wanted: format!("\"{label}\""), seen: at.frame.gist() }
}

fn unexpected(wanted: &str, view: &View) -> Trouble {
    let seen = view.frames.last().map(Frame::gist).unwrap_or_default();
    Trouble::Unexpected { wanted: wanted.to_owned(), seen }
}

/// The words that one look has and an earlier one had not.
fn new_words(before: &Frame, after: &Frame) -> String {
    let is_new = |text: &&str| {
        text.chars().any(char::is_alphanumeric)
            && !before.texts.iter().any(|known| labels::same(&known.words, text))
    };
    let words: Vec<&str> =
        after.texts.iter().map(|text| text.words.as_str()).filter(is_new).collect();
    words.join(" ")
}

impl Gate {
    /// What a person does there.
    pub fn name(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Passkey => "passkey",
            Self::Verification => "verification",
        }
    }
}

impl View {
    /// Whether Setup is there, whatever it shows.
    fn is_setup(&self) -> bool {
        self.frames.iter().any(|frame| {
            ["/lightning/setup/", "/04n", "/setup/", "/_ui/setup"]
                .iter()
                .any(|path| frame.path.starts_with(path))
        })
    }
}
