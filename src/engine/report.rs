//! How a run ended: the one document that every view is made from.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::package_data::Exported;
use crate::checklist::{ChangeRow, ItemId, Note, Noticed};
use crate::failure::{Failure, Kind};
use crate::model::{OrgId, OrgKind, Organization, Shared, Wave};

/// The document, as contracted in docs/reference.md.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Version of this shape.
    pub format: u32,
    /// The command.
    pub command: &'static str,
    /// The first of the runs that are taken back, where the command takes some back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    /// The org, once it was reached.
    pub org: Option<OrgReport>,
    /// The Webex organization, once it was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<TenantReport>,
    /// How it ended.
    pub outcome: Outcome,
    /// Every item.
    pub items: Vec<ItemReport>,
    /// HTTP requests without status polls.
    pub requests: u64,
    /// Status polls.
    pub polls: u64,
    /// What the org counts: each subrequest of a batch is a call.
    pub api_calls: u64,
    /// How long it took.
    pub duration_ms: u64,
    /// How much of that a person was asked, or waited for.
    #[serde(skip_serializing_if = "is_zero")]
    pub person_ms: u64,
    /// What was carried out, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageReport>,
    /// The run's id, where it has a journal.
    pub run: Option<String>,
    /// Whether an uninstall of a connector is on record as begun: a person's word about what it leaves counts for it.
    #[serde(skip)]
    pub uninstalls: bool,
    /// What would be deployed, by path, where files were asked for.
    #[serde(skip)]
    pub files: Vec<(String, Vec<u8>)>,
    /// What was written into files before it was deleted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exported: Vec<Exported>,
    /// Why it did not do what was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// A wave that a run has carried out, or tried to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageReport {
    /// Which.
    pub wave: Wave,
    /// The items that it carried.
    pub items: Vec<ItemId>,
    /// How many changes were kept.
    pub made: usize,
    /// How long it took.
    pub duration_ms: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// The org of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrgReport {
    /// What the person called it.
    pub alias: Option<String>,
    /// Its id.
    pub id: OrgId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: OrgKind,
    /// Base URL of its APIs.
    pub instance_url: String,
}

/// The Webex organization of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TenantReport {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Whose setup a plan changes: an org, a Webex organization, or both.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    /// The org.
    pub org: Option<&'a OrgReport>,
    /// The Webex organization.
    pub tenant: Option<&'a TenantReport>,
}

impl<'a> Parties<'a> {
    /// An org alone.
    pub fn org(org: Option<&'a OrgReport>) -> Self {
        Self { org, tenant: None }
    }
}

impl Report {
    /// Whom it is about.
    pub fn parties(&self) -> Parties<'_> {
        Parties { org: self.org.as_ref(), tenant: self.tenant.as_ref() }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Everything that was to change has changed.
    Done,
    /// The org already was as wanted.
    NothingToDo,
    /// A plan with changes.
    Changes,
    /// The org is not as wanted.
    Differs,
    /// Only a person can go on.
    NeedsHuman,
    /// Something attempted did not work.
    Failed,
    /// Not begun.
    Refused,
    /// The org does not accept the login.
    Unauthenticated,
    /// The org cannot be reached.
    Unreachable,
    /// A person stopped it.
    Interrupted,
}

/// One item of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemReport {
    /// Which.
    pub id: ItemId,
    /// What people call it.
    pub title: &'static str,
    /// Which generation of the connector it is about, where a run is about several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipe: Option<String>,
    /// How it ended.
    pub outcome: ItemOutcome,
    /// Its changes.
    pub changes: Shared<Vec<ChangeRow>>,
    /// When agents notice these, each moment once.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub agents_notice: BTreeSet<Noticed>,
    /// What there is to say about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Whether the failure at the end says it all.
    #[serde(skip)]
    pub is_in_failure: bool,
    /// Whether nothing may begin because of it.
    #[serde(skip)]
    pub blocks: bool,
    /// How many planned changes turned out not to be needed.
    #[serde(skip)]
    pub spared: usize,
    /// How many of its changes were made and kept.
    #[serde(skip)]
    pub made: usize,
    /// How many changes a selection leaves undone, as far as they are known.
    #[serde(skip)]
    pub left_undone: usize,
    /// What more people would lose by its changes than is usual, where that was not allowed beforehand.
    #[serde(skip)]
    pub losses: Vec<String>,
    /// What speaks against a manual step being done, and decides nothing: others may have what is configured.
    #[serde(skip)]
    pub doubt: Option<&'static str>,
    /// What a person should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What a person must do, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// Whether the steps are a choice that the plan waits for, which a person reads in any plan.
    #[serde(skip)]
    pub is_choice: bool,
    /// The pages that the steps are about, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// The values that the steps name, in the order of the page, each with its label where it has one.
    #[serde(skip)]
    pub values: Vec<(Option<String>, String)>,
    /// Why no run can ever see that the steps were taken, where that is so.
    #[serde(skip)]
    pub unseen: Option<&'static str>,
    /// Who said that it is done, where a person did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Confirmed>,
}

/// A person's word that an item is done; nothing has verified it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confirmed {
    /// The operating system's user.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How an item ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemOutcome {
    /// It was as wanted.
    Already,
    /// It was changed.
    Changed,
    /// It is to be changed.
    Planned,
    /// It is not as wanted.
    Differs,
    /// Only a person can bring it about.
    NeedsHuman,
    /// A person said that it is done.
    Confirmed,
    /// It did not work.
    Failed,
    /// It was not reached.
    Skipped,
}

impl Outcome {
    /// Its word in documents and journals.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NothingToDo => "nothing-to-do",
            Self::Changes => "changes",
            Self::Differs => "differs",
            Self::NeedsHuman => "needs-human",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Unauthenticated => "unauthenticated",
            Self::Unreachable => "unreachable",
            Self::Interrupted => "interrupted",
        }
    }

    /// The outcome of a run that ended with such a failure.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Failed | Kind::Usage | Kind::Bug => Self::Failed,
            Kind::Differs => Self::Differs,
            Kind::Authentication => Self::Unauthenticated,
            Kind::Refused => Self::Refused,
            Kind::NeedsHuman => Self::NeedsHuman,
            Kind::Unreachable => Self::Unreachable,
            Kind::Interrupted => Self::Interrupted,
        }
    }
}

impl OrgReport {
    /// The org that it is about.
    pub fn organization(&self) -> Organization {
        Organization {
            id: self.id,
            name: self.name.clone(),
            kind: self.kind,
            instance_url: self.instance_url.clone(),
        }
    }

    /// The org as a person called it.
    pub fn new(organization: &Organization, alias: Option<&str>) -> Self {
        Self {
            alias: alias.map(str::to_owned),
            id: organization.id,
            name: organization.name.clone(),
            kind: organization.kind,
            instance_url: organization.instance_url.clone(),
        }
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Failure", 4)?;
        object.serialize_field("kind", &self.kind)?;
        object.serialize_field("message", &self.message())?;
        object.serialize_field("hints", &self.steps())?;
        object.serialize_field("diagnostics", self.diagnostics())?;
        object.end()
    }
}
