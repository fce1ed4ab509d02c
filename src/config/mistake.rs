//! What is wrong with a configuration, and where.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{Diagnostic, Excerpt, Hint, Place, Severity, Source, clean};

/// Something wrong, or odd, in a configuration, while it is read: the places are bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    pub(super) kind: MistakeKind,
    /// The key it is about: `users.profiles`, `orgs.production.data_center`; empty for the file.
    path: String,
    /// None where something is missing.
    span: Option<Range<usize>>,
    label: String,
    /// Another place of the configuration that it is about.
    related: Option<(Range<usize>, String)>,
    /// A place in another file that it is about.
    pub(super) elsewhere: Option<(Source, Range<usize>)>,
    said: Diagnostic,
}

/// Kinds of mistakes in a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MistakeKind {
    /// It is not TOML.
    Syntax,
    /// No such key.
    UnknownKey,
    /// A setting or item that the chosen definition does not have.
    UnknownSetting,
    /// Text where a number is wanted, and the like.
    WrongType,
    /// A value that is not among the allowed ones.
    NotAllowed,
    /// Something that must be said is not.
    Missing,
    /// One thing is said in two places.
    TwoSources,
    /// The file of a call center definition cannot be used.
    Definition,
    /// Two things that do not go together well.
    Contradiction,
}

impl MistakeKind {
    /// Its name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::UnknownKey => "unknown-key",
            Self::UnknownSetting => "unknown-setting",
            Self::WrongType => "wrong-type",
            Self::NotAllowed => "not-allowed",
            Self::Missing => "missing",
            Self::TwoSources => "two-sources",
            Self::Definition => "definition",
            Self::Contradiction => "contradiction",
        }
    }

    /// The rule of [`crate::model::RULES`] that it breaks.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Syntax => "CF001",
            Self::UnknownKey => "CF002",
            Self::UnknownSetting => "CF003",
            Self::WrongType => "CF004",
            Self::NotAllowed => "CF005",
            Self::Missing => "CF006",
            Self::TwoSources => "CF007",
            Self::Definition => "CF009",
            Self::Contradiction => "CF010",
        }
    }

    /// Whether a part of a configuration shows it, whatever the rest says.
    pub(super) fn is_local(self) -> bool {
        matches!(self, Self::UnknownKey | Self::WrongType | Self::NotAllowed)
    }
}

impl Mistake {
    pub(super) fn new(
        kind: MistakeKind,
        path: impl Into<String>,
        message: impl AsRef<str>,
    ) -> Self {
        Self {
            kind,
            path: path.into(),
            span: None,
            label: String::new(),
            related: None,
            elsewhere: None,
            said: Diagnostic::error(message).code(kind.rule()),
        }
    }

    pub(super) fn at(mut self, span: &Range<usize>, label: impl Into<String>) -> Self {
        self.span = Some(span.clone());
        self.label = label.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<Hint>) -> Self {
        self.said = self.said.hint(help);
        self
    }

    pub(super) fn allowed<'a>(self, allowed: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<String> = allowed.into_iter().map(clean).collect();
        if words.is_empty() { self } else { self.help(Hint::Allowed(words)) }
    }

    /// The nearest right word, which is the first thing to say; none takes it out again.
    pub(super) fn suggestion(mut self, suggestion: Option<&str>) -> Self {
        self.said.hints.retain(|hint| !matches!(hint, Hint::Meant(_)));
        self.said.hints.splice(0..0, suggestion.map(|word| Hint::Meant(clean(word))));
        self
    }

    pub(super) fn related(mut self, span: &Range<usize>, label: impl Into<String>) -> Self {
        self.related = Some((span.clone(), label.into()));
        self
    }

    pub(super) fn warning(mut self) -> Self {
        self.said.severity = Severity::Warning;
        self
    }

    pub(super) fn is_error(&self) -> bool {
        self.said.severity == Severity::Error
    }

    /// What there is to say, at its place of the configuration.
    pub(super) fn diagnostic(self, source: &Source) -> Diagnostic {
        let place =
            |span, label, path| Place::File(Excerpt { label, ..Excerpt::new(source, span, path) });
        let mut said = self.said.at(place(self.span, self.label, self.path));
        if let Some((span, label)) = self.related {
            said = said.beside(place(Some(span), label, String::new()));
        }
        if let Some((other, span)) = self.elsewhere {
            said = said.beside(Place::File(Excerpt::new(&other, Some(span), "")));
        }
        said
    }
}

/// As many mistakes as anybody reads; a file that is something else has one in every line.
const MOST: usize = 100;

/// Collects mistakes while a configuration is read.
#[derive(Debug, Default)]
pub(super) struct Mistakes(RefCell<Vec<Mistake>>);

impl Mistakes {
    pub(super) fn push(&self, mistake: Mistake) {
        self.0.borrow_mut().push(mistake);
    }

    /// All of them in the order of the file, each once.
    pub(super) fn sorted(self) -> Vec<Mistake> {
        let mut mistakes = self.0.into_inner();
        mistakes.sort_by_key(|mistake| {
            let start = mistake.span.as_ref().map_or(usize::MAX, |span| span.start);
            (start, mistake.kind)
        });
        let mut seen = BTreeSet::new();
        mistakes.retain(|mistake| {
            let start = mistake.span.as_ref().map(|span| span.start);
            seen.insert((start, mistake.said.message().to_owned()))
        });
        if let Some(more) = mistakes.len().checked_sub(MOST).filter(|more| *more > 0) {
            mistakes.truncate(MOST);
            let message = format!("{more} more mistakes were found.");
            mistakes.push(Mistake::new(MistakeKind::Syntax, "", message));
        }
        mistakes
    }
}

/// Everything that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors {
    /// What is wrong with it, in the order of the file; never empty.
    pub diagnostics: Vec<Diagnostic>,
}

impl std::fmt::Display for ConfigErrors {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines: Vec<String> = self.diagnostics.iter().map(Diagnostic::line).collect();
        formatter.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ConfigErrors {}
