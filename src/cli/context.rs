//! What every command works with.

use salesforce_client::wire::redact;

use super::globals::{Globals, Output};
use super::surroundings::Surroundings;
use super::trace::Tracing;
use crate::cli::exit;
use crate::failure::Failure;
use crate::view::{Answer, CommandReport, Format, Terminal};

/// The global options, the surroundings and the door to the terminal.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) globals: Globals,
    pub(super) surroundings: &'a Surroundings,
    pub(super) terminal: &'a Terminal,
    pub(super) tracing: &'a Tracing,
}

impl Context<'_> {
    /// What standard output carries.
    pub(super) fn format(&self) -> Format {
        self.globals.output.into()
    }

    /// Whether a script reads.
    pub(super) fn for_script(&self) -> bool {
        self.globals.output != Output::Text
    }

    /// Ends a command that has an answer of its own shape, or none.
    pub(super) fn answer(
        &self,
        command: &'static str,
        answer: Result<impl Into<Answer>, Failure>,
    ) -> u8 {
        match answer {
            Ok(answer) => {
                self.report(&CommandReport::of_answer(command, &answer.into(), None), exit::DONE)
            }
            Err(failure) => self.trouble(command, failure),
        }
    }

    /// Ends a command: what it reports goes to standard output. Gives the exit code, which is `code`
    /// where that works.
    pub(super) fn report(&self, report: &CommandReport<'_>, code: u8) -> u8 {
        match self.terminal.report(report, self.format(), &self.globals.invocation()) {
            Ok(()) => code,
            Err(failure) => {
                self.terminal.failure(&failure);
                exit::code_of(failure.kind)
            }
        }
    }

    /// A failure as it is told at this command line: commands in its hints have the options at hand, and
    /// no text has a secret, for somebody may have typed a token where an alias or a file belongs.
    pub(super) fn at_hand(&self, failure: Failure) -> Failure {
        failure.within(&self.globals.invocation()).map_texts(redact)
    }

    /// Ends a command that did not do what was asked.
    pub(super) fn trouble(&self, command: &'static str, failure: Failure) -> u8 {
        let failure = self.at_hand(failure);
        let code = exit::code_of(failure.kind);
        self.terminal.failure(&failure);
        self.report(&CommandReport::failed(command, &failure), code)
    }
}
