//! Help texts: what is added to clap's own, and how wide it is shown.

use std::fmt::Write as _;

use clap::Command;
use clap::error::ErrorKind;

use super::{exit, variables};
use crate::failure::Kind;
use crate::view::{Screen, help};

/// Lines of help wider than this are hard to read.
const WIDEST: usize = 100;

const EXAMPLES: &str = "\
Examples:
  # Try it without an org: this sets up an emulated one
  provision --org demo
  # Show what would change
  provision --org demo plan
  # The same for a real org, with an access token
  PROVISION_ACCESS_TOKEN=… provision --instance-url https://acme.my.salesforce.com plan
  # Compare the org with the configuration, for a script
  provision --org demo verify --output json
  # Behind a proxy that inspects TLS, with its certificate authority
  provision --instance-url https://acme.my.salesforce.com --ca-cert corporate-ca.pem status
  # Record the requests and responses, without secrets
  provision --org demo plan --trace trace.jsonl
";

/// What is left of the global options in the help of a command.
const GLOBALS: &str = "Global options: --org, --config, --output, … (see `provision --help`)";

/// The command line with help texts in the columns there are.
pub(super) fn as_wide_as(command: Command, screen: Screen) -> Command {
    command.term_width(screen.width.min(WIDEST))
}

/// The same with what stands at the end of long help texts.
pub(super) fn whole(command: Command, screen: Screen) -> Command {
    let width = screen.width.min(WIDEST);
    // Each command takes the width when it is built.
    laid_out(brief(as_wide_as(complete(command), screen)), Screen { width, ..screen })
}

/// The command line where each command's help is about that command: of the options that every command
/// takes, one line is left.
pub(super) fn brief(mut command: Command) -> Command {
    // Before, no command has the options of the program.
    command.build();
    command.mut_subcommands(in_a_line)
}

fn in_a_line(command: Command) -> Command {
    if command.get_name() == "help" {
        return command;
    }
    let line = GLOBALS.to_owned();
    let long = match command.get_after_long_help() {
        Some(text) => format!("{line}\n\n{text}"),
        None => line.clone(),
    };
    let command = command.after_help(line).after_long_help(long);
    let command = command.mut_args(|it| if it.is_global_set() { it.hide(true) } else { it });
    command.mut_subcommands(in_a_line)
}

/// The command line with its examples, environment variables and exit codes.
pub(super) fn complete(command: Command) -> Command {
    command.after_long_help(format!("{EXAMPLES}\n{}\n{}", environment(), exit_codes()))
}

/// Whether somebody wants to read help.
pub(super) fn is_asked_for(error: &clap::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// The command line with its examples and tables laid out.
pub(super) fn laid_out(command: Command, screen: Screen) -> Command {
    let command = match command.get_after_long_help().map(ToString::to_string) {
        Some(text) => command.after_long_help(help(&text, screen)),
        None => command,
    };
    command.mut_subcommands(|command| laid_out(command, screen))
}

fn environment() -> String {
    let width = variables::ALL.iter().map(|variable| variable.name.len()).max().unwrap_or(0);
    let mut text = String::from("Environment:\n");
    for variable in variables::ALL {
        // Writing to a text cannot fail.
        writeln!(text, "  {:<width$}  {}", variable.name, variable.meaning).ok();
    }
    text
}

fn exit_codes() -> String {
    let mut kinds = Kind::ALL;
    kinds.sort_by_key(|kind| exit::code_of(*kind));
    let mut text = format!("Exit codes:\n  {:<3}  done\n", exit::DONE);
    for kind in kinds {
        writeln!(text, "  {:<3}  {}", exit::code_of(kind), exit::meaning(kind)).ok();
    }
    text
}
