//! One check: what was looked at, how it is, and what to do.

use serde::Serialize;

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Its id in documents.
    pub id: String,
    /// What it is called where people read it.
    pub title: String,
    /// What it belongs to.
    pub group: Group,
    /// How it is.
    pub verdict: Verdict,
    /// What was seen: whole sentences.
    pub evidence: String,
    /// What to do, one step each.
    pub fix: Vec<String>,
    /// Whether `apply` refuses to begin because of it.
    pub blocks: bool,
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
    /// The people who use it.
    People,
    /// The user who was asked about.
    User,
}

/// How something is; a later one speaks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
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
            Self::People => "People",
            Self::User => "User",
        }
    }
}

impl Check {
    fn new(
        (group, id, title): (Group, &str, &str),
        verdict: Verdict,
        evidence: impl Into<String>,
    ) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            group,
            verdict,
            evidence: evidence.into(),
            fix: Vec::new(),
            blocks: false,
        }
    }

    /// It is as it should be.
    pub(super) fn ok(about: (Group, &str, &str), evidence: impl Into<String>) -> Self {
        Self::new(about, Verdict::Ok, evidence)
    }

    /// It may be meant so, or will be trouble.
    pub(super) fn warning(about: (Group, &str, &str), evidence: impl Into<String>) -> Self {
        Self::new(about, Verdict::Warning, evidence)
    }

    /// It is why something does not work.
    pub(super) fn problem(about: (Group, &str, &str), evidence: impl Into<String>) -> Self {
        Self::new(about, Verdict::Problem, evidence)
    }

    /// Nobody could tell, for the org says these words.
    pub(super) fn unknown(about: (Group, &str, &str), words: &str) -> Self {
        let words = words.trim_end_matches('.');
        Self::new(
            about,
            Verdict::Unknown,
            format!("The org does not show it to the calling user: {words}."),
        )
    }

    /// Nobody can tell, for this reason.
    pub(super) fn untold(about: (Group, &str, &str), evidence: impl Into<String>) -> Self {
        Self::new(about, Verdict::Unknown, evidence)
    }

    /// The same with a step.
    pub(super) fn fix(mut self, step: impl Into<String>) -> Self {
        self.fix.push(step.into());
        self
    }

    /// The same with steps.
    pub(super) fn fixes<S: Into<String>>(mut self, steps: impl IntoIterator<Item = S>) -> Self {
        self.fix.extend(steps.into_iter().map(Into::into));
        self
    }

    /// The same, and `apply` refuses to begin.
    pub(super) fn blocking(mut self) -> Self {
        self.blocks = true;
        self
    }
}
