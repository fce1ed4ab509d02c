//! The examples and tables at the end of a help text, in the columns there are.
//!
//! A command's author writes them plainly, and this lays them out:
//!
//! ```text
//! Examples:
//!   # What it is for, in one sentence
//!   provision --org demo plan
//!
//! Environment:
//!   NO_COLOR   what the first column means
//! ```

use super::Screen;
use super::paint::{FAINT, HEADING, paint};
use super::text::{columns, wrapped};

/// The text, laid out.
pub fn help(text: &str, screen: Screen) -> String {
    text.lines().map(|line| fitted(line, screen)).collect()
}

fn fitted(line: &str, screen: Screen) -> String {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let blanks = " ".repeat(indent);
    if text.is_empty() {
        return "\n".to_owned();
    }
    if indent == 0 && text.ends_with(':') {
        return format!("{}\n", paint(HEADING, text));
    }
    if let Some(what) = text.strip_prefix("# ") {
        let lines = wrapped(&format!("{blanks}# "), what, indent + 2, screen);
        // The colour begins behind the blanks: clap wraps once more, and counts a line from the
        // end of the last one where a colour is the first thing in it.
        let painted = |line: &str| format!("{blanks}{}\n", paint(FAINT, &line[indent..]));
        return lines.lines().map(painted).collect();
    }
    if is_command(text) {
        return folded(text, indent, screen);
    }
    match text.split_once("  ") {
        Some((first, rest)) => row(&blanks, first, rest, screen),
        None => wrapped(&blanks, text, indent, screen),
    }
}

/// Whether a person may type it: the program, perhaps after a variable or another program.
fn is_command(text: &str) -> bool {
    let mut words = text.split(' ').skip_while(|word| word.contains('='));
    words.next() == Some("provision")
}

/// A command, continued on the next line where there is no room, as a shell reads it.
fn folded(text: &str, indent: usize, screen: Screen) -> String {
    const MORE: &str = " \\";
    let blanks = " ".repeat(indent);
    let mut out = blanks.clone();
    let mut used = indent;
    let words: Vec<&str> = text.split(' ').collect();
    for (number, word) in words.iter().enumerate() {
        let last = number + 1 == words.len();
        let more = if last { 0 } else { MORE.len() };
        if number > 0 && used + 1 + columns(word) + more > screen.width {
            out.extend([MORE, "\n", &blanks, "  "]);
            used = indent + 2;
        } else if number > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += columns(word);
    }
    out.push('\n');
    out
}

/// Two columns, or the second below the first where it would be too narrow.
fn row(blanks: &str, first: &str, rest: &str, screen: Screen) -> String {
    let text = rest.trim_start();
    let gap = 2 + rest.len() - text.len();
    let beside = columns(blanks) + columns(first) + gap;
    if beside * 2 <= screen.width {
        let lead = format!("{blanks}{first}{}", " ".repeat(gap));
        return wrapped(&lead, text, beside, screen);
    }
    let below = columns(blanks) + 4;
    format!("{blanks}{first}\n{}", wrapped(&" ".repeat(below), text, below, screen))
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::view::samples::plain;

    const TEXT: &str = "\
Examples:
  # Compare the org with the configuration, for a script
  PROVISION_ACCESS_TOKEN=… provision --instance-url https://acme.my.salesforce.com verify

Environment:
  PROVISION_STATE_DIR   where baselines and journals are kept, and the demo org
  TERM                  dumb: no colours";

    #[test]
    fn a_narrow_terminal_gets_whole_words_and_commands_that_can_be_copied() {
        assert_snapshot!(plain(&help(TEXT, Screen::new(40, true))), @r"
        Examples:
          # Compare the org with the
            configuration, for a script
          PROVISION_ACCESS_TOKEN=… provision \
            --instance-url \
            https://acme.my.salesforce.com \
            verify

        Environment:
          PROVISION_STATE_DIR
              where baselines and journals are
              kept, and the demo org
          TERM
              dumb: no colours
        ");
    }

    #[test]
    fn a_wide_one_gets_columns() {
        assert_snapshot!(plain(&help(TEXT, Screen::new(100, true))), @"
        Examples:
          # Compare the org with the configuration, for a script
          PROVISION_ACCESS_TOKEN=… provision --instance-url https://acme.my.salesforce.com verify

        Environment:
          PROVISION_STATE_DIR   where baselines and journals are kept, and the demo org
          TERM                  dumb: no colours
        ");
    }
}
