//! A server's words, as they may be shown and kept: without secrets, and of a length that people read.

use std::borrow::Cow;

use super::redact;

/// Longer than any code that is known, in characters.
const LONGEST_CODE: usize = 100;
/// Longer than the longest messages that are known, which quote a query; in characters.
const LONGEST_MESSAGE: usize = 2_000;
/// How much of a message that is cut is its end, where a server says what is wrong with what it quotes.
const END: usize = 500;

/// An error code.
pub fn code(text: &str) -> String {
    let text = text.trim();
    let code = match text.char_indices().nth(LONGEST_CODE) {
        Some((end, _)) => format!("{}…", redact(&text[..end])),
        None => redact(text),
    };
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A message, with its beginning and its end where it is cut.
pub fn message(text: &str) -> String {
    redact(&shortened(text.trim()))
}

/// The text, without its middle where it is too long.
fn shortened(text: &str) -> Cow<'_, str> {
    if text.char_indices().nth(LONGEST_MESSAGE).is_none() {
        return Cow::Borrowed(text);
    }
    let head = text.char_indices().nth(LONGEST_MESSAGE - END).map_or(text.len(), |(at, _)| at);
    let tail = text.char_indices().rev().nth(END - 1).map_or(0, |(at, _)| at);
    // No word is cut in two: half a secret looks like none.
    let head = text[..head].rfind(char::is_whitespace).filter(|at| *at > head / 2).unwrap_or(head);
    let cut = &text[tail..];
    let cut = cut.find(char::is_whitespace).filter(|at| *at < END).map_or(cut, |at| &cut[at..]);
    Cow::Owned(format!("{} … ({} bytes in all) … {}", &text[..head], text.len(), cut.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_reads_is_cut_in_the_middle() {
        let long = format!("Bad value {} is not allowed", "word ".repeat(1_000_000));
        let shown = message(&long);
        assert!(
            shown.starts_with("Bad value word") && shown.ends_with("is not allowed"),
            "{shown}"
        );
        assert!(shown.contains("(5000025 bytes in all)") && shown.len() < 2_200, "{shown}");
        assert_eq!(message(" Bad value "), "Bad value");
        assert!(code(&"X".repeat(5_000)).len() < 120);
    }
}
