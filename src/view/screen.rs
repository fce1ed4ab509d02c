//! How wide a text may be, and which signs it may use.

use std::borrow::Cow;

use crate::model::{in_full, in_short};

/// How texts are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns of the terminal, or of a piped text.
    pub width: usize,
    /// Whether the locale can show more than ASCII.
    pub unicode: bool,
    /// Whether changes that are alike are told one by one, and names are all told.
    pub full: bool,
}

/// Signs that stand at the beginning of a line, one or two columns wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Done,
    Already,
    Failed,
    Human,
    Skipped,
    Ahead,
    Warning,
    Note,
}

impl Screen {
    /// The narrowest width that texts are laid out for; a narrower terminal wraps by itself.
    const NARROWEST: usize = 30;

    /// The width of a text that goes into a pipe or file.
    pub const PIPED: usize = 100;

    /// A screen of that many columns.
    pub fn new(width: usize, unicode: bool) -> Self {
        Self { width: width.max(Self::NARROWEST), unicode, full: false }
    }

    /// A text with all of its names, or with the first ones of long rows.
    pub(super) fn read(self, text: &str) -> Cow<'_, str> {
        if self.full { in_full(text) } else { in_short(text) }
    }

    /// A sign, as wide as [`Self::sign_width`] says.
    pub(super) fn sign(self, sign: Sign) -> &'static str {
        let (unicode, ascii) = match sign {
            Sign::Done => ("✓", "ok"),
            Sign::Already => ("–", "--"),
            Sign::Failed => ("✗", "!!"),
            Sign::Human => ("☞", "=>"),
            Sign::Skipped => ("○", ".."),
            Sign::Ahead => ("·", ". "),
            Sign::Warning => ("!", "! "),
            Sign::Note => ("·", "- "),
        };
        if self.unicode { unicode } else { ascii }
    }

    /// How wide signs are.
    pub(super) fn sign_width(self) -> usize {
        if self.unicode { 1 } else { 2 }
    }

    /// Between what is and what will be.
    pub(super) fn arrow(self) -> &'static str {
        if self.unicode { "→" } else { "->" }
    }

    /// The picture of a spinner at a moment.
    pub(super) fn spinner(self, tick: usize) -> &'static str {
        const UNICODE: [&str; 10] = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
        const ASCII: [&str; 4] = ["| ", "/ ", "- ", "\\ "];
        if self.unicode { UNICODE[tick % UNICODE.len()] } else { ASCII[tick % ASCII.len()] }
    }

    /// A bar of that many columns.
    pub(super) fn bar(self, done: usize, total: usize, columns: usize) -> String {
        let filled = (done.min(total) * columns).checked_div(total).unwrap_or(0);
        let (full, empty) = if self.unicode { ("━", "─") } else { ("#", "-") };
        full.repeat(filled) + &empty.repeat(columns - filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_wide_as_asked_whatever_the_count() {
        let screen = Screen::new(80, false);
        assert_eq!(screen.bar(0, 0, 4), "----");
        assert_eq!(screen.bar(1, 2, 4), "##--");
        assert_eq!(screen.bar(9, 2, 4), "####");
    }

    #[test]
    fn a_terminal_of_no_width_still_gets_a_text() {
        assert_eq!(Screen::new(0, true).width, Screen::NARROWEST);
    }
}
