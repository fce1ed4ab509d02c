//! What is wrong with a configuration, and where.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{Position, Severity, Source};

use super::picture::{Style, draw_all};

/// Something wrong, or odd, in a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What kind of mistake it is.
    pub kind: MistakeKind,
    /// Whether it keeps the configuration from being used.
    pub severity: Severity,
    /// The key it is about: `users.profiles`, `orgs.production.data_center`; empty for the file.
    pub path: String,
    /// What was found, and what should be there: whole sentences.
    pub message: String,
    /// Bytes of the configuration that it is about; none where something is missing.
    pub span: Option<Range<usize>>,
    /// A few words beside the caret.
    pub label: String,
    /// What is allowed there, where that is a list.
    pub allowed: Vec<String>,
    /// The nearest right word.
    pub suggestion: Option<String>,
    /// What to do next.
    pub help: Option<String>,
    /// Another place of the configuration that it is about.
    pub related: Option<(Range<usize>, String)>,
    /// A place in another file that it is about.
    pub elsewhere: Option<(Source, Range<usize>)>,
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
    /// Something that this version of the program cannot do yet.
    NotSupportedYet,
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
            Self::NotSupportedYet => "not-supported-yet",
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
            Self::NotSupportedYet => "CF008",
            Self::Definition => "CF009",
            Self::Contradiction => "CF010",
        }
    }

    /// Whether a part of a configuration shows it, whatever the rest says.
    pub(super) fn is_local(self) -> bool {
        matches!(
            self,
            Self::UnknownKey | Self::WrongType | Self::NotAllowed | Self::NotSupportedYet
        )
    }
}

impl Mistake {
    pub(super) fn new(
        kind: MistakeKind,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            severity: Severity::Error,
            path: path.into(),
            message: message.into(),
            span: None,
            label: String::new(),
            allowed: Vec::new(),
            suggestion: None,
            help: None,
            related: None,
            elsewhere: None,
        }
    }

    pub(super) fn at(mut self, span: &Range<usize>, label: impl Into<String>) -> Self {
        self.span = Some(span.clone());
        self.label = label.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn allowed<'a>(mut self, allowed: impl IntoIterator<Item = &'a str>) -> Self {
        self.allowed = allowed.into_iter().map(str::to_owned).collect();
        self
    }

    pub(super) fn suggestion(mut self, suggestion: Option<&str>) -> Self {
        self.suggestion = suggestion.map(str::to_owned);
        self
    }

    pub(super) fn related(mut self, span: &Range<usize>, label: impl Into<String>) -> Self {
        self.related = Some((span.clone(), label.into()));
        self
    }

    pub(super) fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
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
            seen.insert((start, mistake.message.clone()))
        });
        if let Some(more) = mistakes.len().checked_sub(MOST).filter(|more| *more > 0) {
            mistakes.truncate(MOST);
            let message = format!("{more} more mistakes were found below these.");
            mistakes.push(Mistake::new(MistakeKind::Syntax, "", message));
        }
        mistakes
    }
}

/// Everything that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors {
    /// The configuration.
    pub source: Source,
    /// What is wrong with it, in the order of the file; never empty.
    pub mistakes: Vec<Mistake>,
}

impl ConfigErrors {
    /// All mistakes as one text, each with the lines it is about.
    pub fn render(&self, style: Style) -> String {
        draw_all(&self.source, &self.mistakes, style)
    }

    /// Where a mistake is; the beginning of the file where something is missing.
    pub fn place(&self, mistake: &Mistake) -> Position {
        self.source.position(mistake.span.as_ref().map_or(0, |span| span.start))
    }
}

impl std::fmt::Display for ConfigErrors {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, mistake) in self.mistakes.iter().enumerate() {
            let Position { line, column } = self.place(mistake);
            if number > 0 {
                formatter.write_str("\n")?;
            }
            write!(formatter, "{}:{line}:{column}: {}", self.source.name, mistake.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}
