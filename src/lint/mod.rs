//! One file by itself: a configuration, a call center definition or a desktop layout, judged without
//! any org.
//!
//! The rules stand where they belong: in `config`, `definitions` and `checklist`; here they are
//! gathered, each finding with its place in the file. What only an org can tell is said to be not
//! checked. Nothing here does I/O.

mod call_center;
mod configuration;
mod desktop_layout;
mod found;
mod kind;
#[cfg(test)]
mod tests;

pub use found::Found;
pub use kind::Kind;

use crate::config::{Picture, ReadFile, Style};
use crate::model::{Severity, Source};

/// As many findings as anybody reads.
const MOST: usize = 200;

/// What is to be judged.
pub struct Subject<'a> {
    /// The file's name, as people know it.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// The org that a configuration is judged for; every org where none is named.
    pub org: Option<&'a str>,
    /// Reads the definition that a configuration names.
    pub read: &'a ReadFile<'a>,
}

/// What there is to say of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What kind of file it is.
    pub kind: Kind,
    /// The text that findings point into.
    pub source: Source,
    /// What was found, in the order of the file; what was not checked comes last.
    pub findings: Vec<Found>,
}

/// Judges a file.
pub fn judge(subject: &Subject<'_>) -> Verdict {
    let kind = Kind::of(subject.name, subject.bytes);
    let text = String::from_utf8_lossy(subject.bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let source = Source::new(subject.name, text);
    let mut findings = match kind {
        Kind::Config => configuration::judge(subject, &source),
        Kind::CallCenter => call_center::judge(subject.bytes, &source),
        Kind::DesktopLayout => desktop_layout::judge(subject.bytes, &source),
    };
    findings.sort_by_key(|found| (found.place, found.picture.severity, found.rule));
    findings.extend(kind.rules().filter(|rule| rule.needs_org).map(Found::not_checked));
    Verdict { kind, source, findings }
}

impl Verdict {
    /// How many findings of that severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|found| found.picture.severity == severity).count()
    }

    /// Whether nothing keeps the file from being used, and nothing is odd about it.
    pub fn is_clean(&self) -> bool {
        self.count(Severity::Error) + self.count(Severity::Warning) == 0
    }

    /// Every finding with its lines, one below the other; what was not checked is left out.
    pub fn draw(&self, style: Style) -> String {
        let pictures: Vec<&Picture> = self
            .findings
            .iter()
            .map(|found| &found.picture)
            .filter(|picture| picture.severity != Severity::NotChecked)
            .collect();
        let shown = pictures.iter().take(MOST);
        let mut drawn: Vec<String> =
            shown.map(|picture| picture.draw(&self.source, style) + "\n").collect();
        if let Some(more) = pictures.len().checked_sub(MOST).filter(|more| *more > 0) {
            drawn.push(format!("… and {more} more.\n"));
        }
        drawn.join("\n")
    }
}
