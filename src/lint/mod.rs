//! One file by itself: a configuration, a call center definition or a desktop layout, judged without
//! any org.
//!
//! The rules stand where they belong: in `config`, `definitions` and `checklist`; here they are
//! gathered, each finding with its place in the file. What only an org can tell is said to be not
//! checked. Nothing here does I/O.

mod call_center;
mod configuration;
mod desktop_layout;
mod kind;
#[cfg(test)]
mod tests;

pub use kind::FileKind;

use jiff::Timestamp;

use crate::config::ReadFile;
use crate::model::{Diagnostic, Excerpt, Place, Rule, Severity, Source};

/// What is to be judged.
pub struct Subject<'a> {
    /// The file's name, as people know it.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// The org that a configuration is judged for; every org where none is named.
    pub org: Option<&'a str>,
    /// What time it is: nothing can be confirmed before it is done.
    pub now: Timestamp,
    /// Reads the definition that a configuration names.
    pub read: &'a ReadFile<'a>,
}

/// What there is to say of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What kind of file it is.
    pub kind: FileKind,
    /// What was found, in the order of the file; what was not checked comes last.
    pub findings: Vec<Diagnostic>,
}

/// Judges a file.
pub fn judge(subject: &Subject<'_>) -> Verdict {
    let kind = FileKind::of(subject.name, subject.bytes);
    let text = String::from_utf8_lossy(subject.bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let source = Source::new(subject.name, text);
    let mut findings = match kind {
        FileKind::Config => configuration::judge(subject, &source),
        FileKind::CallCenter => call_center::judge(subject.bytes, &source),
        FileKind::DesktopLayout => desktop_layout::judge(subject.bytes, &source),
    };
    findings
        .sort_by_key(|found| (found.excerpt().map(Excerpt::position), found.severity, found.code));
    findings.extend(kind.rules().filter(|rule| rule.needs_org).map(not_checked));
    Verdict { kind, findings }
}

/// A rule that nobody can judge without an org.
fn not_checked(rule: &Rule) -> Diagnostic {
    let message = format!("Not checked without an org: {}", rule.title);
    Diagnostic::new(Severity::NotChecked, message).code(rule.id)
}

/// The same at a place of the file: its beginning where something is missing.
fn at(
    said: Diagnostic,
    source: &Source,
    span: Option<std::ops::Range<usize>>,
    path: impl Into<String>,
) -> Diagnostic {
    said.at(Place::File(Excerpt::new(source, span, path)))
}

impl Verdict {
    /// How many findings of that severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|found| found.severity == severity).count()
    }

    /// Whether nothing keeps the file from being used, and nothing is odd about it.
    pub fn is_clean(&self) -> bool {
        self.count(Severity::Error) + self.count(Severity::Warning) == 0
    }
}
