//! Goes through Setup as a person would: by what it reads on the page, one step after the other.

mod call_type;
mod edit;
mod evidence;
mod layouts;
mod profiles;
mod quiet;
mod stage;
mod waiting;

use std::path::PathBuf;
use std::time::Duration;

use futures_util::future::BoxFuture;

use self::evidence::Story;
use self::quiet::Quiet;
use self::stage::Stage;
use self::waiting::{Next, Waiting};
use crate::labels::{self, Labels};
use crate::launch::{Browser, Running};
use crate::page::kind::{Gate, Page};
use crate::page::{Control, Frame, Kind, View, host};
use crate::tab::{Act, Tab};
use crate::task::{Layout, Outcome, Removal, Saving, Step};
use crate::trouble::Trouble;

/// Whoever watches the browser: it hears of every step, and decides what is saved.
pub trait Watcher: Send + Sync {
    /// A page waits for a person.
    fn waits(&self, gate: Gate);
    /// Something was done.
    fn step(&self, step: &Step);
    /// What is there before something is saved, told once a person has said yes and directly before it is
    /// sent. What cannot be written down is not changed.
    fn remember(&self, _before: &Outcome) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(std::future::ready(Ok(())))
    }
    /// Whether what is filled in may be saved.
    fn may_save(&self, saving: &Saving) -> bool;
    /// Something was saved, and seen afterwards.
    fn saved(&self, _what: &str) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// A way into Setup.
#[derive(Clone)]
pub struct Entry {
    /// The browser.
    pub browser: Browser,
    /// Where it goes first: a link that logs in, or a page of Setup. Told to the browser alone, over the
    /// debugging connection.
    pub address: String,
    /// The page of Setup, where it goes once more if a login ends at the org's home.
    pub setup: String,
    /// The host of the org. Nothing is done in any other one, wherever a login leads.
    pub org: String,
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
    /// Whether something was sent to the org of which nobody has seen what became of it.
    pub may_have_saved: bool,
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
        may_have_saved: false,
    })?;
    let outcome = Outcome::default();
    let mut drive = Drive {
        tab,
        watcher,
        entry,
        outcome,
        saved: Vec::new(),
        sent: false,
        stage: Stage::default(),
        taken: Vec::new(),
    };
    let done = drive.perform(task).await;
    let result = match done {
        Ok(()) => Ok(std::mem::take(&mut drive.outcome)),
        Err(trouble) => {
            let evidence = match (&trouble, &entry.evidence) {
                // What a person has typed on a login page is nobody's business.
                (Trouble::Closed | Trouble::Declined | Trouble::Unattended(_), _) | (_, None) => {
                    Vec::new()
                }
                (_, Some(folder)) => {
                    let left = stage::left(task, drive.stage);
                    let story = Story { trouble: &trouble, taken: &drive.taken, left: &left };
                    evidence::keep(&mut drive.tab, folder, &entry.org, &story).await
                }
            };
            let saved = std::mem::take(&mut drive.saved);
            Err(Stopped { trouble, evidence, saved, may_have_saved: drive.sent })
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
    /// Whether something was sent to the org, and was not seen there yet.
    sent: bool,
    /// What is being done.
    stage: Stage,
    /// What was done, without what was typed.
    taken: Vec<String>,
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

    fn found(self, page: &Page<'_>) -> Option<At> {
        match (self, page) {
            (Self::List, Page::List(frame, labels))
            | (Self::Edit, Page::Edit(frame, labels))
            | (Self::Assignment, Page::Assignment(frame, labels)) => Some(At::of(frame, labels)),
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

impl At {
    fn of(frame: &Frame, labels: &'static Labels) -> Self {
        Self { frame: frame.clone(), labels }
    }
}

impl Drive<'_> {
    async fn perform(&mut self, task: &Task) -> Result<(), Trouble> {
        self.tab.go(&self.entry.address).await?;
        self.arrive().await?;
        match task {
            Task::SetUp(layout) => self.set_up(layout).await,
            Task::Remove(removal) => self.remove(removal).await,
        }
    }

    /// Waits for the list of softphone layouts, and for a person where a page needs one. A login that ends at
    /// the org's home needs nobody: Setup is asked for once more.
    async fn arrive(&mut self) -> Result<At, Trouble> {
        let mut introduced = false;
        let mut sent_on = false;
        let mut waiting = self.waiting();
        loop {
            let view = self.tab.settle(self.entry.page).await?;
            match self.page(&view)? {
                Page::List(frame, labels) => return Ok(At::of(frame, labels)),
                Page::Introduction(frame, labels) if !introduced => {
                    introduced = true;
                    let at = At::of(frame, labels);
                    if let Some(go) = at.frame.first(Kind::Press, &labels.r#continue) {
                        self.press(&at, go).await?;
                    }
                    continue;
                }
                _ => {}
            }
            let is_inside = self.is_inside(&view);
            let outside = !view.is_setup() && !is_inside;
            match self.wait(&mut waiting, &view, outside, Wanted::List) {
                Err(Trouble::Unexpected { .. }) if is_inside && !sent_on => {
                    sent_on = true;
                    self.tab.go(&self.entry.setup).await?;
                    waiting = self.waiting();
                }
                Err(Trouble::Unexpected { .. }) if is_inside => return Err(Trouble::NoSetup),
                waits => waits?,
            }
        }
    }

    /// Waits for a page, until it has been loaded.
    async fn reach(&mut self, wanted: Wanted) -> Result<At, Trouble> {
        let mut waiting = self.waiting();
        loop {
            let view = self.tab.settle(self.entry.page).await?;
            if let Some(at) = wanted.found(&self.page(&view)?) {
                return Ok(at);
            }
            self.wait(&mut waiting, &view, self.has_left(&view), wanted)?;
        }
    }

    /// Waits until the edit page shows something: what it is asked for may take a moment.
    async fn see<T>(
        &mut self,
        find: impl Fn(&At) -> Result<T, Trouble>,
    ) -> Result<(At, T), Trouble> {
        let mut quiet = Quiet::new(self.entry.page);
        loop {
            let view = self.tab.look().await?;
            let found = match Wanted::Edit.found(&self.page(&view)?) {
                Some(at) => find(&at).map(|found| (at, found)),
                None => Err(unexpected(Wanted::Edit.name(), &view)),
            };
            if found.is_ok() || quiet.is_over(&view) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Which page it is. One of Setup must be this org's: a login may lead into another one. One that Setup
    /// refuses is none to wait at.
    fn page<'v>(&self, view: &'v View) -> Result<Page<'v>, Trouble> {
        let page = view.page();
        match (&page, view.frames.first()) {
            (Page::Gate(_) | Page::Other, _) | (_, None) => Ok(page),
            (_, Some(frame)) if !host::is_same_org(&self.entry.org, &frame.host) => {
                Err(Trouble::OtherOrg { wanted: self.entry.org.clone(), seen: frame.host.clone() })
            }
            (Page::Refused(frame, labels), _) => {
                let words = frame.text(&labels.refused).map(|text| text.words.clone());
                Err(Trouble::NoAccess { seen: words.unwrap_or_default() })
            }
            _ => Ok(page),
        }
    }

    /// Whether somebody is logged in to the org, and is not in Setup.
    fn is_inside(&self, view: &View) -> bool {
        let home = |frame: &Frame| {
            let path = frame.path.as_str();
            host::is_same_org(&self.entry.org, &frame.host)
                && ["/lightning/", "/one/", "/home/"].iter().any(|it| path.starts_with(it))
        };
        !view.is_setup()
            && !matches!(view.page(), Page::Gate(_))
            && view.frames.first().is_some_and(home)
    }

    /// Whether the browser shows something that belongs neither to Setup nor to the org.
    fn has_left(&self, view: &View) -> bool {
        let is_own = |frame: &Frame| host::is_same_org(&self.entry.org, &frame.host);
        !view.is_setup() && !view.frames.first().is_some_and(is_own)
    }

    /// Waits on, for a person too; where nobody comes and nothing happens, it ends.
    fn wait(
        &self,
        waiting: &mut Waiting,
        view: &View,
        outside: bool,
        wanted: Wanted,
    ) -> Result<(), Trouble> {
        match waiting.at(view, outside) {
            Next::Look => Ok(()),
            Next::Tell(gate) => {
                self.watcher.waits(gate);
                Ok(())
            }
            Next::Unattended(gate) => Err(Trouble::Unattended(gate.name())),
            Next::Stuck => Err(unexpected(wanted.name(), view)),
        }
    }

    fn waiting(&self) -> Waiting {
        Waiting::new(self.entry.page, self.entry.person)
    }

    /// Presses something, and tells so.
    async fn press(&mut self, at: &At, control: &Control) -> Result<(), Trouble> {
        let label = at.frame.label_of(control);
        self.tell(&Step::Pressed(label.clone()));
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

    /// Has what was there written down, and presses what sends something to the org. Until it is seen there,
    /// nobody knows whether it was kept; what was never pressed has sent nothing.
    async fn send(&mut self, at: &At, control: &Control) -> Result<(), Trouble> {
        self.remember().await?;
        self.sent = true;
        let pressed = self.press(at, control).await;
        if let Err(Trouble::NotTaken { .. }) = pressed {
            self.sent = false;
        }
        pressed
    }

    /// What was sent is there.
    async fn confirm(&mut self, what: String) {
        self.sent = false;
        self.watcher.saved(&what).await;
        self.saved.push(what);
    }

    /// The next part of the work begins. What a part does again, as a form that is filled in on the way, is that part.
    fn come_to(&mut self, stage: Stage) {
        self.stage = self.stage.max(stage);
    }

    fn seen(&mut self, what: String) {
        self.tell(&Step::Seen(what));
    }

    /// Tells of a step, and remembers that it was taken.
    fn tell(&mut self, step: &Step) {
        self.taken.push(stage::without_value(step, self.stage));
        self.watcher.step(step);
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
