//! What an item answers.

use serde::Serialize;

use super::{Change, Step};
use crate::model::Confirmation;

/// An item's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What must change.
    pub changes: Vec<Change>,
    /// What must be found out before the answer is whole.
    pub needs: Vec<Question>,
    /// Why nothing may begin.
    pub stops: Vec<Stop>,
    /// What is wrong and cannot be mended by a change.
    pub problems: Vec<Stop>,
    /// What only a person can do.
    pub human: Option<Human>,
    /// What people should know.
    pub notes: Vec<Note>,
}

/// Something that only a person can do, and how.
///
/// What is to become of single values stands among the changes, with [`super::Action::Human`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Human {
    /// Why no program does it, or what was seen that keeps this one from doing it.
    pub why: String,
    /// What to do, in the order of the page.
    pub steps: Vec<Step>,
    /// Who said that it is done, and when, where somebody did. It is never called verified.
    pub confirmed: Option<Confirmation>,
}

/// Something to ask the org that is not asked every time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// What the org says of the wanted package version.
    OfferedVersion,
    /// The profiles' API names.
    ProfileNames,
    /// What state sync needs, which the configuration did not foretell.
    OmniSync,
    /// Permission sets and who has them, likewise.
    PermissionSets,
    /// Every record of the package's custom metadata types.
    CustomMetadata,
    /// What the call centers hold that go with the connector.
    LeavingCallCenters,
    /// What data goes with the package.
    PackageData,
}

/// A reason not to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Whose decision it is.
    pub kind: StopKind,
    /// What was found.
    pub message: String,
    /// What to do next.
    pub hints: Vec<String>,
    /// Key path of the value of the configuration that it is about.
    pub place: Option<String>,
}

/// Whose decision a reason not to begin is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopKind {
    /// The configuration names something that is not there, or contradicts the org.
    Configuration,
    /// A person must approve or prepare something.
    Refused,
}

/// Something people should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Whether it asks for attention.
    pub warning: bool,
    /// The sentence.
    pub text: String,
}

impl Human {
    /// The steps as people read them.
    pub fn texts(&self) -> Vec<String> {
        self.steps.iter().map(Step::text).collect()
    }
}

impl Verdict {
    /// Adds a note that asks for attention.
    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.notes.push(Note { warning: true, text: text.into() });
    }

    /// Adds a note.
    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(Note { warning: false, text: text.into() });
    }

    /// Adds a question once.
    pub(super) fn ask(&mut self, question: Question) {
        if !self.needs.contains(&question) {
            self.needs.push(question);
        }
    }
}

impl Stop {
    /// The configuration is at odds with the org.
    pub(super) fn configuration(message: impl Into<String>) -> Self {
        Self {
            kind: StopKind::Configuration,
            message: message.into(),
            hints: Vec::new(),
            place: None,
        }
    }

    /// A person must decide.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        Self { kind: StopKind::Refused, message: message.into(), hints: Vec::new(), place: None }
    }

    /// The same about a value of the configuration.
    pub(super) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// The same with something to do next.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}
