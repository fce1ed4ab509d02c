//! What an item answers.

use serde::{Serialize, Serializer};

use super::{Change, Hold, Loss, Step, Unseen};
use crate::model::{Confirmation, Diagnostic, Hint, Invocation, Look, SetupTask, Severity};

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
    /// Why no run can ever see that it is done, where that is so; without a capital and a full stop.
    pub unseen: Option<&'static str>,
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
    /// What was found, about which value of the configuration, and what to do next.
    pub diagnostic: Diagnostic,
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

/// Something people should know: a warning, or good to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note(Diagnostic);

impl Human {
    /// Whether a person's word settles it: somebody gave it, and nothing that can be seen speaks against it.
    pub fn is_settled(&self) -> bool {
        self.confirmed.is_some() && self.sight == Sight::Nothing
    }

    /// Whether what is seen speaks against it so that a comparison has found a difference.
    pub fn differs(&self) -> bool {
        match self.sight {
            Sight::Nothing | Sight::Doubtful => false,
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
    pub(super) fn warn(&mut self, text: impl AsRef<str>) {
        self.notes.push(Note::warning(text));
    }

    /// Adds a note.
    pub(super) fn note(&mut self, text: impl AsRef<str>) {
        self.notes.push(Note::info(text));
    }

    /// Asks once for something that is not looked at every time.
    pub(super) fn ask(&mut self, look: Look) {
        if !self.needs.contains(&look) {
            self.needs.push(look);
        }
    }
}

impl Note {
    /// One that asks for attention.
    pub fn warning(text: impl AsRef<str>) -> Self {
        Self(Diagnostic::warning(text))
    }

    /// One that is good to know.
    pub fn info(text: impl AsRef<str>) -> Self {
        Self(Diagnostic::info(text))
    }

    /// Whether it asks for attention.
    pub fn is_warning(&self) -> bool {
        self.0.severity == Severity::Warning
    }

    /// The same with something to do.
    #[must_use]
    pub fn hint(self, hint: impl Into<Hint>) -> Self {
        Self(self.0.hint(hint))
    }

    /// The same for the command line at hand.
    #[must_use]
    pub fn within(self, invocation: &Invocation) -> Self {
        Self(self.0.within(invocation))
    }

    /// The sentences, what to do included.
    pub fn text(&self) -> String {
        let hints = self.0.hints.iter().map(ToString::to_string);
        std::iter::once(self.0.message().to_owned()).chain(hints).collect::<Vec<_>>().join(" ")
    }
}

/// As in documents.
impl Serialize for Note {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields {
            warning: bool,
            text: String,
        }
        Fields { warning: self.is_warning(), text: self.text() }.serialize(serializer)
    }
}

impl Stop {
    /// What was found, with the number of its rule.
    pub fn message(&self) -> String {
        self.diagnostic.coded()
    }

    /// What to do next, as sentences.
    #[cfg(test)]
    pub(crate) fn advice(&self) -> Vec<String> {
        self.diagnostic.hints.iter().map(ToString::to_string).collect()
    }

    /// What a rule has found: the configuration is at odds with itself, or with the org.
    pub(super) fn of_finding(finding: Diagnostic) -> Self {
        Self { kind: StopKind::Configuration, diagnostic: finding }
    }

    /// The configuration is at odds with the org.
    pub(super) fn configuration(message: impl AsRef<str>) -> Self {
        Self { kind: StopKind::Configuration, diagnostic: Diagnostic::error(message) }
    }

    /// A person must decide.
    pub(super) fn refused(message: impl AsRef<str>) -> Self {
        Self { kind: StopKind::Refused, diagnostic: Diagnostic::error(message) }
    }

    /// Waiting helps.
    pub(super) fn not_yet(message: impl AsRef<str>) -> Self {
        Self { kind: StopKind::NotYet, diagnostic: Diagnostic::error(message) }
    }

    /// The same about a value of the configuration.
    pub(super) fn at(self, place: impl Into<String>) -> Self {
        Self { diagnostic: self.diagnostic.at_key(place), ..self }
    }

    /// The same with something to do next.
    pub(super) fn hint(self, hint: impl Into<Hint>) -> Self {
        Self { diagnostic: self.diagnostic.hint(hint), ..self }
    }
}
