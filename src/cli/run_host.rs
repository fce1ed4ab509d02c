//! The terminal, as a run sees it: what is shown, asked, and written into files.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::data_folder::DataFolder;
use super::job::Data;
use super::own_browser::OwnBrowser;
use super::reach::Unreached;
use crate::checklist::{Action, ChangeRow};
use crate::engine::{
    Approval, CheckUser, Export, Half, Host, ItemReport, OrgEvent, OrgReport, Parties, Question,
    SetupBrowser,
};
use crate::failure::Failure;
use crate::model::{SetupTask, SubjectKind};
use crate::view::{Proposal, RunView};

/// How soon the org is looked at again while a person works in Setup.
const PACE: Duration = Duration::from_secs(5);

/// The terminal, as a run sees it.
pub(super) struct RunHost<'a> {
    pub(super) view: &'a RunView<'a>,
    /// Whether a person is asked.
    pub(super) asks: bool,
    pub(super) data: Data<'a>,
    pub(super) browser: Option<OwnBrowser<'a>>,
    /// Logins of users whose softphone layouts are looked at.
    pub(super) check_users: &'a [CheckUser],
    /// Halves that the run goes without.
    pub(super) unreached: &'a Unreached,
    /// Whether Ctrl-C was the answer.
    pub(super) stopped: AtomicBool,
}

impl Host for RunHost<'_> {
    fn event(&self, event: &OrgEvent) {
        self.view.take(event);
    }

    fn can_ask(&self) -> bool {
        self.asks
    }

    fn tells_usual_times(&self) -> bool {
        true
    }

    fn approve(&self, parties: Parties<'_>, items: &[ItemReport], question: &Question) -> Approval {
        if !self.asks {
            return Approval::Unasked;
        }
        let destroys = destroys(items);
        let answer = self.view.approve(Proposal { parties, items, question, destroys });
        self.stopped.store(answer.is_none(), Ordering::Relaxed);
        if answer == Some(true) { Approval::Yes } else { Approval::No }
    }

    fn watch(&self, item: &ItemReport) -> Option<Duration> {
        (self.asks && self.view.watch(item)).then_some(PACE)
    }

    fn setup_browser(&self, task: &SetupTask, org: &OrgReport) -> Option<&dyn SetupBrowser> {
        let own = self.browser.as_ref()?;
        own.rule.allows(task.way(), org.kind).then_some(own.browser.as_ref())
    }

    fn check_users(&self) -> &[CheckUser] {
        self.check_users
    }

    fn unreached(&self, half: Half) -> Option<&Failure> {
        self.unreached.of(half)
    }

    fn export(&self, org: &OrgReport) -> Result<Option<Export>, Failure> {
        let Data::Kept(named) = self.data else { return Ok(None) };
        let folder = DataFolder::make(named, org, self.now())?;
        let place = folder.path().display().to_string();
        Ok(Some(Export { sink: Box::new(folder), place }))
    }
}

/// Whether data goes for good.
fn destroys(items: &[ItemReport]) -> bool {
    let takes_package = |change: &ChangeRow| {
        change.subject.kind == SubjectKind::InstalledPackage && change.action == Action::Delete
    };
    items.iter().flat_map(|item| &item.changes).any(takes_package)
}
