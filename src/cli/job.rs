//! What a command wants of a run.

use std::path::Path;

use super::exit::Strictness;
use crate::checklist::{Restoration, Selection};
use crate::config::Loaded;
use crate::engine::{Aim, Goal, Order, Removal, Taking, UndoneRuns, WhenBusy};
use crate::model::Command;

/// What a command wants of the run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job<'a> {
    /// How far to go.
    pub(super) goal: Goal,
    /// What to bring about.
    pub(super) end: End<'a>,
    /// The org that the person named to confirm a change.
    pub(super) confirm: Option<&'a str>,
    /// Whether many people may lose what they have.
    pub(super) allow_removals: bool,
    /// What counts in the exit code.
    pub(super) strictness: Strictness,
    /// A saved plan that is to be carried out.
    pub(super) saved: Option<&'a Path>,
    /// Whether changes that are alike are told one by one.
    pub(super) full: bool,
    /// Whether the org is to check the deploy of the plan.
    pub(super) validate: bool,
    /// What to do while somebody else deploys or installs in the org.
    pub(super) when_busy: WhenBusy,
    /// Where the plan is to be written as files.
    pub(super) export: Option<&'a Path>,
    /// Where the plan is to be saved.
    pub(super) save: Option<&'a Path>,
    /// The org that the person named to confirm that data goes with a package that is replaced.
    pub(super) delete_data: Option<&'a str>,
    /// What becomes of data that is deleted.
    pub(super) data: Data<'a>,
    /// Call centers that are to be deleted too.
    pub(super) deleted: DeletedCallCenters<'a>,
    /// Which items the run is about.
    pub(super) selection: &'a Selection,
    /// The browser for what no API does.
    pub(super) browser: Option<&'a Path>,
    /// The command that makes the changes, or goes on with them, where it is not `apply`.
    pub(super) next: Option<&'a Command>,
    /// Rules whose warnings the command has given already, in words of its own.
    pub(super) told: &'a [&'a str],
    /// Which half is changed first.
    pub(super) order: Order,
    /// What is wanted in the place of what the configuration says.
    pub(super) instead: Option<&'a Loaded>,
}

/// What a command is to bring about.
#[derive(Debug, Clone, Copy)]
pub(super) enum End<'a> {
    /// The connector is there, as configured.
    Installed,
    /// It is gone.
    Removed(Removal<'a>),
    /// A run and all later ones are taken back; without a name the newest that was not yet.
    Undone(Option<&'a str>, Removal<'a>),
    /// Single values are as a snapshot holds them.
    Restored(&'a Restoration),
}

impl<'a> End<'a> {
    /// What the engine aims at, once it is known which runs are meant.
    pub(super) fn aim(self, runs: &'a UndoneRuns) -> Aim<'a> {
        match self {
            Self::Installed => Aim::Installed,
            Self::Removed(removal) => Aim::Removed(removal),
            Self::Undone(_, removal) => Aim::Undone(Taking { runs, removal }),
            Self::Restored(restoration) => Aim::Restored(&restoration.undone),
        }
    }
}

/// Call centers that go besides what a command is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum DeletedCallCenters<'a> {
    /// None.
    None,
    /// Clones of the connector's, by internal name.
    Clones(&'a [String]),
    /// The connector's of other definitions, once nobody is in them.
    Old,
}

/// What becomes of data that an uninstall deletes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Data<'a> {
    /// It is written into files first, in the folder that was named or in a new one.
    Kept(Option<&'a Path>),
    /// Nobody wants it.
    Dropped,
}

impl Job<'_> {
    /// A run to that goal, and nothing else.
    pub(super) fn to(goal: Goal) -> Self {
        Self {
            goal,
            end: End::Installed,
            confirm: None,
            allow_removals: false,
            strictness: Strictness::default(),
            saved: None,
            full: false,
            validate: false,
            when_busy: WhenBusy::default(),
            export: None,
            save: None,
            delete_data: None,
            data: Data::Kept(None),
            deleted: DeletedCallCenters::None,
            selection: &Selection::All,
            browser: None,
            next: None,
            told: &[],
            order: Order::default(),
            instead: None,
        }
    }

    /// The command's word in documents.
    pub(super) fn command(&self) -> &'static str {
        self.goal.command(&self.end.aim(&UndoneRuns::default()))
    }

    /// What the view goes by, which tells a mere look at an uninstall from one.
    pub(super) fn shown(&self) -> &'static str {
        match (self.end, self.goal) {
            (End::Removed(_), Goal::Plan | Goal::Verify) => "uninstall --plan",
            (End::Undone(..), Goal::Plan) => "undo --plan",
            (End::Restored(_), Goal::Plan) => "snapshot restore --plan",
            _ => self.command(),
        }
    }
}
