//! How a file was judged by itself, below what was found in it.

use super::Screen;
use super::picture::{Style, draw};
use super::text::{clean, counted, wrapped};
use crate::lint::Verdict;
use crate::model::{Diagnostic, Severity};

/// Everything that was found, with its lines, and the verdict below.
pub(super) fn render_lint(file: &str, judged: &Verdict, screen: Screen, colour: bool) -> String {
    let (errors, warnings) = (judged.count(Severity::Error), judged.count(Severity::Warning));
    let (open, found): (Vec<Diagnostic>, Vec<Diagnostic>) =
        judged.findings.iter().cloned().partition(|it| it.severity == Severity::NotChecked);
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
        found => draw(found, Style::of(screen, colour)) + "\n\n",
    };
    let kind = judged.kind.title();
    text += &wrapped("", &format!("{}, a {kind}: {verdict}.", clean(file)), 0, screen);
    if !rules.is_empty() {
        let saying = judged.kind.not_checked();
        text += &wrapped("", &format!("{saying}: {}.", rules.join(", ")), 0, screen);
    }
    text
}
