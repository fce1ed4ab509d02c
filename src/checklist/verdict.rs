//! What an item answers.

use serde::Serialize;

use super::{Change, Hold, Loss, Step, Unseen};
use crate::model::{Confirmation, Diagnostic, Look, SetupTask};

/// An item's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What must change.
    pub changes: Vec<Change>,
    /// What must be looked at before the answer is whole.
    pub needs: Vec<Look>,
    /// Why nothing may begin.
    pub stops: Vec<Stop>,
    /// What is wrong and cannot be mended by a change.
    pub problems: Vec<Stop>,
    /// What could not be seen: the item, or a part of it, stands still, and the others go on.
    pub unseen: Vec<Unseen>,
    /// What only a person can do.
    pub human: Option<Human>,
    /// What a browser can do of that, where a person watches it.
    pub setup: Option<SetupTask>,
    /// What people should know.
    pub notes: Vec<Note>,
    /// Why the answer could not be found, where something else has to be put right first.
    pub unknown: Option<String>,
    /// What is to be said where nothing has to be done, unless it simply is as configured already.
    pub at_rest: Option<&'static str>,
    /// What people lose by the changes.
    pub losses: Vec<Loss>,
    /// Why it stands still, where it is not blind itself: then it wants nothing.
    pub hold: Option<Hold>,
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
    /// What can be seen of it, which decides what a person's word counts for.
    pub sight: Sight,
    /// Who said that it is done, and when, where somebody did. It is never called verified.
    pub confirmed: Option<Confirmation>,
}

/// What can be seen of something that only a person can do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sight {
    /// Nothing: a person's word is all there is.
    #[default]
    Nothing,
    /// The calling user has something else, and others may have what is wanted: a word is written down,
    /// and settles nothing.
    Doubtful,
    /// The org shows that it is not done: nobody's word counts against that.
    Undone,
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
    /// The org cannot do it yet, and will be able to by itself.
    NotYet,
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
    /// Whether a person's word settles it: somebody gave it, and nothing that can be seen speaks against it.
    pub fn is_settled(&self) -> bool {
        self.confirmed.is_some() && self.sight == Sight::Nothing
    }

    /// Whether what is seen speaks against it so that a comparison has found a difference.
    pub fn differs(&self) -> bool {
        match self.sight {
            Sight::Nothing => false,
            Sight::Doubtful => self.confirmed.is_some(),
            Sight::Undone => true,
        }
    }

    /// The steps as people read them.
    pub fn texts(&self) -> Vec<String> {
        self.steps.iter().map(Step::text).collect()
    }

    /// What is typed or chosen, in the order of the page, each with its label where it has one. A box
    /// is only ticked.
    pub fn values(&self) -> Vec<(Option<String>, String)> {
        let fields = self.steps.iter().flat_map(Step::fields).filter(|field| field.value != "true");
        fields.map(|field| (field.label.clone(), field.value.clone())).collect()
    }

    /// The pages that the steps are about.
    pub fn links(&self) -> Vec<String> {
        self.steps.iter().flat_map(Step::links).map(|link| link.url.clone()).collect()
    }
}

impl Verdict {
    /// Whether there is nothing to do and nothing to say.
    pub(super) fn is_silent(&self) -> bool {
        self.changes.is_empty()
            && self.stops.is_empty()
            && self.problems.is_empty()
            && self.human.is_none()
    }

    /// Adds a note that asks for attention.
    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.notes.push(Note { warning: true, text: text.into() });
    }

    /// Adds a note.
    pub(super) fn note(&mut self, text: impl Into<String>) {
        self.notes.push(Note { warning: false, text: text.into() });
    }

    /// Asks once for something that is not looked at every time.
    pub(super) fn ask(&mut self, look: Look) {
        if !self.needs.contains(&look) {
            self.needs.push(look);
        }
    }
}

impl Stop {
    /// What there is to say of it.
    pub fn diagnostic(&self) -> Diagnostic {
        let said = Diagnostic::error(&self.message).hints(&self.hints);
        match &self.place {
            Some(place) => said.at_key(place),
            None => said,
        }
    }

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

    /// Waiting helps.
    pub(super) fn not_yet(message: impl Into<String>) -> Self {
        Self { kind: StopKind::NotYet, ..Self::refused(message) }
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
