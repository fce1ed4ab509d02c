//! Fitting text into columns, counted as a terminal shows them: a wide letter takes two.

use dialoguer::console::measure_text_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm, wrap};

use super::Screen;
pub(super) use crate::model::clean;

/// How many columns a text takes; colours take none.
pub(super) fn columns(text: &str) -> usize {
    measure_text_width(text)
}

/// The text followed by blanks up to a width.
pub(super) fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// The text in lines of at most `width` columns, each after `indent` blanks but the first, which
/// follows `lead`. Line breaks of the text are kept, and what follows `- ` stays right of it. Words
/// longer than a line are not cut, and commands stay on one line, so that both can be copied whole. Long
/// rows of names are in full or in short, as the screen is.
pub(super) fn wrapped(lead: &str, text: &str, indent: usize, screen: Screen) -> String {
    let text = screen.read(text);
    let width = screen.width;
    let mut lines = text.trim_end().lines();
    let mut out = one_line(lead, lines.next().unwrap_or_default(), indent, width);
    let blanks = " ".repeat(indent);
    for line in lines {
        out.push_str(&one_line(&blanks, line, indent, width));
    }
    out
}

/// One line of a text, wrapped.
fn one_line(lead: &str, line: &str, indent: usize, width: usize) -> String {
    let line = &unbroken(line);
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return format!("{}\n", lead.trim_end());
    }
    let hangs = words[0] == "-";
    let after = " ".repeat(indent + if hangs { 2 } else { 0 });
    let options = Options::new(width)
        .initial_indent(lead)
        .subsequent_indent(&after)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false);
    wrap(&words.join(" "), options).join("\n").replace(UNBROKEN, " ") + "\n"
}

/// Stands for a blank at which no line is broken: as wide as one, and in no text.
const UNBROKEN: char = '\u{e000}';
/// How a command begins that a text names.
const COMMAND: &str = "`provision ";

/// The text with no place to break it within commands: a command of two lines cannot be pasted.
fn unbroken(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(COMMAND) {
        let (before, command) = rest.split_at(at);
        let Some(end) = command[1..].find('`').map(|end| end + 2) else { break };
        out.push_str(before);
        out.push_str(&command[..end].replace(' ', &UNBROKEN.to_string()));
        rest = &command[end..];
    }
    out + rest
}

/// A number with its noun.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn narrow(width: usize) -> Screen {
        Screen { width, unicode: true, full: false }
    }

    #[test]
    fn lines_are_wrapped_at_blanks_and_ids_stay_whole() {
        let text =
            wrapped("  hint: ", "Put the version's 04tUl000000VK45IAG there.", 8, narrow(24));
        assert_eq!(
            text,
            "  hint: Put the\n        version's\n        04tUl000000VK45IAG\n        there.\n"
        );
    }

    #[test]
    fn a_command_stays_on_one_line_however_long_it_is() {
        let text =
            wrapped("Next: ", "`provision --org uat plan` shows what `x y` is.", 6, narrow(24));
        assert_eq!(text, "Next: `provision --org uat plan`\n      shows what `x y`\n      is.\n");
        assert_eq!(wrapped("", "`provision one two", 0, narrow(10)), "`provision\none two\n");
    }

    #[test]
    fn the_lines_of_a_list_stay_right_of_its_dashes() {
        let text = wrapped("error: ", "Two things:\n  - one that is long\n  - two", 7, narrow(20));
        assert_eq!(text, "error: Two things:\n       - one that is\n         long\n       - two\n");
    }
}
