//! What a command reports in the end.

use super::answer::Answer;
use crate::checklist::Inventory;
use crate::diagnosis::Diagnosis;
use crate::engine::{OrgReport, Outcome, Report, TenantReport};
use crate::failure::Failure;
use crate::lint::Verdict;
use crate::view::run_setup::{Setup, Shown};
use crate::view::status::TenantStatus;

/// What a command has found or done.
#[derive(Debug, Clone, Copy)]
pub struct CommandReport<'a> {
    /// The command's word in documents.
    pub command: &'static str,
    /// The org that it is about, once it was reached.
    pub org: Option<&'a OrgReport>,
    /// The Webex organization, once it was reached.
    pub tenant: Option<&'a TenantReport>,
    /// How it ended.
    pub outcome: Outcome,
    /// What it has found or done.
    pub content: Content<'a>,
    /// Why it did not do what was asked.
    pub failure: Option<&'a Failure>,
}

/// What a command has found or done, by what sort of command it is.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// The items of a run, with their changes.
    Run {
        /// What was planned and done, and what it took.
        report: &'a Report,
        /// How the run is to be shown.
        setup: &'a Setup<'a>,
        /// What a person has read of it already.
        shown: &'a Shown,
    },
    /// The checks of `doctor`.
    Diagnosis {
        /// What was found.
        found: &'a Diagnosis,
        /// Whether what is as it should be was asked for, too.
        verbose: bool,
    },
    /// What `lint` found.
    Lint {
        /// The file, as people know it.
        file: &'a str,
        /// What there is to say of it.
        verdict: &'a Verdict,
    },
    /// What there is of the connector.
    Status {
        /// In the org, where there is one.
        inventory: Option<&'a Inventory>,
        /// In the Webex organization.
        tenant: &'a TenantStatus,
    },
    /// What any other command says, each in a shape of its own.
    Answer(&'a Answer),
    /// Nothing: it ended before there was anything.
    Nothing,
}

impl<'a> CommandReport<'a> {
    /// A command that did what was asked.
    pub fn done(command: &'static str, content: Content<'a>) -> Self {
        Self { command, org: None, tenant: None, outcome: Outcome::Done, content, failure: None }
    }

    /// A command that did not, and has nothing to show.
    pub fn failed(command: &'static str, failure: &'a Failure) -> Self {
        let outcome = Outcome::of(failure.kind);
        Self { outcome, ..Self::done(command, Content::Nothing) }.because(Some(failure))
    }

    /// A run.
    pub fn of_run(report: &'a Report, setup: &'a Setup<'a>, shown: &'a Shown) -> Self {
        Self {
            command: report.command,
            org: report.org.as_ref(),
            tenant: report.tenant.as_ref(),
            outcome: report.outcome,
            content: Content::Run { report, setup, shown },
            failure: report.failure.as_ref(),
        }
    }

    /// A command that said something in a shape of its own.
    pub fn of_answer(
        command: &'static str,
        answer: &'a Answer,
        failure: Option<&'a Failure>,
    ) -> Self {
        Self::done(command, Content::Answer(answer))
            .about(answer.org.as_ref())
            .ending(answer.outcome)
            .because(failure)
    }

    /// The same about an org.
    #[must_use]
    pub fn about(self, org: Option<&'a OrgReport>) -> Self {
        Self { org, ..self }
    }

    /// The same with another ending.
    #[must_use]
    pub fn ending(self, outcome: Outcome) -> Self {
        Self { outcome, ..self }
    }

    /// The same with what went wrong on the way.
    #[must_use]
    pub fn because(self, failure: Option<&'a Failure>) -> Self {
        Self { failure, ..self }
    }
}
