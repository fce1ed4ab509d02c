//! A mistake as text, with the lines it is about and a caret below the place.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};

use crate::model::{Severity, Source};

use super::Mistake;

/// How pictures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With colours.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 100 }
    }
}

/// Something wrong, or odd, at a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// How bad it is.
    pub severity: Severity,
    /// Number of the rule that it breaks, where that helps.
    pub rule: Option<&'static str>,
    /// What was found: whole sentences.
    pub message: String,
    /// Bytes of the text that it is about; none where something is missing.
    pub span: Option<Range<usize>>,
    /// A few words beside the caret.
    pub label: String,
    /// Another place of the text.
    pub related: Option<(Range<usize>, String)>,
    /// A place in another text.
    pub elsewhere: Option<(Source, Range<usize>)>,
    /// What to do next, one sentence each.
    pub helps: Vec<String>,
}

impl Picture {
    /// A sentence without a place.
    pub fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self {
            severity,
            rule: None,
            message: message.into(),
            span: None,
            label: String::new(),
            related: None,
            elsewhere: None,
            helps: Vec::new(),
        }
    }

    /// Draws it with the lines of its text.
    pub fn draw(&self, source: &Source, style: Style) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
            Severity::NotChecked => Level::NOTE,
        };
        let mut title = level.primary_title(normalize_untrusted_str(&self.message));
        if let Some(rule) = self.rule {
            title = title.id(rule);
        }
        let mut group = Group::with_title(title);
        if let Some(span) = &self.span {
            let mut snippet = Snippet::source(&*source.text)
                .path(&source.name)
                .annotation(AnnotationKind::Primary.span(source.clamp(span)).label(&self.label));
            if let Some((span, label)) = &self.related {
                snippet = snippet
                    .annotation(AnnotationKind::Context.span(source.clamp(span)).label(label));
            }
            group = group.element(snippet);
        } else {
            group = group.element(annotate_snippets::Origin::path(&source.name));
        }
        if let Some((other, span)) = &self.elsewhere {
            group = group.element(
                Snippet::source(&*other.text)
                    .path(&other.name)
                    .annotation(AnnotationKind::Primary.span(other.clamp(span))),
            );
        }
        for help in &self.helps {
            group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
        }
        let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(style.width).render(&[group])
    }
}

impl From<&Mistake> for Picture {
    fn from(mistake: &Mistake) -> Self {
        Self {
            severity: mistake.severity,
            rule: None,
            message: mistake.message.clone(),
            span: mistake.span.clone(),
            label: mistake.label.clone(),
            related: mistake.related.clone(),
            elsewhere: mistake.elsewhere.clone(),
            helps: helps(mistake),
        }
    }
}

/// What to do next: the nearest word, what is allowed, and advice.
fn helps(mistake: &Mistake) -> Vec<String> {
    let mut helps = Vec::new();
    if let Some(suggestion) = &mistake.suggestion {
        helps.push(format!("Did you mean `{suggestion}`?"));
    }
    if !mistake.allowed.is_empty() {
        let allowed: Vec<_> = mistake.allowed.iter().map(|word| format!("`{word}`")).collect();
        helps.push(format!("Allowed here: {}.", allowed.join(", ")));
    }
    helps.extend(mistake.help.clone());
    helps
}

/// Draws mistakes one below the other.
pub(super) fn draw_all(source: &Source, mistakes: &[Mistake], style: Style) -> String {
    let drawn = mistakes.iter().map(|mistake| Picture::from(mistake).draw(source, style));
    drawn.collect::<Vec<_>>().join("\n\n")
}
