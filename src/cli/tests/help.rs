//! Help texts as a terminal shows them.

use clap::Command;

use crate::cli::arguments::{self, Arguments};
use crate::view::Screen;

/// The long help of a command, without colours.
fn shown(path: &[&str], width: usize) -> String {
    let words = std::iter::once("provision").chain(path.iter().copied()).chain(["--help"]);
    let help = Arguments::read(words.map(Into::into), Screen::new(width, true));
    help.expect_err("help is no command line").render().to_string()
}

#[test]
fn every_help_text_fits_every_terminal() {
    fn check(command: &Command, path: &[&str]) {
        for width in [40, 80, 200] {
            for line in shown(path, width).lines().filter(|line| line.chars().count() > width) {
                // A word that is longer than what is left of a line stands alone, or after a sign.
                let words = line.split_whitespace().filter(|word| word.len() > 1).count();
                // clap never breaks the line of the usage.
                let usage = line.starts_with("Usage:");
                assert!(words <= 1 || usage, "{path:?} at {width} columns: {line}");
            }
        }
        for below in command.get_subcommands() {
            check(below, &[path, &[below.get_name()]].concat());
        }
    }
    check(&arguments::tree(), &[]);
}

#[test]
fn examples_are_read_and_copied_at_any_width() {
    let narrow = shown(&["plan"], 40);
    let (_, examples) = narrow.split_once("Examples:\n").unwrap();
    insta::assert_snapshot!(examples, @r#"
    # Show what would change in the
      emulated org
    provision --org demo plan
    # In a script: exit code 3 if anything
      would change
    provision --org demo plan --check \
      --output json
    # Review today, apply on Monday
      exactly as reviewed
    provision --org demo plan --save \
      monday.json
    "#);
    let wide = shown(&["plan"], 200);
    let (_, examples) = wide.split_once("Examples:\n").unwrap();
    insta::assert_snapshot!(examples, @"
    # Show what would change in the emulated org
    provision --org demo plan
    # In a script: exit code 3 if anything would change
    provision --org demo plan --check --output json
    # Review today, apply on Monday exactly as reviewed
    provision --org demo plan --save monday.json
    ");
}

#[test]
fn options_that_every_command_takes_are_one_line_in_each_commands_help() {
    assert_eq!(
        shown(&["schema"], 80),
        "\
Print the JSON Schema of provision.toml, for editors

With it, editors complete keys, show what each one means, and mark mistakes:
Even Better TOML in Visual Studio Code, and any other editor that uses Taplo.

Usage: provision schema

Options:
  -h, --help
          Print help (see a summary with '-h')

Global options: --org, --config, --output, … (see `provision --help`)

Examples:
  # Save it next to provision.toml, and begin that file with the line
  # #:schema ./provision.schema.json
  provision schema > provision.schema.json
"
    );
    assert!(shown(&[], 80).contains("--ca-cert"));
    assert!(!shown(&["login", "webex"], 80).contains("--ca-cert"));
}
