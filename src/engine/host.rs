//! What a run lives in: who watches it and decides, and where time and ids come from.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::check_user::CheckUser;
use super::event::Event;
use super::package_data::Sink;
use super::report::{ItemReport, OrgReport, Parties};
use super::setup::SetupBrowser;
use crate::failure::Failure;
use crate::model::{OrgId, SetupTask};

/// Whoever a run is for: a person at a terminal, a script, a test, one of many in a fleet.
///
/// Everything that a run would otherwise ask of the process that it is in comes from here, so that
/// tests can hold the clock and many runs can share a process.
pub trait Host: Sync {
    /// Something happened.
    fn event(&self, event: &OrgEvent);

    /// Whether a person is there to be asked, so that what nobody said beforehand can be said now.
    fn can_ask(&self) -> bool {
        false
    }

    /// Whether somebody wants to read how long things usually take.
    fn tells_usual_times(&self) -> bool {
        false
    }

    /// Whether a plan may be carried out.
    fn approve(
        &self,
        _parties: Parties<'_>,
        _items: &[ItemReport],
        _question: &Question,
    ) -> Approval {
        Approval::Unasked
    }

    /// Whether to wait until a person has done this, and how long before the first look.
    fn watch(&self, _item: &ItemReport) -> Option<Duration> {
        None
    }

    /// The browser that does in Setup what no API does; `None`: a person does it.
    fn setup_browser(&self, _task: &SetupTask, _org: &OrgReport) -> Option<&dyn SetupBrowser> {
        None
    }

    /// Logins of check users, by the aliases that the configuration names.
    fn check_users(&self) -> &[CheckUser] {
        &[]
    }

    /// Why a half of the run was out of reach before it began, where that is known.
    fn unreached(&self, _half: Half) -> Option<&Failure> {
        None
    }

    /// Where data goes that an uninstall deletes; `None`: nobody wants it kept.
    fn export(&self, _org: &OrgReport) -> Result<Option<Export>, Failure> {
        Ok(None)
    }

    /// What time it is.
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// An id for a new run. Ids are made of time: a later run has a greater one.
    fn new_run(&self) -> String {
        Uuid::now_v7().simple().to_string()
    }
}

/// A half of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// The Salesforce org.
    Org,
    /// The Webex organization.
    Tenant,
}

/// A host for work that nobody watches and nobody is asked about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Host for Unwatched {
    fn event(&self, _event: &OrgEvent) {}
}

/// Something that happened, and where: whoever watches may watch many.
#[derive(Debug, Clone, Serialize)]
pub struct OrgEvent {
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// The org, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<OrgId>,
    /// Id of the Webex organization, where it happened in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<String>,
}

impl From<Event> for OrgEvent {
    /// Something that happened before any org was known.
    fn from(event: Event) -> Self {
        Self { event, org_id: None, tenant_id: None }
    }
}

/// A place for data that an uninstall deletes.
pub struct Export {
    /// Takes the tables.
    pub sink: Box<dyn Sink>,
    /// What people call it.
    pub place: String,
}

impl fmt::Debug for Export {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Export").field("place", &self.place).finish_non_exhaustive()
    }
}

/// What there is to agree to, besides the plan itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Whether a mere yes is not enough, and the org has to be named.
    pub by_name: bool,
    /// What more people would lose than a plan usually takes from them: a sentence each.
    pub losses: Vec<String>,
}

impl Question {
    /// One question for both.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.by_name |= other.by_name;
        self.losses.extend(other.losses);
        self
    }
}

/// What a person says to a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// Go on.
    Yes,
    /// Do not.
    No,
    /// Nobody was there to be asked.
    Unasked,
}
