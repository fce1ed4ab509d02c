//! A check of `doctor`: what was looked at, how it is, and what to do.

use serde::{Serialize, Serializer};

use super::Stop;
use crate::model::{Command, Diagnostic, Hint, Invocation, Severity};

/// The command that brings about what is configured.
pub fn run_apply() -> Hint {
    Hint::command("Run", Command::of_org("apply"), ": it applies what is configured.")
}

/// The command that shows what is about to change, before the one that changes it.
pub(super) fn plan_then_apply(shows: &str) -> [Hint; 2] {
    [Hint::command("", Command::of_org("plan"), shows), run_apply()]
}

/// What whoever has no configuration does first.
pub(super) fn init_then_apply() -> [Hint; 2] {
    [Hint::command("Write a configuration with", Command::of_org("init"), "."), run_apply()]
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its id in documents.
    pub id: String,
    /// What it is called where people read it.
    pub title: String,
    /// What it belongs to.
    pub group: Group,
    /// Its place within the group; see [`Topic::rank`].
    pub rank: u8,
    /// How it is.
    pub health: Health,
    /// What was seen, in whole sentences, and what to do, one step each.
    pub diagnostic: Diagnostic,
    /// Whether `apply` refuses to begin because of it.
    pub blocks: bool,
}

/// As in documents.
impl Serialize for Check {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            id: &'a str,
            title: &'a str,
            group: Group,
            verdict: Health,
            evidence: String,
            fix: &'a [Hint],
            blocks: bool,
        }
        let fields = Fields {
            id: &self.id,
            title: &self.title,
            group: self.group,
            verdict: self.health,
            evidence: self.evidence(),
            fix: self.fix(),
            blocks: self.blocks,
        };
        fields.serialize(serializer)
    }
}

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic<'a> {
    /// What it belongs to.
    pub group: Group,
    /// Its place within the group: lower ones come first, and equal ones are in the order of the
    /// checklist.
    pub rank: u8,
    /// Its id in documents.
    pub id: &'a str,
    /// What it is called where people read it.
    pub title: &'a str,
}

/// What checks belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Who is calling, and what they may do.
    Login,
    /// The org itself.
    Org,
    /// The connector in it.
    Connector,
    /// The Webex organization.
    Webex,
    /// The people who use it.
    People,
    /// The user who was asked about.
    User,
}

/// How something is. They are in order: of several, the last one speaks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// As it should be.
    Ok,
    /// Nobody could tell.
    Unknown,
    /// It may be meant so, or will be trouble.
    Warning,
    /// It is why something does not work.
    Problem,
}

impl Group {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Login => "Login and permissions",
            Self::Org => "Org",
            Self::Connector => "Connector",
            Self::Webex => "Webex",
            Self::People => "People",
            Self::User => "User",
        }
    }
}

impl Health {
    fn severity(self) -> Severity {
        match self {
            Self::Ok | Self::Unknown => Severity::Info,
            Self::Warning => Severity::Warning,
            Self::Problem => Severity::Error,
        }
    }
}

impl<'a> Topic<'a> {
    /// A topic.
    pub const fn new(group: Group, rank: u8, id: &'a str, title: &'a str) -> Self {
        Self { group, rank, id, title }
    }
}

impl Check {
    /// What came of a check.
    pub fn new(topic: Topic<'_>, health: Health, evidence: impl AsRef<str>) -> Self {
        Self::of(topic, health, Diagnostic::new(health.severity(), evidence))
    }

    fn of(topic: Topic<'_>, health: Health, diagnostic: Diagnostic) -> Self {
        Self {
            id: topic.id.to_owned(),
            title: topic.title.to_owned(),
            group: topic.group,
            rank: topic.rank,
            health,
            diagnostic,
            blocks: false,
        }
    }

    /// What was seen: whole sentences.
    pub fn evidence(&self) -> String {
        let text = self.diagnostic.text();
        match &self.diagnostic.words {
            Some(_) => format!("{}.", text.trim_end_matches('.')),
            None => text,
        }
    }

    /// What to do, one step each.
    pub fn fix(&self) -> &[Hint] {
        &self.diagnostic.hints
    }

    /// It is as it should be.
    pub fn ok(topic: Topic<'_>, evidence: impl AsRef<str>) -> Self {
        Self::new(topic, Health::Ok, evidence)
    }

    /// It may be meant so, or will be trouble.
    pub fn warning(topic: Topic<'_>, evidence: impl AsRef<str>) -> Self {
        Self::new(topic, Health::Warning, evidence)
    }

    /// It is why something does not work.
    pub fn problem(topic: Topic<'_>, evidence: impl AsRef<str>) -> Self {
        Self::new(topic, Health::Problem, evidence)
    }

    /// Nobody could tell, for this reason.
    pub fn unknown(topic: Topic<'_>, evidence: impl AsRef<str>) -> Self {
        Self::new(topic, Health::Unknown, evidence)
    }

    /// Nobody could tell, for the org refused to show it with these words.
    pub fn hidden(topic: Topic<'_>, words: &str) -> Self {
        let message = "The org does not show it to the calling user";
        let health = Health::Unknown;
        Self::of(topic, health, Diagnostic::new(health.severity(), message).words(words))
    }

    /// It is why `apply` refuses to begin: these are the plan's own reasons.
    pub fn stopped(topic: Topic<'_>, stops: &[&Stop]) -> Self {
        let messages: Vec<String> = stops.iter().map(|stop| stop.message()).collect();
        let hints = stops.iter().flat_map(|stop| stop.diagnostic.hints.iter().cloned());
        Self::problem(topic, messages.join(" ")).steps(hints).blocking()
    }

    /// The same with a step.
    #[must_use]
    pub fn step(mut self, step: impl Into<Hint>) -> Self {
        self.diagnostic = self.diagnostic.hint(step);
        self
    }

    /// The same with steps.
    #[must_use]
    pub fn steps<S: Into<Hint>>(mut self, steps: impl IntoIterator<Item = S>) -> Self {
        self.diagnostic = self.diagnostic.hints(steps);
        self
    }

    /// The same with commands for the command line at hand.
    #[must_use]
    pub fn within(mut self, invocation: &Invocation) -> Self {
        self.diagnostic = self.diagnostic.within(invocation);
        self
    }

    /// The same, and `apply` refuses to begin.
    #[must_use]
    pub fn blocking(mut self) -> Self {
        self.blocks = true;
        self
    }
}
