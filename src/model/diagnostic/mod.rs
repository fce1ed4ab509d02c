//! The one shape of everything that the program has to say about what is wrong, odd, or good to know:
//! in a configuration, in a file, in an org, on the way of a run.
//!
//! Rules of this folder:
//! - A message is ours, whole sentences, and may name things of an org; what an org, a server or a
//!   compiler says is a field of its own ([`Words`]).
//! - Whatever comes from outside is made harmless here, and nowhere else ([`clean()`]).
//! - A long row of names is whole in every text ([`in_a_row`]); the view reads it in full or in short.
//! - A hint is one step; a command in it is a value, which gets the options at hand when it is shown.
//! - Nothing here draws: pictures with lines and carets are the view's.

mod clean;
mod command;
mod hint;
mod names;
mod place;
mod severity;
mod source;

use serde::Serialize;

use super::ItemKey;

pub use clean::{Words, as_read, clean, clean_lines, is_deceptive};
pub use command::{Command, Invocation, quoted};
pub use hint::Hint;
pub use names::{either, in_a_row, in_full, in_short, is_longer_in_full};
pub use place::{Excerpt, Place};
pub use severity::Severity;
pub use source::{Position, Source};

/// Something to say about what is wrong, odd, or good to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Number of the rule that it is about, where it is about one: `CC021`.
    pub code: Option<&'static str>,
    /// How bad it is.
    pub severity: Severity,
    message: String,
    /// Where it is.
    pub place: Option<Place>,
    /// What else it is about, where two things do not go together.
    pub related: Vec<Place>,
    /// What to do next, one step each.
    pub hints: Vec<Hint>,
    /// The org's own words, or a server's.
    pub words: Option<Words>,
}

impl Diagnostic {
    /// Whole sentences of that severity: what was found, and where.
    pub fn new(severity: Severity, message: impl AsRef<str>) -> Self {
        Self {
            code: None,
            severity,
            message: clean_lines(message.as_ref()).into_owned(),
            place: None,
            related: Vec::new(),
            hints: Vec::new(),
            words: None,
        }
    }

    /// Something that keeps the work from being done.
    pub fn error(message: impl AsRef<str>) -> Self {
        Self::new(Severity::Error, message)
    }

    /// Something that may be meant so.
    pub fn warning(message: impl AsRef<str>) -> Self {
        Self::new(Severity::Warning, message)
    }

    /// Something good to know.
    pub fn info(message: impl AsRef<str>) -> Self {
        Self::new(Severity::Info, message)
    }

    /// The same about a rule.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// The same at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same about a value of the configuration, by its key path.
    #[must_use]
    pub fn at_key(self, path: impl Into<String>) -> Self {
        self.at(Place::Key(path.into()))
    }

    /// The same with another place that it is about.
    #[must_use]
    pub fn beside(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// The same with something to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with steps.
    #[must_use]
    pub fn hints<H: Into<Hint>>(mut self, hints: impl IntoIterator<Item = H>) -> Self {
        self.hints.extend(hints.into_iter().map(Into::into));
        self
    }

    /// The same with the words of whoever refused.
    #[must_use]
    pub fn words(mut self, words: &str) -> Self {
        self.words = Some(Words::new(words)).filter(|words| !words.as_str().is_empty());
        self
    }

    /// The same with another message.
    #[must_use]
    pub fn saying(mut self, message: impl AsRef<str>) -> Self {
        self.message = clean_lines(message.as_ref()).into_owned();
        self
    }

    /// The item of the call center that it is about.
    pub fn item(&self) -> Option<&ItemKey> {
        match &self.place {
            Some(Place::Item(item)) => Some(item),
            Some(Place::Key(_) | Place::File(_)) | None => None,
        }
    }

    /// Where in a file it is.
    pub fn excerpt(&self) -> Option<&Excerpt> {
        self.place.as_ref().and_then(Place::excerpt)
    }

    /// Everything that is said, with the rule before it.
    pub fn coded(&self) -> String {
        match self.code {
            Some(code) => format!("{code}: {}", self.text()),
            None => self.text(),
        }
    }

    /// Our own words: whole sentences.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Everything that is said, whoever said it. Where the message has no full stop, the words end
    /// its sentence.
    pub fn text(&self) -> String {
        match &self.words {
            None => self.message.clone(),
            Some(words) if self.message.ends_with(['.', '?', '!']) => {
                format!("{} The org says: {words}", self.message)
            }
            Some(words) => format!("{}: {words}", self.message),
        }
    }

    /// The same with its place before it, in the form that editors know, and with its rule.
    pub fn line(&self) -> String {
        match self.excerpt() {
            Some(excerpt) => format!("{excerpt}: {}", self.coded()),
            None => self.coded(),
        }
    }

    /// The same with every text changed, the hints' included: to take out what nobody may read.
    #[must_use]
    pub fn map_texts(mut self, change: &impl Fn(&str) -> String) -> Self {
        self.message = change(&self.message);
        self.words = self.words.map(|words| Words::new(&change(words.as_str())));
        let hints = std::mem::take(&mut self.hints);
        self.hints = hints.into_iter().map(|hint| hint.map_texts(change)).collect();
        self
    }

    /// The same for the command line at hand.
    #[must_use]
    pub fn within(mut self, invocation: &Invocation) -> Self {
        let hints = std::mem::take(&mut self.hints);
        self.hints = hints.into_iter().map(|hint| hint.within(invocation)).collect();
        self
    }
}

/// As in documents: `text` of the view in parts.
impl Serialize for Diagnostic {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            code: Option<&'static str>,
            severity: Severity,
            message: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            place: Option<&'a Place>,
            #[serde(skip_serializing_if = "<[Place]>::is_empty")]
            related: &'a [Place],
            #[serde(skip_serializing_if = "<[Hint]>::is_empty")]
            hints: &'a [Hint],
            #[serde(skip_serializing_if = "Option::is_none")]
            words: Option<&'a str>,
        }
        let Self { code, severity, message, place, related, hints, words } = self;
        let fields = Fields {
            code: *code,
            severity: *severity,
            message,
            place: place.as_ref(),
            related,
            hints,
            words: words.as_ref().map(Words::as_str),
        };
        fields.serialize(serializer)
    }
}
