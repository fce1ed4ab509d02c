//! docs/reference.md, where it is made from the program: commands, options, variables, exit codes.
//!
//! `UPDATE_DOCS=1 cargo test reference` writes what these tests compare.

use clap::{Arg, Command};

use crate::cli::{arguments, exit, variables};
use crate::failure::Kind;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference.md");

/// Compares a part of the page with what it must be, or writes it.
#[track_caller]
fn holds(part: &str, expected: &str) {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (begin, end) = (format!("<!-- {part} -->\n"), format!("<!-- end of {part} -->\n"));
    let (before, rest) = page.split_once(&begin).expect("the part begins");
    let (found, after) = rest.split_once(&end).expect("the part ends");
    let expected = format!("\n{}\n\n", expected.trim());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, format!("{before}{begin}{expected}{end}{after}")).unwrap();
    } else {
        let how = "UPDATE_DOCS=1 cargo test reference";
        assert!(found == expected, "docs/reference.md has old {part}; to write them: {how}");
    }
}

#[test]
fn the_reference_has_every_part_that_is_made_from_the_program() {
    // One test, so that none of the parts is written while another is.
    holds("options for every command", &options(&arguments::tree(), true));
    let mut tree = arguments::tree();
    tree.build();
    let commands: String = tree.get_subcommands().map(described).collect();
    holds("commands", &commands);
    holds("environment", &environment());
    holds("exit codes", &exit_codes());
}

#[test]
fn every_command_has_its_row_of_exit_codes() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let rows: String = page.lines().filter(|line| line.starts_with("| ")).collect();
    for command in arguments::tree().get_subcommands() {
        let name = command.get_name();
        assert!(
            rows.contains(&format!("`{name}`")) || rows.contains(&format!("`{name} ")),
            "docs/reference.md does not say how `{name}` may end"
        );
    }
}

#[test]
fn every_help_text_is_whole() {
    fn check(command: &Command, path: &str) {
        let path = format!("{path} {}", command.get_name());
        assert!(command.get_long_about().is_some(), "`{path}` is not described at length");
        let examples = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
        assert!(examples.contains("Examples:\n  # "), "`{path}` has no examples");
        let lines = examples.lines().filter(|line| line.trim_start().starts_with("provision"));
        for line in lines {
            let words =
                line.split_whitespace().take_while(|word| !["|", ">", ">>", "<"].contains(word));
            let words = words.map(|word| word.trim_matches('"').into());
            let read = arguments::Arguments::read(words, crate::view::Screen::new(80, true));
            // A quoted name is two words here; a shell knows better.
            assert!(read.is_ok() || line.contains('"'), "{line}: {}", read.unwrap_err());
        }
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            assert!(argument.get_help().is_some(), "`{path}`: {} has no help", argument.get_id());
        }
        command.get_subcommands().for_each(|command| check(command, &path));
    }
    check(&arguments::tree(), "");
}

/// A command, and those below it.
fn described(command: &Command) -> String {
    if command.get_name() == "help" {
        return String::new();
    }
    let path = command.get_bin_name().unwrap_or_default();
    let about = command.get_long_about().or(command.get_about());
    let about = about.map(ToString::to_string).unwrap_or_default();
    let (summary, rest) = about.split_once("\n\n").unwrap_or((&about, ""));
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace('\n', "\n    ");
    let mut text = format!("### `{path}`\n\n{summary}.\n\n    {usage}\n\n");
    if !rest.is_empty() {
        text.extend([&wrapped(rest), "\n\n"]);
    }
    let options = options(command, false);
    if !options.is_empty() {
        text.extend([&options, "\n"]);
    }
    text.extend(command.get_subcommands().map(described));
    text
}

/// The table of a command's own options, or of those that every command takes.
fn options(command: &Command, global: bool) -> String {
    let ours = |argument: &&Arg| {
        argument.is_global_set() == global
            && !matches!(argument.get_id().as_str(), "help" | "version")
    };
    let rows: String = command.get_arguments().filter(ours).map(row).collect();
    if rows.is_empty() { rows } else { format!("| option | meaning |\n|---|---|\n{rows}") }
}

fn row(argument: &Arg) -> String {
    let values: Vec<String> = argument
        .get_value_names()
        .filter(|_| argument.get_action().takes_values())
        .map(|names| names.iter().map(ToString::to_string).collect())
        .unwrap_or_default();
    let value = values.join(" ");
    let mut names = Vec::new();
    names.extend(argument.get_short().map(|letter| format!("`-{letter}`")));
    names.extend(
        argument.get_long().map(|name| format!("`{}`", format!("--{name} {value}").trim())),
    );
    if names.is_empty() {
        names.push(format!("`{value}`"));
    }
    let help = argument.get_long_help().or(argument.get_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let mut meaning = help.replace("\n\n", ". ").replace('\n', " ");
    let possible: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| argument.get_action().takes_values())
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if !possible.is_empty() {
        meaning.extend([": ", &possible.join(", ")]);
    }
    let default: Vec<String> = argument
        .get_default_values()
        .iter()
        .filter(|_| argument.get_action().takes_values())
        .map(|value| format!("`{}`", value.display()))
        .collect();
    if !default.is_empty() {
        meaning.extend(["; default ", &default.join(", ")]);
    }
    format!("| {} | {} |\n", names.join(", ").replace('|', "\\|"), meaning.replace('|', "\\|"))
}

fn environment() -> String {
    let row = |one: &variables::Variable| format!("| `{}` | {} |\n", one.name, one.meaning);
    let rows: String = variables::ALL.iter().map(row).collect();
    format!("| variable | meaning |\n|---|---|\n{rows}")
}

fn exit_codes() -> String {
    let mut kinds = Kind::ALL;
    kinds.sort_by_key(|kind| exit::code_of(*kind));
    let row = |kind: Kind| format!("| {} | {} |\n", exit::code_of(kind), exit::meaning(kind));
    let rows: String = kinds.into_iter().map(row).collect();
    let order: Vec<String> = Kind::ALL.map(|kind| exit::code_of(kind).to_string()).into();
    let done = exit::DONE;
    format!(
        "| code | meaning |\n|---|---|\n| {done} | done |\n{rows}\nWhen several hold: {}, {done}.",
        order.join(", ")
    )
}

/// Paragraphs in lines that a reader of the file can read.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut used = 0;
    for word in text.replace("\n\n", " \n\n ").split(' ') {
        let wide = word.chars().count();
        if word == "\n\n" {
            used = 0;
        } else if used > 0 && used + 1 + wide > 100 {
            out.push('\n');
            used = wide;
        } else if used > 0 {
            out.push(' ');
            used += 1 + wide;
        } else {
            used = wide;
        }
        out.push_str(word);
    }
    out
}
