//! The few colours: green for done, yellow for attention, red for failed, faint for the rest.

use anstyle::{AnsiColor, Style};

pub(super) const BOLD: Style = Style::new().bold();
/// As clap shows the headings of a help text.
pub(super) const HEADING: Style = Style::new().bold().underline();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const GREEN: Style = AnsiColor::Green.on_default();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(super) const RED: Style = AnsiColor::Red.on_default();
pub(super) const CYAN: Style = AnsiColor::Cyan.on_default();
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();

/// The text in that style.
pub(super) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}
