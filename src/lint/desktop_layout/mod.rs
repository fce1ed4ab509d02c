//! A Webex desktop layout by itself: the JSON that brings the connector onto the Agent Desktop.
//!
//! The Webex tenant takes any JSON, and a wrong one fails only when an agent signs in. What Cisco
//! has published is never an error by itself: what must be changed before use is a warning.

mod addresses;
mod connector;
mod json;
mod outdial;
mod parts;
mod roles;

use std::ops::Range;

use crate::model::{Diagnostic, Excerpt, Place, Severity, Source};

use json::{JsonError, Node};
use roles::Layout;

/// The largest layout that is read; Cisco's have 40 kB.
const MAX_SIZE: usize = 1024 * 1024;

/// Findings while they are gathered.
struct Findings<'a> {
    source: &'a Source,
    found: Vec<Diagnostic>,
}

/// A place of a layout.
#[derive(Clone, Copy)]
struct Location<'a> {
    pointer: &'a str,
    span: &'a Range<usize>,
}

pub(super) fn judge(bytes: &[u8], source: &Source) -> Vec<Diagnostic> {
    let mut findings = Findings { source, found: Vec::new() };
    if let Some(root) = read(bytes, source, &mut findings) {
        parts::check(&root, &mut findings);
        if let Some(layout) = Layout::of(&root, &mut findings) {
            connector::check(&layout, &mut findings);
            outdial::check(&layout, &mut findings);
        }
        addresses::check(&root, &mut findings);
    }
    findings.found
}

/// DL001 and DL013: the text itself.
fn read(bytes: &[u8], source: &Source, findings: &mut Findings<'_>) -> Option<Node> {
    const GET_IT: &str = "Save the file itself: on GitHub, use the button \"Download raw file\".";
    let whole = |message: &str, findings: &mut Findings<'_>, rule| {
        findings.add(rule, Severity::Error, None, message, GET_IT);
    };
    if bytes.len() > MAX_SIZE {
        whole("The file is larger than 1 MiB; layouts have some 40 kB.", findings, "DL013");
        return None;
    }
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        let help = "Save it again with the encoding UTF-8.";
        findings.add(
            "DL001",
            Severity::Error,
            None,
            "The file is in UTF-16, but must be in UTF-8.",
            help,
        );
        return None;
    }
    if std::str::from_utf8(bytes).is_err() {
        let help = "Save it again with the encoding UTF-8.";
        findings.add("DL001", Severity::Error, None, "The file is not text in UTF-8.", help);
        return None;
    }
    if source.text.trim().is_empty() {
        whole("The file is empty.", findings, "DL001");
        return None;
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        let help = "Save it again as UTF-8 without a byte-order mark.";
        let message = "The file begins with a byte-order mark, which JSON must not have.";
        findings.add("DL001", Severity::Warning, None, message, help);
    }
    match Node::read(&source.text) {
        Ok(root) => Some(root),
        Err(JsonError { message, offset }) => {
            let span = offset..offset + 1;
            let help = if message.contains("trailing") && !message.contains("comma") {
                "A layout is one object: this looks like a piece of one."
            } else {
                "Mend this place, or download the file anew."
            };
            let at = Location { pointer: "", span: &span };
            let message = format!("This is not JSON: {message}.");
            findings.add("DL001", Severity::Error, Some(at), message, help);
            None
        }
    }
}

impl Findings<'_> {
    /// Adds a finding; no help is an empty one.
    fn add(
        &mut self,
        rule: &'static str,
        severity: Severity,
        at: Option<Location<'_>>,
        message: impl AsRef<str>,
        help: &str,
    ) {
        self.add_beside(rule, severity, at, None, message, help);
    }

    /// The same with another place that does not go together with the first.
    fn add_beside(
        &mut self,
        rule: &'static str,
        severity: Severity,
        at: Option<Location<'_>>,
        beside: Option<&Range<usize>>,
        message: impl AsRef<str>,
        help: &str,
    ) {
        let help = Some(help).filter(|help| !help.is_empty());
        let beside = beside.map(|span| Excerpt::new(self.source, Some(span.clone()), ""));
        let mut said = Diagnostic::new(severity, message).code(rule).hints(help);
        said.related.extend(beside.map(Place::File));
        let (span, pointer) = (at.map(|at| at.span.clone()), at.map_or("", |at| at.pointer));
        self.found.push(super::at(said, self.source, span, pointer));
    }
}
