//! The last net before the terminal: of all that is written, only text and this room's colours pass.
//!
//! Whatever comes from outside is cleaned where it becomes part of a diagnostic or of a row
//! ([`crate::model::clean`]). What was forgotten there is caught here, so that no name of an org moves
//! the cursor, renames the window, or writes over a line.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::model::{clean_lines, is_deceptive};

/// How a style begins.
const STYLE: &str = "\u{1b}[";

/// The text with no control characters but line breaks, tabs and styles of ours.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(STYLE) {
        let (before, from) = rest.split_at(at);
        push_clean(&mut out, before);
        let length = style_length(from);
        // What is no style of ours loses its first character, which makes the rest plain text.
        match length {
            Some(length) => out.push_str(&from[..length]),
            None => out.push_str(&clean_lines(&from[..1])),
        }
        rest = &from[length.unwrap_or(1)..];
    }
    push_clean(&mut out, rest);
    Cow::Owned(out)
}

/// A JSON text whose strings have nothing harmful in them: what JSON itself lets stand is escaped, so
/// that whoever reads the document gets what the org said.
pub(super) fn harmless_json(text: String) -> String {
    // Line breaks are between the values: within strings, JSON escapes them.
    let is_harmful = |letter: char| letter != '\n' && is_harmful(letter);
    if !text.contains(is_harmful) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_harmful(letter) {
            write!(out, "\\u{:04x}", u32::from(letter)).ok();
        } else {
            out.push(letter);
        }
    }
    out
}

fn is_harmful(letter: char) -> bool {
    letter != '\n' && letter != '\t' && (letter.is_control() || is_deceptive(letter))
}

/// Tabs stay: completions and manual pages have them.
fn push_clean(out: &mut String, text: &str) {
    for (number, part) in text.split('\t').enumerate() {
        if number > 0 {
            out.push('\t');
        }
        out.push_str(&clean_lines(part));
    }
}

/// How long the style is that the text begins with, where it is one that this room uses: bold,
/// dimmed, italic, underlined, and the sixteen colours. Nothing hides, blinks or turns around.
fn style_length(text: &str) -> Option<usize> {
    let numbers = text.strip_prefix(STYLE)?;
    let end = numbers.find(|letter: char| !(letter.is_ascii_digit() || letter == ';'))?;
    let is_ours = |number: &str| {
        matches!(number.parse(), Ok(0_u8..=4 | 22..=24 | 30..=37 | 39 | 90..=97))
            || number.is_empty()
    };
    let ends = numbers[end..].starts_with('m');
    (ends && numbers[..end].split(';').all(is_ours)).then(|| STYLE.len() + end + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::view::paint::{ERROR, HEADING, paint};

    #[test]
    fn colours_of_ours_pass_and_nothing_else_does() {
        let ours = paint(ERROR, "error:") + &paint(HEADING, "a") + "\tb\n";
        assert_eq!(harmless(&ours), ours);
        for (hostile, shown) in [
            ("\u{1b}[2Ja", "\u{fffd}[2Ja"),
            ("\u{1b}]0;title\u{7}", "\u{fffd}]0;title\u{fffd}"),
            ("\u{1b}[8mhidden", "\u{fffd}[8mhidden"),
            ("\u{1b}[38;5;1mred", "\u{fffd}[38;5;1mred"),
            ("\u{1b}[1", "\u{fffd}[1"),
            ("a\rb\u{9b}2J\0", "a\u{fffd}b\u{fffd}2J\u{fffd}"),
            ("\u{202e}gpj", "\u{fffd}gpj"),
        ] {
            assert_eq!(harmless(hostile), shown);
        }
    }

    #[test]
    fn documents_keep_what_was_said() {
        let said = "a\u{9b}2J\u{202e}\u{1b}\r\u{7f}é\n";
        let text = harmless_json(serde_json::to_string_pretty(&[said]).unwrap());
        assert!(!text.chars().any(|letter| letter != '\n' && is_harmful(letter)), "{text:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap(), [said]);
    }

    proptest! {
        #[test]
        fn only_styles_are_left_of_control_characters(text in any::<String>()) {
            let left = harmless(&text).into_owned();
            let mut rest = left.as_str();
            while let Some(at) = rest.find(is_harmful) {
                let length = style_length(&rest[at..]);
                prop_assert!(length.is_some(), "{left:?}");
                rest = &rest[at + length.unwrap_or(1)..];
            }
        }
    }
}
