//! How a run ends badly: one type, one table of exit codes.
//!
//! Rooms below have error types of their own; they become a `Failure` where a command's fate is
//! decided, with what happened, where, and what to do next. Messages are sentences.

use std::error::Error;
use std::fmt;

use serde::Serialize;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub struct Failure {
    /// What sort of failure it is, which decides the exit code.
    pub kind: Kind,
    /// What happened and where.
    pub message: String,
    /// What to do next, one sentence each.
    pub hints: Vec<String>,
    /// Places of the configuration that it is about.
    pub places: Vec<Place>,
    /// What caused it.
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

/// What is wrong with one place of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Key path of the value, without the table of an org: `users.profiles[0]`.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
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

    /// The exit code; the table of them in docs/reference.md is made from this.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Differs => 3,
            Self::Authentication => 4,
            Self::Refused => 5,
            Self::NeedsHuman => 6,
            Self::Unreachable => 7,
            Self::Bug => 70,
            Self::Interrupted => 130,
        }
    }

    /// What the exit code tells, in the words of the help and of docs/reference.md.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Failed => "something attempted failed, single users included",
            Self::Usage => {
                "usage, or anything wrong in the configuration, names that the org lacks included"
            }
            Self::Differs => {
                "the org differs (`plan --check`, `verify`), or has a problem (`doctor`)"
            }
            Self::Authentication => "authentication: the org does not accept the login",
            Self::Refused => {
                "refused: guard, preflight, blocked, site not approved, key required, another \
                 package version, another run at work, an unfinished uninstall, no use of the \
                 state directory or of the vault"
            }
            Self::NeedsHuman => "only human steps are left, with `--strict`",
            Self::Unreachable => "the org cannot be reached, or a limit is used up: later",
            Self::Bug => "a mistake in provision",
            Self::Interrupted => "interrupted",
        }
    }

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
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hints: Vec::new(), places: Vec::new(), source: None }
    }

    /// A mistake in the command line, the configuration or a name.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// A refusal to begin.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Kind::Refused, message)
    }

    /// The same with something to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same with its cause.
    #[must_use]
    pub fn because(mut self, source: impl Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
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
    fn the_worse_kind_speaks_whatever_the_order() {
        assert_eq!(Kind::Failed.worse(Kind::Refused), Kind::Refused);
        assert_eq!(Kind::Refused.worse(Kind::Failed), Kind::Refused);
        assert_eq!(Kind::Differs.worse(Kind::NeedsHuman), Kind::NeedsHuman);
        assert_eq!(Kind::Interrupted.worse(Kind::Bug), Kind::Interrupted);
    }
}
