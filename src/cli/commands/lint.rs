//! `provision lint`: what is wrong with a file, as far as that can be told without any org.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use crate::cli::context::Context;
use crate::cli::{configuration, exit, files};
use crate::engine::Outcome;
use crate::failure::{Failure, Kind};
use crate::lint::{Subject, judge};
use crate::model::Severity;
use crate::view::{CommandReport, Content};

/// The largest file that is read; each kind has a limit below it.
const MAX_SIZE: usize = 4 * 1024 * 1024;

const EXAMPLES: &str = "\
Examples:
  # Check ./provision.toml for every org in it
  provision lint
  # Check it for one org only
  provision lint --org production
  # Check a call center definition
  provision lint call-center.xml
  # In a script, or for an editor
  provision lint layout.json --output json

Exit codes:
  0  no errors (warnings do not count)
  2  an error, or no such file";

/// Check a configuration, call center definition or desktop layout offline
///
/// The kind of file is detected from its content. Every mistake is shown with its line and the
/// number of the rule that it breaks; docs/reference.md lists the rules. Rules that need an org are
/// listed; `plan` and `apply` check them before anything is changed.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct LintArguments {
    /// File to check [default: --config, else ./provision.toml]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Runs the command.
pub(in crate::cli) fn run(context: &Context<'_>, own: &LintArguments) -> u8 {
    let chosen = own.file.as_deref().or(context.globals.config.as_deref());
    let path = chosen.unwrap_or(Path::new(configuration::DEFAULT));
    let bytes = match files::read(path, MAX_SIZE) {
        Ok(bytes) => bytes,
        Err(error) => {
            let shown = path.display();
            let failure = match error.kind() {
                ErrorKind::NotFound => Failure::usage(format!("There is no file `{shown}`.")),
                ErrorKind::IsADirectory => {
                    Failure::usage(format!("`{shown}` is a folder.")).hint("Name one file of it.")
                }
                _ => Failure::usage(format!("`{shown}` cannot be read.")).because(error),
            };
            return context.trouble("lint", failure);
        }
    };
    let name = path.display().to_string();
    let folder = path.parent().unwrap_or(Path::new(""));
    let verdict = judge(&Subject {
        name: &name,
        bytes: &bytes,
        org: context.globals.org.as_deref(),
        now: Timestamp::now(),
        read: &|name| configuration::definition(folder, name),
    });
    let (outcome, code) = match verdict.count(Severity::Error) {
        0 => (Outcome::Done, exit::DONE),
        _ => (Outcome::of(Kind::Usage), exit::code_of(Kind::Usage)),
    };
    let found = Content::Lint { file: &name, verdict: &verdict };
    context.report(&CommandReport::done("lint", found).ending(outcome), code)
}
