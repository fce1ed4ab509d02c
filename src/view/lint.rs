//! How a file was judged by itself, below what was found in it.

use super::Screen;
use super::picture::{Style, draw};
use super::text::{clean, counted, wrapped};
use crate::model::{Diagnostic, Severity};

/// What there is to say in the end.
#[derive(Debug, Clone, Copy)]
pub struct LintView<'a> {
    /// The file.
    pub name: &'a str,
    /// What kind of file it is: "configuration".
    pub kind: &'a str,
    /// What was found.
    pub findings: &'a [Diagnostic],
    /// What is to be said of rules that need an org.
    pub not_checked: &'a str,
}

/// Everything that was found, with its lines, and the verdict below.
pub fn render_lint(judged: LintView<'_>, screen: Screen, colour: bool) -> String {
    let LintView { name, kind, findings, not_checked: saying } = judged;
    let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let (open, found): (Vec<Diagnostic>, Vec<Diagnostic>) =
        findings.iter().cloned().partition(|it| it.severity == Severity::NotChecked);
    let rules: Vec<&str> = open.iter().filter_map(|it| it.code).collect();
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
    let mut text = match found.as_slice() {
        [] => String::new(),
        found => draw(found, Style { colour, width: screen.width }) + "\n\n",
    };
    text += &wrapped("", &format!("{}, a {kind}: {verdict}.", clean(name)), 0, screen.width);
    if !rules.is_empty() {
        text += &wrapped("", &format!("{saying}: {}.", rules.join(", ")), 0, screen.width);
    }
    text
}
