//! How a run is to be shown, and what of it was shown already.

use super::Screen;
use super::ending::{APPLY, RESTORE, UNDO, UNINSTALL};
use super::purpose::Purpose;
use super::source::Source;
use crate::checklist::{ItemId, Note, Selection};
use crate::model::{Command, Invocation};

/// How a run is to be shown.
#[derive(Debug)]
pub struct Setup<'a> {
    /// The command: `apply`, `plan` or `verify`; `uninstall`, or `uninstall --plan` where it stops at
    /// the plan.
    pub command: &'static str,
    /// The command that makes the changes, or goes on with them, where `command` does not tell it.
    pub next: Option<Command>,
    /// Whether changes that are alike are told one by one.
    pub full: bool,
    /// The file in which the plan is kept.
    pub saved: Option<String>,
    /// Whether a plan from a file is carried out, which its reader knows.
    pub from_file: bool,
    /// Which items it is about.
    pub selection: &'a Selection,
    /// The options for every command that the program was started with.
    pub invocation: Invocation,
}

impl Setup<'_> {
    /// The screen, with everything told or not.
    pub(super) fn as_full(&self, screen: Screen) -> Screen {
        Screen { full: self.full, ..screen }
    }

    /// Whether the run is more than a look.
    pub(super) fn changes_things(&self) -> bool {
        matches!(self.command, APPLY | UNINSTALL | UNDO | RESTORE)
    }

    /// What the plan is for.
    pub(super) fn purpose(&self) -> Purpose {
        match self.command {
            "verify" => Purpose::Verify,
            command if command.starts_with(UNINSTALL) => Purpose::Removal,
            command if command.starts_with(UNDO) => Purpose::Undo,
            command if command.starts_with(RESTORE) => Purpose::Restore,
            _ => Purpose::Plan,
        }
    }
}

/// What a person has read of a run before its end, and need not read again.
#[derive(Debug, Default)]
pub struct Shown {
    /// Whether the plan was shown.
    pub(super) plan: bool,
    /// The notes that came with it.
    pub(super) notes: Vec<Note>,
    /// Items whose steps for a person were shown.
    pub(super) steps: Vec<ItemId>,
    /// Whether a person was asked and did not say yes.
    pub(super) declined: bool,
    /// What was written instead of a plan.
    pub(super) source: Option<Source>,
}
