//! A check of `doctor`: what was looked at, how it is, and what to do.

use serde::Serialize;

use super::Stop;
use crate::model::{Command, Hint};

/// The command that brings about what is configured.
pub fn run_apply() -> Hint {
    Hint::command("Run", Command::of_org("apply"), ": it brings about what is configured.")
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Its id in documents.
    pub id: String,
    /// What it is called where people read it.
    pub title: String,
    /// What it belongs to.
    pub group: Group,
    /// Its place within the group; see [`Topic::rank`].
    #[serde(skip)]
    pub rank: u8,
    /// How it is.
    #[serde(rename = "verdict")]
    pub health: Health,
    /// What was seen: whole sentences.
    pub evidence: String,
    /// What to do, one step each.
    pub fix: Vec<Hint>,
    /// Whether `apply` refuses to begin because of it.
    pub blocks: bool,
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

impl<'a> Topic<'a> {
    /// A topic.
    pub const fn new(group: Group, rank: u8, id: &'a str, title: &'a str) -> Self {
        Self { group, rank, id, title }
    }
}

impl Check {
    /// What came of a check.
    pub fn new(topic: Topic<'_>, health: Health, evidence: impl Into<String>) -> Self {
        Self {
            id: topic.id.to_owned(),
            title: topic.title.to_owned(),
            group: topic.group,
            rank: topic.rank,
            health,
            evidence: evidence.into(),
            fix: Vec::new(),
            blocks: false,
        }
    }

    /// It is as it should be.
    pub fn ok(topic: Topic<'_>, evidence: impl Into<String>) -> Self {
        Self::new(topic, Health::Ok, evidence)
    }

    /// It may be meant so, or will be trouble.
    pub fn warning(topic: Topic<'_>, evidence: impl Into<String>) -> Self {
        Self::new(topic, Health::Warning, evidence)
    }

    /// It is why something does not work.
    pub fn problem(topic: Topic<'_>, evidence: impl Into<String>) -> Self {
        Self::new(topic, Health::Problem, evidence)
    }

    /// Nobody could tell, for this reason.
    pub fn unknown(topic: Topic<'_>, evidence: impl Into<String>) -> Self {
        Self::new(topic, Health::Unknown, evidence)
    }

    /// Nobody could tell, for the org refused to show it with these words.
    pub fn hidden(topic: Topic<'_>, words: &str) -> Self {
        let words = words.trim_end_matches('.');
        Self::unknown(topic, format!("The org does not show it to the calling user: {words}."))
    }

    /// It is why `apply` refuses to begin: these are the plan's own reasons.
    pub fn stopped(topic: Topic<'_>, stops: &[&Stop]) -> Self {
        let messages: Vec<&str> = stops.iter().map(|stop| stop.message.as_str()).collect();
        let hints = stops.iter().flat_map(|stop| stop.hints.iter().cloned());
        Self::problem(topic, messages.join(" ")).fixes(hints).blocking()
    }

    /// The same with a step.
    #[must_use]
    pub fn fix(mut self, step: impl Into<Hint>) -> Self {
        self.fix.push(step.into());
        self
    }

    /// The same with steps.
    #[must_use]
    pub fn fixes<S: Into<Hint>>(mut self, steps: impl IntoIterator<Item = S>) -> Self {
        self.fix.extend(steps.into_iter().map(Into::into));
        self
    }

    /// The same, and `apply` refuses to begin.
    #[must_use]
    pub fn blocking(mut self) -> Self {
        self.blocks = true;
        self
    }
}
