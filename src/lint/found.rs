//! A finding with its place in the file.

use crate::config::Picture;
use crate::model::{Position, Rule, Severity, Source};

/// Something that a rule says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Number of the rule.
    pub rule: &'static str,
    /// Where it is; the beginning of the file where something is missing, and none where nothing
    /// was looked at.
    pub place: Option<Position>,
    /// What it is about, within the file: a key path, `section/item`, or a JSON pointer.
    pub path: String,
    /// How it is drawn.
    pub picture: Picture,
}

impl Found {
    /// A finding at the place that its picture shows.
    pub(super) fn new(
        rule: &'static str,
        path: impl Into<String>,
        mut picture: Picture,
        source: &Source,
    ) -> Self {
        picture.rule = Some(rule);
        let start = picture.span.as_ref().map_or(0, |span| span.start);
        Self { rule, place: Some(source.position(start)), path: path.into(), picture }
    }

    /// A rule that nobody can judge without an org.
    pub(super) fn not_checked(rule: &Rule) -> Self {
        let message = format!("Not checked without an org: {}", rule.title);
        let mut picture = Picture::new(Severity::NotChecked, message);
        picture.rule = Some(rule.id);
        Self { rule: rule.id, place: None, path: String::new(), picture }
    }
}
