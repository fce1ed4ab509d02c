//! What comes from outside, made harmless: the one place that decides which characters reach a
//! terminal, a pipe or a log.
//!
//! Orgs, files and servers name things as they like. An escape sequence in such a name would move the
//! cursor, rename the window or colour what follows; a carriage return would write over the line;
//! a direction override would show a text in another order than it is in.

use std::borrow::Cow;
use std::fmt;

use super::names::unmarked;

/// Stands for a character that is not shown.
const HIDDEN: char = '\u{fffd}';

/// As much of somebody's words as anybody reads, in characters.
const LONGEST: usize = 2_000;

/// One line of text, harmless: line breaks and control characters become visible.
pub fn clean(text: &str) -> String {
    text.chars().map(|letter| if letter == '\n' { '⏎' } else { harmless(letter) }).collect()
}

/// Text of several lines, harmless: line breaks stay, control characters become visible.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    let is_fine = |letter: char| letter == '\n' || harmless(letter) == letter;
    if text.chars().all(is_fine) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(
        text.chars().map(|letter| if letter == '\n' { letter } else { harmless(letter) }).collect(),
    )
}

/// The character, or what is shown in its place.
fn harmless(letter: char) -> char {
    match letter {
        '\t' => ' ',
        _ if letter.is_control() || is_deceptive(letter) => HIDDEN,
        _ => letter,
    }
}

/// Whether it may make a text look like another: it turns the direction of what follows, or breaks
/// lines where few programs break them. Joiners, and the plain direction marks that names in Arabic
/// and Hebrew have, are none of these.
pub fn is_deceptive(letter: char) -> bool {
    matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text, no longer than people read, which says how much it leaves out.
pub fn as_read(text: &str) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return Cow::Borrowed(text) };
    let more = text.chars().count() - LONGEST;
    Cow::Owned(format!("{}… ({more} more characters)", text[..end].trim_end()))
}

/// Somebody else's own words: an org's, a server's, a compiler's. Harmless, and no longer than people
/// read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// Takes them as they came.
    pub fn new(text: &str) -> Self {
        Self(as_read(&unmarked(&clean_lines(text.trim()))).into_owned())
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_move_the_cursor_is_made_visible() {
        assert_eq!(clean("a\u{1b}[2Jb\nc"), "a\u{fffd}[2Jb⏎c");
        assert_eq!(clean_lines("a\r\nb\rc\u{9b}2J\0"), "a\nb\u{fffd}c\u{fffd}2J\u{fffd}");
        assert_eq!(clean("moc.live\u{202e}gpj"), "moc.live\u{fffd}gpj");
        assert_eq!(clean("👩\u{200d}💻 می\u{200c}خواهم"), "👩\u{200d}💻 می\u{200c}خواهم");
    }

    #[test]
    fn long_words_say_how_much_is_left_out() {
        let words = Words::new(&"é".repeat(LONGEST + 7));
        assert!(words.as_str().ends_with("é… (7 more characters)"));
        assert_eq!(Words::new("  short\n").as_str(), "short");
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left_whatever_comes(text in any::<String>()) {
            for cleaned in [clean(&text), clean_lines(&text).into_owned()] {
                let is_fine = |letter: char| {
                    letter == '\n' || !(letter.is_control() || is_deceptive(letter))
                };
                prop_assert!(cleaned.chars().all(is_fine), "{cleaned:?}");
                prop_assert_eq!(clean_lines(&cleaned).into_owned(), cleaned);
            }
            prop_assert!(!clean(&text).contains('\n'));
        }
    }
}
