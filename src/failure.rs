//! How work ends badly: the one type of error of whatever decides a command's fate. Which exit code
//! that is, the command line knows.
//!
//! Rooms below have error types of their own; they become a `Failure` where a command's fate is
//! decided, with a diagnostic that says what happened, where, and what to do next.

use std::error::Error;
use std::fmt;

use serde::Serialize;

use crate::model::{Diagnostic, Hint, Invocation};

/// Why a command did not do what was asked.
#[derive(Debug)]
pub struct Failure {
    /// What sort of failure it is.
    pub kind: Kind,
    /// What happened, where, and what to do next; of several things, what they have in common.
    pub diagnostic: Diagnostic,
    /// Each of several things; empty where there is only one.
    pub parts: Vec<Diagnostic>,
    /// What caused it.
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

/// Sorts of failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Something attempted in the org did not work.
    Failed,
    /// The command line, the configuration, or a name that the org lacks.
    Usage,
    /// The org is not as the configuration wants it.
    Differs,
    /// The org does not accept the login.
    Authentication,
    /// Not begun, for a reason that a person must decide.
    Refused,
    /// Only a person can go on.
    NeedsHuman,
    /// The org cannot be reached, or its limits are used up.
    Unreachable,
    /// A mistake in this program.
    Bug,
    /// A person stopped it.
    Interrupted,
}

impl Kind {
    /// Every kind, in the order in which they speak for a run where several hold.
    pub const ALL: [Self; 9] = [
        Self::Interrupted,
        Self::Bug,
        Self::Authentication,
        Self::Unreachable,
        Self::Refused,
        Self::Usage,
        Self::Failed,
        Self::NeedsHuman,
        Self::Differs,
    ];

    /// Its place among all.
    fn precedence(self) -> usize {
        Self::ALL.iter().position(|kind| *kind == self).unwrap_or(Self::ALL.len())
    }

    /// The kind that speaks for a run in which both hold.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        if other.precedence() < self.precedence() { other } else { self }
    }
}

impl Failure {
    /// A failure of that kind.
    pub fn new(kind: Kind, message: impl AsRef<str>) -> Self {
        Self::of(kind, Diagnostic::error(message))
    }

    /// A failure of that kind, with all that there is to say of it.
    pub fn of(kind: Kind, diagnostic: Diagnostic) -> Self {
        Self { kind, diagnostic, parts: Vec::new(), source: None }
    }

    /// A failure for all of these reasons; `heading` says what they have in common, by their number.
    /// `None` without any reason.
    pub fn of_all(
        kind: Kind,
        mut parts: Vec<Diagnostic>,
        heading: impl FnOnce(usize) -> String,
    ) -> Option<Self> {
        match parts.len() {
            0 => None,
            1 => parts.pop().map(|only| Self::of(kind, only)),
            number => {
                let heading = Diagnostic::error(heading(number));
                Some(Self { parts, ..Self::of(kind, heading) })
            }
        }
    }

    /// The same to be told once more, without its cause.
    #[must_use]
    pub fn again(&self) -> Self {
        let (diagnostic, parts) = (self.diagnostic.clone(), self.parts.clone());
        Self { kind: self.kind, diagnostic, parts, source: None }
    }

    /// One failure for several that stand side by side: the worst kind speaks, and none of the reasons
    /// is lost. `None` without any.
    pub fn joined(failures: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut failures: Vec<Self> = failures.into_iter().collect();
        if failures.len() < 2 {
            return failures.pop();
        }
        // The worst comes first, and brings its cause along.
        failures.sort_by_key(|failure| failure.kind.precedence());
        let kind = failures.first()?.kind;
        let source = failures.iter_mut().find_map(|failure| failure.source.take());
        let (mut reasons, mut common): (Vec<Diagnostic>, Vec<Hint>) = (Vec::new(), Vec::new());
        for Self { diagnostic, parts, .. } in failures {
            let of_one = if parts.is_empty() {
                vec![diagnostic]
            } else {
                common.extend(diagnostic.hints);
                parts
            };
            for reason in of_one {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
        }
        let joined = Self::of_all(kind, reasons, |number| format!("{number} things went wrong:"))?;
        Some(Self { source, ..joined }.hints(common))
    }

    /// A mistake in the command line, the configuration or a name.
    pub fn usage(message: impl AsRef<str>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// A refusal to begin.
    pub fn refused(message: impl AsRef<str>) -> Self {
        Self::new(Kind::Refused, message)
    }

    /// The same with something to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.diagnostic.hints.push(hint.into());
        self
    }

    /// The same with steps.
    #[must_use]
    pub fn hints<H: Into<Hint>>(mut self, hints: impl IntoIterator<Item = H>) -> Self {
        self.diagnostic = self.diagnostic.hints(hints);
        self
    }

    /// The same with the words of whoever refused.
    #[must_use]
    pub fn words(mut self, words: &str) -> Self {
        self.diagnostic = self.diagnostic.words(words);
        self
    }

    /// The same with a sentence before it.
    #[must_use]
    pub fn after(mut self, sentence: impl fmt::Display) -> Self {
        let message = format!("{sentence} {}", self.diagnostic.message());
        self.diagnostic = self.diagnostic.saying(message);
        self
    }

    /// The same with its cause.
    #[must_use]
    pub fn because(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// The same for the command line at hand.
    #[must_use]
    pub fn within(mut self, invocation: &Invocation) -> Self {
        self.diagnostic = self.diagnostic.within(invocation);
        self.parts = self.parts.into_iter().map(|part| part.within(invocation)).collect();
        self
    }

    /// The same with every text changed: to take out what nobody may read.
    #[must_use]
    pub fn map_texts(mut self, change: impl Fn(&str) -> String) -> Self {
        self.diagnostic = self.diagnostic.map_texts(&change);
        self.parts = self.parts.into_iter().map(|part| part.map_texts(&change)).collect();
        self
    }

    /// Every reason by itself, with its place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        if self.parts.is_empty() { std::slice::from_ref(&self.diagnostic) } else { &self.parts }
    }

    /// The same, to be changed.
    pub fn diagnostics_mut(&mut self) -> &mut [Diagnostic] {
        if self.parts.is_empty() {
            std::slice::from_mut(&mut self.diagnostic)
        } else {
            &mut self.parts
        }
    }

    /// What happened and where, as one text: of several reasons, each on a line of its own.
    pub fn message(&self) -> String {
        let mut text = self.diagnostic.line();
        for part in &self.parts {
            text.extend(["\n  - ", &part.line()]);
        }
        text
    }

    /// What to do next, each step once, those of the single reasons first.
    pub fn steps(&self) -> Vec<&Hint> {
        let mut steps: Vec<&Hint> = Vec::new();
        for hint in self.parts.iter().chain([&self.diagnostic]).flat_map(|it| &it.hints) {
            if !steps.contains(&hint) {
                steps.push(hint);
            }
        }
        steps
    }

    /// The same as sentences.
    pub fn advice(&self) -> Vec<String> {
        self.steps().into_iter().map(ToString::to_string).collect()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message())
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_failures_the_worst_speaks_and_none_is_lost() {
        let failures = || {
            [
                Failure::new(Kind::Unreachable, "The org is silent.").hint("Wait."),
                Failure::new(Kind::Authentication, "There is no login.").hint("Log in."),
                Failure::new(Kind::Unreachable, "The org is silent.").hint("Wait."),
            ]
        };
        let joined = Failure::joined(failures()).unwrap();
        assert_eq!(joined.kind, Kind::Authentication);
        assert_eq!(
            joined.message(),
            "2 things went wrong:\n  - There is no login.\n  - The org is silent."
        );
        assert_eq!(joined.advice(), ["Log in.", "Wait."]);
        let [only, ..] = failures();
        assert_eq!(Failure::joined([only]).unwrap().message(), "The org is silent.");
        assert!(Failure::joined([]).is_none());
    }

    #[test]
    fn the_worse_kind_speaks_whatever_the_order() {
        assert_eq!(Kind::Failed.worse(Kind::Refused), Kind::Refused);
        assert_eq!(Kind::Refused.worse(Kind::Failed), Kind::Refused);
        assert_eq!(Kind::Differs.worse(Kind::NeedsHuman), Kind::NeedsHuman);
        assert_eq!(Kind::Interrupted.worse(Kind::Bug), Kind::Interrupted);
    }
}
