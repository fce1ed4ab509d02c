//! `provision lint`: what is wrong with a file, as far as that can be told without any org.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::{configuration, exit, files};
use crate::failure::{Failure, Kind};
use crate::lint::{Subject, Verdict, judge};
use crate::model::{Excerpt, Hint, Severity};
use crate::view::{LintView, render_lint};

/// The largest file that is read; each kind has a limit below it.
const MAX_SIZE: usize = 4 * 1024 * 1024;

const EXAMPLES: &str = "\
Examples:
  # Check ./provision.toml, for every org that it has a table for
  provision lint
  # For this org only
  provision lint --org production
  # Cisco's definition, or one that somebody changed
  provision lint call-center.xml
  # In a script, or for an editor
  provision lint layout.json --output json

Exit codes:
  0  no errors (warnings count for nothing)
  2  an error, or no such file";

/// Check a configuration, a call center definition or a desktop layout, without any org
///
/// It knows by the content which of them a file is. Every mistake is shown with its line and the number
/// of the rule that it breaks; docs/reference.md lists the rules. Rules that need the org are named,
/// and are checked by `plan` and `apply` before anything is written.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = EXAMPLES)]
pub(in crate::cli) struct LintArguments {
    /// The file [default: --config, else ./provision.toml]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// What scripts get.
#[derive(Debug, Serialize)]
struct Document<'a> {
    format: u32,
    command: &'static str,
    file: &'a str,
    kind: &'static str,
    findings: Vec<Finding<'a>>,
    outcome: &'static str,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: Severity,
    line: Option<usize>,
    column: Option<usize>,
    path: &'a str,
    message: String,
    hints: &'a [Hint],
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
    if context.for_script() {
        context.terminal.document(&document(&name, &verdict), context.format());
    } else {
        context.terminal.out(&text(context, &name, &verdict));
    }
    match verdict.count(Severity::Error) {
        0 => exit::DONE,
        _ => exit::code_of(Kind::Usage),
    }
}

fn document<'a>(name: &'a str, verdict: &'a Verdict) -> Document<'a> {
    let findings = verdict.findings.iter().map(|found| {
        let excerpt = found.excerpt();
        let position = excerpt.map(Excerpt::position);
        Finding {
            rule: found.code.unwrap_or_default(),
            severity: found.severity,
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            path: excerpt.map_or("", |excerpt| &excerpt.path),
            message: found.text(),
            hints: &found.hints,
        }
    });
    Document {
        format: 1,
        command: "lint",
        file: name,
        kind: verdict.kind.name(),
        findings: findings.collect(),
        outcome: if verdict.is_clean() { "ok" } else { "findings" },
    }
}

fn text(context: &Context<'_>, name: &str, verdict: &Verdict) -> String {
    let settings = context.terminal.settings();
    let judged = LintView {
        name,
        kind: verdict.kind.title(),
        findings: &verdict.findings,
        not_checked: verdict.kind.not_checked(),
    };
    render_lint(judged, settings.out, settings.out_colour != anstream::ColorChoice::Never)
}
