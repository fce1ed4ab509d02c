//! Fitting text into columns, counted as a terminal shows them: a wide letter takes two.

use dialoguer::console::measure_text_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm, wrap};

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
/// longer than a line are not cut, so that ids and commands can be copied whole.
pub(super) fn wrapped(lead: &str, text: &str, indent: usize, width: usize) -> String {
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
    wrap(&words.join(" "), options).join("\n") + "\n"
}

/// A number with its noun.
pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_at_blanks_and_ids_stay_whole() {
        let text = wrapped("  hint: ", "Put the version's 04tUl000000VK45IAG there.", 8, 24);
        assert_eq!(
            text,
            "  hint: Put the\n        version's\n        04tUl000000VK45IAG\n        there.\n"
        );
    }

    #[test]
    fn the_lines_of_a_list_stay_right_of_its_dashes() {
        let text = wrapped("error: ", "Two things:\n  - one that is long\n  - two", 7, 20);
        assert_eq!(text, "error: Two things:\n       - one that is\n         long\n       - two\n");
    }
}
