//! Exit codes.

use clap::error::{ContextKind, ContextValue};
use salesforce_client::wire::{mask, redact};

use super::surroundings::Surroundings;
use crate::engine::{Outcome, Report};
use crate::failure::Kind;
use crate::view::Terminal;

/// Everything asked for is done.
pub(super) const DONE: u8 = 0;
/// Something failed.
pub(super) const FAILED: u8 = 1;

/// The exit code of a failure; the table of them in docs/reference.md is made from this.
pub fn code_of(kind: Kind) -> u8 {
    match kind {
        Kind::Failed => 1,
        Kind::Usage => 2,
        Kind::Differs => 3,
        Kind::Authentication => 4,
        Kind::Refused => 5,
        Kind::NeedsHuman => 6,
        Kind::Unreachable => 7,
        Kind::Bug => 70,
        Kind::Interrupted => 130,
    }
}

/// What the exit code tells, in the words of the help and of docs/reference.md.
pub(super) fn meaning(kind: Kind) -> &'static str {
    match kind {
        Kind::Failed => "something failed, even if only for single users",
        Kind::Usage => "wrong usage or configuration, including names that the org does not have",
        Kind::Differs => "the org differs (`plan --check`, `verify`), or has a problem (`doctor`)",
        Kind::Authentication => "the org does not accept the login",
        Kind::Refused => {
            "refused, and nothing changed: for example an unconfirmed production org, a failed check, a site to \
             approve, a missing key, another package version, another run in progress, an unfinished \
             uninstall, or a state directory or vault that cannot be used"
        }
        Kind::NeedsHuman => "only manual steps are left (with `--strict`)",
        Kind::Unreachable => "the org cannot be reached or a limit is used up; try again later",
        Kind::Bug => "a bug in provision",
        Kind::Interrupted => "interrupted",
    }
}

/// What turns an outcome that is no failure into an exit code of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Strictness {
    /// A plan with changes exits with 3.
    pub(super) check: bool,
    /// Human steps that are left exit with 6.
    pub(super) strict: bool,
}

/// The exit code of a run.
pub(super) fn of_report(report: &Report, strictness: Strictness) -> u8 {
    if let Some(failure) = &report.failure {
        return code_of(failure.kind);
    }
    let kind = match report.outcome {
        Outcome::Done | Outcome::NothingToDo => return DONE,
        Outcome::Changes if !strictness.check => return DONE,
        Outcome::NeedsHuman if !strictness.strict => return DONE,
        Outcome::Changes | Outcome::Differs => Kind::Differs,
        Outcome::NeedsHuman => Kind::NeedsHuman,
        Outcome::Failed => Kind::Failed,
        Outcome::Refused => Kind::Refused,
        Outcome::Unauthenticated => Kind::Authentication,
        Outcome::Unreachable => Kind::Unreachable,
        Outcome::Interrupted => Kind::Interrupted,
    };
    code_of(kind)
}

/// Shows help, the version, or what is wrong with the command line; `is_login` where that is a login's.
pub(super) fn command_line(
    error: &clap::Error,
    is_login: bool,
    surroundings: &Surroundings,
    terminal: &Terminal,
) -> u8 {
    let mut text = error.render().ansi().to_string();
    if error.use_stderr() {
        // Somebody may have typed a token where a command or an option belongs. Passphrases and Webex's
        // client secrets look like any word: those of a login are not shown, wherever they are from.
        if let Some(word) = surplus_word(error).filter(|_| is_login) {
            text = text.replace(word, "***");
        }
        terminal.err(&redact(&mask(&text, surroundings.secrets())));
        code_of(Kind::Usage)
    } else {
        terminal.out(&text);
        DONE
    }
}

/// A word for which there is no place, and which is no option; short ones are in other words, too.
fn surplus_word(error: &clap::Error) -> Option<&str> {
    let kinds = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand];
    kinds.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::String(word) if word.len() >= 4 && !word.starts_with('-') => {
            Some(word.as_str())
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;

    fn code(outcome: Outcome, check: bool, strict: bool, failure: Option<Failure>) -> u8 {
        let report = Report {
            format: 1,
            command: "plan",
            undoes: None,
            org: None,
            tenant: None,
            outcome,
            items: Vec::new(),
            requests: 0,
            polls: 0,
            api_calls: 0,
            duration_ms: 0,
            person_ms: 0,
            stages: Vec::new(),
            run: None,
            uninstalls: false,
            files: Vec::new(),
            exported: Vec::new(),
            failure,
        };
        of_report(&report, Strictness { check, strict })
    }

    #[test]
    fn differences_and_human_steps_count_where_asked_for() {
        assert_eq!(code(Outcome::Changes, false, false, None), 0);
        assert_eq!(code(Outcome::Changes, true, false, None), 3);
        assert_eq!(code(Outcome::Differs, false, false, None), 3);
        assert_eq!(code(Outcome::NeedsHuman, false, false, None), 0);
        assert_eq!(code(Outcome::NeedsHuman, false, true, None), 6);
    }

    #[test]
    fn a_failure_speaks_for_itself() {
        let usage = Failure::usage("No such profile.");
        assert_eq!(code(Outcome::Failed, true, true, Some(usage)), 2);
    }
}
