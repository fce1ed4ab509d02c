//! How a file was judged by itself, below what was found in it.

use super::Screen;
use super::text::{counted, wrapped};

/// What there is to say in the end.
#[derive(Debug, Clone, Copy)]
pub struct LintView<'a> {
    /// The file.
    pub name: &'a str,
    /// What kind of file it is: "configuration".
    pub kind: &'a str,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// What is to be said of rules that need an org, and their numbers.
    pub not_checked: (&'a str, &'a [&'a str]),
}

/// The last lines of `lint`.
pub fn render_lint(judged: LintView<'_>, screen: Screen) -> String {
    let LintView { name, kind, errors, warnings, not_checked: (saying, rules) } = judged;
    let verdict = match (errors, warnings) {
        (0, 0) => "nothing wrong".to_owned(),
        (0, warnings) => counted(warnings, "warning", "warnings"),
        (errors, 0) => counted(errors, "error", "errors"),
        (errors, warnings) => format!(
            "{}, {}",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings")
        ),
    };
    let mut text = wrapped("", &format!("{name}, a {kind}: {verdict}."), 0, screen.width);
    if !rules.is_empty() {
        text += &wrapped("", &format!("{saying}: {}.", rules.join(", ")), 0, screen.width);
    }
    text
}
